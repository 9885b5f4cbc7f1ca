// SPDX-License-Identifier: Apache-2.0
// Opening hours as people say them in Chinese: once, for every channel.
#pragma once

#include <string>
#include <string_view>

namespace ys {

/// "周一至周五09:00到12:00、13:30到17:00，周六09:00到12:00"; "" for what does not read.
std::string hours_words(std::string_view hours);

}  // namespace ys
