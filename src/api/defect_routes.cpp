// SPDX-License-Identifier: Apache-2.0
// The board of defects and suggestions: which contacts one repair would spare, who sees to it, and
// the figures without which it is not closed.
#include <algorithm>

#include "api/answer.h"
#include "api/api.h"
#include "api/defect_view.h"
#include "base/text.h"
#include "cases/io/cause_store.h"
#include "exchange/io/exchange_store.h"
#include "platform/clock.h"
#include "platform/sql/errc.h"

namespace ys::api {
namespace {

using cases::CauseMatch;
using cases::DefectId;
using cases::DefectRow;
using cases::DefectStore;
using centres::Action;

constexpr std::size_t line_bytes_max = 200, words_bytes_max = 1'500, code_bytes_max = 64;

struct JoinForm {
    std::string title;
    std::vector<CauseMatch> matches;
};
BOOST_DESCRIBE_STRUCT(JoinForm, (), (title, matches))

struct DefectActForm {
    std::string verb;
    std::string owner, partner, due_on, words;
    std::optional<UtcTime> done_at;
    std::int64_t version = 0;  ///< as it was shown
};
BOOST_DESCRIBE_STRUCT(DefectActForm, (), (verb, owner, partner, due_on, words, done_at, version))

Result<CauseMatch> cleaned_match(const CauseMatch& sent) {
    CauseMatch out;
    YS_TRY(out.cause, form_text(sent.cause, code_bytes_max, "matches"));
    YS_TRY(out.type, form_text(sent.type, code_bytes_max, "matches"));
    YS_TRY(out.place, form_text(sent.place, line_bytes_max, "matches"));
    YS_TRY(out.route, form_text(sent.route, line_bytes_max, "matches"));
    return out;
}

Task<http::Response> board(Api& api, Call& call) {
    BoardAsked asked{.scope = api.scope_of(call.user(), Action::ExportCases),
                     .centre = call.user().user.centre,
                     .kind = cleaned(call.request.argument("kind"), 16)};
    const std::string by = cleaned(call.request.argument("by"), 16);
    const auto grouped = cases::grouped_by_from(by.empty() ? "cause" : by);
    if (!grouped) co_return refused("bad_field:by", RefusedAs::Unfit);
    asked.by = *grouped;
    asked.wanted.cause = cleaned(call.request.argument("cause"), code_bytes_max);
    asked.wanted.type = cleaned(call.request.argument("type"), code_bytes_max);
    asked.wanted.place = cleaned(call.request.argument("place"), line_bytes_max);
    asked.wanted.route = cleaned(call.request.argument("route"), line_bytes_max);
    asked.with_ended = call.request.argument("ended") == "1";
    auto query = [asked, now = utc_now()](sql::Database& db) { return board_view(db, asked, now); };
    YS_CO_TRY(const BoardView view, co_await api.stores().read(query));
    co_return answer_with(view);
}

Task<http::Response> one(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::ExportCases);
    YS_CO_TRY(const DefectId id, id_in_path<DefectId>(call, "id"));
    auto query = [=, now = utc_now()](sql::Database& db) -> Result<DefectDetail> {
        YS_TRY(const auto row, DefectStore::get(db, scope, id));
        if (!row) return refused("not_found", RefusedAs::NotFound);
        return defect_detail(db, scope, *row, now);
    };
    YS_CO_TRY(const DefectDetail detail, co_await api.stores().read(query));
    co_return answer_with(detail);
}

/// All of one kind: a repair is asked of engineers, a suggestion of planners.
Result<std::string> kind_of(sql::Database& db, CentreId centre,
                            const std::vector<CauseMatch>& matches) {
    YS_TRY(const auto causes, cases::CauseStore::list(db, centre));
    std::string kind;
    for (const CauseMatch& match : matches) {
        const auto cause = std::ranges::find(causes, match.cause, &cases::CauseRow::code);
        if (cause == causes.end() || (!kind.empty() && cause->kind != kind))
            return refused("bad_field:matches", RefusedAs::Unfit);
        kind = cause->kind;
    }
    return kind;
}

Task<http::Response> join(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::DeclareIncidents);
    YS_CO_TRY(const JoinForm form, body_of<JoinForm>(call));
    YS_CO_TRY(const std::string title, form_text(form.title, line_bytes_max, "title"));
    if (trimmed(title).empty())
        co_return refused("bad_field:title=field_missing", RefusedAs::Unfit);
    if (form.matches.empty() || form.matches.size() > DefectStore::matches_max)
        co_return refused("bad_field:matches", RefusedAs::Unfit);
    std::vector<CauseMatch> matches;
    for (const CauseMatch& each : form.matches) {
        YS_CO_TRY(matches.emplace_back(), cleaned_match(each));
    }
    DefectRow row{.centre_id = call.user().user.centre,
                  .title = std::string(trimmed(title)),
                  .made_by = call.user().user.id,
                  .made_at = utc_now()};
    auto work = [=](sql::Transaction& tx) -> Result<DefectView> {
        DefectRow made = row;
        YS_TRY(made.kind, kind_of(tx.db(), made.centre_id, matches));
        YS_TRY(made, DefectStore::make(tx, std::move(made), matches));
        return defect_view(tx.db(), scope, made, made.made_at);
    };
    YS_CO_TRY(const DefectView view, co_await api.stores().write(work));
    co_return answer_with(view, 201);
}

