// SPDX-License-Identifier: Apache-2.0
// What must always be true of a case.
#include "cases/case_file.h"

#include <algorithm>
#include <set>

namespace ys::cases {
namespace {

template <class T>
bool repeats(const std::vector<T>& all) {
    return std::set<T>(all.begin(), all.end()).size() != all.size();
}

bool is_handled(CaseState s) {
    return s == CaseState::Accepted || s == CaseState::Working || s == CaseState::SecondHandling ||
           s == CaseState::Replied || s == CaseState::Reviewed ||
           s == CaseState::AwaitingConfirmation;
}

std::string broken_ownership(const CaseRules& rules, const CaseFile& f) {
    if (is_final(f.state)) return f.responsible ? "a case that is over has an owner" : "";
    if (!rules.units.has(f.responsible)) return "nobody is responsible";
    if (is_handled(f.state) && f.handler != f.responsible)
        return "the unit that handles it is not responsible";
    if (f.state == CaseState::Dispatched && !f.handler) return "dispatched to nobody";
    if (f.state == CaseState::Disputed && f.dispute == Dispute::None)
        return "a dispute about nothing";
    return "";
}

std::string broken_governance(const CaseFile& f) {
    for (const UnitId unit : f.about_units) {
        if (f.responsible == unit || f.handler == unit)
            return "a unit owns a complaint about itself";
        if (f.reply && f.reply->unit == unit) return "a unit answers a complaint about itself";
        if (std::ranges::find(f.handled_by, unit) != f.handled_by.end())
            return "a unit took on a complaint about itself";
        if (std::ranges::find(f.parts, unit, &CasePart::unit) != f.parts.end())
            return "a unit contributes to a complaint about itself";
    }
    if (repeats(f.returned_by)) return "a unit returned it twice";
    if (repeats(f.handled_by)) return "a unit is told twice as handler";
    if (repeats(f.duplicates)) return "a duplicate is linked twice";
    if (std::ranges::find(f.duplicates, f.id) != f.duplicates.end()) return "linked to itself";
    if (f.reply && f.reply->reviewed_by == f.reply->by && f.reply->by)
        return "somebody reviewed their own reply";
    for (const CasePart& p : f.parts)
        if (p.is_open() && p.unit == f.handler && is_handled(f.state))
            return "the handler has a part beside the whole";
    return "";
}

std::string broken_reply(const CaseRules& rules, const CaseFile& f) {
    const bool shown = f.state == CaseState::Replied || f.state == CaseState::Reviewed ||
                       f.state == CaseState::AwaitingConfirmation;
    if (shown && (!f.reply || !unanswered(f, f.reply->answers).empty()))
        return "a demand is without an answer";
    if (f.state == CaseState::AwaitingConfirmation && !f.told_at) return "awaits, but nobody told";
    if (f.state == CaseState::Closed && !(f.confirmation && f.confirmation->solved) &&
        !is_tried_enough(rules, f))
        return "closed without the citizen's word or attempts";
    if (f.state == CaseState::OutOfScope && (f.counts_in_scores || f.legal_basis.empty()))
        return "out of scope without the law, or counted";
    return "";
}

std::string broken_clocks(const CaseFile& f) {
    const auto runs = [&](ClockName n) { return f.clock(n) && f.clock(n)->clock.is_running(); };
    for (const ClockName n : clock_names) {
        if (!f.clock(n)) continue;
        const WorkClock& c = f.clock(n)->clock;
        if (const std::string rule = broken_invariant(c); !rule.empty())
            return std::string(word(n)) + ": " + rule;
        if (is_final(f.state) && c.is_running()) return "a clock runs although the case is over";
        const bool rests = !c.pauses.empty() && !c.pauses.back().until && c.is_running();
        if (rests != (n == ClockName::Close && f.state == CaseState::AwaitingConfirmation))
            return "the closing clock rests exactly while the citizen is asked";
    }
    if (!is_final(f.state) && f.clock(ClockName::Close) && !runs(ClockName::Close))
        return "the closing clock stands still";
    if (is_handled(f.state) && runs(ClockName::Accept)) return "accepted, but its clock runs";
    const bool waits = f.state == CaseState::Filed || f.state == CaseState::Dispatched ||
                       f.state == CaseState::Returned;
    if (waits && f.clock(ClockName::Accept) && !runs(ClockName::Accept))
        return "nobody accepted, but the clock stands still";
    if (f.told_at && runs(ClockName::FirstReply)) return "told, but the first reply's clock runs";
    return "";
}

}  // namespace

bool CaseFile::is_about(UnitId unit) const {
    return std::ranges::find(about_units, unit) != about_units.end();
}

CasePart* CaseFile::open_part(UnitId unit) {
    for (CasePart& p : parts)
        if (p.unit == unit && p.is_open()) return &p;
    return nullptr;
}

bool is_tried_enough(const CaseRules& rules, const CaseFile& file) {
    if (!file.told_at) return false;
    int counted = 0;
    std::optional<UtcTime> last;
    for (const CaseAttempt& a : file.attempts) {
        if (a.at < *file.told_at) continue;
        if (last && a.at.us - last->us < Micros(rules.attempts_apart).count()) continue;
        last = a.at;
        ++counted;
    }
    return counted >= rules.attempts_min;
}

std::vector<std::uint32_t> unanswered(const CaseFile& file, const DemandAnswers& answers) {
    std::vector<std::uint32_t> out;
    for (const CaseDemand& d : file.demands) {
        const auto it = answers.find(d.number);
        if (it == answers.end() || it->second.empty()) out.push_back(d.number);
    }
    return out;
}

bool may_see(const CaseFile& file, UnitId unit) {
    return !file.is_confidential || !file.is_about(unit);
}

std::string broken_invariant(const CaseRules& rules, const CaseFile& file) {
    if (!file.is_filed) return "";
    if (file.demands.empty()) return "nothing is wanted";
    if (file.supervised > rules.supervised_max) return "supervised above the ladder";
    for (std::string rule : {broken_ownership(rules, file), broken_governance(file),
                             broken_reply(rules, file), broken_clocks(file)})
        if (!rule.empty()) return rule;
    return "";
}

}  // namespace ys::cases
