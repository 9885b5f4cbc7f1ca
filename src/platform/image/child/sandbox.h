// SPDX-License-Identifier: Apache-2.0
// Locks this process in: it may read descriptor 0, write descriptor 1, have memory, and end.
#pragma once

namespace ys::image {

/// No way back. Any other system call ends the process with SIGSYS.
/// returns  false when the kernel would not; then nothing from outside may be read
bool enter_sandbox();

}  // namespace ys::image
