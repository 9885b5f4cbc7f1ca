// SPDX-License-Identifier: Apache-2.0
// Photos and videos of a case: what is taken, how much of it, and why something is not.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"

namespace ys::cases {

using EvidenceId = Id<struct EvidenceTag>;

inline constexpr std::int64_t photo_bytes_max = 10 * 1024 * 1024;
inline constexpr std::int64_t video_bytes_max = 100 * 1024 * 1024;
inline constexpr std::int64_t evidence_chunk_max = 512 * 1024;
/// Of one case, everybody together; and what one person may have on its way at a time.
inline constexpr std::int64_t evidence_per_case_max = 60;
inline constexpr std::int64_t evidence_case_bytes_max = 1024LL * 1024 * 1024;
inline constexpr std::int64_t evidence_open_max = 20;
/// A citizen's link may have been passed on: it fills no disk.
inline constexpr std::int64_t evidence_of_citizen_max = 20;
/// An upload that is not finished by then is dropped; finishing ends an hour earlier.
inline constexpr Seconds evidence_open_for{24 * 3600}, evidence_finish_within{23 * 3600};

enum class EvidenceErrc {
    Empty = 1,
    WrongType,
    PhotoTooLarge,
    VideoTooLarge,
    TooManyPixels,
    Damaged,
    TooMany,
    Gap,         ///< A chunk that does not follow what is there.
    Incomplete,  ///< Finished before everything was sent.
    Differs,     ///< Not the bytes that were announced; what was sent is dropped.
    Gone,        ///< Unknown, over, or finished long ago.
    Busy,        ///< Another request is writing the same upload.
};
/// message() is the word for the message files.
const std::error_category& evidence_category();
inline std::error_code make_error_code(EvidenceErrc e) {
    return {static_cast<int>(e), evidence_category()};
}

/// What somebody says they will send.
struct EvidenceOffer {
    std::string name{};     ///< of the file on their device; shown, never a path
    std::int64_t size = 0;  ///< bytes
    std::string sha256{};   ///< of all of them, 64 hexadecimal digits
    std::string purpose{};  ///< "before" "after" "other" "signature"
};
bool is_purpose(std::string_view purpose);
/// errors  Empty, VideoTooLarge; invalid_argument for a purpose or a sum that is none
Result<Done> check_offer(const EvidenceOffer& offer);

}  // namespace ys::cases

template <>
struct std::is_error_code_enum<ys::cases::EvidenceErrc> : std::true_type {};