Result<cases::DefectCommand> command_of(const DefectActForm& form, UtcTime now) {
    const auto verb = cases::defect_verb_from(form.verb);
    if (!verb) return refused("bad_field:verb", RefusedAs::Unfit);
    cases::DefectCommand out{.verb = *verb, .now = now, .done_at = form.done_at};
    YS_TRY(out.owner, form_text(form.owner, line_bytes_max, "owner"));
    YS_TRY(out.partner, form_text(form.partner, code_bytes_max, "partner"));
    YS_TRY(out.due_on, form_text(form.due_on, code_bytes_max, "due_on"));
    YS_TRY(out.words, form_text(form.words, words_bytes_max, "words", Lines::Many));
    out.owner = std::string(trimmed(out.owner));
    out.words = std::string(trimmed(out.words));
    return out;
}

/// Only who is told of this centre's things, and wants to be told.
Result<Done> check_partner(sql::Database& db, const Scope& scope, const std::string& partner) {
    if (partner.empty()) return Done{};
    YS_TRY(const auto partners, exchange::ExchangeStore::partners(db));
    const auto found = std::ranges::find(partners, partner, &exchange::PartnerRow::name);
    const bool is_told =
        found != partners.end() && found->has_hook && scope.contains(found->centre_id);
    if (!is_told) return refused("bad_field:partner", RefusedAs::Unfit);
    return Done{};
}

/// With the figures: what may not be closed yet says how far it is from it.
Error refusal_of(const cases::DefectActed& acted) {
    const cases::DefectRefusal why = *acted.refused;
    std::string code(cases::word(why));
    switch (why) {
        case cases::DefectRefusal::NotFallen:
            code += ":before=" + std::to_string(acted.counts.before) +
                    ",since=" + std::to_string(acted.counts.since.value_or(0)) + ",fewer_than=" +
                    std::to_string(cases::too_many_from(acted.row.defect(), acted.counts));
            return refused(code, RefusedAs::Conflict);
        case cases::DefectRefusal::WeekNotOver:
            code += ":before=" + std::to_string(acted.counts.before);
            return refused(code, RefusedAs::Conflict);
        case cases::DefectRefusal::NotNow:
            return refused(code, RefusedAs::Conflict);
        default:
            return refused(code, RefusedAs::Unfit);
    }
}

Task<http::Response> act(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::DeclareIncidents);
    YS_CO_TRY(const DefectId id, id_in_path<DefectId>(call, "id"));
    YS_CO_TRY(const DefectActForm form, body_of<DefectActForm>(call));
    const UtcTime now = utc_now();
    auto work = [=, user = call.user().user.id](sql::Transaction& tx) -> Result<DefectView> {
        YS_TRY(auto row, DefectStore::get(tx.db(), scope, id));
        if (!row) return refused("not_found", RefusedAs::NotFound);
        YS_TRY(const cases::DefectCommand command, command_of(form, now));
        YS_TRY([[maybe_unused]] const Done known, check_partner(tx.db(), scope, command.partner));
        YS_TRY(const cases::DefectActed acted,
               DefectStore::act(tx, *std::move(row), command,
                                {.user = user, .version = form.version}));
        if (acted.refused) return refusal_of(acted);
        return defect_view(tx.db(), scope, acted.row, now);
    };
    YS_CO_TRY(const DefectView view, co_await api.stores().write(work));
    co_return answer_with(view);
}

}  // namespace

std::vector<Route> defect_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/defect-board",
         .summary = "Causes by contacts of the last week, by=cause|type|place|route, and defects.",
         .access = Access::Right,
         .action = Action::ExportCases,
         .handler = board,
         .query = {"kind", "by", "cause", "type", "place", "route", "ended"},
         .gives = schema_for<BoardView>},
        {.method = "POST",
         .pattern = "/api/v1/defects",
         .summary = "Joins causes into one defect or suggestion.",
         .access = Access::Right,
         .action = Action::DeclareIncidents,
         .handler = join,
         .takes = schema_for<JoinForm>,
         .gives = schema_for<DefectView>},
        {.method = "GET",
         .pattern = "/api/v1/defects/{id}",
         .summary = "One defect, its weeks and what was done.",
         .access = Access::Right,
         .action = Action::ExportCases,
         .handler = one,
         .gives = schema_for<DefectDetail>},
        {.method = "POST",
         .pattern = "/api/v1/defects/{id}/acts",
         .summary = "own, schedule, finish, close (when its contacts have fallen), reopen, drop.",
         .access = Access::Right,
         .action = Action::DeclareIncidents,
         .handler = act,
         .takes = schema_for<DefectActForm>,
         .gives = schema_for<DefectView>},
    };
}

}  // namespace ys::api
