// SPDX-License-Identifier: Apache-2.0
// What may be wrong with a flow.
#pragma once

#include <system_error>

namespace ys::ivr {

enum class Errc {
    FlowDoesNotRead = 1,  ///< the text is no flow; the note names line and cause
    FlowBreaksARule,      ///< it reads, but a caller would fare badly; the note tells each fault
};

std::error_code make_error_code(Errc code);

}  // namespace ys::ivr

template <>
struct std::is_error_code_enum<ys::ivr::Errc> : std::true_type {};
