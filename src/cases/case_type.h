// SPDX-License-Identifier: Apache-2.0
// What kinds of case a centre knows, as data with versions: an old case keeps the type it was made
// with.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cases/answer_form.h"
#include "cases/case_form.h"
#include "cases/class_tree.h"

namespace ys::cases {

/// How soon something must be done when nobody says otherwise.
enum class Urgency { Ordinary, Urgent, Emergency };

/// "ordinary" "urgent" "emergency"
std::string_view word(Urgency urgency);
/// Of a case as it is kept: "normal", too, is ordinary, and so is a word nobody knows.
Urgency urgency_of(std::string_view word);

struct CaseType {
    std::string code;   ///< "repair"; the words of case_form.h go on
    int version = 1;    ///< from 1; every change of anything below makes a new one
    std::string title;  ///< "报修"
    Nature nature = Nature::Help;
    ClassTree classes;  ///< empty when cases of this type are not classified further
    AnswerForm form;
    Urgency urgency = Urgency::Ordinary;
    std::string workflow;       ///< of the handbook; a case takes its newest version when filed
    std::string clock_preset;   ///< of the handbook
    bool is_automatic = false;  ///< goes straight to the repairer on duty
    bool is_confidential =
        false;  ///< 举报: hidden from the unit complained of, own role, own audit
    friend bool operator==(const CaseType&, const CaseType&) = default;
};

/// What is wrong with the answers and the class of a new case. The class must be a leaf of the
/// tree; its faults have the field "class_code" and the codes need_class, unknown_class,
/// class_too_wide.
std::vector<AnswerFault> check(const CaseType& type, std::string_view class_code,
                               const Answers& answers);

/// All versions of all types of a centre.
class CaseTypes {
public:
    /// The same version with the same contents again changes nothing.
    /// errors   data_breaks_a_rule (no code, title, workflow or clock preset; version below 1; what
    ///          check(form) says); version_is_taken for other contents under a version that exists,
    ///          or a version older than the newest
    Result<Done> add(CaseType type);

    /// nullptr when there is none. Pointers stay valid while the object lives.
    const CaseType* find(std::string_view code, int version) const;
    const CaseType* newest(std::string_view code) const;
    /// The newest version of each, as first added.
    std::vector<const CaseType*> all() const;

private:
    std::deque<std::deque<CaseType>> types_;  ///< by code, versions rising; deques keep addresses
};

}  // namespace ys::cases
