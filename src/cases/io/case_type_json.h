// SPDX-License-Identifier: Apache-2.0
// A case type as it is written: in a scenario's file, in its row, in a request. One description for
// all three.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/described.h"
#include "base/result.h"
#include "cases/case_type.h"
#include "cases/handbook.h"

namespace ys::cases {

struct TypeClass {
    std::string code, parent, title;
    std::string initials;  ///< pinyin; made from the title when empty
};
struct TypeChoice {
    std::string code, title;
};
struct TypeCondition {
    std::string field;
    std::vector<std::string> values;
};
struct TypeField {
    std::string code, title;
    std::string kind = "text";  ///< a word of FieldKind
    bool is_required = false;
    std::uint32_t chars_max = 200;
    std::optional<double> min, max;
    std::string unit;
    std::vector<TypeChoice> choices;
    std::optional<TypeCondition> shown_when;
};
struct TypeText {
    std::string code, title;
    std::string nature;  ///< "question" "help" "complaint" "report" "suggestion" "praise" "repair"
    std::string urgency = "ordinary";
    std::string workflow, clock_preset;
    bool is_automatic = false, is_confidential = false;
    std::vector<TypeClass> classes;
    std::vector<TypeField> form;
};
BOOST_DESCRIBE_STRUCT(TypeClass, (), (code, parent, title, initials))
BOOST_DESCRIBE_STRUCT(TypeChoice, (), (code, title))
BOOST_DESCRIBE_STRUCT(TypeCondition, (), (field, values))
BOOST_DESCRIBE_STRUCT(TypeField, (),
                      (code, title, kind, is_required, chars_max, min, max, unit, choices,
                       shown_when))
BOOST_DESCRIBE_STRUCT(TypeText, (),
                      (code, title, nature, urgency, workflow, clock_preset, is_automatic,
                       is_confidential, classes, form))

/// What is wrong with a type as written, exactly enough for a page to say it beside the field.
struct TypeFault {
    std::string field;  ///< "form.2.min" "classes.0.title" "workflow"
    std::string_view code;
    friend bool operator==(const TypeFault&, const TypeFault&) = default;
};

/// Every fault at once, in the order of the description.
///
/// need_title; need_workflow; need_clock_preset; code_shape (not a-z, 0-9, "_" ".", or too long);
/// taken; unknown_word; unknown_parent; in_a_circle; too_many; need_choices; no_choices (only a
/// choice has some); min_above_max; chars_shape (not 1 to 4,000); unknown_field (shown_when names
/// no earlier one); unknown_value; by_nature (is_automatic is for repairs, is_confidential is a
/// disclosure)
std::vector<TypeFault> faults(const TypeText& text);
/// The same, and what the handbook says: unknown_workflow; unknown_clock_preset; not_for_crews (an
/// automatic type whose workflow has no way from dispatch to a reply); by_kind (a kind that the
/// program knows keeps its nature).
std::vector<TypeFault> faults(const TypeText& text, const Handbook& handbook);

/// errors  data_breaks_a_rule, the note naming the first fault
Result<CaseType> type_of(const TypeText& text, int version);
TypeText text_of(const CaseType& type);

}  // namespace ys::cases
