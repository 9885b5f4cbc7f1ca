// SPDX-License-Identifier: Apache-2.0
// Looks at answers field by field.
#include "cases/answer_form.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/calendar.h"
#include "base/phone_number.h"
#include "base/text.h"
#include "cases/errc.h"

namespace ys::cases {
namespace {

using Limits = std::vector<std::pair<std::string_view, std::string>>;
using MaybeFault = std::optional<AnswerFault>;

constexpr std::array<std::string_view, 7> kind_words{"text",  "number",  "choice", "date",
                                                     "phone", "address", "yes_no"};

const FormField* find(const AnswerForm& form, std::string_view code) {
    const auto it = std::ranges::find(form, code, &FormField::code);
    return it == form.end() ? nullptr : &*it;
}

std::string_view answer(const Answers& answers, std::string_view field) {
    const auto it = answers.find(std::string(field));
    return it == answers.end() ? std::string_view{} : trimmed(it->second);
}

/// 18 and not 18.000000.
std::string shown(double number) {
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    return {text.data(), end};
}

MaybeFault number_fault(const FormField& field, std::string_view text) {
    double n = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), n);
    const bool whole = failure == std::errc{} && end == text.data() + text.size();
    if (!whole || !std::isfinite(n)) return AnswerFault{field.code, "not_a_number", {}};
    if (field.min && n < *field.min)
        return AnswerFault{
            field.code, "too_small", {{"min", shown(*field.min)}, {"unit", field.unit}}};
    if (field.max && n > *field.max)
        return AnswerFault{
            field.code, "too_large", {{"max", shown(*field.max)}, {"unit", field.unit}}};
    return std::nullopt;
}

bool is_phone(std::string_view text) {
    const auto number = normalise(text, "");
    return number && !number->withheld();
}

MaybeFault fault_of(const FormField& field, std::string_view text) {
    if (text.empty()) {
        if (!field.is_required) return std::nullopt;
        return AnswerFault{field.code, "need_answer", {}};
    }
    const auto unless = [&](bool good, std::string_view code) -> MaybeFault {
        if (good) return std::nullopt;
        return AnswerFault{field.code, code, {}};
    };
    switch (field.kind) {
        case FieldKind::Text:
        case FieldKind::Address: {
            const std::size_t n = chars_of(text);
            if (n <= field.chars_max) return std::nullopt;
            return AnswerFault{field.code, "too_long",
                               Limits{{"chars_max", std::to_string(field.chars_max)},
                                      {"chars", std::to_string(n)}}};
        }
        case FieldKind::Number:
            return number_fault(field, text);
        case FieldKind::Choice:
            return unless(
                std::ranges::find(field.choices, text, &FieldChoice::code) != field.choices.end(),
                "unknown_choice");
        case FieldKind::Date:
            return unless(bool(parse_day(text)), "not_a_date");
        case FieldKind::Phone:
            return unless(is_phone(text), "not_a_phone");
        case FieldKind::YesNo:
            return unless(text == "yes" || text == "no", "not_yes_or_no");
    }
    return std::nullopt;
}

Error breaks(const FormField& field, const char* rule) {
    return Error(Errc::DataBreaksARule, "field \"" + field.code + "\": " + rule);
}

bool can_have(const FormField& field, const std::string& value) {
    if (field.kind == FieldKind::YesNo) return value == "yes" || value == "no";
    if (field.kind != FieldKind::Choice) return false;
    return std::ranges::find(field.choices, value, &FieldChoice::code) != field.choices.end();
}

}  // namespace

std::string_view word(FieldKind kind) { return kind_words[static_cast<std::size_t>(kind)]; }

std::optional<FieldKind> field_kind_from(std::string_view word) {
    const auto it = std::ranges::find(kind_words, word);
    if (it == kind_words.end()) return std::nullopt;
    return static_cast<FieldKind>(it - kind_words.begin());
}

std::size_t chars_of(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool is_shown(const AnswerForm& form, const Answers& answers, std::string_view code) {
    // Conditions point backwards (check(form)), so the walk ends; the count guards unchecked forms.
    for (std::size_t steps = 0; steps <= form.size(); ++steps) {
        const FormField* field = find(form, code);
        if (!field) return false;
        if (!field->shown_when) return true;
        const auto& values = field->shown_when->values;
        const auto got = answer(answers, field->shown_when->field);
        if (got.empty() || std::ranges::find(values, got) == values.end()) return false;
        code = field->shown_when->field;
    }
    return false;
}

std::vector<AnswerFault> check(const AnswerForm& form, const Answers& answers) {
    std::vector<AnswerFault> out;
    for (const FormField& field : form) {
        if (!is_shown(form, answers, field.code)) continue;
        if (auto fault = fault_of(field, answer(answers, field.code)))
            out.push_back(std::move(*fault));
    }
    for (const auto& [field, text] : answers)
        if (!find(form, field)) out.push_back({field, "unknown_field", {}});
    return out;
}

Answers kept(const AnswerForm& form, const Answers& answers) {
    Answers out;
    for (const FormField& field : form) {
        const auto text = answer(answers, field.code);
        if (!text.empty() && is_shown(form, answers, field.code)) out[field.code] = text;
    }
    return out;
}

Result<Done> check(const AnswerForm& form) {
    for (auto it = form.begin(); it != form.end(); ++it) {
        const FormField& field = *it;
        if (field.code.empty() || field.title.empty()) return breaks(field, "no code or title");
        if (std::find_if(form.begin(), it,
                         [&](const FormField& f) { return f.code == field.code; }) != it)
            return breaks(field, "the code is there twice");
        if ((field.kind == FieldKind::Choice) == field.choices.empty())
            return breaks(field, "choices belong to a choice, which has some");
        if (field.min && field.max && *field.min > *field.max)
            return breaks(field, "min is above max");
        if (!field.shown_when) continue;
        const auto on = std::find_if(form.begin(), it, [&](const FormField& f) {
            return f.code == field.shown_when->field;
        });
        if (on == it) return breaks(field, "shown_when names no earlier field");
        const auto& values = field.shown_when->values;
        if (values.empty() ||
            !std::ranges::all_of(values, [&](const auto& v) { return can_have(*on, v); }))
            return breaks(field, "shown_when names a value its field never has");
    }
    return Done{};
}

}  // namespace ys::cases
