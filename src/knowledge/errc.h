// SPDX-License-Identifier: Apache-2.0
// Why something was not done to an article: a code to branch on, a word for the message files and a
// plain sentence.
#pragma once

#include <string_view>
#include <system_error>

namespace ys::knowledge {

enum class Errc {
    NotNow = 1,
    NothingOpen,
    NoSuchVersion,
    PartMissing,
    PartTooLong,
    AlreadyExpired,
    NeedsSecondPerson,
    NeedsWords,
    NotInThePast,
    InForceAlready,
    NothingSaid,
    NotRetiring,
    EnoughAskings,
};

std::error_code make_error_code(Errc code);

/// "needs_words": the key of the message files; "" for no code of this enum.
std::string_view word_of(std::error_code code);

}  // namespace ys::knowledge

template <>
struct std::is_error_code_enum<ys::knowledge::Errc> : std::true_type {};
