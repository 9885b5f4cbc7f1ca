// SPDX-License-Identifier: Apache-2.0
#include "api/survey_consequence.h"

#include <fmt/format.h>

#include "cases/errc.h"
#include "cases/io/case_filing.h"
#include "cases/io/follow_up_store.h"
#include "platform/journal/journal.h"
#include "platform/sql/errc.h"

namespace ys::api {
namespace {

using cases::CaseRow;
using cases::FollowUpStore;

/// One survey's answer, carried out.
class Following {
public:
    Following(sql::Transaction& tx, const cases::Handbook& handbook,
              const outreach::SurveyRow& survey, UtcTime now)
        : tx_(tx),
          handbook_(handbook),
          s_(survey),
          scope_(Scope::of(survey.centre_id)),
          now_(now) {}

    Result<CaseId> of_case() {
        YS_TRY(const auto row, cases::CaseStore::get(tx_.db(), scope_, s_.case_id));
        YS_TRY(const auto stored, cases::CaseFileStore::get(tx_.db(), scope_, s_.case_id));
        if (!row || !stored) return needs_work() ? new_task({}) : CaseId{};
        const bool is_closed = stored->file.state == cases::CaseState::Closed;
        if (is_closed) {
            YS_TRY([[maybe_unused]] const Done heard, hear(*row));
        }
        if (is_solved()) return needs_work() ? new_task(row->number) : CaseId{};
        return is_closed ? reopen(*row)
                         : urge(*row);  // Open: it was reopened before they answered.
    }

    Result<CaseId> of_call() {
        if (!needs_work()) return CaseId{};
        YS_TRY(const auto taken,
               cases::CaseStore::search(tx_.db(), scope_, {.interaction = s_.interaction_id}));
        const std::string about = taken.empty() ? "" : taken.front().number;
        if (taken.empty() || is_solved()) return new_task(about);
        YS_TRY(const auto stored, cases::CaseFileStore::get(tx_.db(), scope_, taken.front().id));
        if (!stored || stored->file.state == cases::CaseState::Withdrawn ||
            stored->file.state == cases::CaseState::OutOfScope)
            return new_task(about);
        if (stored->file.state == cases::CaseState::Closed) return reopen(taken.front());
        // Who is cross with the call itself is rung all the same.
        return is_content() ? urge(taken.front()) : new_task(about);
    }

private:
    bool is_solved() const { return s_.solved == "yes"; }
    bool is_content() const { return outreach::is_satisfied(s_.score); }
    bool needs_work() const { return outreach::needs_work({is_solved(), s_.score, {}}); }

    /// What they said, for who works at it.
    std::string said() const {
        std::string out = fmt::format("市民在评价链接中说：{}，{} 分。",
                                      is_solved() ? "已解决" : "没有解决", s_.score);
        if (!s_.words.empty()) out += "原话：" + s_.words;
        return out;
    }

    /// The list of 回访 has it no longer, and the figures have their word.
    Result<Done> hear(const CaseRow& row) {
        auto wanted = FollowUpStore::one(tx_.db(), handbook_, scope_, row.id);
        const cases::FollowUpAnswer answer{true, is_solved(), is_content(), "page"};
        if (wanted) return FollowUpStore::keep(tx_, *wanted, answer, now_);
        if (wanted.error().code != sql::errc::not_found) return wanted.error();
        const facts::Fact fact{
            now_,
            row.centre_id,
            {},
            {},
            facts::CaseConfirmed{row.id.value, "page", s_.solved, is_content() ? "yes" : "no"}};
        return journal::Journal::append(tx_, {&fact, 1});
    }

    Result<CaseId> reopen(const CaseRow& row) { return act(row, cases::ReopenCase{said()}); }
    Result<CaseId> urge(const CaseRow& row) { return act(row, cases::UrgeCase{said()}); }

    /// In the citizen's name. What the case's workflow has no move for now, or was urged for just
    /// now, is nobody's reason to forget them.
    Result<CaseId> act(const CaseRow& row, cases::CaseAction action) {
        const auto done = cases::CaseFileStore::act(
            tx_, handbook_, scope_, row.id, {now_, {{{}, "citizen", {}}, std::move(action)}, {}});
        if (done) return row.id;
        const auto& of_cases = make_error_code(cases::Errc::NotNow).category();
        if (done.error().code.category() != of_cases) return done.error();
        return new_task(row.number);
    }

    Result<CaseId> new_task(const std::string& about) {
        CaseRow row;
        row.interaction_id = s_.interaction_id;
        row.customer_id = s_.customer_id;
        row.kind = "help";
        row.title = is_solved() ? fmt::format("评价回访：不满意（{} 分）", s_.score)
                                : std::string("评价回访：没有解决");
        row.detail = said();
        if (!about.empty()) row.detail += "\n原工单 " + about + "。";
        row.phone = s_.number;
        row.urgency = "normal";
        const cases::Saving saving{.now = now_,
                                   .idempotency_key = "survey-" + std::to_string(s_.id.value)};
        YS_TRY(const CaseRow made, cases::CaseStore::create(tx_, s_.centre_id, row, saving));
        YS_TRY(const CaseRow kept, cases::file_and_promise(tx_, handbook_, made, {}, now_));
        return kept.id;
    }

    sql::Transaction& tx_;
    const cases::Handbook& handbook_;
    const outreach::SurveyRow& s_;
    Scope scope_;
    UtcTime now_;
};

}  // namespace

Result<CaseId> follow(sql::Transaction& tx, const cases::Handbook& handbook,
                      const outreach::SurveyRow& survey, UtcTime now) {
    Following following(tx, handbook, survey, now);
    YS_TRY(const CaseId task, survey.case_id ? following.of_case() : following.of_call());
    YS_TRY([[maybe_unused]] const Done kept, outreach::SurveyStore::keep_task(tx, survey.id, task));
    return task;
}

}  // namespace ys::api
