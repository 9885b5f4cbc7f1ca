// SPDX-License-Identifier: Apache-2.0
// Why something was not done in a conversation, as its writer is told.
#pragma once

#include <string_view>

namespace ys::api {

/// "" for a code that is not of conversations.
std::string_view chat_sentence(std::string_view code, std::string_view language);

}  // namespace ys::api
