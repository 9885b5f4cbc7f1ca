// SPDX-License-Identifier: Apache-2.0
// What a case must hold before it is kept: the same rules for every page and channel.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ys::cases {

/// What the citizen wants, in the six classes of a public hotline and 报修.
enum class Nature { Question, Help, Complaint, Report, Suggestion, Praise, Repair };

struct Kind {
    std::string_view name;   ///< as stored and sent
    std::string_view title;  ///< as read
    Nature nature;
    bool needs_address;  ///< somebody will go there
    bool may_be_anonymous;
    int within_h, urgent_within_h;  ///< what the citizen is promised, in hours
};

// clang-format off
inline constexpr std::array kinds{
    Kind{"question",   "咨询", Nature::Question,   false, true,   24,   8},
    Kind{"help",       "求助", Nature::Help,       false, false,  24,   8},
    Kind{"complaint",  "投诉", Nature::Complaint,  false, false,  72,  24},
    Kind{"report",     "举报", Nature::Report,     false, true,   72,  24},
    Kind{"suggestion", "建议", Nature::Suggestion, false, true,  120,  72},
    Kind{"praise",     "表扬", Nature::Praise,     false, true,  120, 120},
    Kind{"repair",     "报修", Nature::Repair,     true,  false,  24,   4},
    // Of a heating hotline:
    Kind{"no_heat",    "不热", Nature::Repair,     true,  false,  24,   4},
    Kind{"leak",       "漏水", Nature::Repair,     true,  false,   2,   2},
    Kind{"outage",     "停热", Nature::Question,   false, true,    8,   4},
    Kind{"billing",    "缴费", Nature::Question,   false, true,   24,   8},
    Kind{"refund",     "退费", Nature::Help,       false, false,  72,  24},
    Kind{"other",      "其他", Nature::Help,       false, true,   24,   8},
};
// clang-format on

/// nullptr for a word that is no kind.
const Kind* find_kind(std::string_view name);
/// The rules for a kind that only a case type knows are those of its nature: each of the seven is a
/// kind, too. nullptr when neither word is known.
const Kind* kind_for(std::string_view name, std::string_view nature);
/// "complaint"
std::string_view word(Nature nature);
/// nothing for another word
std::optional<Nature> nature_from(std::string_view word);

inline constexpr std::size_t title_bytes_max = 300;
inline constexpr std::size_t detail_bytes_max = 12'000;
inline constexpr std::size_t line_bytes_max = 400;  ///< name, address

/// As filled in, already cleaned of control characters by the edge.
struct CaseForm {
    std::string kind;
    std::string nature{};  ///< of the kind's type; "" goes by the kind alone
    std::string title;
    std::string detail;
    std::string contact_name;
    std::string contact_number;
    std::string address;
    std::string urgency = "normal";  ///< "normal" "urgent" "emergency"
    std::string status = "open";     ///< "open" "closed" (answered at once)
    bool wishes_callback = false;
};

/// A wrong field and a key of the message files.
struct FieldFault {
    std::string_view field;
    std::string_view code;
    friend bool operator==(const FieldFault&, const FieldFault&) = default;
};

/// At most one fault a field, in the order of the form; empty when the case may be kept.
///
/// Codes: need_kind, unknown_kind, need_number, number_digits, mobile_length, number_length,
/// need_address, need_detail, too_long, unknown_word.
std::vector<FieldFault> faults(const CaseForm& form);

}  // namespace ys::cases
