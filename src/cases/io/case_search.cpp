// SPDX-License-Identifier: Apache-2.0
#include "cases/io/case_search.h"

#include <set>

#include "base/text.h"
#include "cases/case_number.h"
#include "platform/sql/described_rows.h"
#include "platform/words/search_words.h"

namespace ys::cases {
namespace {

using words::SearchTerm;
using words::Sound;
using words::WordsOf;

/// The words of a case's own number, "1124-0217": found whole and by either part.
std::vector<std::string> words_of_number(std::string_view number) {
    const auto parsed = parse_case_number(number);
    if (!parsed) return {};
    const std::string plain = to_text(*parsed);
    return {"n" + plain.substr(0, 4), "n" + plain.substr(5),
            "n" + plain.substr(0, 4) + plain.substr(5)};
}

std::vector<SearchTerm> terms_of(std::string_view typed) {
    if (const auto number = words_of_number(trimmed(typed)); !number.empty())
        return {SearchTerm{{{number.back()}}}};
    return words::terms_of(typed);
}

/// So that one centre's search never walks through another's cases.
std::string word_of(CentreId centre) { return "c" + std::to_string(centre.value); }

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
    std::string out;
    for (const std::string& part : parts) out += (out.empty() ? "" : std::string(between)) + part;
    return out;
}

std::string words_of(const CaseRow& row) {
    std::set<std::string> all{word_of(row.centre_id)};
    const auto add = [&](const std::vector<std::string>& words) {
        for (const std::string& word : words) all.insert(hidden(word, Hidden::Hashed));
    };
    add(words_of_number(row.number));
    add(words::words_of(row.title, Sound::Heard));
    add(words::words_of(row.address, Sound::Heard));
    add(words::words_of(row.detail, Sound::Unheard));
    return joined({all.begin(), all.end()}, " ");
}

/// Words are letters, digits and Chinese characters, so quotes need no escape.
std::string expression(sql::Engine engine, const Scope& scope,
                       const std::vector<SearchTerm>& terms) {
    const bool is_sqlite = engine == sql::Engine::Sqlite;
    const std::string_view both = is_sqlite ? " AND " : " & ", either = is_sqlite ? " OR " : " | ";
    const char quote = is_sqlite ? '"' : '\'';
    const auto quoted = [&](const std::string& word) { return quote + word + quote; };
    const auto found_by = [&](const std::string& word) {
        return quoted(hidden(word, Hidden::Hashed));
    };
    std::vector<std::string> parts, centres;
    for (const CentreId centre : scope.centres) centres.push_back(quoted(word_of(centre)));
    if (centres.size() <= 8) parts.push_back("(" + joined(centres, either) + ")");
    for (const SearchTerm& term : terms) {
        std::vector<std::string> any;
        for (const WordsOf& words : term.any) {
            std::vector<std::string> all;
            for (const std::string& word : words) all.push_back(found_by(word));
            any.push_back("(" + joined(all, both) + ")");
        }
        parts.push_back("(" + joined(any, either) + ")");
    }
    return joined(parts, both);
}

Result<Done> take_new_words(sql::Transaction& tx) {
    YS_TRY([[maybe_unused]] Done done,
           tx.db().run_soon("INSERT OR REPLACE INTO case_words (rowid, words)"
                            " SELECT case_id, words FROM case_words_new ORDER BY case_id"));
    return tx.db().run_soon("DELETE FROM case_words_new");
}

}  // namespace

sql::Migration case_words_tables(int version) {
    const std::string more =
        "CREATE TABLE case_words_left (below BIGINT NOT NULL);"
        "INSERT INTO case_words_left SELECT COALESCE(MAX(id), 0) + 1 FROM cases;"
        "CREATE INDEX cases_by_name ON cases (name) WHERE name <> ''";
    return {version,
            // No positions: a query is an AND of words, and half the index is saved.
            "CREATE VIRTUAL TABLE case_words USING fts5(words, detail=none, columnsize=0);" + more,
            "CREATE TABLE case_words (case_id BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);"
            "CREATE INDEX case_words_by_word ON case_words USING GIN (words);" +
                more};
}

sql::Migration new_words_table(int version) {
    return {version,
            "CREATE TABLE case_words_new (case_id INTEGER PRIMARY KEY, words TEXT NOT NULL)",
            // A new case is changed at once by its filing: the change finds room beside the row,
            // and no index is written again.
            "ALTER TABLE cases SET (fillfactor = 85)"};
}

Result<Done> CaseWords::put(sql::Transaction& tx, const CaseRow& row) {
    const std::string words = words_of(row);
    if (tx.db().engine() == sql::Engine::Postgres)
        return tx.db().run_soon(
            "INSERT INTO case_words (case_id, words) VALUES"
            " (?, array_to_tsvector(string_to_array(CAST(? AS TEXT), ' ')))"
            " ON CONFLICT (case_id) DO UPDATE SET words = excluded.words",
            row.id, words);
    // FTS5 writes a segment at every savepoint and statement, and merges segments later: those of
    // a group of works go into the index in one statement.
    tx.at_commit("case words", take_new_words);
    return tx.db().run_soon(
        "INSERT INTO case_words_new (case_id, words) VALUES (?, ?)"
        " ON CONFLICT (case_id) DO UPDATE SET words = excluded.words",
        row.id, words);
}

Result<Done> CaseWords::begin_again(sql::Database& db) {
    YS_TRY(sql::Transaction tx, sql::Transaction::begin(db));
    YS_TRY([[maybe_unused]] const auto gone, tx.db().run("DELETE FROM case_words"));
    YS_TRY([[maybe_unused]] const auto all,
           tx.db().run("UPDATE case_words_left SET below ="
                       " (SELECT COALESCE(MAX(id), 0) + 1 FROM cases)"));
    return tx.commit();
}

Result<std::size_t> CaseWords::put_what_is_left(sql::Transaction& tx, std::size_t limit) {
    YS_TRY(const CaseId below,
           tx.db().value<CaseId>(CaseId{}, "SELECT below FROM case_words_left"));
    YS_TRY(const auto rows,
           sql::select<CaseRow>(tx.db(), "FROM cases WHERE id < ? ORDER BY id DESC LIMIT ?", below,
                                limit));
    for (const CaseRow& row : rows) {
        YS_TRY([[maybe_unused]] const Done done, put(tx, row));
    }
    if (rows.empty()) return std::size_t{0};
    YS_TRY([[maybe_unused]] const auto n,
           tx.db().run("UPDATE case_words_left SET below = ?", rows.back().id));
    return rows.size();
}

CaseWords::Asking CaseWords::asking(sql::Engine engine, const Scope& scope,
                                    std::string_view typed) {
    const auto terms = terms_of(typed);
    const std::string value = terms.empty() ? "" : expression(engine, scope, terms);
    if (engine == sql::Engine::Postgres)
        return {"FROM cases JOIN case_words ON case_words.case_id = cases.id",
                "words @@ CAST(CAST(? AS TEXT) AS TSQUERY)", value, "cases.id"};
    // The order of the join is the order of reading: words first, each case once, newest first.
    return {"FROM case_words CROSS JOIN cases ON cases.id = case_words.rowid", "case_words MATCH ?",
            value, "case_words.rowid"};
}

}  // namespace ys::cases
