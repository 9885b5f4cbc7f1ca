// SPDX-License-Identifier: Apache-2.0
// Reads and writes lengths of time.
#include "cases/promise.h"

#include <array>

#include "base/text.h"
#include "cases/errc.h"

namespace ys::cases {
namespace {

struct Letter {
    std::string_view text;
    Counting counting;
    std::int64_t seconds;  ///< 1 for days
    std::string_view title;
};

// Longest first within a way of counting: 7d and not 168h; 24h stays 24h because people say so.
constexpr std::array letters{
    Letter{"wd", Counting::WorkingDays, 1, "个工作日"},
    Letter{"wh", Counting::Working, 3600, "小时工作时间"},
    Letter{"wm", Counting::Working, 60, "分钟工作时间"},
    Letter{"d", Counting::Natural, 86'400, "天"},
    Letter{"h", Counting::Natural, 3600, "小时"},
    Letter{"m", Counting::Natural, 60, "分钟"},
};
constexpr std::int64_t ten_years_s = 315'360'000;
constexpr std::int64_t working_days_max = 2'500;

/// The largest unit that divides it; a single day is said in hours.
const Letter& fitting(const Promise& p) {
    for (const Letter& l : letters)
        if (l.counting == p.counting && p.amount % l.seconds == 0 &&
            !(l.text == "d" && p.amount == l.seconds))
            return l;
    return letters.back();
}

}  // namespace

Result<Promise> parse_promise(std::string_view text) {
    text = trimmed(text);
    for (const Letter& l : letters) {
        if (!text.ends_with(l.text)) continue;
        const auto n = parse_number(text.substr(0, text.size() - l.text.size()));
        const auto most =
            l.counting == Counting::WorkingDays ? working_days_max : ten_years_s / l.seconds;
        if (!n || *n == 0 || *n > static_cast<unsigned long long>(most)) break;
        return Promise{l.counting, static_cast<std::int64_t>(*n) * l.seconds};
    }
    return Error(Errc::PromiseDoesNotRead, "promise \"" + cleaned(text, 40) + "\"");
}

std::string to_text(const Promise& p) {
    const Letter& l = fitting(p);
    return std::to_string(p.amount / l.seconds) + std::string(l.text);
}

std::string title(const Promise& p) {
    const Letter& l = fitting(p);
    return std::to_string(p.amount / l.seconds) + std::string(l.title);
}

}  // namespace ys::cases
