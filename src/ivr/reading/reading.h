// SPDX-License-Identifier: Apache-2.0
// Text as it is said aloud in Chinese: no digits and no signs are left, only words and pauses.
#pragma once

#include <string>
#include <string_view>

namespace ys::ivr {

/// 周一至周五9:00–17:00，拨打12345 becomes 周一至周五九点到十七点，拨打幺二三四五.
///
/// What comes out: Chinese characters, Latin letters in capitals (each is said by its name) with a
/// space between two runs of them, the pauses 、，：；。！？, and characters of other scripts as
/// they were. Total: any bytes may come; those that are no UTF-8 are silent. The work and the
/// length grow with the text alone (at most ten bytes for one). README.md has the rules.
std::string reading(std::string_view text);

}  // namespace ys::ivr
