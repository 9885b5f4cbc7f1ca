// SPDX-License-Identifier: Apache-2.0
// From the coordinator's facts to the disk: one work per outcome, facts and rows together.
#pragma once

#include <vector>

#include "interactions/io/call_row.h"
#include "platform/sql/writer.h"

namespace ys::interactions {

/// Used by the control thread only; the writing happens on the writer's thread.
class FactKeeper {
public:
    explicit FactKeeper(sql::Writer& writer) : writer_(writer) {}

    /// `done` is called on the writer's thread when the facts and their rows are on disk, or with
    /// the error; ringing and bridging do not wait for it, so they gather for a few milliseconds
    /// (sql::Writer::submit_soon). No facts: done at once.
    void keep(std::vector<facts::Fact> facts, sql::Writer::OnDone done);

private:
    sql::Writer& writer_;
    CallProjector projector_;
};

}  // namespace ys::interactions
