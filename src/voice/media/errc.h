// SPDX-License-Identifier: Apache-2.0
// What can go wrong, as expected, on the media plane.
#pragma once

#include <system_error>

namespace ys::media {

enum class Errc {
    no_common_codec = 1,
    bad_sdp,
    no_port,
    unknown_leg,
    bad_prompt_name,
    bad_audio_file,
    file_failed,
};

std::error_code make_error_code(Errc code);

}  // namespace ys::media

template <>
struct std::is_error_code_enum<ys::media::Errc> : std::true_type {};
