// SPDX-License-Identifier: Apache-2.0
#include "api/defect_view.h"

#include <algorithm>
#include <map>

#include "cases/io/type_store.h"
#include "centres/io/user_store.h"
#include "exchange/io/exchange_store.h"

namespace ys::api {
namespace {

using cases::CauseMatch;
using cases::CauseRow;
using cases::CauseStore;
using cases::DefectRow;
using cases::DefectStore;
using cases::GroupedBy;

using Names = std::map<UserId, std::string>;

Result<Names> names_in(sql::Database& db, const Scope& scope) {
    YS_TRY(const std::vector<centres::UserRow> users, centres::UserStore::users(db, scope));
    Names out;
    for (const centres::UserRow& user : users) out[user.id] = user.name;
    return out;
}

std::string name_of(const Names& names, UserId id) {
    const auto found = names.find(id);
    return found == names.end() ? std::string{} : found->second;
}

Result<DefectView> view_of(sql::Database& db, const DefectRow& row, const Names& names,
                           UtcTime now) {
    YS_TRY(const cases::DefectWeeks both, DefectStore::weeks(db, row, now));
    const cases::Defect defect = row.defect();
    DefectView out{.id = row.id,
                   .centre_id = row.centre_id,
                   .kind = row.kind,
                   .title = row.title,
                   .state = row.state,
                   .owner = row.owner,
                   .partner = row.partner,
                   .due_on = row.due_on,
                   .done_at = row.done_at,
                   .made_by_name = name_of(names, row.made_by),
                   .made_at = row.made_at,
                   .changed_at = row.changed_at,
                   .version = row.version,
                   .before_from = both.weeks.before.from,
                   .before_to = both.weeks.before.to,
                   .before = both.counts.before,
                   .since = both.counts.since,
                   .ready_at = both.weeks.ready_at,
                   .fewer_than = cases::too_many_from(defect, both.counts)};
    if (both.weeks.since) {
        out.since_from = both.weeks.since->from;
        out.since_to = both.weeks.since->to;
    }
    if (const auto why = cases::held_open(defect, both.counts)) out.held_open = cases::word(*why);
    for (const cases::DefectMove& move : cases::defect_moves)
        if (move.from == defect.state) out.may.emplace_back(cases::word(move.on));
    YS_TRY(out.matches, DefectStore::matches(db, row.id));
    return out;
}

bool holds(std::string_view wide, std::string_view narrow) {
    if (wide.empty() || wide == narrow) return true;
    return narrow.size() > wide.size() && narrow.starts_with(wide) && narrow[wide.size()] == '/';
}

/// Whether every contact of the group is one of this match.
bool holds(const CauseMatch& match, const CauseMatch& group) {
    return match.cause == group.cause && (match.type.empty() || match.type == group.type) &&
           holds(match.place, group.place) && (match.route.empty() || match.route == group.route);
}

CauseMatch match_of(const BoardAsked& asked, const cases::CauseGroup& group) {
    CauseMatch out = asked.wanted;
    out.cause = group.cause;
    if (asked.by == GroupedBy::Type) out.type = group.value;
    if (asked.by == GroupedBy::Place) out.place = group.value;
    if (asked.by == GroupedBy::Route) out.route = group.value;
    return out;
}

/// What types of case are called; a kind nobody names any more is shown as it is.
Result<std::map<std::string, std::string>> type_titles(sql::Database& db, CentreId centre) {
    YS_TRY(const cases::Lineage lineage, cases::TypeStore::lineage(db, centre));
    YS_TRY(const auto types, cases::TypeStore::newest(db, lineage));
    std::map<std::string, std::string> out;
    for (const cases::KnownType& each : types) out[each.type.code] = each.type.title;
    return out;
}

Result<Done> add_groups(sql::Database& db, const BoardAsked& asked, const cases::FixWeeks& weeks,
                        BoardView& board) {
    YS_TRY(const auto causes, CauseStore::list(db, asked.centre));
    YS_TRY(const auto titles, type_titles(db, asked.centre));
    YS_TRY(const auto groups, CauseStore::groups(db, asked.scope, weeks, asked.by, asked.wanted));
    for (const cases::CauseGroup& group : groups) {
        BoardGroup out{.cause = group.cause,
                       .cause_title = group.cause,
                       .cause_title_en = group.cause,
                       .value = group.value,
                       .value_title = group.value,
                       .before = group.before,
                       .since = group.since};
        const auto cause = std::ranges::find(causes, group.cause, &CauseRow::code);
        if (cause != causes.end()) {
            out.cause_title = cause->title;
            out.cause_title_en = cause->title_en;
            out.kind = cause->kind;
        }
        if (!asked.kind.empty() && out.kind != asked.kind) continue;
        const auto title = titles.find(group.value);
        if (asked.by == GroupedBy::Type && title != titles.end()) out.value_title = title->second;
        const CauseMatch is = match_of(asked, group);
        for (const DefectView& each : board.defects) {
            const bool is_live = each.state != "closed" && each.state != "dropped";
            if (is_live && std::ranges::any_of(each.matches, [&](const CauseMatch& match) {
                    return holds(match, is);
                }))
                out.defect_id = each.id;
        }
        board.groups.push_back(std::move(out));
    }
    return Done{};
}

}  // namespace

Result<DefectView> defect_view(sql::Database& db, const Scope& scope, const DefectRow& row,
                               UtcTime now) {
    YS_TRY(const Names names, names_in(db, scope));
    return view_of(db, row, names, now);
}

Result<DefectDetail> defect_detail(sql::Database& db, const Scope& scope, const DefectRow& row,
                                   UtcTime now) {
    constexpr int weeks_shown = 8;
    constexpr std::int64_t week_us = std::chrono::microseconds(cases::week).count();
    YS_TRY(const Names names, names_in(db, scope));
    DefectDetail out;
    YS_TRY(out.defect, view_of(db, row, names, now));
    for (int ago = weeks_shown; ago > 0; --ago) {
        const cases::TimeSpan span{UtcTime{now.us - ago * week_us},
                                   UtcTime{now.us - (ago - 1) * week_us}};
        YS_TRY(out.weeks.emplace_back(),
               CauseStore::count(db, row.centre_id, out.defect.matches, span));
    }
    YS_TRY(const auto events, DefectStore::events(db, row.id));
    for (const cases::DefectEventRow& each : events)
        out.events.push_back(
            {each.at, each.partner.empty() ? name_of(names, each.user_id) : each.partner,
             !each.partner.empty(), each.verb, each.state, each.owner, each.due_on, each.words});
    return out;
}

Result<BoardView> board_view(sql::Database& db, const BoardAsked& asked, UtcTime now) {
    const cases::FixWeeks weeks = cases::weeks_up_to(now);
    BoardView out{.before_from = weeks.before.from,
                  .since_from = weeks.since->from,
                  .since_to = weeks.since->to};
    YS_TRY(const Names names, names_in(db, asked.scope));
    YS_TRY(const auto rows, DefectStore::list(db, asked.scope, !asked.with_ended));
    for (const DefectRow& row : rows) {
        if (!asked.kind.empty() && row.kind != asked.kind) continue;
        YS_TRY(out.defects.emplace_back(), view_of(db, row, names, now));
    }
    std::ranges::stable_sort(out.defects, [](const DefectView& a, const DefectView& b) {
        return a.since.value_or(a.before) > b.since.value_or(b.before);
    });
    YS_TRY(const auto partners, exchange::ExchangeStore::partners(db));
    for (const auto& each : partners)
        if (each.has_hook && asked.scope.contains(each.centre_id))
            out.partners.push_back(each.name);
    YS_TRY([[maybe_unused]] const Done added, add_groups(db, asked, weeks, out));
    return out;
}

}  // namespace ys::api
