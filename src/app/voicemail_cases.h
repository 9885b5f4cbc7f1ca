// SPDX-License-Identifier: Apache-2.0
// A message a citizen left becomes a case of their centre, so that somebody answers it.
#pragma once

#include <set>

#include "facts/facts.h"
#include "platform/sql/writer.h"

namespace ys::app {

class VoicemailCases {
public:
    explicit VoicemailCases(sql::Writer& writer) : writer_(writer) {}

    void on(const facts::Fact& fact);
    /// Messages whose case a kill prevented; before anything new is written.
    static Result<Done> make_up(sql::Transaction& tx, UtcTime now);

private:
    sql::Writer& writer_;
    std::set<std::uint64_t> open_;  ///< voicemail recordings being made
};

}  // namespace ys::app
