// SPDX-License-Identifier: Apache-2.0
// What a citizen's short message to the hotline asks for: no more messages, or messages again.
#pragma once

#include <string_view>

namespace ys::outreach {

enum class Wish { None, Stop, Resume };

/// The whole message is the word ("TD", "退订"), whatever its case and the spaces and full stops
/// around it: a sentence with the word in it is no wish.
Wish wish_of(std::string_view message);

}  // namespace ys::outreach
