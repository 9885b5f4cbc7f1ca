// SPDX-License-Identifier: Apache-2.0
// Looks at a type as written, and makes the one that the engine knows.
#include "cases/io/case_type_json.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "base/text.h"
#include "cases/errc.h"
#include "platform/words/search_words.h"

namespace ys::cases {
namespace {

constexpr std::array urgencies{Urgency::Ordinary, Urgency::Urgent, Urgency::Emergency};

constexpr std::size_t code_bytes_max = 40, title_bytes_max_of_type = 120, unit_bytes_max = 24;
constexpr std::size_t fields_max = 60, choices_max = 60, classes_max = 1'000;
constexpr std::uint32_t chars_limit = 4'000;

bool is_code(std::string_view text) {
    return !text.empty() && text.size() <= code_bytes_max && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    });
}

bool is_title(std::string_view text) {
    return !trimmed(text).empty() && text.size() <= title_bytes_max_of_type;
}

std::optional<Urgency> urgency_from(std::string_view text) {
    const auto it = std::ranges::find(urgencies, text, [](Urgency u) { return word(u); });
    if (it == urgencies.end()) return std::nullopt;
    return *it;
}

/// Collects faults, at most one a field.
class Look {
public:
    void fault(std::string field, std::string_view code) {
        if (seen_.insert(field).second) out.push_back({std::move(field), code});
    }
    void unless(bool good, const std::string& field, std::string_view code) {
        if (!good) fault(field, code);
    }
    std::vector<TypeFault> out;

private:
    std::set<std::string> seen_;
};

void look_at_classes(Look& look, const std::vector<TypeClass>& classes) {
    look.unless(classes.size() <= classes_max, "classes", "too_many");
    std::map<std::string, const TypeClass*> by_code;
    for (std::size_t i = 0; i < classes.size(); ++i) {
        const std::string at = "classes." + std::to_string(i);
        look.unless(is_code(classes[i].code), at + ".code", "code_shape");
        look.unless(is_title(classes[i].title), at + ".title", "need_title");
        look.unless(classes[i].initials.empty() || is_code(classes[i].initials), at + ".initials",
                    "code_shape");
        look.unless(by_code.emplace(classes[i].code, &classes[i]).second, at + ".code", "taken");
    }
    for (std::size_t i = 0; i < classes.size(); ++i) {
        const std::string at = "classes." + std::to_string(i) + ".parent";
        const TypeClass* node = &classes[i];
        for (std::size_t depth = 1; !node->parent.empty(); ++depth) {
            const auto above = by_code.find(node->parent);
            if (above == by_code.end()) look.fault(at, "unknown_parent");
            if (depth >= ClassTree::depth_max) look.fault(at, "in_a_circle");
            if (above == by_code.end() || depth >= ClassTree::depth_max) break;
            node = above->second;
        }
    }
}

bool can_have(const TypeField& field, const std::string& value) {
    if (field.kind == "yes_no") return value == "yes" || value == "no";
    return field.kind == "choice" &&
           std::ranges::find(field.choices, value, &TypeChoice::code) != field.choices.end();
}

void look_at_choices(Look& look, const TypeField& field, const std::string& at) {
    const bool is_choice = field.kind == "choice";
    if (is_choice && field.choices.empty()) look.fault(at, "need_choices");
    if (!is_choice && !field.choices.empty()) look.fault(at, "no_choices");
    look.unless(field.choices.size() <= choices_max, at, "too_many");
    std::set<std::string> codes;
    for (std::size_t i = 0; i < field.choices.size(); ++i) {
        const std::string here = at + "." + std::to_string(i);
        look.unless(is_code(field.choices[i].code), here + ".code", "code_shape");
        look.unless(codes.insert(field.choices[i].code).second, here + ".code", "taken");
        look.unless(is_title(field.choices[i].title), here + ".title", "need_title");
    }
}

void look_at_condition(Look& look, const std::vector<TypeField>& form, std::size_t i,
                       const std::string& at) {
    const TypeCondition& when = *form[i].shown_when;
    const auto end = form.begin() + static_cast<std::ptrdiff_t>(i);
    const auto on =
        std::find_if(form.begin(), end, [&](const TypeField& f) { return f.code == when.field; });
    if (on == end) return look.fault(at + ".field", "unknown_field");
    const bool fits = !when.values.empty() && std::ranges::all_of(when.values, [&](const auto& v) {
        return can_have(*on, v);
    });
    look.unless(fits, at + ".values", "unknown_value");
}

void look_at_form(Look& look, const std::vector<TypeField>& form) {
    look.unless(form.size() <= fields_max, "form", "too_many");
    std::set<std::string> codes;
    for (std::size_t i = 0; i < form.size(); ++i) {
        const TypeField& field = form[i];
        const std::string at = "form." + std::to_string(i) + ".";
        look.unless(is_code(field.code), at + "code", "code_shape");
        look.unless(codes.insert(field.code).second, at + "code", "taken");
        look.unless(is_title(field.title), at + "title", "need_title");
        look.unless(field_kind_from(field.kind).has_value(), at + "kind", "unknown_word");
        look.unless(field.chars_max >= 1 && field.chars_max <= chars_limit, at + "chars_max",
                    "chars_shape");
        look.unless(field.unit.size() <= unit_bytes_max, at + "unit", "too_long");
        const bool is_backwards = field.min && field.max && *field.min > *field.max;
        look.unless(!is_backwards, at + "min", "min_above_max");
        look_at_choices(look, field, at + "choices");
        if (field.shown_when) look_at_condition(look, form, i, at + "shown_when");
    }
}

