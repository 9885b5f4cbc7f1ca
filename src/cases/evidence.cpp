// SPDX-License-Identifier: Apache-2.0
#include "cases/evidence.h"

#include <algorithm>
#include <array>

namespace ys::cases {
namespace {

class Category final : public std::error_category {
public:
    const char* name() const noexcept override { return "ys.cases.evidence"; }
    std::string message(int code) const override {
        static constexpr std::array<const char*, 13> words{"evidence",
                                                           "evidence_empty",
                                                           "evidence_type",
                                                           "evidence_photo_size",
                                                           "evidence_video_size",
                                                           "evidence_pixels",
                                                           "evidence_damaged",
                                                           "evidence_too_many",
                                                           "evidence_gap",
                                                           "evidence_incomplete",
                                                           "evidence_differs",
                                                           "evidence_gone",
                                                           "evidence_busy"};
        return words.at(static_cast<std::size_t>(code));
    }
};

bool is_hex_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

}  // namespace

const std::error_category& evidence_category() {
    static const Category it;
    return it;
}

bool is_purpose(std::string_view purpose) {
    return purpose == "before" || purpose == "after" || purpose == "other" ||
           purpose == "signature";
}

Result<Done> check_offer(const EvidenceOffer& offer) {
    constexpr std::size_t digits = 64;
    if (!is_purpose(offer.purpose))
        return Error{std::errc::invalid_argument, "expected a purpose at purpose"};
    if (offer.sha256.size() != digits || !std::ranges::all_of(offer.sha256, is_hex_digit))
        return Error{std::errc::invalid_argument, "expected 64 hexadecimal digits at sha256"};
    if (offer.size <= 0) return Error{EvidenceErrc::Empty, "offering"};
    if (offer.size > video_bytes_max) return Error{EvidenceErrc::VideoTooLarge, "offering"};
    return Done{};
}

}  // namespace ys::cases
