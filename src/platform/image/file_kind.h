// SPDX-License-Identifier: Apache-2.0
// What a file is by its first bytes, whatever its name says.
#pragma once

#include <cstdint>
#include <span>

namespace ys::image {

enum class FileKind { Other, Jpeg, Png, Mp4, QuickTime };

/// Bytes from the beginning of a file that are enough to tell.
inline constexpr std::size_t enough_to_tell = 12;

/// JPEG: SOI and a marker (ITU-T T.81 B.1.1.3). PNG: the signature (RFC 2083 §3.1). MP4 and
/// QuickTime: a box "ftyp" at the beginning (ISO/IEC 14496-12 §4.3), brand "qt  " for QuickTime.
FileKind kind_of(std::span<const std::uint8_t> beginning);

inline bool is_picture(FileKind kind) { return kind == FileKind::Jpeg || kind == FileKind::Png; }
inline bool is_video(FileKind kind) { return kind == FileKind::Mp4 || kind == FileKind::QuickTime; }

}  // namespace ys::image
