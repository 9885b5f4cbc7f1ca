// SPDX-License-Identifier: Apache-2.0
#include "api/private_need.h"

#include <algorithm>

#include "api/refusal.h"
#include "base/phone_number.h"
#include "platform/clock.h"
#include "platform/journal/journal.h"

namespace ys::api {
namespace {

bool is_taken(cases::CaseState state) {
    return state != cases::CaseState::Filed && state != cases::CaseState::Dispatched;
}

bool needs_whole(const CaseSight& sight, UserId user, const cases::CaseRow& row,
                 const std::optional<cases::StoredFile>& stored) {
    if (row.created_by == user) return true;
    if (!stored || !sight.is_own_only || !is_taken(stored->file.state)) return false;
    const cases::UnitId handler = stored->file.handler;
    return handler && std::ranges::any_of(
                          sight.mine, [&](const auto& each) { return each.unit_id == handler; });
}

}  // namespace

cases::CaseRow SeenRow::shown() const {
    cases::CaseRow out = row;
    if (!is_whole) mask(out);
    return out;
}

Result<SeenRow> seen_row(sql::Database& db, const CaseSeer& seer, CaseId id) {
    YS_TRY(auto row, cases::CaseStore::get(db, seer.scope, id));
    if (!row || !seer.disclosures.show(*row)) return refused("not_found", RefusedAs::NotFound);
    YS_TRY(const auto stored, cases::CaseFileStore::get(db, seer.scope, id));
    YS_TRY(const CaseSight sight, sight_of(db, seer));
    const bool is_seen = stored ? sight.sees(stored->file, row->created_by) : !sight.is_own_only;
    if (!is_seen) return refused("not_found", RefusedAs::NotFound);
    return SeenRow{*row, needs_whole(sight, seer.user, *row, stored)};
}

Task<Done> note_case_seen(Api& api, const Call& call, CaseId id, std::string_view how) {
    const centres::User& user = call.user().user;
    const facts::Fact fact{utc_now(),
                           user.centre,
                           {},
                           AgentId{user.id.value},
                           facts::CaseSeen{id.value, user.id.value, std::string(how)}};
    auto work = [fact](sql::Transaction& tx) { return journal::Journal::append(tx, {&fact, 1}); };
    co_return co_await api.stores().write(work);
}

void mask(cases::CaseRow& row) {
    row.name = masked_name(row.name);
    row.phone = masked(std::string_view(row.phone));
    row.address = masked_address(row.address);
    row.title = with_numbers_masked(row.title);
    row.detail = with_numbers_masked(row.detail);
}

std::string unless_masked(std::string sent, const std::string& stored, const std::string& masked) {
    if (masked == stored || !sent.starts_with(masked)) return sent;
    return stored + sent.substr(masked.size());  // A note may have been written below it.
}

}  // namespace ys::api
