// SPDX-License-Identifier: Apache-2.0
#include "backoffice/said_answer.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

#include "base/calendar.h"
#include "base/overloaded.h"

namespace ys::backoffice {
namespace {

constexpr std::int64_t minute_us = 60'000'000;
constexpr std::int64_t hour_us = 60 * minute_us;
constexpr std::int64_t day_us = 24 * hour_us;
constexpr std::int64_t fresh_us = 5 * minute_us;

/// How one answer is told: in which language, at what moment, of which age.
struct Telling {
    Language language;
    UtcTime now;
    UtcTime as_of;
    bool is_chinese() const { return language == Language::Chinese; }
    bool is_fresh() const { return now.us - as_of.us < fresh_us; }
    std::string choose(std::string zh, std::string en) const { return is_chinese() ? zh : en; }
};

/// The system's own words as a part of our sentence: a full stop in them would end it.
std::string within(std::string text, std::string_view stop, std::string_view pause) {
    while (text.ends_with(stop)) text.resize(text.size() - stop.size());
    for (auto at = text.find(stop); at != std::string::npos; at = text.find(stop, at)) {
        text.replace(at, stop.size(), pause);
        at += pause.size();
    }
    return text;
}

std::string words_of(const Words& words, const Telling& telling) {
    if (telling.is_chinese() || words.en.empty()) return within(words.zh, "。", "；");
    const std::string en = within(words.en, ". ", "; ");
    return en.ends_with('.') ? en.substr(0, en.size() - 1) : en;
}

Day day_of(UtcTime t) { return Calendar{}.day_of(t); }

/// "10:05" on China's clock.
std::string clock(UtcTime t) {
    const std::int64_t zone_us = Calendar{}.zone_minutes * minute_us;
    const std::int64_t minutes = ((t.us + zone_us) % day_us) / minute_us;
    std::array<char, 8> text{};
    std::snprintf(text.data(), text.size(), "%02d:%02d", static_cast<int>(minutes / 60),
                  static_cast<int>(minutes % 60));
    return text.data();
}

std::string date(Day day, const Telling& telling) {
    static constexpr std::array months{"January",   "February", "March",    "April",
                                       "May",       "June",     "July",     "August",
                                       "September", "October",  "November", "December"};
    const bool is_this_year = day.year == day_of(telling.now).year;
    if (telling.is_chinese())
        return (is_this_year ? "" : std::to_string(day.year) + "年") + std::to_string(day.month) +
               "月" + std::to_string(day.day) + "日";
    return std::to_string(day.day) + " " + months.at(day.month - 1) +
           (is_this_year ? "" : " " + std::to_string(day.year));
}

/// A moment as said now: 10:12, 明天06:00, 11月25日09:30.
std::string moment(UtcTime t, const Telling& telling) {
    const Day day = day_of(t);
    if (day == day_of(telling.now)) return clock(t);
    if (day == day_of({telling.now.us + day_us}))
        return telling.choose("明天" + clock(t), clock(t) + " tomorrow");
    return telling.choose(date(day, telling) + clock(t), clock(t) + " on " + date(day, telling));
}

/// 截至10:05, or with its age in words when it is not of now.
std::string age(const Telling& telling) {
    const std::string at = moment(telling.as_of, telling);
    if (telling.is_fresh()) return telling.choose("截至" + at, "as of " + at);
    const std::int64_t us = telling.now.us - telling.as_of.us;
    const bool in_minutes = us < hour_us;
    const bool in_hours = us < 2 * day_us;
    const std::int64_t n = us / (in_minutes ? minute_us : in_hours ? hour_us : day_us);
    const std::string count = std::to_string(n);
    const std::string zh = in_minutes ? "分钟" : in_hours ? "小时" : "天";
    std::string en = in_minutes ? " minute" : in_hours ? " hour" : " day";
    if (n != 1) en += 's';
    return telling.choose("这是" + count + zh + "前的数据，截至" + at,
                          "data " + count + en + " old, as of " + at);
}

/// Enough for its owner to know it again, too little for who listens along.
std::string tail(const std::string& number) {
    constexpr std::size_t told = 4;
    return number.size() <= told ? number : number.substr(number.size() - told);
}

std::string yours(const Subject& subject, const std::string& what, const Telling& telling) {
    return telling.choose("您尾号" + tail(subject.number) + "的" + what,
                          "Your " + what + " ending " + tail(subject.number));
}

std::string expiry(UtcTime expires_at, const Telling& telling) {
    constexpr std::int64_t near_us = 30 * day_us;
    const std::string on = date(day_of(expires_at), telling);
    const std::int64_t left = expires_at.us - telling.now.us;
    if (left < 0) return telling.choose("，有效期到" + on + "，已经过期", ", it expired on " + on);
    if (left >= near_us) return telling.choose("，有效期到" + on, ", valid until " + on);
    const std::string days = std::to_string(left / day_us);
    if (left < day_us)
        return telling.choose("，有效期到" + on + "，不到一天就要过期",
                              ", valid until " + on + ", less than a day from now");
    return telling.choose("，有效期到" + on + "，还有" + days + "天",
                          ", valid until " + on + ", another " + days + " days");
}

std::string said(const ApplicationFacts& facts, const Subject& subject, const Telling& telling) {
    const std::string what = yours(subject, words_of(facts.title, telling), telling);
    const auto stage =
        std::ranges::find_if(facts.stages, [](const Stage& s) { return !s.done_at; });
    const std::string name = stage == facts.stages.end() ? "" : words_of(stage->name, telling);
    if (facts.status == Status::Refused) {
        const std::string why = words_of(facts.refusal_reason, telling);
        return telling.choose(what + "没有通过" + name + "，原因是" + why,
                              what + " was refused at " + name + ", the reason being: " + why);
    }
    if (facts.status == Status::Granted) {
        const std::string result = words_of(facts.result, telling);
        return telling.choose(what + "已经通过，结果是" + result,
                              what + " has been granted, the result being: " + result) +
               (facts.expires_at ? expiry(*facts.expires_at, telling) : "");
    }
    const std::string number = std::to_string(stage - facts.stages.begin() + 1);
    const std::string all = std::to_string(facts.stages.size());
    return telling.choose(what + (telling.is_fresh() ? "现在" : "") + "到第" + number + "步" +
                              name + "，共" + all + "步",
                          what + (telling.is_fresh() ? " is" : " was") + " at step " + number +
                              " of " + all + ", " + name);
}

std::string said_queue(const HallFacts& facts, const Telling& telling) {
    const std::string n = std::to_string(facts.people_waiting);
    const std::string when =
        telling.choose(telling.is_fresh() ? "现在" : "当时", telling.is_fresh() ? "now" : "then");
    if (facts.people_waiting == 0)
        return telling.choose(when + "没有人排队", "with nobody waiting " + when);
    return telling.choose(when + "有" + n + "人排队", "with " + n + " waiting " + when);
}

std::string said(const HallFacts& facts, const Subject&, const Telling& telling) {
    const std::string name = words_of(facts.name, telling);
    const std::string open = std::to_string(facts.counters_open);
    const std::string queue = said_queue(facts, telling);
    if (facts.counters_open == 0)
        return telling.choose(name + queue + "，没有窗口开放",
                              name + " has no counter open, " + queue);
    return telling.choose(name + queue + "，开放" + open + "个窗口",
                          name + " has " + open + " counters open, " + queue);
}

std::string said(const AppointmentFacts& facts, const Subject& subject, const Telling& telling) {
    const std::string what = yours(subject, telling.choose("预约", "booking"), telling);
    const std::string service = words_of(facts.service, telling);
    const std::string hall = words_of(facts.hall.name, telling);
    const std::string at = moment(facts.at, telling);
    return telling.choose(what + "是" + at + "在" + hall + "办理" + service + "，大厅",
                          what + " is for " + service + " at " + hall + ", " + at + ", ") +
           said_queue(facts.hall, telling);
}

std::string said(const DocumentFacts& facts, const Subject& subject, const Telling& telling) {
    const std::string what = yours(subject, words_of(facts.name, telling), telling);
    if (!facts.is_ready) return telling.choose(what + "还没有办好", what + " is not ready yet");
    const std::string where = words_of(facts.where, telling);
    return telling.choose(what + "已经办好，请到" + where + "领取",
                          what + " is ready, to be collected at " + where);
}

/// 12路往火车站10:12、10:24，35路往高新区10:15
std::string said_departures(const std::vector<const Departure*>& left, const Telling& telling) {
    std::string text;
    std::vector<bool> is_said(left.size(), false);
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (is_said[i]) continue;
        const Departure& first = *left[i];
        if (!text.empty()) text += telling.choose("，", ", ");
        text += telling.choose(first.route + "往" + words_of(first.towards, telling),
                               first.route + " to " + words_of(first.towards, telling) + " ");
        for (std::size_t j = i; j < left.size(); ++j) {
            if (left[j]->route != first.route || left[j]->towards != first.towards) continue;
            is_said[j] = true;
            if (j > i) text += telling.choose("、", " and ");
            text += moment(left[j]->leaves_at, telling);
        }
    }
    return text;
}

std::string said(const StopFacts& facts, const Subject&, const Telling& telling) {
    const std::string name = words_of(facts.name, telling);
    std::vector<const Departure*> left;
    for (const Departure& each : facts.departures)
        if (each.leaves_at >= telling.now) left.push_back(&each);
    if (left.empty())
        return telling.choose(name + "没有查到后续班次", name + " has no further departures");
    const std::string list = said_departures(left, telling);
    return telling.choose(name + "接下来的班次是" + list, name + " next departures: " + list);
}

std::string timetable_age(const Telling& telling) {
    const std::string on = date(day_of(telling.as_of), telling);
    return telling.choose("以上是时刻表时间，不是实时到站，时刻表更新于" + on,
                          "by timetable, not live, timetable of " + on);
}

SaidAnswer unknown(const Subject& subject, const Telling& telling) {
    const std::string number = is_personal(subject.kind)
                                   ? telling.choose("尾号" + tail(subject.number) + "的信息",
                                                    "the number ending " + tail(subject.number))
                                   : within(subject.number, "。", "；");
    return {telling.choose("没有查到" + number + "，" + age(telling) + "，可以请人工帮您。",
                           "Nothing was found for " + number + ", " + age(telling) +
                               "; a person can help you."),
            true};
}

SaidAnswer told(const LiveAnswer& answer, const Telling& telling) {
    if (!answer.is_known) return unknown(answer.subject, telling);
    std::string text;
    if (answer.application) text = said(*answer.application, answer.subject, telling);
    if (answer.appointment) text = said(*answer.appointment, answer.subject, telling);
    if (answer.document) text = said(*answer.document, answer.subject, telling);
    if (answer.hall) text = said(*answer.hall, answer.subject, telling);
    if (answer.stop) text = said(*answer.stop, answer.subject, telling);
    text += telling.choose("，", ", ");
    text += answer.is_timetable() ? timetable_age(telling) : age(telling);
    return {text + telling.choose("。", "."), false};
}

}  // namespace

