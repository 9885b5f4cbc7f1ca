// SPDX-License-Identifier: Apache-2.0
#include "platform/journal/journal.h"

#include <optional>

#include "base/private_text.h"
#include "platform/journal/audit_chain.h"
#include "platform/journal/fact_json.h"
#include "platform/sql/valid_text.h"
#include "platform/sql/where.h"

namespace ys::journal {
namespace {

constexpr std::string_view fields = "SELECT seq, at_us, centre, interaction, agent, kind, body";
constexpr std::size_t page = 2'000;  ///< facts held in memory at once while reading

/// Conditions of the partial index, the newest that of audited_condition(): the words must be the
/// same (tested).
constexpr std::string_view audited_first =
    "kind IN ('SupervisorActed','RecordingHeard','SignedIn','SignedOut','SignInRefused',"
    "'CaseSaved')";
constexpr std::string_view audited_second =
    "kind IN ('SupervisorActed','RecordingHeard','SignedIn','SignedOut','SignInRefused',"
    "'CaseSaved','OverflowSet')";
/// As it was before what is audited was said in audit_chain.cpp: a released step is never edited.
constexpr std::string_view audited_fourth =
    "(kind IN ('SupervisorActed','RecordingHeard','SignedIn','SignedOut','SignInRefused',"
    "'CaseSaved','OverflowSet','CallerBarred','EmergencyMoved')"
    " OR (kind = 'PolicyInForce' AND agent > 0))";
/// ... and with those who looked.
constexpr std::string_view audited_fifth =
    "(kind IN ('SupervisorActed','RecordingHeard','SignedIn','SignedOut','SignInRefused',"
    "'CaseSaved','OverflowSet','CallerBarred','EmergencyMoved','CaseSeen','PrivateSeen',"
    "'ExportMade') OR (kind = 'PolicyInForce' AND agent > 0))";
/// ... and with what the city says.
constexpr std::string_view audited_seventh =
    "(kind IN ('SupervisorActed','RecordingHeard','SignedIn','SignedOut','SignInRefused',"
    "'CaseSaved','OverflowSet','CallerBarred','EmergencyMoved','CaseSeen','PrivateSeen',"
    "'ExportMade','ArticleMoved') OR (kind = 'PolicyInForce' AND agent > 0))";
/// ... and with what the robot says, and who asked a business system about whom.
constexpr std::string_view audited_eighth =
    "(kind IN ('SupervisorActed','RecordingHeard','SignedIn','SignedOut','SignInRefused',"
    "'CaseSaved','OverflowSet','CallerBarred','EmergencyMoved','CaseSeen','PrivateSeen',"
    "'ExportMade','ArticleMoved','FlowMoved','LiveLookedUp')"
    " OR (kind = 'PolicyInForce' AND agent > 0))";
/// ... and with what the official numbers are.
constexpr std::string_view audited_ninth =
    "(kind IN ('SupervisorActed','RecordingHeard','SignedIn','SignedOut','SignInRefused',"
    "'CaseSaved','OverflowSet','CallerBarred','EmergencyMoved','CaseSeen','PrivateSeen',"
    "'ExportMade','ArticleMoved','FlowMoved','LiveLookedUp','DirectoryMoved')"
    " OR (kind = 'PolicyInForce' AND agent > 0))";

Result<Entry> entry_from(const sql::Row& row) {
    Entry e;
    row.get(0, e.seq);
    row.get(1, e.fact.at);
    row.get(2, e.fact.centre);
    row.get(3, e.fact.interaction);
    row.get(4, e.fact.agent);
    YS_TRY(e.fact.body, body_from(row.text(5), row.text(6)));
    return e;
}

Result<std::vector<Entry>> entries(sql::Database& db, const std::string& rest,
                                   std::span<const sql::Value> values) {
    std::vector<Entry> out;
    std::optional<Error> failed;
    YS_TRY([[maybe_unused]] const auto n,
           db.run_with(std::string(fields) + rest, values, [&](const sql::Row& row) {
               if (failed) return;
               auto entry = entry_from(row);
               if (entry)
                   out.push_back(*std::move(entry));
               else
                   failed = entry.error();
           }));
    if (failed) return *failed;
    return out;
}

/// Text that is no UTF-8 is cleaned, and its marks with it: rather in clear than lost.
std::string stored_body(const facts::Body& body) { return sql::storable(marked_json(body)); }

/// Reads page after page, each beginning after the last `seq` of the one before.
Result<Done> pages(sql::Database& db, const sql::Where& where, std::uint64_t after,
                   const OnEntry& on_entry) {
    for (;;) {
        sql::Where here = where;
        here.also("seq > ?", after).value(page);
        YS_TRY(const auto got,
               entries(db, " FROM facts" + here.text() + " ORDER BY seq LIMIT ?", here.values()));
        for (const Entry& each : got) on_entry(each);
        if (got.size() < page) return Done{};
        after = got.back().seq;
    }
}

}  // namespace

const sql::Schema& schema() {
    static const sql::Schema it{
        "journal",
        {sql::for_both(1,
                       "CREATE TABLE facts (seq SEQUENCE_KEY, at_us BIGINT NOT NULL,"
                       " centre BIGINT NOT NULL, interaction BIGINT NOT NULL,"
                       " agent BIGINT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL);"
                       "CREATE INDEX facts_by_time ON facts (centre, at_us);"
                       "CREATE INDEX facts_by_interaction ON facts (interaction)"
                       " WHERE interaction > 0;"
                       "CREATE INDEX facts_audited ON facts (seq) WHERE " +
                           std::string(audited_first)),
         // Found at every start without reading the journal.
         sql::for_both(2,
                       "CREATE INDEX facts_of_policy ON facts (seq)"
                       " WHERE kind = 'PolicyInForce';"),
         sql::for_both(3,
                       "DROP INDEX facts_audited;"
                       "CREATE INDEX facts_audited ON facts (seq) WHERE " +
                           std::string(audited_second)),
         sql::for_both(4,
                       "DROP INDEX facts_audited;"
                       "CREATE INDEX facts_audited ON facts (seq) WHERE " +
                           std::string(audited_fourth)),
         sql::for_both(5,
                       "CREATE TABLE audit_links (number ID_KEY, seq BIGINT NOT NULL UNIQUE,"
                       " hash TEXT NOT NULL);"
                       "DROP INDEX facts_audited;"
                       "CREATE INDEX facts_audited ON facts (seq) WHERE " +
                           std::string(audited_fifth)),
         // How often somebody has seen what is masked today.
         sql::for_both(6,
                       "CREATE INDEX facts_private_seen ON facts (agent, at_us)"
                       " WHERE kind = 'PrivateSeen'"),
         sql::for_both(7,
                       "DROP INDEX facts_audited;"
                       "CREATE INDEX facts_audited ON facts (seq) WHERE " +
                           std::string(audited_seventh)),
         sql::for_both(8,
                       "DROP INDEX facts_audited;"
                       "CREATE INDEX facts_audited ON facts (seq) WHERE " +
                           std::string(audited_eighth)),
         sql::for_both(9,
                       "DROP INDEX facts_audited;"
                       "CREATE INDEX facts_audited ON facts (seq) WHERE " +
                           std::string(audited_ninth))}};
    return it;
}

Result<Done> Journal::append(sql::Transaction& tx, std::span<const facts::Fact> facts) {
    for (const facts::Fact& f : facts) {
        const std::string stored = stored_body(f.body), plain = without_marks(stored);
        FactRow row{.at = f.at,
                    .centre = f.centre.value,
                    .interaction = f.interaction.value,
                    .agent = f.agent.value,
                    .kind = kind_of(f.body),
                    .body = plain};
        constexpr std::string_view insert =
            "INSERT INTO facts (at_us, centre, interaction, agent, kind, body)"
            " VALUES (?, ?, ?, ?, ?, ?)";
        if (!is_audited(f)) {
            YS_TRY(
                [[maybe_unused]] const Done sent,
                tx.db().run_soon(insert, f.at, f.centre, f.interaction, f.agent, row.kind, stored));
            continue;
        }
        YS_TRY(row.seq,
               tx.db().value<std::uint64_t>(0, std::string(insert) + " RETURNING seq", f.at,
                                            f.centre, f.interaction, f.agent, row.kind, stored));
        YS_TRY([[maybe_unused]] const Done linked, link_to_chain(tx, row));
    }
    return Done{};
}

Result<Done> Journal::read(sql::Database& db, const Scope& scope, UtcTime from, UtcTime to,
                           const OnEntry& on_entry) {
    sql::Where where(scope, "centre");
    where.also("at_us >= ? AND at_us < ?", from, to);
    return pages(db, where, 0, on_entry);
}

Result<std::vector<Entry>> Journal::story(sql::Database& db, const Scope& scope,
                                          InteractionId interaction) {
    sql::Where where(scope, "centre");
    // "> 0" lets the partial index be used.
    where.also("interaction = ? AND interaction > 0", interaction);
    return entries(db, " FROM facts" + where.text() + " ORDER BY seq", where.values());
}

Result<std::vector<Entry>> Journal::whole_story(sql::Database& db, InteractionId interaction) {
    const std::array<sql::Value, 1> values{sql::to_sql(interaction)};
    return entries(db, " FROM facts WHERE interaction = ? AND interaction > 0 ORDER BY seq",
                   values);
}

Result<Done> Journal::replay(sql::Database& db, std::uint64_t after_seq, const OnEntry& on_entry) {
    for (;;) {
        const std::array<sql::Value, 2> values{sql::to_sql(after_seq), sql::to_sql(page)};
        YS_TRY(const auto got,
               entries(db, " FROM facts WHERE seq > ? ORDER BY seq LIMIT ?", values));
        for (const Entry& each : got) on_entry(each);
        if (got.size() < page) return Done{};
        after_seq = got.back().seq;
    }
}

Result<std::vector<Entry>> Journal::audit(sql::Database& db, const Scope& scope,
                                          std::uint64_t before_seq, std::size_t limit) {
    sql::Where where(scope, "centre");
    where.also(audited_condition());
    if (before_seq) where.also("seq < ?", before_seq);
    where.value(limit);
    return entries(db, " FROM facts" + where.text() + " ORDER BY seq DESC LIMIT ?", where.values());
}

Result<Done> Journal::seal(sql::Database& db) {
    std::uint64_t after = 0;
    for (std::size_t found = page; found == page;) {
        YS_TRY(sql::Transaction tx, sql::Transaction::begin(db));
        const std::array<sql::Value, 2> values{sql::to_sql(after), sql::to_sql(page)};
        YS_TRY(const auto got,
               entries(tx.db(), " FROM facts WHERE seq > ? ORDER BY seq LIMIT ?", values));
        for (const Entry& each : got) {
            const std::string body = stored_body(each.fact.body);
            if (!has_hidden(body)) continue;
            YS_TRY([[maybe_unused]] const auto n,
                   tx.db().run("UPDATE facts SET body = ? WHERE seq = ?", body, each.seq));
        }
        YS_TRY([[maybe_unused]] const Done done, tx.commit());
        found = got.size();
        if (!got.empty()) after = got.back().seq;
    }
    return Done{};
}

Result<std::uint64_t> Journal::highest_interaction(sql::Database& db) {
    return db.value<std::uint64_t>(0, "SELECT MAX(interaction) FROM facts WHERE interaction > 0");
}

}  // namespace ys::journal
