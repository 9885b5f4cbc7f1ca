// SPDX-License-Identifier: Apache-2.0
// Which unit a case belongs to, by what it is about and where (职责目录): proposes with its
// reasons, never guesses.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cases/unit_tree.h"

namespace ys::cases {

/// From the widest to the narrowest: {"heat", "heat.no_heat"}, {"哈尔滨", "道里区", "经纬街"}.
using DutyPath = std::vector<std::string>;

/// Who does this kind of thing in this area. An empty path fits everything.
struct DutyRule {
    std::string title;  ///< as read: "道里区供热归北站"
    DutyPath category;
    DutyPath area;
    UnitId unit;
    friend bool operator==(const DutyRule&, const DutyRule&) = default;
};

/// A part of the sentence that says why: a key of the message files and what it names.
///
/// "category" {the category matched}; "area" {the area matched}; "everything" {}; "rule" {its
/// title}; "narrower_than" {title of a rule that also fits}; "own_complaint" {title of a rule
/// passed over}; "returned" {the same}; "nothing_fits" {}; "equally_narrow" {titles of the rules}
struct DutyReason {
    std::string_view code;
    std::vector<std::string> names;
    friend bool operator==(const DutyReason&, const DutyReason&) = default;
};

struct DutyQuestion {
    DutyPath category;
    DutyPath area;
    std::vector<UnitId> complained_of;  ///< never proposed
    std::vector<UnitId> returned_by;    ///< gave it back already
};

struct DutyProposal {
    UnitId unit;  ///< none: nothing fits, or it would be a guess
    std::vector<DutyReason> reasons;
    std::vector<UnitId> alternatives;  ///< of the other rules that fit, the narrowest first
    friend bool operator==(const DutyProposal&, const DutyProposal&) = default;
};

class DutyCatalogue {
public:
    DutyCatalogue() = default;
    /// errors   data_breaks_a_rule: a rule without title, an unknown unit, an empty step in a path,
    ///          two rules of the same paths
    static Result<DutyCatalogue> build(std::vector<DutyRule> rules, const UnitTree& units);

    /// A rule wins that is at least as narrow as every other that fits, in category and in area.
    /// When one is narrower in what and another in where, they must name the same unit, else none
    /// does.
    DutyProposal propose(const DutyQuestion& question) const;

    const std::vector<DutyRule>& rules() const { return rules_; }

private:
    std::vector<DutyRule> rules_;
};

}  // namespace ys::cases
