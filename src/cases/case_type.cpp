// SPDX-License-Identifier: Apache-2.0
// Keeps every version of every case type.
#include "cases/case_type.h"

#include <algorithm>

#include "cases/errc.h"

namespace ys::cases {
namespace {

Result<Done> check_type(const CaseType& type) {
    const std::string where = "case type \"" + type.code + "\": ";
    if (type.code.empty() || type.title.empty())
        return Error(Errc::DataBreaksARule, where + "no code or title");
    if (type.version < 1) return Error(Errc::DataBreaksARule, where + "a version is at least 1");
    if (type.workflow.empty() || type.clock_preset.empty())
        return Error(Errc::DataBreaksARule, where + "no workflow or clock preset");
    const auto form = check(type.form);
    if (!form) return Error(Errc::DataBreaksARule, where + form.error().note);
    return Done{};
}

}  // namespace

std::string_view word(Urgency urgency) {
    switch (urgency) {
        case Urgency::Ordinary:
            return "ordinary";
        case Urgency::Urgent:
            return "urgent";
        case Urgency::Emergency:
            return "emergency";
    }
    return "";
}

Urgency urgency_of(std::string_view text) {
    if (text == word(Urgency::Emergency)) return Urgency::Emergency;
    return text == word(Urgency::Urgent) ? Urgency::Urgent : Urgency::Ordinary;
}

std::vector<AnswerFault> check(const CaseType& type, std::string_view class_code,
                               const Answers& answers) {
    std::vector<AnswerFault> out = check(type.form, answers);
    const ClassTree& tree = type.classes;
    std::string_view code;
    if (tree.nodes().empty())
        code = class_code.empty() ? "" : "unknown_class";
    else if (class_code.empty())
        code = "need_class";
    else if (!tree.find(class_code))
        code = "unknown_class";
    else if (!tree.is_leaf(class_code))
        code = "class_too_wide";
    if (!code.empty()) out.insert(out.begin(), AnswerFault{"class_code", code, {}});
    return out;
}

Result<Done> CaseTypes::add(CaseType type) {
    YS_TRY([[maybe_unused]] const Done fine, check_type(type));
    const auto it = std::ranges::find(types_, type.code, [](const auto& v) { return v[0].code; });
    if (it == types_.end()) {
        types_.emplace_back().push_back(std::move(type));
        return Done{};
    }
    if (const CaseType* same = find(type.code, type.version); same && *same == type) return Done{};
    if (type.version <= it->back().version)
        return Error(Errc::VersionIsTaken, "case type \"" + type.code + "\"");
    it->push_back(std::move(type));
    return Done{};
}

const CaseType* CaseTypes::find(std::string_view code, int version) const {
    for (const auto& versions : types_)
        for (const CaseType& type : versions)
            if (type.code == code && type.version == version) return &type;
    return nullptr;
}

const CaseType* CaseTypes::newest(std::string_view code) const {
    for (const auto& versions : types_)
        if (versions[0].code == code) return &versions.back();
    return nullptr;
}

std::vector<const CaseType*> CaseTypes::all() const {
    std::vector<const CaseType*> out;
    for (const auto& versions : types_) out.push_back(&versions.back());
    return out;
}

}  // namespace ys::cases
