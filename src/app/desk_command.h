// SPDX-License-Identifier: Apache-2.0
// A desk's JSON command turned into the coordinator's; names and arguments as in
// docs/desk-protocol.md.
#pragma once

#include <string_view>

#include <boost/json.hpp>

#include "base/id.h"
#include "base/result.h"
#include "interactions/commands.h"

namespace ys::app {

/// Commands that need no look at the outside (all but answer, offer, dial, mute, watch_floor).
/// errors  api::refused("unknown_command" | "bad_arguments" | "reason_needed")
Result<interactions::Command> desk_command(AgentId agent, std::string_view name,
                                           const boost::json::object& args);

/// A text argument of at most `limit` bytes, cleaned; "" when absent.
std::string text_arg(const boost::json::object& args, std::string_view name, std::size_t limit);
std::uint64_t id_arg(const boost::json::object& args, std::string_view name);
bool flag_arg(const boost::json::object& args, std::string_view name);

}  // namespace ys::app