FormField field_of(const TypeField& text) {
    FormField out{.code = text.code,
                  .title = text.title,
                  .kind = field_kind_from(text.kind).value_or(FieldKind::Text),
                  .is_required = text.is_required,
                  .chars_max = text.chars_max,
                  .min = text.min,
                  .max = text.max,
                  .unit = text.unit,
                  .choices = {},
                  .shown_when = {}};
    for (const TypeChoice& each : text.choices) out.choices.push_back({each.code, each.title});
    if (text.shown_when)
        out.shown_when = ShownWhen{text.shown_when->field, text.shown_when->values};
    return out;
}

TypeField text_of(const FormField& field) {
    TypeField out;
    out.code = field.code;
    out.title = field.title;
    out.kind = word(field.kind);
    out.is_required = field.is_required;
    out.chars_max = static_cast<std::uint32_t>(field.chars_max);
    out.min = field.min;
    out.max = field.max;
    out.unit = field.unit;
    for (const FieldChoice& each : field.choices) out.choices.push_back({each.code, each.title});
    if (field.shown_when)
        out.shown_when = TypeCondition{field.shown_when->field, field.shown_when->values};
    return out;
}

}  // namespace

std::vector<TypeFault> faults(const TypeText& text) {
    Look look;
    look.unless(is_code(text.code), "code", "code_shape");
    look.unless(is_title(text.title), "title", "need_title");
    const auto nature = nature_from(text.nature);
    look.unless(nature.has_value(), "nature", "unknown_word");
    look.unless(urgency_from(text.urgency).has_value(), "urgency", "unknown_word");
    look.unless(!text.workflow.empty(), "workflow", "need_workflow");
    look.unless(!text.clock_preset.empty(), "clock_preset", "need_clock_preset");
    look.unless(!nature || !text.is_automatic || *nature == Nature::Repair, "is_automatic",
                "by_nature");
    look.unless(!nature || text.is_confidential == (*nature == Nature::Report), "is_confidential",
                "by_nature");
    look_at_classes(look, text.classes);
    look_at_form(look, text.form);
    return std::move(look.out);
}

std::vector<TypeFault> faults(const TypeText& text, const Handbook& handbook) {
    std::vector<TypeFault> out;
    const auto fault = [&](const char* field, std::string_view code) {
        if (std::ranges::find(out, field, &TypeFault::field) == out.end())
            out.push_back({field, code});
    };
    const Kind* kind = find_kind(text.code);
    if (kind != nullptr && nature_from(text.nature) != kind->nature) fault("nature", "by_kind");
    const Workflow* flow = handbook.newest_workflow(text.workflow);
    if (!text.workflow.empty() && flow == nullptr) fault("workflow", "unknown_workflow");
    if (text.is_automatic && flow != nullptr && !is_for_crews(*flow))
        fault("workflow", "not_for_crews");
    if (!text.clock_preset.empty() && handbook.preset(text.clock_preset) == nullptr)
        fault("clock_preset", "unknown_clock_preset");
    for (const TypeFault& each : faults(text)) fault(each.field.c_str(), each.code);
    return out;
}

Result<CaseType> type_of(const TypeText& text, int version) {
    const auto wrong = faults(text);
    if (!wrong.empty())
        return Error(Errc::DataBreaksARule, "case type \"" + text.code +
                                                "\": " + wrong.front().field + " " +
                                                std::string(wrong.front().code));
    CaseType out;
    out.code = text.code;
    out.version = version;
    out.title = text.title;
    out.nature = *nature_from(text.nature);
    out.urgency = *urgency_from(text.urgency);
    out.workflow = text.workflow;
    out.clock_preset = text.clock_preset;
    out.is_automatic = text.is_automatic;
    out.is_confidential = text.is_confidential;
    std::vector<ClassNode> nodes;
    for (const TypeClass& each : text.classes)
        nodes.push_back(
            {each.code, each.parent, each.title,
             each.initials.empty() ? words::initials_of_title(each.title) : each.initials});
    YS_TRY(out.classes, ClassTree::build(std::move(nodes)));
    for (const TypeField& each : text.form) out.form.push_back(field_of(each));
    YS_TRY([[maybe_unused]] const Done fine, check(out.form));
    return out;
}

TypeText text_of(const CaseType& type) {
    TypeText out;
    out.code = type.code;
    out.title = type.title;
    out.nature = word(type.nature);
    out.urgency = word(type.urgency);
    out.workflow = type.workflow;
    out.clock_preset = type.clock_preset;
    out.is_automatic = type.is_automatic;
    out.is_confidential = type.is_confidential;
    for (const ClassNode& each : type.classes.nodes())
        out.classes.push_back({each.code, each.parent, each.title, each.initials});
    for (const FormField& each : type.form) out.form.push_back(text_of(each));
    return out;
}

}  // namespace ys::cases
