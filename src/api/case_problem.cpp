// SPDX-License-Identifier: Apache-2.0
#include "api/case_problem.h"

#include <algorithm>
#include <array>

#include "cases/errc.h"

namespace ys::api {
namespace {

using cases::Errc;

struct CaseSentence {
    std::string_view code, zh, en;
};

// clang-format off
constexpr std::array sentences{
    CaseSentence{"status_by_acts", "请用办理按钮办结或重开",
                 "Close or reopen it by what is done to it."},
    CaseSentence{"promise_does_not_read", "时限写法不对，例如 24h、7d、1wd",
                 "The text names no length of time."},
    CaseSentence{"never_open", "按这个作息永远到不了期限",
                 "By these office hours the work would never be due."},
    CaseSentence{"clock_stopped", "时限已经停了",
                 "The clock has stopped already."},
    CaseSentence{"clock_rests", "时限正在停表，请先恢复",
                 "The clock rests; it must go on first."},
    CaseSentence{"already_paused", "已经停表了",
                 "The clock is paused already."},
    CaseSentence{"not_paused", "现在没有停表",
                 "The clock is not paused."},
    CaseSentence{"pause_needs_end", "停表要写明到什么时候",
                 "A pause needs an end after its beginning."},
    CaseSentence{"pause_too_long", "停表时间太长",
                 "A pause may not be that long."},
    CaseSentence{"extended_before", "已经延期过一次",
                 "The time was extended once already."},
    CaseSentence{"past_deadline", "已过期限，不能再延期",
                 "The deadline has passed; it can no longer be extended."},
    CaseSentence{"time_runs_back", "时间早于上一步，请重新打开",
                 "This would happen before what happened last."},
    CaseSentence{"data_does_not_read", "数据无法读取",
                 "The text cannot be read; the note names line and cause."},
    CaseSentence{"data_breaks_a_rule", "数据不合规则",
                 "The data breaks a rule; the note names it."},
    CaseSentence{"version_is_taken", "这个版本已经有了",
                 "This version exists with other contents."},
    CaseSentence{"not_your_role", "这一步要由别的角色办",
                 "Somebody in another role does this."},
    CaseSentence{"not_your_case", "工单在别的单位",
                 "The case is with another unit."},
    CaseSentence{"needs_words", "请写明原因",
                 "A reason is missing."},
    CaseSentence{"needs_demand", "请写明市民的诉求",
                 "The case says nothing that is wanted."},
    CaseSentence{"needs_unit", "请选择单位",
                 "A unit is missing."},
    CaseSentence{"unknown_unit", "没有这个单位",
                 "There is no such unit."},
    CaseSentence{"own_complaint", "不能办理投诉自己单位的工单",
                 "A unit never handles a complaint about itself."},
    CaseSentence{"nobody_may_own", "可承办的单位都被投诉了",
                 "Every unit that could own this case is complained of."},
    CaseSentence{"returned_before", "这个单位已经退过一次",
                 "This unit has returned the case already."},
    CaseSentence{"assigned_for_good", "上级已经指定，不能再退",
                 "The superior has assigned the case; it cannot be returned."},
    CaseSentence{"not_above_unit", "只有上级单位可以裁定",
                 "Only a unit above the one concerned decides this."},
    CaseSentence{"handled_before", "二次办理不能交给原来的单位",
                 "A second handling is never by a unit that handled it before."},
    CaseSentence{"urged_just_now", "刚催办过，请稍后",
                 "The case was urged a short time ago."},
    CaseSentence{"ladder_ends", "已是最高一级督办",
                 "The case is supervised at the highest level already."},
    CaseSentence{"part_is_there", "这个单位已经在办",
                 "This unit handles the case already."},
    CaseSentence{"no_such_part", "没有交给您单位的协办",
                 "This unit has no open part in the case."},
    CaseSentence{"parts_missing", "还有协办单位没有回复",
                 "A unit has not replied its part yet."},
    CaseSentence{"demand_unanswered", "还有诉求没有答复",
                 "A demand of the citizen has no answer."},
    CaseSentence{"reviewed_by_replier", "不能审核自己的答复",
                 "Nobody reviews their own reply."},
    CaseSentence{"needs_second_person", "须由有权限的另一个人批准",
                 "Somebody else must approve this."},
    CaseSentence{"needs_owner", "请写明谁来负责",
                 "Nobody is named who sees to it."},
    CaseSentence{"needs_day", "请选计划完成的日期",
                 "A day is missing by which it is to be mended."},
    CaseSentence{"bad_done", "修复时间不能晚于现在",
                 "It cannot have been mended in the future."},
    CaseSentence{"week_not_over", "修复后还没满一周，过了再看来电是否减少",
                 "No full week has passed since the repair."},
    CaseSentence{"contacts_stay", "来电还没有降下来，不能关闭",
                 "Its contacts have not fallen far enough to close it."},
    CaseSentence{"not_confirmed", "市民没有确认，联系次数也不够",
                 "Neither has the citizen confirmed nor were they tried to be reached often enough."},
    CaseSentence{"needs_legal_basis", "请写明法律依据",
                 "A legal basis is missing."},
    CaseSentence{"linked_to_itself", "不能与自己关联",
                 "A case is no duplicate of itself."},
    CaseSentence{"linked_before", "两件工单已经关联",
                 "The two cases are linked already."},
    CaseSentence{"already_filed", "工单已经立案",
                 "The case is filed already."},
    CaseSentence{"not_filed", "工单还没有立案",
                 "The case is not filed yet."},
};
// clang-format on

/// Filled in wrongly, rather than impossible now.
bool is_unfit(Errc code) {
    constexpr std::array unfit{
        Errc::PromiseDoesNotRead, Errc::PauseNeedsEnd,  Errc::PauseTooLong, Errc::NeedsWords,
        Errc::NeedsDemand,        Errc::NeedsUnit,      Errc::UnknownUnit,  Errc::DemandUnanswered,
        Errc::NeedsSecondPerson,  Errc::NeedsLegalBasis};
    return std::ranges::find(unfit, code) != unfit.end();
}

}  // namespace

std::optional<Problem> problem_of_case(const Error& error) {
    if (error.code.category() != make_error_code(Errc::NotNow).category()) return std::nullopt;
    const auto code = static_cast<Errc>(error.code.value());
    Problem problem;
    problem.status = is_unfit(code) ? 422 : code == Errc::NotYourRole ? 403 : 409;
    problem.code = cases::word(code);
    constexpr std::string_view demand = "demand ";
    if (code == Errc::DemandUnanswered && error.note.starts_with(demand))
        problem.fields.push_back({"answers." + error.note.substr(demand.size()), problem.code});
    return problem;
}

std::string_view case_sentence(std::string_view word, std::string_view language) {
    const auto found = std::ranges::find(sentences, word, &CaseSentence::code);
    if (found == sentences.end()) return {};
    return language == "en" ? found->en : found->zh;
}

}  // namespace ys::api
