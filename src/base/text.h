// SPDX-License-Identifier: Apache-2.0
// Small, total functions on text from outside: nothing here throws or trusts its input.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ys {

/// ASCII space, tab, CR and LF taken off both ends.
std::string_view trimmed(std::string_view text);
/// Pieces between `separator`, empty ones kept.
std::vector<std::string_view> split(std::string_view text, char separator);
/// ASCII letters lowered; other bytes kept.
std::string lowered(std::string_view text);
bool equals_ignoring_case(std::string_view a, std::string_view b);
/// Whole text is one decimal number without sign, or nothing.
std::optional<unsigned long long> parse_number(std::string_view text);

/// Makes text from outside fit to be stored and shown as text: valid UTF-8 (bad bytes become
/// U+FFFD), no control or bidirectional-override characters, at most `limit_bytes` (cut between
/// characters).
std::string cleaned(std::string_view hostile, std::size_t limit_bytes);

/// Lower-case hexadecimal.
std::string hex(std::string_view bytes);

}  // namespace ys
