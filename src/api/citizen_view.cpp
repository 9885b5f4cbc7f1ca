// SPDX-License-Identifier: Apache-2.0
#include "api/citizen_view.h"

#include <algorithm>

#include "api/refusal.h"
#include "cases/case_engine.h"
#include "cases/case_progress.h"
#include "cases/io/case_file_store.h"
#include "cases/io/case_store.h"
#include "centres/io/user_store.h"
#include "platform/journal/journal.h"
#include "platform/json/described_json.h"
#include "platform/sql/described_rows.h"

namespace ys::api {
namespace {

using cases::CaseFile;
using cases::CaseState;
using cases::Verb;

constexpr std::size_t sights_max = 100;
constexpr std::int64_t visit_us = 3600LL * 1'000'000;

/// What happens inside the house stays there: drafts of replies, who was asked to help.
constexpr std::array inner_verbs{Verb::SendBack, Verb::CoReply, Verb::ReleasePart,
                                 Verb::LinkDuplicate};

struct SeenRow {
    UtcTime at_us{};
    std::string body{};
};
BOOST_DESCRIBE_STRUCT(SeenRow, (), (at_us, body))

struct Sight {
    UtcTime at;
    facts::CaseSeen what;
};

/// Newest first.
Result<std::vector<Sight>> sights_of(sql::Database& db, const cases::CasePass& pass, UtcTime from) {
    const std::string mine = "%\"case_id\":" + std::to_string(pass.case_id.value) + ",%";
    YS_TRY(const auto rows,
           sql::select<SeenRow>(db,
                                "FROM facts WHERE kind = 'CaseSeen' AND at_us >= ? AND centre = ?"
                                " AND body LIKE ? ORDER BY at_us DESC, seq DESC LIMIT ?",
                                from, pass.centre_id, mine, sights_max));
    std::vector<Sight> out;
    for (const SeenRow& row : rows) {
        YS_TRY(auto what, json::from_json<facts::CaseSeen>(row.body));
        out.push_back({row.at_us, std::move(what)});
    }
    return out;
}

int step_of(CaseState state) {
    switch (state) {
        case CaseState::Filed:
        case CaseState::Returned:
            return 1;
        case CaseState::Dispatched:
            return 2;
        case CaseState::Replied:
        case CaseState::Reviewed:
            return 4;
        case CaseState::AwaitingConfirmation:
        case CaseState::Closed:
        case CaseState::OutOfScope:
        case CaseState::Withdrawn:
            return 5;
        default:
            return 3;
    }
}

/// The citizen reads what somebody has approved, never a reply that was sent back.
bool shows_reply(const CaseFile& f) {
    return f.reply && (f.state == CaseState::Reviewed || f.state == CaseState::Closed || f.told_at);
}

/// Who is complained of is named by nobody but the citizen.
std::string name_of(const cases::UnitTree& units, const CaseFile& f, cases::UnitId unit) {
    const cases::Unit* found = units.find(unit);
    return found == nullptr || f.is_about(unit) ? "" : found->name;
}

/// What staff wrote for each other is not for the citizen; causes and laws are.
bool is_told(const cases::CaseEventRow& e, Verb verb) {
    return e.role == "citizen" || verb == Verb::Pause || verb == Verb::Extend ||
           verb == Verb::DeclareOutOfScope;
}

void add_timeline(CitizenCase& out, const CaseFile& f, const cases::UnitTree& units,
                  const std::vector<cases::CaseEventRow>& rows) {
    for (const auto& e : rows) {
        if (e.kind == "clock_broken" && e.clock == "close")
            out.timeline.push_back({.at = e.at, .what = "late"});
        if (e.kind != "done") continue;
        const auto verb = cases::verb_from(e.verb);
        if (!verb || std::ranges::find(inner_verbs, *verb) != inner_verbs.end()) continue;
        out.timeline.push_back({.at = e.at,
                                .what = e.verb,
                                .unit = name_of(units, f, e.unit_id),
                                .words = is_told(e, *verb) ? e.why : "",
                                .level = e.level,
                                .is_mine = e.role == "citizen"});
    }
    std::ranges::reverse(out.timeline);
}

void add_account(CitizenCase& out, const CaseFile& f, const Calendar& calendar, UtcTime now) {
    const auto& closing = f.clock(cases::ClockName::Close);
    if (!closing) return;
    out.promised_at = cases::deadline(closing->clock, calendar);
    const UtcTime end = std::max(now, out.promised_at.value_or(now));
    for (const auto& line : cases::explain(closing->clock, calendar, end))
        out.account.push_back({line.from, line.until, line.counts,
                               std::string(cases::word(line.because)), line.note});
}

void add_standing(CitizenCase& out, const cases::CaseRules& rules, const CaseFile& f, UtcTime now) {
    const cases::CaseProgress stands = cases::progress(rules, f, now);
    out.now = stands.now;
    out.step = step_of(f.state);
    out.unit = name_of(rules.units, f, f.responsible);
    out.cause = stands.cause;
    out.until = stands.until;
    out.is_late = stands.is_late;
    out.is_over = cases::is_final(f.state);
    out.is_confidential = f.is_confidential;
    out.supervised = f.supervised;
    out.urges = f.urges;
    out.round = f.round;
    out.legal_basis = f.legal_basis;
    out.may_urge = stands.may_urge;
    out.may_confirm = stands.may_confirm;
    out.may_reopen = stands.may_reopen;
    out.may_withdraw = stands.may_withdraw;
    if (stands.now == "paused") out.paused_until = f.paused_until;
    if (f.urged_at && !out.may_urge && !out.is_over)
        out.urge_again_at =
            UtcTime{f.urged_at->us + std::chrono::microseconds(rules.urge_apart).count()};
    for (const auto& demand : f.demands) {
        CitizenDemand view{demand.number, demand.text, ""};
        if (shows_reply(f)) {
            const auto answer = f.reply->answers.find(demand.number);
            if (answer != f.reply->answers.end()) view.answer = answer->second;
        }
        out.demands.push_back(std::move(view));
    }
}

Result<Done> add_sights(CitizenCase& out, sql::Database& db, const cases::CasePass& pass,
                        UtcTime created_at) {
    YS_TRY(const auto sights, sights_of(db, pass, created_at));
    YS_TRY(const auto users, centres::UserStore::users(db, Scope::of(pass.centre_id)));
    for (const Sight& sight : sights) {
        CitizenSight view{sight.at, "", "", sight.what.how};
        if (sight.what.user == 0) view.role = "citizen";
        const auto user = std::ranges::find(users, UserId{sight.what.user}, &centres::UserRow::id);
        if (user != users.end()) {
            view.role = user->roles.substr(0, user->roles.find(','));
            view.work_number = user->work_number;
        }
        out.seen.push_back(std::move(view));
    }
    return Done{};
}

}  // namespace

Result<CitizenCase> citizen_case(sql::Database& db, const Api& api, const cases::CasePass& pass,
                                 UtcTime now) {
    const Scope scope = Scope::of(pass.centre_id);
    YS_TRY(const auto row, cases::CaseStore::get(db, scope, pass.case_id));
    if (!row) return refused("not_found", RefusedAs::NotFound);
    CitizenCase out{.number = row->number, .title = row->title, .address = row->address};
    out.server_time = now;
    out.hotline = api.settings().hotline;
    YS_TRY(const auto centres, centres::UserStore::centres(db, scope));
    if (!centres.empty()) out.centre = centres.front().name;
    YS_TRY([[maybe_unused]] const Done seen, add_sights(out, db, pass, row->created_at));
    YS_TRY(const auto people, cases::CasePeople::of(db, scope, pass.case_id));
    out.people = view_of(people, PeopleShown::Masked);
    YS_TRY(const auto stored, cases::CaseFileStore::get(db, scope, pass.case_id));
    YS_TRY(const auto units, cases::UnitStore::load(db, pass.centre_id));
    if (!stored || !units) {
        out.is_over = row->status == "closed";
        out.now = out.is_over ? "closed" : "open";
        out.step = out.is_over ? 5 : 1;
        out.until = row->promised_at;
        out.demands.push_back({1, row->detail.empty() ? row->title : row->detail, ""});
        out.timeline.push_back({.at = row->created_at, .what = "file"});
        return out;
    }
    const CaseFile& f = stored->file;
    const cases::CaseRules rules = api.handbook()->rules(f, units->tree);
    add_standing(out, rules, f, now);
    add_account(out, f, api.handbook()->calendar(), now);
    YS_TRY(const auto history, cases::CaseFileStore::history(db, scope, pass.case_id));
    add_timeline(out, f, units->tree, history);
    return out;
}

Result<Done> note_visit(sql::Transaction& tx, const cases::CasePass& pass, UtcTime now) {
    YS_TRY(const auto sights, sights_of(tx.db(), pass, UtcTime{now.us - visit_us}));
    for (const Sight& sight : sights)
        if (sight.what.user == 0 && sight.what.how == "page") return Done{};
    const facts::Fact fact{
        now, pass.centre_id, {}, {}, facts::CaseSeen{pass.case_id.value, 0, "page"}};
    return journal::Journal::append(tx, {&fact, 1});
}

}  // namespace ys::api
