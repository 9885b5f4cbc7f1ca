// SPDX-License-Identifier: Apache-2.0
// What citizens asked and nobody could answer, for who can: an editor adds a way of asking or an
// article, and the gap closes by itself.
#include <algorithm>
#include <map>
#include <set>

#include "api/answer.h"
#include "api/api.h"
#include "knowledge/gap.h"
#include "knowledge/io/answer_book.h"
#include "knowledge/lesson.h"
#include "platform/clock.h"

namespace ys::api {
namespace {

using centres::Action;
using knowledge::AnswerBook;
using knowledge::Certainty;
using knowledge::Gap;
using knowledge::MatterStore;
using knowledge::OpenQuestion;
using knowledge::QuestionRow;

constexpr std::int64_t month_us = 30LL * 24 * 3600 * 1'000'000;
constexpr std::size_t questions_max = 1'000, samples_max = 5;
constexpr std::int64_t lessons_for_us = 60LL * 24 * 3600 * 1'000'000;
constexpr std::size_t lessons_max = 50, asked_max = 5'000;

struct GapView {
    std::string text;    ///< the one that speaks for the others
    std::string matter;  ///< understood, and without an article; "" when not understood
    std::int64_t asked = 0;
    UtcTime first_at, last_at;
    std::vector<std::string> samples;  ///< the newest ways it was asked
};
BOOST_DESCRIBE_STRUCT(GapView, (), (text, matter, asked, first_at, last_at, samples))

/// What the robot would still not answer, were it asked now. Nothing while it is learning.
std::optional<std::vector<OpenQuestion>> still_open(AnswerBook& book, const Scope& scope,
                                                    const std::vector<QuestionRow>& rows,
                                                    UtcTime now) {
    std::vector<OpenQuestion> out;
    for (const QuestionRow& row : rows) {
        if (!row.matter.empty() && !book.about(row.matter, scope, now).empty()) continue;
        auto words = book.read(row.words);
        if (!words) return std::nullopt;
        if (row.matter.empty() && book.hear(row.words, scope).certainty != Certainty::Unknown)
            continue;
        out.push_back({row.id.value, row.asked_at, row.words, row.matter, *std::move(words)});
    }
    return out;
}

GapView view_of(const Gap& gap, const std::map<std::uint64_t, std::string>& texts) {
    GapView out{.text = gap.text,
                .matter = gap.matter,
                .asked = static_cast<std::int64_t>(gap.questions.size()),
                .first_at = gap.first_at,
                .last_at = gap.last_at,
                .samples = {}};
    for (const std::uint64_t id : gap.questions) {
        const std::string& text = texts.at(id);
        const bool is_new = std::ranges::find(out.samples, text) == out.samples.end();
        if (!text.empty() && is_new && out.samples.size() < samples_max)
            out.samples.push_back(text);
    }
    return out;
}

/// nobodys  what somebody said is none of the hotline's business; so is what is like it
std::vector<GapView> views_of(const std::vector<OpenQuestion>& open,
                              const std::set<std::string>& nobodys) {
    std::map<std::uint64_t, std::string> texts;
    for (const OpenQuestion& each : open) texts[each.id] = each.text;
    const auto is_nobodys = [&](std::uint64_t id) { return nobodys.contains(texts.at(id)); };
    std::vector<GapView> out;
    for (const Gap& gap : knowledge::gaps_in(open))
        if (std::ranges::none_of(gap.questions, is_nobodys)) out.push_back(view_of(gap, texts));
    return out;
}

struct LessonView {
    std::string text, matter;
    UtcTime taught_at;
    std::int64_t left_before = 0;     ///< in the week before only people could help with it
    std::int64_t left_after = 0;      ///< ... and still so in the last week
    std::int64_t answered_after = 0;  ///< answered in the last week: calls avoided
};
BOOST_DESCRIBE_STRUCT(LessonView, (),
                      (text, matter, taught_at, left_before, left_after, answered_after))

struct Taught {
    std::vector<knowledge::AskingRow> lessons;
    std::vector<QuestionRow> questions;
};

/// Nothing while the robot is learning.
std::optional<std::vector<LessonView>> lessons_of(AnswerBook& book, const Taught& taught,
                                                  UtcTime now) {
    std::vector<knowledge::Lesson> lessons;
    for (const knowledge::AskingRow& row : taught.lessons) {
        auto words = book.read(row.text);
        if (!words) return std::nullopt;
        lessons.push_back({row.id.value, row.added_at, *std::move(words)});
    }
    std::vector<knowledge::AskedQuestion> asked;
    for (const QuestionRow& row : taught.questions) {
        auto words = book.read(row.words);
        if (!words) return std::nullopt;
        const bool is_answered =
            row.certainty != "unknown" && (row.matter.empty() || row.article_id != 0);
        asked.push_back({row.asked_at, is_answered, *std::move(words)});
    }
    std::vector<LessonView> out;
    const auto effects = knowledge::effects_of(lessons, asked, now);
    for (std::size_t i = 0; i < effects.size(); ++i) {
        const knowledge::AskingRow& row = taught.lessons[i];
        out.push_back({row.text, row.matter, row.added_at, effects[i].left_before,
                       effects[i].left_after, effects[i].answered_after});
    }
    return out;
}

Task<http::Response> lessons(Api& api, Call& call) {
    const UtcTime now = utc_now();
    const Scope scope = api.scope_of(call.user(), Action::ChangeKnowledge);
    auto query = [=](sql::Database& db) -> Result<Taught> {
        Taught out;
        const UtcTime from{now.us - lessons_for_us};
        YS_TRY(out.lessons, MatterStore::taught(db, scope, from, lessons_max));
        if (out.lessons.empty()) return out;
        YS_TRY(out.questions,
               MatterStore::in_own_words(db, scope, UtcTime{from.us - knowledge::lesson_week_us},
                                         asked_max));
        return out;
    };
    YS_CO_TRY(const Taught taught, co_await api.stores().read(query));
    auto work = [&api, &taught, now] { return lessons_of(api.ports().answers, taught, now); };
    const auto views = co_await api.ports().pool.run(work);
    if (!views) co_return refused("still_learning");
    co_return answer_with_page(*views);
}

struct Unanswered {
    std::vector<QuestionRow> rows;
    std::set<std::string> nobodys;
};

Task<http::Response> gaps(Api& api, Call& call) {
    YS_CO_TRY(const auto from, time_argument(call, "from"));
    YS_CO_TRY(const auto to, time_argument(call, "to"));
    const UtcTime now = utc_now();
    const Scope scope = api.scope_of(call.user(), Action::ChangeKnowledge);
    auto query = [=](sql::Database& db) -> Result<Unanswered> {
        Unanswered out;
        YS_TRY(out.rows,
               MatterStore::unanswered(db, scope, from.value_or(UtcTime{now.us - month_us}),
                                       to.value_or(UtcTime{now.us + 1}), questions_max));
        YS_TRY(const auto others, MatterStore::askings(db, scope, ""));
        for (const knowledge::AskingRow& each : others) out.nobodys.insert(each.text);
        return out;
    };
    YS_CO_TRY(const Unanswered asked, co_await api.stores().read(query));
    auto work = [&api, &asked, &scope, now]() -> std::optional<std::vector<GapView>> {
        const auto open = still_open(api.ports().answers, scope, asked.rows, now);
        if (!open) return std::nullopt;
        return views_of(*open, asked.nobodys);
    };
    const auto views = co_await api.ports().pool.run(work);
    if (!views) co_return refused("still_learning");
    co_return answer_with_page(*views);
}

}  // namespace

std::vector<Route> gap_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/knowledge-gaps",
         .summary = "Questions of the last thirty days that nobody could answer, put together.",
         .access = Access::Right,
         .action = Action::ChangeKnowledge,
         .handler = gaps,
         .query = {"from", "to"},
         .gives = page_schema_for<GapView>},
        {.method = "GET",
         .pattern = "/api/v1/knowledge-gaps/lessons",
         .summary = "Ways of asking taught in the last sixty days, and the calls avoided since.",
         .access = Access::Right,
         .action = Action::ChangeKnowledge,
         .handler = lessons,
         .gives = page_schema_for<LessonView>},
    };
}

}  // namespace ys::api
