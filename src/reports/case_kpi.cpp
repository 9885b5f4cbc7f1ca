// SPDX-License-Identifier: Apache-2.0
#include "reports/case_kpi.h"

#include <algorithm>
#include <tuple>

namespace ys::reports {
namespace {

std::string_view measure_of(CaseFigure figure) {
    if (figure == CaseFigure::Complaints) return "per_million";
    return figure == CaseFigure::DispatchTime ? "mean_ms" : "share";
}

CaseRow empty_row(CentreId centre, std::uint64_t unit, AgentId agent) {
    CaseRow row{centre, unit, agent, 0, {}};
    for (const CaseFigure figure : case_figures) {
        // Customers are a centre's: nobody says how many a unit or an agent serves.
        if (figure == CaseFigure::Complaints && (unit != 0 || agent)) continue;
        row.figures.push_back(
            {std::string(word(figure)), std::string(measure_of(figure)), 0, 0, 0, {}});
    }
    return row;
}

void add(CaseRow& row, const CaseVerdict& verdict) {
    const auto rate = std::ranges::find(row.figures, word(verdict.figure), &CaseRate::figure);
    if (rate == row.figures.end()) return;
    if (verdict.counted == Counted::Yes) rate->numerator += verdict.parts;
    if (verdict.counted == Counted::Apart)
        ++rate->apart;
    else
        ++rate->denominator;
}

void work_out(CaseRow& row, const CustomersServed& served) {
    for (CaseRate& rate : row.figures) {
        double scale = 1;
        if (rate.measure == "per_million") {
            const auto known = served.find(row.centre);
            rate.denominator = known == served.end() ? 0 : known->second;
            scale = 1e6;
        }
        if (rate.denominator > 0)
            rate.value =
                static_cast<double>(rate.numerator) * scale / static_cast<double>(rate.denominator);
    }
}

}  // namespace

void CaseKpi::on(const facts::Fact& fact) {
    if (fact.at >= until_) return;
    std::uint64_t id = 0;
    if (const auto* saved = std::get_if<facts::CaseSaved>(&fact.body)) id = saved->case_id;
    if (const auto* moved = std::get_if<facts::CaseMoved>(&fact.body)) id = moved->case_id;
    if (const auto* told = std::get_if<facts::CaseClockTold>(&fact.body)) id = told->case_id;
    if (const auto* words = std::get_if<facts::CaseConfirmed>(&fact.body)) id = words->case_id;
    if (id != 0) stories_[id].on(fact);
}

std::vector<CountedCase> CaseKpi::cases() const {
    std::vector<CountedCase> out;
    for (const auto& [id, story] : stories_) {
        const auto began = story.began_at();
        if (!began || !window_.has(*began)) continue;
        out.push_back(story.counted());
        out.back().case_id = id;
    }
    return out;
}

CaseReport CaseKpi::report(const CustomersServed& served) const {
    std::map<std::tuple<CentreId, std::uint64_t, AgentId>, CaseRow> rows;
    const auto row = [&](CentreId centre, std::uint64_t unit, AgentId agent) -> CaseRow& {
        return rows.try_emplace({centre, unit, agent}, empty_row(centre, unit, agent))
            .first->second;
    };
    for (const CountedCase& one : cases()) {
        std::vector<CaseRow*> touched{&row(one.centre, 0, {})};
        if (one.agent) touched.push_back(&row(one.centre, 0, one.agent));
        for (const CaseVerdict& verdict : one.verdicts) {
            if (verdict.is_last) add(*touched[0], verdict);
            if (verdict.is_last && one.agent) add(*touched[1], verdict);
            if (verdict.unit == 0) continue;
            CaseRow& of_unit = row(one.centre, verdict.unit, {});
            add(of_unit, verdict);
            if (std::ranges::find(touched, &of_unit) == touched.end()) touched.push_back(&of_unit);
        }
        for (CaseRow* each : touched) ++each->cases;
    }
    CaseReport out{window_.from, window_.to, until_, {}, {}, {}};
    for (auto& [key, each] : rows) {
        work_out(each, served);
        (each.unit != 0 ? out.units : each.agent ? out.agents : out.centres).push_back(each);
    }
    return out;
}

const CaseVerdict* verdict_of(const CountedCase& one, CaseFigure figure, std::uint64_t unit) {
    for (const CaseVerdict& verdict : one.verdicts) {
        const bool is_asked = unit == 0 ? verdict.is_last : verdict.unit == unit;
        if (verdict.figure == figure && is_asked) return &verdict;
    }
    return nullptr;
}

}  // namespace ys::reports
