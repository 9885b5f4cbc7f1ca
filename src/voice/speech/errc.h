// SPDX-License-Identifier: Apache-2.0
// What can go wrong, as expected, when text is to be spoken or speech written down.
#pragma once

#include <system_error>

namespace ys::speech {

enum class Errc {
    not_installed = 1,
    nothing_to_say,
    too_long,
    timed_out,
    failed,
    not_understood,
    resting,
    not_set_up,
};

std::error_code make_error_code(Errc code);

}  // namespace ys::speech

template <>
struct std::is_error_code_enum<ys::speech::Errc> : std::true_type {};
