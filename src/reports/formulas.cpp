// SPDX-License-Identifier: Apache-2.0
// The words of formulas.h.
#include "reports/formulas.h"

namespace ys::reports {
namespace {

const char* const by_arrival = "calls whose CallArrived lies in the window, followed to their end";
const char* const by_time = "the part of each state that lies in the window";

}  // namespace

// clang-format off
std::vector<Formula> call_formulas() {
    return {
        {"arrived", "呼入量：打进来的电话（含网页来电）", "calls in: CallArrived with direction in or web", by_arrival},
        {"robot_only", "没有要人工就结束的来电", "calls in that ended without Queued and without cause queue_full", by_arrival},
        {"offered", "请求人工量：进过排队的来电，加上因队满没能进的来电", "calls in with a Queued fact, or ended with cause queue_full; of a queue: calls with a Queued fact for it", by_arrival},
        {"answered", "人工接通量：请求人工后有人接起的来电", "offered calls with a Connected fact; of a queue: Connected with that queue", by_arrival},
        {"within_15s", "15 秒内接起的来电", "answered calls whose first Connected.waited_ms is at most 15000", by_arrival},
        {"abandoned", "排队中自己挂断的来电", "offered, not answered, CallEnded with cause abandoned", by_arrival},
        {"abandoned_short", "其中不到 5 秒就挂断的", "of abandoned, those with CallEnded.waited_ms below 5000; part of abandoned, shown apart", by_arrival},
        {"turned_away", "因队满没能进排队的来电", "calls in never queued that ended with cause queue_full", by_arrival},
        {"lost", "其他原因没有接通的来电；对一个队列，还包括转到别的队列的", "offered, not answered, ended with another cause; of a queue also: passed on to another queue", by_arrival},
        {"left_message", "等候中改为留言的来电", "offered, not answered, CallEnded with cause left_message", by_arrival},
        {"callbacks_promised", "等候中或队满时约了回电的来电", "offered, not answered, with a CallbackPromised fact; not in abandoned, turned_away or lost", by_arrival},
        {"callbacks_connected", "约定回电已接通人工；不计入请求人工量和人工接通量", "CallbackEnded connected of calls with direction callback", by_arrival},
        {"callbacks_given_up", "约定回电没能接通，转入呼损清单", "CallbackEnded given_up of calls with direction callback", by_arrival},
        {"called_back", "放弃或队满的来电中，后来由我们回拨接通的", "calls abandoned or turned away whose number a call with direction out reached (DialEnded connected) before it was served otherwise", by_arrival},
        {"waits_told", "告知过预计等待、而且已有结果的来电", "calls whose first WaitEstimated was followed by Connected, or by their end after more than high_ms", by_arrival},
        {"waits_hit", "其中实际等待落在预计范围内的", "of waits_told, Connected between low_ms and high_ms after it", by_arrival},
        {"waiting", "还在等的来电", "offered less answered, abandoned, turned_away, left_message, callbacks_promised and lost", by_arrival},
        {"refused", "没有建立通话就拒绝的呼叫", "sum of CallRefused.count", "CallRefused facts in the window"},
        {"transfers", "转接次数", "TransferBegan facts", by_arrival},
        {"dialled", "呼出量", "CallArrived with direction out", by_arrival},
        {"dialled_connected", "呼出接通量", "of dialled, those with DialEnded connected", by_arrival},
        {"scored", "评价数：按键评价，加上对来电的链接评价", "SurveyScored facts; and SurveyAnswered without a case whose asked_at lies in the window", by_arrival},
        {"wrap_ups", "整理次数", "times an agent was in WrapUp after a call of the window", by_arrival},
        {"talked_ms", "通话时长合计（含保持）", "sum of CallEnded.talked_ms of answered calls; of a queue: calls first answered from it", by_arrival},
        {"held_ms", "保持时长合计", "sum of CallEnded.held_ms of answered calls; of a queue as above", by_arrival},
        {"wrap_up_ms", "整理时长合计", "sum of the times in WrapUp after a call of the window", by_arrival},
        {"wait_max_ms", "最长等待", "greatest wait; see wait_mean_ms", by_arrival},
        {"wait_p50_ms", "等待中位数", "nearest-rank 50th percentile of the waits", by_arrival},
        {"wait_p90_ms", "九成来电的等待不超过", "nearest-rank 90th percentile of the waits", by_arrival},
        {"wait_mean_ms", "平均等待：接起、挂断、丢失的都算", "mean wait of answered, abandoned and lost calls: Connected.waited_ms, else CallEnded.waited_ms", by_arrival},
        {"talked_mean_ms", "平均通话时长", "talked_ms over the answered calls that have ended, those with is_unhurried apart", by_arrival},
        {"held_mean_ms", "平均保持时长", "held_ms over the answered calls that have ended, those with is_unhurried apart", by_arrival},
        {"wrap_up_mean_ms", "平均整理时长", "wrap_up_ms over wrap_ups", by_arrival},
        {"score_mean", "平均评分", "mean of SurveyScored.score and of SurveyAnswered.score, counted as scored is", by_arrival},
        {"connect_rate", "接通率 = 人工接通量 ÷ 请求人工量", "answered over offered", by_arrival},
        {"within_15s_rate", "15 秒应答率 = 15 秒内接起 ÷ 请求人工量", "within_15s over offered", by_arrival},
        {"called_back_rate", "呼损回拨率 = 回拨接通 ÷（排队放弃 + 队满未进）", "called_back over abandoned and turned_away", by_arrival},
        {"wait_hit_rate", "预计等待命中率：预计范围为 20%–80% 分位，约六成为准", "waits_hit over waits_told", by_arrival},
    };
}

std::vector<Formula> agent_formulas() {
    return {
        {"handled", "接听量", "calls with a Connected fact that names the agent, calls in only, each once", by_arrival},
        {"missed", "响铃没接的次数", "ProposalEnded no_answer or seat_failed of the agent", by_arrival},
        {"declined", "拒接次数", "ProposalEnded declined of the agent", by_arrival},
        {"dialled", "呼出量", "CallArrived with direction out of the agent", by_arrival},
        {"dialled_connected", "呼出接通量", "of dialled, those with DialEnded connected", by_arrival},
        {"ready_ms", "空闲时长", "time in Ready by AgentMoved", by_time},
        {"alerted_ms", "振铃时长", "time in Alerted by AgentMoved", by_time},
        {"busy_ms", "通话时长", "time in Busy by AgentMoved", by_time},
        {"held_ms", "保持时长", "sum of HoldEnded.held_ms of the agent", by_arrival},
        {"wrap_up_ms", "整理时长", "time in WrapUp by AgentMoved", by_time},
        {"break_ms", "小休时长", "time in Break by AgentMoved", by_time},
        {"signed_in_ms", "签入时长", "the five states together", by_time},
        {"occupancy", "利用率 = （通话 + 整理）÷（签入 − 小休）", "busy_ms and wrap_up_ms over signed_in_ms less break_ms", by_time},
    };
}

std::vector<Formula> survey_formulas() {
    const char* const by_question = "questions asked in the window, followed until now";
    return {
        {"asked", "发出的评价邀请：按键为转评价的来电，链接为网关或邮件服务器已收下的", "keys: calls with a SurveyBegan fact, each once; sms, mail: SurveyAsked facts", by_question},
        {"answered", "收到的评价", "of asked, those with SurveyScored, or with SurveyAnswered of the same survey", by_question},
        {"solved_yes", "说已解决的（按键不问）", "SurveyAnswered with solved yes", by_question},
        {"solved_no", "说没有解决的（按键不问）", "SurveyAnswered with solved no", by_question},
        {"satisfied", "满意的：3 分（基本满意）及以上", "answered with a score of 3 to 5", by_question},
        {"response_rate", "回收率 = 收到的 ÷ 发出的；越低，评分越不能代表所有人", "answered over asked; the lower, the less the scores say about everybody", by_question},
        {"score_mean", "平均评分", "mean score of answered", by_question},
        {"satisfied_rate", "满意率 = 满意的 ÷ 收到的", "satisfied over answered", by_question},
        {"solved_rate", "解决率 = 已解决 ÷（已解决 + 没有解决）", "solved_yes over solved_yes and solved_no", by_question},
    };
}
// clang-format on

}  // namespace ys::reports
