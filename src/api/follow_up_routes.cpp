// SPDX-License-Identifier: Apache-2.0
// The list of 回访: who is to be asked whether it is solved, ringing them, and what they said.
#include <algorithm>

#include "api/answer.h"
#include "api/api.h"
#include "api/case_sight.h"
#include "base/phone_number.h"
#include "cases/io/case_people.h"
#include "cases/io/follow_up_store.h"
#include "platform/clock.h"
#include "platform/journal/journal.h"

namespace ys::api {
namespace {

using cases::CaseActor;
using cases::FollowUp;
using cases::FollowUpStore;
using centres::Action;

constexpr std::size_t shown_max = 200;
constexpr std::size_t words_bytes_max = 3'000;

struct FollowUpView {
    CaseId id;
    std::string number, title, kind;
    std::string state;        ///< "reviewed" "awaiting_confirmation" "closed"
    std::string name, phone;  ///< whom to ring; masked until it is taken
    std::string subject;      ///< for whom it is, masked; "" for the one who rang
    UtcTime since;            ///< told, answered or closed
    std::optional<UtcTime> due_at;
    bool is_late = false;
    std::int64_t attempts = 0;
    std::optional<UtcTime> tried_at;
    UserId taken_by;
    std::string taken_by_name;
    std::optional<UtcTime> taken_at;
    bool may_close = false;
};
BOOST_DESCRIBE_STRUCT(FollowUpView, (),
                      (id, number, title, kind, state, name, phone, subject, since, due_at, is_late,
                       attempts, tried_at, taken_by, taken_by_name, taken_at, may_close))

/// What they said; without `solved`, that they were not reached.
struct FollowUpForm {
    std::optional<bool> solved, satisfied;
    std::string words;
    bool gives_up = false;  ///< tried often enough: it is closed without their word
};
BOOST_DESCRIBE_STRUCT(FollowUpForm, (), (solved, satisfied, words, gives_up))

enum class Number { Whole, Masked };

/// `it` is a copy: only what is shown goes to the contact, the case keeps its own number.
Result<FollowUpView> view_of(sql::Database& db, FollowUp it, Number number, UtcTime now) {
    YS_TRY(it.row, cases::CasePeople::as_told(db, it.row));
    FollowUpView out{.id = it.row.id,
                     .number = it.row.number,
                     .title = with_numbers_masked(it.row.title),
                     .kind = it.row.kind,
                     .state = "closed",
                     .since = it.row.changed_at};
    const bool is_whole = number == Number::Whole;
    out.name = is_whole ? std::string(it.row.name) : masked_name(it.row.name);
    out.phone = is_whole ? std::string(it.row.phone) : masked(std::string_view(it.row.phone));
    if (it.is_open()) {
        out.state = cases::word(it.stored->file.state);
        out.since = it.stored->file.told_at.value_or(it.stored->file.last_at);
    }
    out.due_at = it.due_at;
    out.is_late = it.due_at && *it.due_at < now;
    out.attempts = it.attempts;
    out.tried_at = it.tried_at;
    out.may_close = it.may_close;
    const bool is_taken =
        it.own.taken_by && it.own.taken_at &&
        now.us - it.own.taken_at->us < cases::Micros(FollowUpStore::taken_for).count();
    if (is_taken) {
        out.taken_by = it.own.taken_by;
        out.taken_at = it.own.taken_at;
    }
    YS_TRY(const auto people, cases::CasePeople::of(db, Scope::of(it.row.centre_id), it.row.id));
    for (const cases::CasePersonRow& each : people)
        if (each.part == "subject") out.subject = masked_name(each.name);
    return out;
}

/// What the user may see of them; a case told in confidence is asked about by who handles it.
bool is_seen(const CaseSight& sight, const FollowUp& it) {
    if (!sight.disclosures.show(it.row)) return false;
    return !it.stored || sight.sees(it.stored->file, it.row.created_by);
}

Task<http::Response> list(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::ChangeCases);
    const CaseSeer seer = seer_of(api, call.user());
    auto query = [scope, seer, handbook = api.handbook(),
                  now = utc_now()](sql::Database& db) -> Result<std::vector<FollowUpView>> {
        YS_TRY(const auto found, FollowUpStore::list(db, *handbook, scope, shown_max));
        YS_TRY(const CaseSight sight, sight_of(db, seer));
        YS_TRY(const auto users, centres::UserStore::users(db, scope));
        std::vector<FollowUpView> out;
        for (const FollowUp& each : found) {
            if (!is_seen(sight, each)) continue;
            YS_TRY(FollowUpView view, view_of(db, each, Number::Masked, now));
            const auto user = std::ranges::find(users, view.taken_by, &centres::UserRow::id);
            if (user != users.end()) view.taken_by_name = user->name;
            out.push_back(std::move(view));
        }
        return out;
    };
    YS_CO_TRY(const std::vector<FollowUpView> items, co_await api.stores().read(query));
    co_return answer_with_page(items);
}

/// errors  not_found for what the user may not see
Result<FollowUp> seen_one(sql::Database& db, const Api& api, const CaseSeer& seer,
                          const Scope& scope, CaseId id) {
    YS_TRY(FollowUp it, FollowUpStore::one(db, *api.handbook(), scope, id));
    YS_TRY(const CaseSight sight, sight_of(db, seer));
    if (!is_seen(sight, it)) return refused("not_found", RefusedAs::NotFound);
    return it;
}

Task<http::Response> take(Api& api, Call& call) {
    YS_CO_TRY(const CaseId id, id_in_path<CaseId>(call, "id"));
    const Scope scope = api.scope_of(call.user(), Action::ChangeCases);
    const CaseSeer seer = seer_of(api, call.user());
    auto work = [&api, scope, seer, id,
                 now = utc_now()](sql::Transaction& tx) -> Result<FollowUpView> {
        YS_TRY(const FollowUp seen, seen_one(tx.db(), api, seer, scope, id));
        YS_TRY(const cases::CaseRow to_ring, cases::CasePeople::as_told(tx.db(), seen.row));
        if (to_ring.phone.empty()) return refused("no_number");
        YS_TRY(const FollowUp taken,
               FollowUpStore::take(tx, *api.handbook(), scope, id, seer.user, now));
        const facts::Fact fact{
            now,
            seen.row.centre_id,
            {},
            AgentId{seer.user.value},
            facts::PrivateSeen{seer.user.value, "case", id.value, "phone", "follow_up"}};
        YS_TRY([[maybe_unused]] const Done noted, journal::Journal::append(tx, {&fact, 1}));
        return view_of(tx.db(), taken, Number::Whole, now);
    };
    YS_CO_TRY(const FollowUpView view, co_await api.stores().write(work));
    co_return answer_with(view);
}

/// One user's answers to one case, by the engine's own acts.
class Asking {
public:
    Asking(sql::Transaction& tx, const Api& api, CaseRights rights, const CaseSeer& seer,
           UtcTime now)
        : tx_(tx), api_(api), rights_(rights), seer_(seer), now_(now) {}

