// SPDX-License-Identifier: Apache-2.0
// The questions a case type asks (a subset of JSON Schema as plain structs) and what is wrong with
// the answers, exactly enough for a page to say it beside the field.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace ys::cases {

enum class FieldKind { Text, Number, Choice, Date, Phone, Address, YesNo };

/// "text" "number" "choice" "date" "phone" "address" "yes_no"
std::string_view word(FieldKind kind);
std::optional<FieldKind> field_kind_from(std::string_view word);

struct FieldChoice {
    std::string code;   ///< as stored and sent
    std::string title;  ///< as read
    friend bool operator==(const FieldChoice&, const FieldChoice&) = default;
};

/// The field is asked only while an earlier field has one of these values.
struct ShownWhen {
    std::string field;
    std::vector<std::string> values;
    friend bool operator==(const ShownWhen&, const ShownWhen&) = default;
};

struct FormField {
    std::string code;   ///< as stored and sent: "room_temperature_c"
    std::string title;  ///< as read: "室内温度"
    FieldKind kind = FieldKind::Text;
    bool is_required = false;
    std::size_t chars_max = 200;     ///< Unicode characters; text and address
    std::optional<double> min, max;  ///< numbers
    std::string unit;                ///< numbers, as read: "℃"
    std::vector<FieldChoice> choices;
    std::optional<ShownWhen> shown_when;
    friend bool operator==(const FormField&, const FormField&) = default;
};

using AnswerForm = std::vector<FormField>;  ///< in the order they are asked
using Answers = std::map<std::string, std::string>;

/// What is wrong with one field: a key of the message files and the limits its sentence names.
///
/// need_answer; unknown_field; too_long {chars_max, chars}; not_a_number; too_small {min, unit};
/// too_large {max, unit}; unknown_choice; not_a_date; not_a_phone; not_yes_or_no
struct AnswerFault {
    std::string field;
    std::string_view code;
    std::vector<std::pair<std::string_view, std::string>> limits;
    friend bool operator==(const AnswerFault&, const AnswerFault&) = default;
};

/// Whether this field is asked: its condition holds, and the field it hangs on is asked itself.
bool is_shown(const AnswerForm& form, const Answers& answers, std::string_view field);

/// At most one fault a field, in the order of the form, unknown fields last. Answers to fields that
/// are not shown are not looked at: a page may keep what was typed before it changed its mind.
/// Text is expected cleaned by the edge; an answer of spaces is none.
std::vector<AnswerFault> check(const AnswerForm& form, const Answers& answers);

/// The answers worth storing: of fields shown, without spaces around, empty ones left out.
Answers kept(const AnswerForm& form, const Answers& answers);

/// Whether the form itself makes sense: codes are there, once each; choices only and always for a
/// choice; min not above max; shown_when names an earlier field, and a value it can have.
/// errors   data_breaks_a_rule with the field
Result<Done> check(const AnswerForm& form);

/// Unicode characters of valid UTF-8.
std::size_t chars_of(std::string_view text);

}  // namespace ys::cases
