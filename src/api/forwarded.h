// SPDX-License-Identifier: Apache-2.0
// Whose request it is when a reverse proxy stands in between.
#pragma once

#include <string>
#include <vector>

#include "platform/http/message.h"

namespace ys::api {

/// The peer itself unless it is one of `trusted` (numeric addresses); then the last address of
/// X-Forwarded-For that no trusted proxy wrote about another. What stands before that was written
/// by strangers and is never believed. A chain that cannot be read gives the last hop that can.
std::string source_of(const http::Request& request, const std::vector<std::string>& trusted);

}  // namespace ys::api