    Result<Done> act(CaseId id, cases::CaseAction action) {
        YS_TRY(const auto stored, cases::CaseFileStore::get(tx_.db(), seer_.scope, id));
        if (!stored) return refused("not_found", RefusedAs::NotFound);
        YS_TRY(const auto units, cases::UnitStore::load(tx_.db(), stored->centre_id));
        if (!units) return refused("not_filed", RefusedAs::NotFound);
        YS_TRY(const CaseSight sight, sight_of(tx_.db(), seer_));
        const auto rules = api_.handbook()->rules(stored->file, units->tree);
        YS_TRY(const CaseActor by,
               hat_for(actors_for(rights_, sight, stored->centre_id, units->tree, stored->file),
                       rules, stored->file, now_, action));
        YS_TRY([[maybe_unused]] const auto done,
               cases::CaseFileStore::act(tx_, *api_.handbook(), seer_.scope, id,
                                         {now_, {by, std::move(action)}, {}}));
        return Done{};
    }

    /// About a case whose citizen is asked, or is to be told first.
    Result<Done> of_open(const FollowUp& it, const FollowUpForm& said) {
        const CaseId id = it.row.id;
        if (!said.solved) {
            if (said.gives_up) return act(id, cases::CloseCase{words_or(said, "多次联系不上")});
            return act(id, cases::RecordAttempt{"voice", words_or(said, "no_answer")});
        }
        if (it.stored->file.state == cases::CaseState::Reviewed) {
            YS_TRY([[maybe_unused]] const Done told, act(id, cases::TellCitizen{"voice"}));
        }
        return act(id, cases::ConfirmCase{*said.solved, said.satisfied, said.words});
    }

