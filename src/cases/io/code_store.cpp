// SPDX-License-Identifier: Apache-2.0
#include "cases/io/code_store.h"

#include <algorithm>
#include <array>

#include "base/described.h"
#include "base/private_text.h"
#include "cases/case_number.h"
#include "platform/password/token.h"
#include "platform/sql/described_rows.h"

namespace ys::cases {
namespace {

constexpr std::string_view tables = R"(
CREATE TABLE case_codes (case_id BIGINT PRIMARY KEY, centre_id BIGINT NOT NULL,
  number TEXT NOT NULL, code TEXT NOT NULL);
CREATE UNIQUE INDEX case_codes_by_number ON case_codes (number, code);
CREATE TABLE case_code_tries (who TEXT PRIMARY KEY, failures BIGINT NOT NULL,
  last_at BIGINT NOT NULL, free_at BIGINT NOT NULL);
CREATE INDEX case_code_tries_by_last ON case_code_tries (last_at);
)";
/// "Who looked at my case" is asked by citizens; few facts are of this kind.
constexpr std::string_view sight_index =
    "CREATE INDEX facts_case_seen ON facts (at_us) WHERE kind = 'CaseSeen';";
constexpr std::size_t code_digits = 6;
constexpr std::size_t entry_bytes_max = 64;
constexpr std::int64_t second_us = 1'000'000;
constexpr std::int64_t forgotten_after_us = 24 * 3600 * second_us;

struct CodeRow {
    CaseId case_id{};
    CentreId centre_id{};
    std::string number{};
    Private code{};
};
BOOST_DESCRIBE_STRUCT(CodeRow, (), (case_id, centre_id, number, code))

struct TriesRow {
    std::string who{};  ///< digest of the number or the source
    std::int64_t failures = 0;
    UtcTime last_at{};
    UtcTime free_at{};
};
BOOST_DESCRIBE_STRUCT(TriesRow, (), (who, failures, last_at, free_at))

struct Allowance {
    std::string who;
    int free, most;
};

/// As it is stored; what is no number stays as it was typed and is counted all the same.
std::string plain_number(const std::string& typed) {
    const auto number = parse_case_number(typed);
    return number ? to_text(*number) : typed.substr(0, entry_bytes_max);
}

std::array<Allowance, 2> allowances(const CodeEntry& entry) {
    return {Allowance{password::sha256_hex("number " + plain_number(entry.number)),
                      CodeStore::free_tries, CodeStore::tries_max},
            Allowance{password::sha256_hex("source " + entry.source), CodeStore::source_free_tries,
                      CodeStore::source_tries_max}};
}

Result<std::optional<TriesRow>> tries_of(sql::Database& db, const std::string& who, UtcTime now) {
    return sql::select_one<TriesRow>(db, "FROM case_code_tries WHERE who = ? AND last_at > ?", who,
                                     UtcTime{now.us - forgotten_after_us});
}

Result<Done> count_wrong(sql::Transaction& tx, const Allowance& allowance, UtcTime now) {
    YS_TRY(const auto found, tries_of(tx.db(), allowance.who, now));
    TriesRow row = found.value_or(TriesRow{.who = allowance.who});
    ++row.failures;
    row.last_at = now;
    const std::int64_t beyond = row.failures - allowance.free;
    const std::int64_t locked_s = CodeStore::locked_for.count();
    std::int64_t wait_s = 0;
    if (beyond > 0)
        wait_s = std::min(locked_s, std::int64_t{1} << std::min<std::int64_t>(beyond, 20));
    if (row.failures >= allowance.most) wait_s = locked_s;
    row.free_at = UtcTime{now.us + wait_s * second_us};
    return sql::done(sql::put(tx, "case_code_tries", row, "who"));
}

/// Evenly over all codes, as near as 64 bits allow.
std::string random_code() {
    std::uint64_t bits = 0;
    for (const char c : password::sha256(password::random_token()).substr(0, 8))
        bits = bits << 8 | static_cast<unsigned char>(c);
    std::string digits = std::to_string(bits % 1'000'000);
    return digits.insert(0, code_digits - digits.size(), '0');
}

}  // namespace

const sql::Schema& code_schema() {
    static const sql::Schema it{"case_codes",
                                {sql::for_both(1, tables), sql::for_both(2, sight_index)}};
    return it;
}

Result<std::string> CodeStore::code(sql::Transaction& tx, const Scope& scope, CaseId id) {
    CodeRow row{.case_id = id};
    YS_TRY([[maybe_unused]] const Done read, tx.db().each(
                                                 "SELECT centre_id, number FROM cases WHERE id = ?",
                                                 [&](const sql::Row& r) {
                                                     r.get(0, row.centre_id);
                                                     r.get(1, row.number);
                                                 },
                                                 id));
    if (!row.centre_id || !scope.contains(row.centre_id))
        return Error{sql::errc::not_found, "code of a case"};
    YS_TRY(const auto there,
           sql::select_one<CodeRow>(tx.db(), "FROM case_codes WHERE case_id = ?", id));
    if (there) return there->code;
    // Two centres may have a case of one number, and the code must tell them apart.
    for (int i = 0; i < 20; ++i) {
        row.code = random_code();
        YS_TRY(const std::int64_t put,
               sql::insert(tx, "case_codes", row, "ON CONFLICT DO NOTHING"));
        if (put == 1) return row.code;
    }
    return Error{sql::errc::busy, "finding a free code"};
}

Result<Seconds> CodeStore::must_wait(sql::Database& db, const CodeEntry& entry, UtcTime now) {
    Seconds wait{0};
    for (const Allowance& allowance : allowances(entry)) {
        YS_TRY(const auto row, tries_of(db, allowance.who, now));
        if (!row || row->free_at <= now) continue;
        wait = std::max(wait, Seconds{(row->free_at.us - now.us + second_us - 1) / second_us});
    }
    return wait;
}

Result<std::optional<CasePass>> CodeStore::enter(sql::Transaction& tx, const CodeEntry& entry,
                                                 UtcTime until, UtcTime now) {
    YS_TRY([[maybe_unused]] const auto swept,
           tx.db().run("DELETE FROM case_code_tries WHERE last_at <= ?",
                       UtcTime{now.us - forgotten_after_us}));
    YS_TRY(const Seconds wait, must_wait(tx.db(), entry, now));
    if (wait.count() > 0) return std::optional<CasePass>{};
    YS_TRY(const auto row,
           sql::select_one<CodeRow>(tx.db(), "FROM case_codes WHERE number = ? AND code = ?",
                                    plain_number(entry.number),
                                    Private(entry.code.substr(0, entry_bytes_max))));
    const auto all = allowances(entry);
    if (row) {
        // The source keeps its count: it may know one case and guess at others.
        YS_TRY([[maybe_unused]] const auto cleared,
               tx.db().run("DELETE FROM case_code_tries WHERE who = ?", all[0].who));
        return std::optional{CasePass{row->case_id, row->centre_id, until}};
    }
    for (const Allowance& allowance : all) {
        YS_TRY([[maybe_unused]] const Done counted, count_wrong(tx, allowance, now));
    }
    return std::optional<CasePass>{};
}

}  // namespace ys::cases
