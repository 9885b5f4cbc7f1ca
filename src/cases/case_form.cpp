// SPDX-License-Identifier: Apache-2.0
// Checks a case form field by field.
#include "cases/case_form.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace ys::cases {
namespace {

constexpr std::size_t mobile_digits = 11;
constexpr std::size_t number_digits_min = 3;  // 110
constexpr std::size_t number_digits_max = 20;

std::optional<std::string_view> number_fault(std::string_view text) {
    std::string digits;
    for (const char c : trimmed(text))
        if (c != ' ' && c != '-') digits += c;
    const std::string_view bare = std::string_view(digits).substr(digits.starts_with('+') ? 1 : 0);
    if (!std::ranges::all_of(bare, [](char c) { return c >= '0' && c <= '9'; }))
        return "number_digits";
    const bool is_mobile =
        !digits.starts_with('+') && bare.size() > 5 && bare[0] == '1' && bare[1] >= '3';
    if (is_mobile && bare.size() != mobile_digits) return "mobile_length";
    if (bare.size() < number_digits_min || bare.size() > number_digits_max) return "number_length";
    return std::nullopt;
}

/// The first kinds are the natures themselves, in their order.
constexpr std::size_t natures = static_cast<std::size_t>(Nature::Repair) + 1;
constexpr bool natures_come_first() {
    for (std::size_t i = 0; i < natures; ++i)
        if (static_cast<std::size_t>(kinds[i].nature) != i) return false;
    return true;
}
static_assert(natures_come_first());

bool is_empty(std::string_view text) { return trimmed(text).empty(); }

}  // namespace

const Kind* find_kind(std::string_view name) {
    const auto it = std::ranges::find(kinds, name, &Kind::name);
    return it == kinds.end() ? nullptr : &*it;
}

const Kind* kind_for(std::string_view name, std::string_view nature) {
    const Kind* kind = find_kind(name);
    return kind != nullptr || name.empty() ? kind : find_kind(nature);
}

std::string_view word(Nature nature) { return kinds[static_cast<std::size_t>(nature)].name; }

std::optional<Nature> nature_from(std::string_view text) {
    for (std::size_t i = 0; i < natures; ++i)
        if (kinds[i].name == text) return kinds[i].nature;
    return std::nullopt;
}

std::vector<FieldFault> faults(const CaseForm& form) {
    std::vector<FieldFault> out;
    const auto fault = [&](std::string_view field, std::string_view code) {
        out.push_back({field, code});
    };
    const Kind* kind = kind_for(form.kind, form.nature);
    if (form.contact_name.size() > line_bytes_max) fault("contact_name", "too_long");
    if (!is_empty(form.contact_number)) {
        if (const auto code = number_fault(form.contact_number)) fault("contact_number", *code);
    } else if ((kind != nullptr && !kind->may_be_anonymous) || form.wishes_callback) {
        fault("contact_number", "need_number");
    }
    // What was answered at once sends nobody anywhere.
    const bool somebody_goes = kind != nullptr && kind->needs_address && form.status != "closed";
    if (form.address.size() > line_bytes_max)
        fault("address", "too_long");
    else if (somebody_goes && is_empty(form.address))
        fault("address", "need_address");
    if (form.kind.empty())
        fault("kind", "need_kind");
    else if (kind == nullptr)
        fault("kind", "unknown_kind");
    if (form.title.size() > title_bytes_max) fault("title", "too_long");
    if (form.detail.size() > detail_bytes_max)
        fault("detail", "too_long");
    else if (is_empty(form.title) && is_empty(form.detail))
        fault("detail", "need_detail");
    if (form.urgency != "normal" && form.urgency != "urgent" && form.urgency != "emergency")
        fault("urgency", "unknown_word");
    if (form.status != "open" && form.status != "closed") fault("status", "unknown_word");
    return out;
}

}  // namespace ys::cases
