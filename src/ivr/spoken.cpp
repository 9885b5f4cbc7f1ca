// SPDX-License-Identifier: Apache-2.0
// Puts Chinese numbers together, piece by piece.
#include "ivr/spoken.h"

#include <algorithm>
#include <array>

namespace ys::ivr {
namespace {

std::string digit(unsigned long long d) { return "digit-" + std::to_string(d); }

void append(Spoken& out, const Spoken& more) { out.insert(out.end(), more.begin(), more.end()); }

/// 1 to 9999. `inside` when a greater unit came before: then 一十 keeps its 一 (110: 一百一十).
void below_ten_thousand(unsigned long long n, bool inside, Spoken& out) {
    struct Unit {
        unsigned long long size;
        const char* name;
    };
    static constexpr std::array<Unit, 4> units{
        {{1000, "num-qian"}, {100, "num-bai"}, {10, "num-shi"}, {1, ""}}};
    bool skipped = false;
    for (const Unit& unit : units) {
        const auto d = n / unit.size;
        n %= unit.size;
        if (d == 0) {
            skipped = inside;
            continue;
        }
        if (skipped) out.push_back(digit(0));
        skipped = false;
        const bool bare_ten = unit.size == 10 && d == 1 && !inside;
        if (!bare_ten) out.push_back(digit(d));
        if (*unit.name != '\0') out.emplace_back(unit.name);
        inside = true;
    }
}

struct StandingPrompt {
    std::string_view now, prompt;
};
constexpr std::array standing_prompts{
    StandingPrompt{"open", "progress-open"},
    StandingPrompt{"being_sent", "progress-being-sent"},
    StandingPrompt{"waits_for_unit", "progress-waits-for-unit"},
    StandingPrompt{"being_handled", "progress-being-handled"},
    StandingPrompt{"paused", "progress-paused"},
    StandingPrompt{"reply_in_review", "progress-reply-in-review"},
    StandingPrompt{"reply_comes", "progress-reply-comes"},
    StandingPrompt{"asks_you", "progress-asks-you"},
    StandingPrompt{"being_decided", "progress-being-decided"},
    StandingPrompt{"handled_again", "progress-handled-again"},
    StandingPrompt{"closed", "progress-closed"},
    StandingPrompt{"out_of_scope", "progress-out-of-scope"},
    StandingPrompt{"withdrawn", "progress-withdrawn"},
};

}  // namespace

Spoken spoken_digits(std::string_view digits) {
    Spoken out;
    for (const char c : digits)
        if (c >= '0' && c <= '9')
            out.push_back(c == '1' ? "digit-yao" : digit(static_cast<unsigned>(c - '0')));
    return out;
}

Spoken spoken_number(unsigned long long n) {
    if (n == 0) return {digit(0)};
    if (n >= 100'000'000) return spoken_digits(std::to_string(n));
    Spoken out;
    if (n >= 10'000) {
        below_ten_thousand(n / 10'000, false, out);
        out.emplace_back("num-wan");
        n %= 10'000;
    }
    if (n > 0) below_ten_thousand(n, !out.empty(), out);
    return out;
}

Spoken spoken_count(unsigned long long n) {
    if (n == 2) return {"num-liang"};
    return spoken_number(n);
}

Spoken spoken_place(unsigned long long people_in_front) {
    if (people_in_front == 0) return {};
    Spoken out{"queue-position-before"};
    append(out, spoken_count(people_in_front));
    out.emplace_back("queue-position-after");
    return out;
}

Spoken spoken_wait(std::chrono::seconds low, std::chrono::seconds high) {
    const auto from = static_cast<unsigned long long>(std::max<long long>(0, low.count()) / 60);
    const auto to =
        static_cast<unsigned long long>((std::max<long long>(0, high.count()) + 59) / 60);
    if (to <= 1) return {"wait-under-a-minute"};
    if (from >= 60) return {"wait-over-an-hour"};
    Spoken out{"wait-about"};
    // Nobody is told zero to three minutes.
    if (const auto least = std::max(from, 1ULL); least < to) {
        append(out, spoken_count(least));
        out.emplace_back("wait-to");
    }
    append(out, spoken_count(to));
    out.emplace_back("unit-minute");
    return out;
}

Spoken spoken_duration(std::chrono::seconds length) {
    const auto all = static_cast<unsigned long long>(std::max<long long>(0, length.count()));
    const auto hours = all / 3600, minutes = all / 60 % 60;
    Spoken out;
    const auto part = [&](unsigned long long n, const char* unit) {
        append(out, spoken_count(n));
        out.emplace_back(unit);
    };
    if (hours > 0) part(hours, "unit-hour");
    if (minutes > 0) part(minutes, "unit-minute");
    if (out.empty()) part(all, "unit-second");
    return out;
}

Spoken spoken_clock(int hour, int minute) {
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return {};
    Spoken out = spoken_count(static_cast<unsigned>(hour));
    out.emplace_back("time-dian");
    if (minute == 0) {
        out.emplace_back("time-zheng");
        return out;
    }
    if (minute < 10) out.push_back(digit(0));
    append(out, spoken_number(static_cast<unsigned>(minute)));
    out.emplace_back("time-fen");
    return out;
}

Spoken spoken_moment(UtcTime when, UtcTime now) {
    using namespace std::chrono;
    const auto local = [](UtcTime t) {
        return sys_time<microseconds>{microseconds{t.us}} + hours{8};
    };
    const auto day = floor<days>(local(when));
    const auto apart = day - floor<days>(local(now));
    Spoken out;
    if (apart == days{1}) out.emplace_back("time-tomorrow");
    if (apart > days{1} || apart < days{0}) {
        const year_month_day date{day};
        append(out, spoken_number(static_cast<unsigned>(date.month())));
        out.emplace_back("time-month");
        append(out, spoken_number(static_cast<unsigned>(date.day())));
        out.emplace_back("time-day");
    }
    const hh_mm_ss clock{floor<minutes>(local(when) - day)};
    append(out, spoken_clock(static_cast<int>(clock.hours().count()),
                             static_cast<int>(clock.minutes().count())));
    return out;
}

Spoken spoken_progress(const CaseWords& words, UtcTime now) {
    const auto standing = std::ranges::find(standing_prompts, words.now, &StandingPrompt::now);
    if (standing == standing_prompts.end()) return {};
    Spoken out{"progress-case"};
    append(out, spoken_digits(words.number));
    out.emplace_back(standing->prompt);
    if (words.until) {
        if (words.is_late) out.emplace_back("progress-planned");
        append(out, spoken_moment(*words.until, now));
        out.emplace_back("progress-until");
        if (words.is_late) out.emplace_back("progress-late");
    }
    if (words.supervised > 0) {
        out.emplace_back("progress-supervised");
        append(out, spoken_count(static_cast<unsigned>(words.supervised)));
        out.emplace_back("progress-level");
    }
    return out;
}

}  // namespace ys::ivr
