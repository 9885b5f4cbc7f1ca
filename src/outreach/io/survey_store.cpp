// SPDX-License-Identifier: Apache-2.0
#include "outreach/io/survey_store.h"

#include "base/later.h"
#include "platform/journal/journal.h"
#include "platform/password/token.h"
#include "platform/sql/described_rows.h"
#include "platform/sql/where.h"

namespace ys::outreach {
namespace {

// Calls that ended before there were surveys are not asked about.
constexpr std::string_view tables = R"(
CREATE TABLE survey_place (id ID_KEY, seq BIGINT NOT NULL);
INSERT INTO survey_place (id, seq) SELECT 1, COALESCE(MAX(seq), 0) FROM facts;
CREATE TABLE surveys (id ID_KEY, centre_id BIGINT NOT NULL, interaction_id BIGINT NOT NULL,
  case_id BIGINT NOT NULL, agent_id BIGINT NOT NULL, queue_id BIGINT NOT NULL,
  customer_id BIGINT NOT NULL, number TEXT NOT NULL, ended_at BIGINT NOT NULL, state TEXT NOT NULL,
  why TEXT NOT NULL, next_at BIGINT, made_at BIGINT, asked_at BIGINT, channel TEXT NOT NULL,
  pass_hash TEXT NOT NULL, expires_at BIGINT, answered_at BIGINT, solved TEXT NOT NULL,
  score BIGINT NOT NULL, words TEXT NOT NULL, task_id BIGINT NOT NULL);
CREATE INDEX surveys_by_time ON surveys (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX surveys_by_number ON surveys (number, made_at) WHERE made_at IS NOT NULL;
CREATE INDEX surveys_by_customer ON surveys (customer_id, made_at) WHERE made_at IS NOT NULL;
CREATE INDEX surveys_by_centre ON surveys (centre_id, id);
CREATE UNIQUE INDEX surveys_by_pass ON surveys (pass_hash) WHERE pass_hash <> '';
)";
constexpr std::size_t pass_bytes = 16;
constexpr std::size_t pass_chars = 22;

facts::Fact fact_of(const SurveyRow& row, UtcTime now, facts::Body body) {
    return {now, row.centre_id, row.interaction_id, row.agent_id, std::move(body)};
}

Result<std::uint64_t> last_fact(sql::Database& db) {
    return db.value<std::uint64_t>({}, "SELECT COALESCE(MAX(seq), 0) FROM facts");
}

Result<Done> move_place(sql::Transaction& tx, std::uint64_t seq) {
    return sql::done(
        tx.db().run("UPDATE survey_place SET seq = ? WHERE id = 1 AND seq <> ?", seq, seq));
}

Result<SurveyRow> must_be_there(sql::Database& db, SurveyId id) {
    YS_TRY(auto row, SurveyStore::get(db, id));
    if (!row) return Error{sql::errc::not_found, "a survey"};
    return *std::move(row);
}

}  // namespace

const sql::Schema& survey_schema() {
    static const sql::Schema it{"surveys", {sql::for_both(1, tables)}};
    return it;
}

Result<std::vector<EndedCall>> SurveyStore::take_calls(sql::Transaction& tx, std::size_t limit) {
    // One thread writes, so that facts are on disk in their order and none appears below the place
    // later.
    std::vector<EndedCall> out;
    YS_TRY(auto place, last_fact(tx.db()));
    YS_TRY([[maybe_unused]] const auto read,
           tx.db().each(
               "SELECT seq, interaction, centre, at_us FROM facts WHERE seq > (SELECT seq"
               " FROM survey_place WHERE id = 1) AND kind = 'CallEnded' ORDER BY seq"
               " LIMIT ?",
               [&](const sql::Row& row) {
                   EndedCall& call = out.emplace_back();
                   if (out.size() == limit) row.get(0, place);
                   row.get(1, call.id);
                   row.get(2, call.centre);
                   row.get(3, call.at);
               },
               limit));
    YS_TRY([[maybe_unused]] const Done moved, move_place(tx, place));
    return out;
}

Result<Done> SurveyStore::skip_calls(sql::Transaction& tx) {
    YS_TRY(const auto place, last_fact(tx.db()));
    return move_place(tx, place);
}

Result<SurveyRow> SurveyStore::add(sql::Transaction& tx, SurveyRow row) {
    YS_TRY(const std::uint64_t number, sql::next_number(tx, "surveys"));
    row.id = SurveyId{number};
    YS_TRY([[maybe_unused]] const auto put, sql::insert(tx, "surveys", row));
    return row;
}

Result<Done> SurveyStore::put(sql::Transaction& tx, const SurveyRow& row) {
    return sql::done(sql::put(tx, "surveys", row));
}

Result<std::vector<SurveyRow>> SurveyStore::due(sql::Database& db, UtcTime now, std::size_t limit) {
    return sql::select<SurveyRow>(
        db, "FROM surveys WHERE next_at <= ? ORDER BY next_at, id LIMIT ?", now, limit);
}

Result<std::optional<UtcTime>> SurveyStore::asked_last(sql::Database& db, std::string_view number,
                                                       CustomerId customer) {
    std::optional<UtcTime> out;
    const auto take = [&](const sql::Row& row) {
        UtcTime at;
        row.get(0, at);
        if (!out || *out < at) out = at;
    };
    YS_TRY([[maybe_unused]] auto read,
           db.each("SELECT made_at FROM surveys WHERE number = ? AND made_at IS NOT NULL"
                   " ORDER BY made_at DESC LIMIT 1",
                   take, Private(number)));
    if (!customer) return out;
    YS_TRY(read, db.each("SELECT made_at FROM surveys WHERE customer_id = ? AND made_at IS NOT NULL"
                         " ORDER BY made_at DESC LIMIT 1",
                         take, customer));
    return out;
}

Result<std::string> SurveyStore::issue(sql::Transaction& tx, SurveyId id, std::string_view channel,
                                       const SurveyRules& rules, UtcTime now) {
    YS_TRY(SurveyRow row, must_be_there(tx.db(), id));
    std::string pass = password::random_token(pass_bytes);
    row.pass_hash = password::sha256_hex(pass);
    row.expires_at = later(now, rules.valid_for);
    if (!row.asked_at) row.channel = channel;
    YS_TRY([[maybe_unused]] const Done kept, put(tx, row));
    return pass;
}

Result<Done> SurveyStore::asked(sql::Transaction& tx, SurveyId id, UtcTime now) {
    YS_TRY(SurveyRow row, must_be_there(tx.db(), id));
    if (row.asked_at) return Done{};
    row.asked_at = now;
    if (row.state == "made") row.state = "asked";
    YS_TRY([[maybe_unused]] const Done kept, put(tx, row));
    const facts::Fact fact = fact_of(row, now,
                                     facts::SurveyAsked{.survey = row.id.value,
                                                        .case_id = row.case_id.value,
                                                        .queue = row.queue_id.value,
                                                        .channel = row.channel});
    return journal::Journal::append(tx, {&fact, 1});
}

Result<SurveyRow> SurveyStore::answer(sql::Transaction& tx, SurveyId id, const SurveyAnswer& answer,
                                      UtcTime now) {
    // A thumb may be quicker than the gateway's answer to us: the question comes first all the
    // same.
    YS_TRY([[maybe_unused]] const Done told, asked(tx, id, now));
    YS_TRY(SurveyRow row, must_be_there(tx.db(), id));
    if (row.answered_at) return Error{sql::errc::stale, "a survey that is answered"};
    row.state = "answered";
    row.answered_at = now;
    row.solved = answer.is_solved ? "yes" : "no";
    row.score = answer.score;
    row.words = answer.words;
    YS_TRY([[maybe_unused]] const Done kept, put(tx, row));
    const facts::Fact fact = fact_of(row, now,
                                     facts::SurveyAnswered{.survey = row.id.value,
                                                           .case_id = row.case_id.value,
                                                           .queue = row.queue_id.value,
                                                           .channel = row.channel,
                                                           .asked_at = row.asked_at.value_or(now),
                                                           .solved = row.solved,
                                                           .score = row.score});
    YS_TRY([[maybe_unused]] const Done noted, journal::Journal::append(tx, {&fact, 1}));
    return row;
}

Result<Done> SurveyStore::keep_task(sql::Transaction& tx, SurveyId id, CaseId task) {
    return sql::found(tx.db().run("UPDATE surveys SET task_id = ? WHERE id = ?", task, id),
                      "a survey's task");
}

Result<std::optional<SurveyRow>> SurveyStore::by_pass(sql::Database& db, std::string_view pass) {
    if (pass.size() != pass_chars) return std::optional<SurveyRow>{};
    return sql::select_one<SurveyRow>(db, "FROM surveys WHERE pass_hash = ?",
                                      password::sha256_hex(pass));
}

Result<std::optional<SurveyRow>> SurveyStore::get(sql::Database& db, SurveyId id) {
    return sql::select_one<SurveyRow>(db, "FROM surveys WHERE id = ?", id);
}

Result<std::vector<SurveyRow>> SurveyStore::list(sql::Database& db, const Scope& scope,
                                                 std::size_t limit) {
    sql::Where where(scope, "centre_id");
    where.value(limit);
    return sql::select_with<SurveyRow>(
        db, "FROM surveys" + where.text() + " ORDER BY id DESC LIMIT ?", where.values());
}

}  // namespace ys::outreach
