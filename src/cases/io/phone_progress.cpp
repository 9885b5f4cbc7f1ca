// SPDX-License-Identifier: Apache-2.0
#include "cases/io/phone_progress.h"

#include "base/private_text.h"
#include "cases/case_progress.h"
#include "cases/io/case_file_store.h"
#include "cases/io/case_people.h"
#include "cases/io/case_store.h"
#include "cases/io/code_store.h"
#include "platform/journal/journal.h"
#include "platform/sql/where.h"

namespace ys::cases {
namespace {

/// More open cases of one telephone are not looked through: it is several all the same.
constexpr std::size_t looked_at_max = 20;

/// A case the caller may hear of, with its file where it has one.
struct Candidate {
    CaseRow row;
    std::optional<StoredFile> stored;
};

Result<std::optional<Candidate>> candidate(sql::Database& db, const Scope& scope, CaseId id) {
    YS_TRY(auto row, CaseStore::get(db, scope, id));
    if (!row) return std::optional<Candidate>{};
    YS_TRY(auto stored, CaseFileStore::get(db, scope, id));
    return std::optional(Candidate{*std::move(row), std::move(stored)});
}

Result<std::optional<Candidate>> only_one_of(sql::Database& db, const PhoneQuestion& asked) {
    std::optional<Candidate> found;
    if (asked.caller.empty()) return found;
    std::vector<CaseId> ids;
    sql::Where where(asked.served, "centre_id");
    const Private caller(asked.caller);
    where.also("status = 'open'").also(told_to_number, caller, caller);
    where.value(looked_at_max);
    YS_TRY(
        [[maybe_unused]] const auto n,
        db.run_with("SELECT id FROM cases" + where.text() + " ORDER BY id DESC LIMIT ?",
                    where.values(), [&](const sql::Row& row) { row.get(0, ids.emplace_back()); }));
    for (const CaseId id : ids) {
        YS_TRY(auto each, candidate(db, asked.served, id));
        const bool is_secret = !each || each->row.is_confidential ||
                               (each->stored && each->stored->file.is_confidential);
        if (is_secret) continue;
        if (found) return std::optional<Candidate>{};
        found = std::move(each);
    }
    return found;
}

Result<std::optional<Candidate>> by_code(sql::Transaction& tx, const PhoneQuestion& asked,
                                         UtcTime now) {
    const CodeEntry entry{asked.number, asked.code, "phone " + asked.caller};
    YS_TRY(const auto pass, CodeStore::enter(tx, entry, now, now));
    if (!pass || !asked.served.contains(pass->centre_id)) return std::optional<Candidate>{};
    return candidate(tx.db(), Scope::of(pass->centre_id), pass->case_id);
}

}  // namespace

Result<bool> has_one_case(sql::Database& db, const PhoneQuestion& asked) {
    YS_TRY(const auto one, only_one_of(db, asked));
    return one.has_value();
}

Result<std::optional<HeardCase>> hear_case(sql::Transaction& tx, const Handbook& handbook,
                                           const PhoneQuestion& asked, UtcTime now) {
    const bool is_keyed = !asked.number.empty() || !asked.code.empty();
    std::optional<Candidate> it;
    if (is_keyed) {
        YS_TRY(it, by_code(tx, asked, now));
    } else {
        YS_TRY(it, only_one_of(tx.db(), asked));
    }
    if (!it) return std::optional<HeardCase>{};
    const facts::Fact seen{
        now, it->row.centre_id, {}, {}, facts::CaseSeen{it->row.id.value, 0, "phone"}};
    YS_TRY([[maybe_unused]] const Done noted, journal::Journal::append(tx, {&seen, 1}));
    HeardCase out{.number = it->row.number};
    YS_TRY(const auto units, UnitStore::load(tx.db(), it->row.centre_id));
    if (!it->stored || !units) {
        out.now = it->row.status == "closed" ? "closed" : "open";
        out.until = it->row.promised_at;
        return std::optional(std::move(out));
    }
    const CaseFile& file = it->stored->file;
    const CaseProgress stands = progress(handbook.rules(file, units->tree), file, now);
    out.now = stands.now;
    out.until = stands.until;
    out.is_late = stands.is_late;
    out.supervised = stands.supervised;
    return std::optional(std::move(out));
}

}  // namespace ys::cases