    /// About a case that was closed before anybody asked; what is not solved is opened again.
    Result<Done> of_closed(const FollowUp& it, const FollowUpForm& said) {
        YS_TRY([[maybe_unused]] const Done kept,
               FollowUpStore::keep(
                   tx_, it, {said.solved.has_value(), said.solved.value_or(false), said.satisfied},
                   now_));
        if (said.solved.value_or(true)) return Done{};
        if (it.stored) return act(it.row.id, cases::ReopenCase{words_or(said, "回访：没有解决")});
        cases::CaseRow row = it.row;
        row.status = "open";
        YS_TRY(
            [[maybe_unused]] const auto changed,
            cases::CaseStore::change(tx_, row.centre_id, row, {.user = seer_.user, .now = now_}));
        return Done{};
    }

private:
    static std::string words_or(const FollowUpForm& said, std::string_view otherwise) {
        return said.words.empty() ? std::string(otherwise) : said.words;
    }
    sql::Transaction& tx_;
    const Api& api_;
    CaseRights rights_;
    const CaseSeer& seer_;
    UtcTime now_;
};

Task<http::Response> answer(Api& api, Call& call) {
    YS_CO_TRY(const CaseId id, id_in_path<CaseId>(call, "id"));
    YS_CO_TRY(FollowUpForm form, body_of<FollowUpForm>(call));
    YS_CO_TRY(form.words, form_text(form.words, words_bytes_max, "words", Lines::Many));
    if (form.gives_up && form.solved) co_return refused("bad_field:gives_up", RefusedAs::Unfit);
    if (form.satisfied && !form.solved) co_return refused("bad_field:solved", RefusedAs::Unfit);
    const Scope scope = api.scope_of(call.user(), Action::ChangeCases);
    const CaseSeer seer = seer_of(api, call.user());
    auto work = [&api, user = call.user(), scope, seer, id, form,
                 now = utc_now()](sql::Transaction& tx) -> Result<Done> {
        YS_TRY(const FollowUp it, seen_one(tx.db(), api, seer, scope, id));
        Asking asking(tx, api, case_rights(api, user, it.row.centre_id), seer, now);
        if (!it.is_open()) return asking.of_closed(it, form);
        YS_TRY([[maybe_unused]] const Done said, asking.of_open(it, form));
        return FollowUpStore::release(tx, id);
    };
    YS_CO_TRY([[maybe_unused]] const Done kept, co_await api.stores().write(work));
    co_return nothing_to_say();
}

}  // namespace

std::vector<Route> follow_up_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/follow-ups",
         .summary = "Citizens to be asked whether it is solved (回访), the oldest deadline first.",
         .access = Access::Right,
         .action = Action::ChangeCases,
         .handler = list,
         .gives = page_schema_for<FollowUpView>},
        {.method = "POST",
         .pattern = "/api/v1/follow-ups/{id}/take",
         .summary = "I ring them: the whole number, nobody else's for ten minutes.",
         .access = Access::Right,
         .action = Action::ChangeCases,
         .handler = take,
         .gives = schema_for<FollowUpView>},
        {.method = "POST",
         .pattern = "/api/v1/follow-ups/{id}/answer",
         .summary = "Solved? Satisfied? Or, without `solved`, that they were not reached.",
         .access = Access::Right,
         .action = Action::ChangeCases,
         .handler = answer,
         .takes = schema_for<FollowUpForm>},
    };
}

}  // namespace ys::api
