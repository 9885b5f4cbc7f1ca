// SPDX-License-Identifier: Apache-2.0
// Where callers of a day went in a flow, counted from the journal.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "base/result.h"
#include "base/time.h"
#include "platform/sql/database.h"
#include "platform/sql/scope.h"

namespace ys::interactions {

struct FlowHeat {
    struct Place {
        std::uint64_t callers = 0;  ///< different calls
        std::uint64_t times = 0;
        std::uint64_t left = 0;  ///< hung up here, before any queue or recorder
    };
    std::uint64_t calls = 0;
    std::map<std::string, Place> nodes;
    std::map<std::pair<std::string, std::string>, std::uint64_t> ways;  ///< from, to: callers
    /// By node and key; of one key only: a number is nobody's business.
    std::map<std::pair<std::string, char>, std::uint64_t> keys;
};

/// Calls whose facts lie in from <= at < to. Run on a reader: it reads the steps of a whole day.
Result<FlowHeat> flow_heat(sql::Database& db, const Scope& scope, const std::string& flow,
                           UtcTime from, UtcTime to);

}  // namespace ys::interactions
