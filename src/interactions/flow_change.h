// SPDX-License-Identifier: Apache-2.0
// Other flows while callers hear the old ones: who is in a flow finishes there, who calls from now
// on comes into the new one.
#pragma once

#include <map>
#include <string>

#include "interactions/books.h"

namespace ys::interactions {

/// texts  by name, of flows that are there already
/// errors  what is wrong with them, alone and in this house
Result<Done> can_take_flows(const Books& books, const std::map<std::string, std::string>& texts);

/// What can_take_flows has let pass.
void take_flows(Books& books, const std::map<std::string, std::string>& texts);

/// Whether these rules have what callers of replaced flows may still come to.
Result<Done> fits_flows_before(const Books& books, const Setup& rules);

}  // namespace ys::interactions