SaidAnswer said_answer(const Looked& looked, UtcTime now, Language language) {
    const SaidAnswer cannot{language == Language::Chinese
                                ? "现在查不到，可以请人工帮您。"
                                : "We cannot see it right now; a person can help you.",
                            true};
    const auto* answer = std::get_if<LiveAnswer>(&looked);
    // It may have grown old between looking and saying.
    if (!answer || is_stale(*answer, now)) return cannot;
    return told(*answer, {language, now, answer->as_of});
}

SaidAnswer said_check(CheckOutcome outcome, Language language) {
    const bool zh = language == Language::Chinese;
    switch (outcome) {
        case CheckOutcome::Passed:
            return {};
        case CheckOutcome::WrongDigits:
            return {zh ? "输入的号码对不上，请再试一次，也可以请人工帮您。"
                       : "The digits do not match; please try again, or a person can help you.",
                    true};
        case CheckOutcome::NoMoreTries:
            return {zh ? "号码多次对不上，为保护您的信息先不再试，可以请人工帮您。"
                       : "The digits did not match several times; to protect your data no more "
                         "tries are taken for now; a person can help you.",
                    true};
        case CheckOutcome::CannotCheck:
            break;
    }
    return said_answer(Trouble::Down, {}, language);
}

}  // namespace ys::backoffice
