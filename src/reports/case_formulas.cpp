// SPDX-License-Identifier: Apache-2.0
// The words of the figures of cases: their names, formulas, and why a case counts.
#include <algorithm>

#include "reports/case_figures.h"
#include "reports/formulas.h"

namespace ys::reports {
namespace {

const char* const by_case =
    "cases written down (CaseSaved created) in the window, followed up to counted_until";

struct Name {
    CaseFigure figure;
    std::string_view word;
};
constexpr std::array names{Name{CaseFigure::ComplaintTimely, "complaint_timely_rate"},
                           Name{CaseFigure::Closing, "closing_rate"},
                           Name{CaseFigure::Complaints, "complaints_per_million"},
                           Name{CaseFigure::Dispatch, "dispatch_rate"},
                           Name{CaseFigure::DispatchTime, "dispatch_mean_ms"},
                           Name{CaseFigure::FollowUp, "follow_up_rate"},
                           Name{CaseFigure::FirstTime, "first_time_rate"},
                           Name{CaseFigure::Solved, "solved_rate"},
                           Name{CaseFigure::Satisfied, "satisfied_rate"}};
static_assert(names.size() == case_figures.size());

}  // namespace

std::string_view word(CaseFigure figure) {
    return std::ranges::find(names, figure, &Name::figure)->word;
}

std::optional<CaseFigure> case_figure_from(std::string_view word) {
    const auto found = std::ranges::find(names, word, &Name::word);
    if (found == names.end()) return std::nullopt;
    return found->figure;
}

std::string_view word(Counted counted) {
    if (counted == Counted::Yes) return "yes";
    return counted == Counted::No ? "no" : "apart";
}

// clang-format off
std::vector<Formula> case_formulas() {
    return {
        {"complaint_timely_rate", "投诉处理及时率 = 时限内办结的投诉 ÷（已办结的 + 已超办结时限的投诉）；时限内仍在办的、不予受理的、已撤回的不计", "complaints (cases of a type whose nature is complaint) closed without CaseClockTold close broken, over those closed or broken; still in time, out of scope and withdrawn are in neither. A late one is in the figure of the unit responsible when it ran out", by_case},
        {"closing_rate", "结案率 = 已办结 ÷（全部工单 − 不予受理 − 已撤回）；仍在办的算未办结", "cases whose last state is closed, over all but out of scope and withdrawn; open ones are in the denominator", by_case},
        {"complaints_per_million", "百万客户投诉量 = 投诉件数 × 1,000,000 ÷ 服务客户数；不予受理和撤回的投诉也计入", "complaints (cases of a type whose nature is complaint), whatever became of them, times 1000000 over the customers the centre serves", by_case},
        {"dispatch_rate", "转办效率 = 首派单位在签收时限内签收的 ÷（已签收、被退回或签收超时的）；当场答复的和仍待签收的不计", "cases the first unit dispatched to accepted before CaseClockTold accept broken, over those accepted, returned, or broken (also when nobody was sent); settled on the line and not yet accepted are in neither", by_case},
        {"dispatch_mean_ms", "转办平均时长 = 从登记到首次有单位签收或接办的平均时间", "mean time from CaseSaved created to the first CaseMoved accept, assign or take_over", by_case},
        {"follow_up_rate", "回访率 = 已问过市民、或留有联系记录的 ÷ 已办结", "closed cases with the citizen's word (CaseMoved confirm or object, CaseConfirmed yes or no) or an attempt while they were asked (record_attempt, CaseConfirmed unreached), over closed cases", by_case},
        {"first_time_rate", "首次解决率 = 首次告知后市民即认可、或当场答复，且未重开的 ÷ 已有首次结果的", "cases whose first word was confirm, or settled on the line, and never reopened, over those and the objected and reopened ones. In the figure of the unit that handled it first", by_case},
        {"solved_rate", "解决率 = 市民说已解决 ÷ 市民答过是否解决的（以最后一次为准；各单位以对其办理的最后一次回答为准）", "the last CaseConfirmed.solved yes over yes and no; of a unit: the last one on its own work", by_case},
        {"satisfied_rate", "满意率 = 市民说满意 ÷ 市民答过是否满意的（与解决率分开问、分开算；各单位以对其办理的最后一次回答为准）", "the last CaseConfirmed.satisfied yes over yes and no; of a unit: the last one on its own work", by_case},
    };
}

std::vector<Reason> case_reasons() {
    return {
        {"complaint", "投诉", "a complaint"},
        {"kind_unknown", "早期工单，没有记下类型", "of before kinds were in the facts"},
        {"not_a_complaint", "不是投诉", "not a complaint"},
        {"no_file", "没有进入办理流程", "never entered the workflow"},
        {"out_of_scope", "不予受理", "out of scope"},
        {"withdrawn", "市民已撤回", "withdrawn by the citizen"},
        {"late", "超过办结时限", "the closing time ran out"},
        {"closed_in_time", "时限内办结", "closed in time"},
        {"open_in_time", "在办，未到时限", "open and still in time"},
        {"closed", "已办结", "closed"},
        {"still_open", "仍在办", "still open"},
        {"accepted_in_time", "首派单位按时签收", "accepted in time by the first unit"},
        {"accept_late", "签收超时", "not accepted in time"},
        {"returned", "被首派单位退回", "given back by the first unit"},
        {"nobody_sent", "超时无人派单", "sent to nobody in time"},
        {"not_accepted_yet", "待派单或待签收", "not accepted yet"},
        {"settled", "当场答复", "settled on the line"},
        {"taken_on", "已有单位接办", "taken on by a unit"},
        {"asked", "市民已答复", "the citizen was asked and answered"},
        {"tried", "已联系，未联系上", "tried, not reached"},
        {"not_asked", "未回访", "not asked"},
        {"objected", "市民认为未解决或不满意", "the citizen objected"},
        {"reopened", "办结后重开", "reopened"},
        {"confirmed", "首次告知即获认可", "confirmed at the first asking"},
        {"unreached", "未联系上市民", "the citizen was not reached"},
        {"said_yes", "市民答“是”", "the citizen said yes"},
        {"said_no", "市民答“否”", "the citizen said no"},
        {"not_said", "市民没有说", "the citizen did not say"},
    };
}
// clang-format on

}  // namespace ys::reports
