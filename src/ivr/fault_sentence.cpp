// SPDX-License-Identifier: Apache-2.0
#include "ivr/fault_sentence.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/text.h"

namespace ys::ivr {
namespace {

using K = FaultKind;
constexpr std::string_view opening = "“", closing = "”";

/// $1, $2 … stand for what the English sentence has in quotes, in its order.
struct Sentence {
    K kind;
    std::string_view zh;
};
constexpr auto sentences = std::to_array<Sentence>({
    {K::StartNowhere, "“start”指的节点不存在"},
    {K::PersonMissing, "没有写“person”：按 0 该去哪里？"},
    {K::PersonNowhere, "“person”指的节点不存在"},
    {K::FallbackNoQueue, "“fallback”必须指向一个队列节点"},
    {K::NoticeUnnamed, "通话要录音，就必须用“must-hear”写明告知录音的提示音"},
    {K::NoticeUnsaid, "每个人都必须听到的“$1”没有任何节点播放"},
    {K::HoursUnknown, "没有叫“$1”的工作时间"},
    {K::HoursUnused, "写了工作时间“$1”，却没有节点用它判断：下班后来电的人不会被告知"},
    {K::HolidaysMissing, "工作时间“$1”不含周末，却没有写一个节假日：放假那天会当作上班"},
    {K::TimeWithoutHolidays,
     "“$1”把节假日当作普通日子；请在它上面加一行“holiday”，或改用工作时间和“open”"},
    {K::DayIsBoth, "同一天既是节假日又是补班日，请只留一个"},
    {K::WorkdayInTheWeek, "“workday”只用于补班的周六、周日，这一天不是周末"},
    {K::ClosedAsOpen, "“$1”下班后来电的人和上班时一样去了“$2”；请给“else”另一条路"},
    {K::SaysNothing, "什么也没说；请给它一条提示音（say）"},
    {K::DeadEnd, "死路：缺少下一步（-> 节点）"},
    {K::NoKeys, "菜单没有一个按键"},
    {K::NeverEnds, "永远不会结束；只有测试用的流程可以这样"},
    {K::QueueUnnamed, "没有写队列的名字"},
    {K::WaitTooShort, "等待按键的时间太短，手慢的人来不及；至少 2 秒"},
    {K::TooManyOptions, "除 0 以外的按键太多，没人记得住；最多 5 个"},
    {K::MenuHoldsKeys,
     "不含必听提示的菜单应当可以打断：知道按键的人、要人工的人不必听完（去掉“barge-in no”）"},
    {K::OptionsBeforeNotice, "“$1”在选项之后才说；请先说它，让按键成为最后听到的内容"},
    {K::RuleNeverHolds, "“$1”永远轮不到：上面一行已经把人带走了"},
    {K::CodeNotSecure, "查询码会留在录音和日志里；请加上保密输入（secure yes）"},
    {K::SecureTerritory, "地区代码要记入日志，不能同时是保密输入"},
    {K::NoSuchNode, "没有叫“$1”的节点"},
    {K::NothingLeadsHere, "没有任何路通到这里"},
    {K::TooFar, "离开始超过 50 个节点，走到那么远的来电会被直接转到兜底队列"},
    {K::SilentCircle, "什么都不按的人会在这里一直转圈"},
    {K::WaitsTooLong,
     "什么都不按的人从这里起要等太久（不算提示音，超过 30 秒）才有人接；请缩短“wait”或“again”"},
    {K::MenusTooDeep, "一路上听到的第 4 层（或更深的）菜单；最多 3 层"},
    {K::ZeroNoPerson, "按 0 会到“$1”，再到“$2”，那里没有人工"},
    {K::PersonBehindAMenu, "按 0 会到“$1”，再到“$2”，那里又要按键；0 必须马上有人工"},
    {K::SilenceHangsUp, "什么都不按的人会在“$1”被挂断；请转到人工"},
    {K::WrongKeyHangsUp, "按错键的人会在“$1”被挂断；请转到人工"},
    {K::NoCaseHangsUp, "查不到工单的人会在“$1”被挂断；请转到人工"},
    {K::RecorderWhenOpen, "上班时间没有选留言的人会进“$1”留言；请转到人工，或先判断“open”"},
    {K::NoticeMissed, "有人可以没听完“$1”就到这里；说它的节点不可打断（barge-in no）"},
    {K::NoticeLostGoingRound, "在这里转圈的人会没听到“$1”就被转到兜底队列；请在前面先说"},
    {K::CodeForNothing, "问了查询码，后面却没有“progress”节点用它"},
    {K::NumberWithoutCode,
     "只问了工单号没问查询码，永远查不到；两样都要问（case number、case code）"},
    {K::CodeWithoutNumber,
     "只问了查询码没问工单号，永远查不到；两样都要问（case number、case code）"},
    {K::LiveAboutNothing,
     "没说问业务系统什么：写 about，问地点时写 place，或先问编号（case number）"},
    {K::LiveUnchecked, "没有核对编号和查询码就到这里，什么也不会说；两样都要问"},
    {K::AsksAgainTooOften, "两次没听懂就该转人工；最多再问一次（again 1）"},
});

/// Of the reader (flow_text.cpp, base/calendar.cpp); what is in quotes is left out of `en`.
struct Reading {
    std::string_view en, zh;
};
constexpr auto readings = std::to_array<Reading>({
    {"the text is longer than 64 kB", "文本超过 64 kB"},
    {"there is no node", "没有一个节点"},
    {"“” is not understood here", "这里不认识“$1”"},
    {"a line of a node begins with a space; lines about the whole flow come before the first node",
     "节点里的行要以空格开头；关于整个流程的行写在第一个节点之前"},
    {"the calendar is too long", "日历太长"},
    {"a node is written: node <name> <kind>", "节点的写法：node 名字 类型"},
    {"there are two nodes named “”", "有两个节点都叫“$1”"},
    {"there are more than 200 nodes", "节点超过 200 个"},
    {"there is no kind of node called “”", "没有“$1”这种节点"},
    {"a zone is written: zone +08:00", "时区的写法：zone +08:00"},
    {"hours are written: hours <name> mon-fri 08:30-17:30",
     "工作时间的写法：hours 名字 mon-fri 08:30-17:30"},
    {"a day is missing", "缺少日期"},
    {"a workday is written: workday 2026-10-10", "补班日的写法：workday 2026-10-10"},
    {"this line belongs to no node", "这一行不属于任何节点"},
    {"a queue is written: queue <name>", "队列的写法：queue 名字"},
    {"a priority is a number from 0 to 9", "优先级是 0 到 9 的数字"},
    {"skills are written: needs <skill> <skill> ...", "技能的写法：needs 技能 技能 …"},
    {"this branch has too many rules", "这个分支的规则太多"},
    {"a word is missing", "缺少一个词"},
    {"a time is written: time mon-fri 08:30-17:30 -> <node>",
     "时间的写法：time mon-fri 08:30-17:30 -> 节点"},
    {"a key is written: key 1 -> <node>", "按键的写法：key 1 -> 节点"},
    {"key “” is there twice", "按键“$1”写了两次"},
    {"after “” comes one of Application, Appointment, Document, Hall, Stop",
     "“$1”后面写 Application、Appointment、Document、Hall、Stop 之一"},
    {"after “” comes one word", "“$1”后面写一个词"},
    {"again is a number from 0 to 5", "重复次数是 0 到 5"},
    {"a wait is written in seconds from 1s to 60s: wait 5s", "等待时间是 1s 到 60s：wait 5s"},
    {"the number of digits is written: digits 4-11 (at most 40)",
     "位数的写法：digits 4-11（最多 40 位）"},
    {"after “” comes number or code", "“$1”后面写 number 或 code"},
    {"after “” comes one name of a-z, 0-9 and -", "“$1”后面写一个名字，只用 a-z、0-9 和 -"},
    {"“” is there twice", "“$1”写了两次"},
    {"after “” comes at least one prompt", "“$1”后面至少写一条提示音"},
    {"“” is no name of a-z, 0-9 and -", "“$1”不是名字：只能用 a-z、0-9 和 -"},
    {"there are more than 20 prompts", "提示音超过 20 条"},
    {"after “” comes yes or no", "“$1”后面写 yes 或 no"},
    {"this line ends with: -> <node>", "这一行要以“-> 节点”结尾"},
    {"this way is given twice", "这条路写了两次"},
});

/// What stands in quotes, and the text without it.
struct Quoted {
    std::string bare;
    std::vector<std::string> words;
};
Quoted taken_apart(std::string_view text) {
    Quoted out;
    while (true) {
        const auto begin = text.find(opening);
        const auto end = begin == text.npos ? text.npos : text.find(closing, begin);
        if (end == text.npos) break;
        const auto from = begin + opening.size();
        out.bare += std::string(text.substr(0, from)) + std::string(closing);
        out.words.emplace_back(text.substr(from, end - from));
        text.remove_prefix(end + closing.size());
    }
    out.bare += text;
    return out;
}

std::string filled(std::string_view sentence, const std::vector<std::string>& words) {
    std::string out;
    for (std::size_t i = 0; i < sentence.size(); ++i) {
        const bool is_place = sentence[i] == '$' && i + 1 < sentence.size();
        if (!is_place) {
            out += sentence[i];
            continue;
        }
        const auto which = static_cast<std::size_t>(sentence[++i] - '1');
        if (which < words.size()) out += words[which];
    }
    return out;
}

}  // namespace

std::string sentence_of(const Fault& fault, std::string_view language) {
    const auto zh = std::ranges::find(sentences, fault.kind, &Sentence::kind);
    if (language == "en" || zh == sentences.end()) return fault.text;
    return filled(zh->zh, taken_apart(fault.text).words);
}

ReadingFault reading_fault(std::string_view note, std::string_view language) {
    ReadingFault out;
    constexpr std::string_view line = "line ";
    const auto colon = note.find(": ");
    if (note.starts_with(line) && colon != note.npos) {
        const auto number = parse_number(note.substr(line.size(), colon - line.size()));
        if (number) out.line = static_cast<int>(*number);
        note.remove_prefix(colon + 2);
    }
    out.sentence = note;
    if (language == "en") return out;
    const Quoted said = taken_apart(note);
    const auto zh = std::ranges::find(readings, said.bare, &Reading::en);
    if (zh != readings.end()) out.sentence = filled(zh->zh, said.words);
    return out;
}

std::string node_at(const Flow& flow, int line) {
    std::string out;
    for (const Node& node : flow.nodes)
        if (node.line <= line) out = node.name;
    return out;
}

}  // namespace ys::ivr
