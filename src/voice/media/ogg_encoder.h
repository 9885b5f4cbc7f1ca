// SPDX-License-Identifier: Apache-2.0
// Recordings made small after the call.
#pragma once

#include <atomic>
#include <string>

#include "base/result.h"

namespace ys::media {

/// Encodes a closed two-channel recording as Ogg Opus, 24 kbit/s a channel. The file appears under
/// its name only when it is whole and on the disk.
/// stop    looked at once a second of sound: true leaves with std::errc::operation_canceled
/// errors  media::file_failed, media::bad_audio_file
Result<Done> encode_ogg_opus(const std::string& wav_path, const std::string& ogg_path,
                             const std::atomic<bool>& stop);

}  // namespace ys::media
