// SPDX-License-Identifier: Apache-2.0
// The repairer's phone: the jobs they were sent to, what they do there, and the foreman's list.
#include <algorithm>
#include <functional>

#include "api/answer.h"
#include "api/api.h"
#include "api/case_wishes.h"
#include "api/write_signal.h"
#include "base/phone_number.h"
#include "base/text.h"
#include "cases/case_engine.h"
#include "cases/case_type.h"
#include "cases/io/case_store.h"
#include "cases/io/crew_dispatch.h"
#include "cases/io/crew_overview.h"
#include "platform/clock.h"

namespace ys::api {
namespace {

using cases::CrewJobRow;
using cases::CrewStore;
using cases::UnitId;
using centres::Action;

struct FieldEventView {
    std::string what;
    UtcTime at, said_at;
    bool is_mine = false;
    std::string words, phase;
    cases::Answers values;
};
BOOST_DESCRIBE_STRUCT(FieldEventView, (), (what, at, said_at, is_mine, words, phase, values))

struct FieldJobView {
    CaseId id;
    std::string number, kind, kind_title, title, state, case_state, address;
    std::string contact_name;    ///< "" until it is taken
    std::string contact_number;  ///< masked until it is taken
    std::string urgency;         ///< "normal" "urgent" "emergency"
    bool has_elder = false, is_foreman = false;
    std::vector<std::string> demands;
    std::string why;  ///< why it came to them, as crew_duty.h says
    UtcTime offered_at;
    std::optional<UtcTime> until_at;     ///< then the next one has it
    std::optional<UtcTime> promised_at;  ///< what the citizen was told
    std::vector<FieldEventView> events;
};
BOOST_DESCRIBE_STRUCT(FieldJobView, (),
                      (id, number, kind, kind_title, title, state, case_state, address,
                       contact_name, contact_number, urgency, has_elder, is_foreman, demands, why,
                       offered_at, until_at, promised_at, events))

struct FieldFormField {
    std::string code, title, unit;
    double min = 0, max = 0;
};
BOOST_DESCRIBE_STRUCT(FieldFormField, (), (code, title, unit, min, max))
struct FieldList {
    std::int64_t version = 0;  ///< to be sent as ?since=
    UtcTime now;
    std::vector<FieldFormField> form;
    std::vector<FieldJobView> items;
};
BOOST_DESCRIBE_STRUCT(FieldList, (), (version, now, form, items))

struct FieldMate {
    UserId id;
    std::string name;
    UnitId unit;
    bool is_on_duty = false;
    int open_jobs = 0;
};
BOOST_DESCRIBE_STRUCT(FieldMate, (), (id, name, unit, is_on_duty, open_jobs))
struct FieldUnitJob {
    FieldJobView job;
    UnitId unit;
    UserId user_id;         ///< whose it is
    std::string user_name;  ///< "" while it is the foreman's
    UserId proposed;  ///< whom the engine would send now; none when nobody fits, or it is taken
    std::string proposed_why;
};
BOOST_DESCRIBE_STRUCT(FieldUnitJob, (), (job, unit, user_id, user_name, proposed, proposed_why))
struct FieldUnitList {
    std::int64_t version = 0;  ///< to be sent as ?since=
    UtcTime now;
    bool is_foreman = false;  ///< else there is nothing here for them
    std::vector<FieldUnitJob> items;
    std::vector<FieldMate> crew;
};
BOOST_DESCRIBE_STRUCT(FieldUnitList, (), (version, now, is_foreman, items, crew))

struct FieldActForm {
    std::string what;
    std::optional<UtcTime> at;  ///< when it was done, by the phone
    std::string words, phase, confirmed_by, signature, code;
    std::optional<double> latitude, longitude, accuracy_m;
    cases::Answers values;
};
BOOST_DESCRIBE_STRUCT(FieldActForm, (),
                      (what, at, words, phase, confirmed_by, signature, code, latitude, longitude,
                       accuracy_m, values))
struct FieldGiveForm {
    UserId to;
};
BOOST_DESCRIBE_STRUCT(FieldGiveForm, (), (to))

constexpr std::size_t words_bytes_max = 2'000;
constexpr std::size_t signature_bytes_max = 16 * 1024;
constexpr Seconds held_max{25};
/// However much others write, a phone that waits looks no more often; and that often when nobody
/// tells of a write, so that saved -> seen stays below two seconds in any case.
constexpr Millis looks_apart{250}, look_at_least_every{1'500};
constexpr Seconds done_shown{16 * 3600};

/// Who looks, and by what; taken before a reader runs.
struct FieldSeer {
    Scope scope;
    UserId user;
    std::shared_ptr<const cases::Handbook> handbook;
};
FieldSeer field_seer(const Api& api, const Call& call) {
    return {api.scope_of(call.user(), Action::WorkInField), call.user().user.id, api.handbook()};
}

Result<std::vector<FieldEventView>> events_of(sql::Database& db, const FieldSeer& seer, CaseId id) {
    std::vector<FieldEventView> out;
    YS_TRY(const auto rows, CrewStore::events(db, seer.scope, id));
    for (const cases::CrewEventRow& row : rows) {
        FieldEventView& view = out.emplace_back(FieldEventView{
            row.what, row.at, row.said_at, row.user_id == seer.user, row.words, {}, {}});
        if (row.body.empty()) continue;
        YS_TRY(const auto said, json::from_json<cases::CrewSaid>(row.body));
        view.phase = said.phase;
        view.values = said.values;
    }
    return out;
}

Result<FieldJobView> view_of(sql::Database& db, const FieldSeer& seer, const CrewJobRow& job) {
    YS_TRY(const auto row, cases::CaseStore::get(db, seer.scope, job.case_id));
    YS_TRY(const auto stored, cases::CaseFileStore::get(db, seer.scope, job.case_id));
    YS_TRY(const auto units, cases::UnitStore::load(db, job.centre_id));
    if (!row || !stored || !units) return refused("not_found", RefusedAs::NotFound);
    const bool is_taken = job.user_id == seer.user && job.state != "offered";
    FieldJobView out{.id = job.case_id,
                     .number = row->number,
                     .kind = row->kind,
                     .kind_title = cases::title_of_kind(*row),
                     .title = row->title,
                     .state = job.state,
                     .case_state = std::string(cases::word(stored->file.state)),
                     .address = row->address,
                     .contact_name = is_taken ? std::string(row->name) : std::string{},
                     .contact_number = is_taken ? std::string(row->phone) : masked(row->phone),
                     .urgency = row->urgency,
                     .has_elder = has_wish(*row, elder_word),
                     .is_foreman = job.is_foreman,
                     .demands = {},
                     .why = job.why,
                     .offered_at = job.offered_at,
                     .until_at = job.until_at,
                     .promised_at = {},
                     .events = {}};
    for (const auto& demand : stored->file.demands) out.demands.push_back(demand.text);
    out.promised_at =
        cases::closing_deadline(seer.handbook->rules(stored->file, units->tree), stored->file);
    YS_TRY(out.events, events_of(db, seer, job.case_id));
    return out;
}

/// What cannot wait comes first; else in the order they came.
template <class Items, class JobOf>
void urgent_first(Items& items, JobOf job_of) {
    std::ranges::stable_sort(items, std::ranges::greater{}, [&](const auto& item) {
        return cases::urgency_of(std::invoke(job_of, item).urgency);
    });
}

Result<FieldList> list_of(sql::Database& db, const FieldSeer& seer, UtcTime now) {
    FieldList out{.version = 0, .now = now, .form = {}, .items = {}};
    // The version first: what comes between is shown twice rather than never.
    YS_TRY(out.version, CrewStore::version(db, seer.user));
    for (const cases::FormField& field : cases::crew_form())
        out.form.push_back(
            {field.code, field.title, field.unit, field.min.value_or(0), field.max.value_or(0)});
    const UtcTime since{now.us - std::chrono::microseconds(done_shown).count()};
    YS_TRY(const auto jobs, CrewStore::jobs_of(db, seer.scope, seer.user, since));
    for (const CrewJobRow& job : jobs) {
        YS_TRY(out.items.emplace_back(), view_of(db, seer, job));
    }
    urgent_first(out.items, std::identity{});
    return out;
}

/// Until `version(Database&)` is another than `since`, or the phone has waited long enough.
template <class Version>
Task<Done> wait_past(Api& api, std::int64_t since, Version version) {
    const Instant until = mono_now() + held_max;
    const auto executor = co_await asio::this_coro::executor;
    auto& loop = asio::query(executor, asio::execution::context);
    auto& signal = asio::use_service<WriteSignal>(loop);
    for (;;) {
        const std::uint64_t writes = signal.count();
        YS_CO_TRY(const std::int64_t now, co_await api.stores().read(version));
        const Instant looked = mono_now();
        if (now != since || looked >= until) co_return Done{};
        const Instant at_latest = looked + look_at_least_every;
        co_await signal.after(writes, std::min(until, at_latest));
        co_await sleep_until(std::min(until, looked + looks_apart));
    }
}

Task<http::Response> jobs(Api& api, Call& call) {
    const FieldSeer seer = field_seer(api, call);
    YS_CO_TRY(const std::uint64_t since, number_argument(call, "since"));
    // 0 is the version of who never had a job: they wait like anybody.
    const bool is_waiting = !call.request.argument("since").empty();
    auto version = [user = seer.user](sql::Database& db) { return CrewStore::version(db, user); };
    if (is_waiting) {
        YS_CO_TRY([[maybe_unused]] const Done waited,
                  co_await wait_past(api, static_cast<std::int64_t>(since), version));
    }
    auto query = [seer, now = utc_now()](sql::Database& db) { return list_of(db, seer, now); };
    YS_CO_TRY(const FieldList list, co_await api.stores().read(query));
    co_return answer_with(list);
}

/// errors  not_found for a job that is not theirs
Result<CrewJobRow> own_job(sql::Database& db, const FieldSeer& seer, CaseId id) {
    YS_TRY(auto job, CrewStore::job(db, seer.scope, id));
    if (!job || job->user_id != seer.user || job->state == "called_off")
        return refused("not_found", RefusedAs::NotFound);
    return *std::move(job);
}

Task<http::Response> one(Api& api, Call& call) {
    const FieldSeer seer = field_seer(api, call);
    YS_CO_TRY(const CaseId id, id_in_path<CaseId>(call, "id"));
    auto query = [seer, id](sql::Database& db) -> Result<FieldJobView> {
        YS_TRY(const CrewJobRow job, own_job(db, seer, id));
        return view_of(db, seer, job);
    };
    YS_CO_TRY(const FieldJobView view, co_await api.stores().read(query));
    co_return answer_with(view);
}

/// Every value that is out of its limits, by the same rules as any form.
Result<Done> check_values(const cases::Answers& values) {
    std::string wrong;
    for (const cases::AnswerFault& fault : cases::check(cases::crew_form(), values))
        wrong += (wrong.empty() ? "" : ",") + fault.field + "=" + std::string(fault.code);
    if (wrong.empty()) return Done{};
    return refused("bad_field:" + wrong, RefusedAs::Unfit);
}

Result<Done> check_place(const FieldActForm& form) {
    const auto is_in = [](const std::optional<double>& value, double most) {
        return !value || (*value >= -most && *value <= most);
    };
    constexpr double metres_max = 1'000'000;
    if (is_in(form.latitude, 90) && is_in(form.longitude, 180) &&
        is_in(form.accuracy_m, metres_max))
        return Done{};
    return refused("bad_field:place", RefusedAs::Unfit);
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::ranges::find(words, word) != words.end();
}

Result<cases::CrewAct> act_of(const Call& call, const FieldActForm& form, UtcTime now) {
    cases::CrewAct out{.key = cleaned(call.request.header("idempotency-key"), 100),
                       .what = form.what,
                       .said_at = form.at.value_or(now),
                       .words = {},
                       .said = {}};
    if (out.key.empty()) return refused("bad_field:idempotency-key", RefusedAs::Unfit);
    if (!is_one_of(form.what, {"take", "refuse", "arrive", "measure", "note", "finish"}))
        return refused("bad_field:what", RefusedAs::Unfit);
    if (form.what == "measure" && !is_one_of(form.phase, {"before", "after"}))
        return refused("bad_field:phase", RefusedAs::Unfit);
    YS_TRY(out.words, form_text(form.words, words_bytes_max, "words", Lines::Many));
    YS_TRY([[maybe_unused]] const Done fits, check_values(form.values));
    YS_TRY([[maybe_unused]] const Done placed, check_place(form));
    YS_TRY(out.said.signature, form_text(form.signature, signature_bytes_max, "signature"));
    out.said.latitude = form.latitude;
    out.said.longitude = form.longitude;
    out.said.accuracy_m = form.accuracy_m;
    out.said.phase = form.phase;
    out.said.values = cases::kept(cases::crew_form(), form.values);
    if (is_one_of(form.confirmed_by, {"signature", "code"}))
        out.said.confirmed_by = form.confirmed_by;
    return out;
}

/// In a write of its own: a wrong one is counted though the act is refused.
Task<cases::CodeProof> proof_of(Api& api, FieldSeer seer, CaseId id, std::string code) {
    auto work = [seer, id, code, now = utc_now()](sql::Transaction& tx) {
        return cases::prove_by_code(tx, seer.scope, id, seer.user, code, now);
    };
    YS_CO_TRY(const auto proof, co_await api.stores().write(work));
    if (!proof) co_return refused("wrong_code", RefusedAs::Unfit);
    co_return *proof;
}

Task<http::Response> act(Api& api, Call& call) {
    const FieldSeer seer = field_seer(api, call);
    YS_CO_TRY(const CaseId id, id_in_path<CaseId>(call, "id"));
    YS_CO_TRY(const FieldActForm form, body_of<FieldActForm>(call));
    const UtcTime now = utc_now();
    YS_CO_TRY(cases::CrewAct act, act_of(call, form, now));
    if (act.what == "finish" && act.said.confirmed_by == "code") {
        YS_CO_TRY(act.proof, co_await proof_of(api, seer, id, cleaned(form.code, 12)));
    }
    auto work = [seer, id, act, now](sql::Transaction& tx) -> Result<FieldList> {
        YS_TRY([[maybe_unused]] const Done done,
               cases::crew_act(tx, *seer.handbook, seer.scope, id, seer.user, act, now));
        return list_of(tx.db(), seer, now);
    };
    YS_CO_TRY(const FieldList list, co_await api.stores().write(work));
    co_return answer_with(list);
}

Result<FieldUnitList> unit_list(sql::Database& db, const FieldSeer& seer, UtcTime now) {
    FieldUnitList out{.version = 0, .now = now, .is_foreman = false, .items = {}, .crew = {}};
    YS_TRY(out.version, CrewStore::version_of_all(db));
    YS_TRY(const cases::CrewOverview seen,
           cases::crew_overview(db, seer.scope, seer.handbook->calendar(), seer.user, now));
    out.is_foreman = seen.is_foreman;
    for (const cases::CrewLedJob& led : seen.jobs) {
        FieldUnitJob item{.job = {},
                          .unit = led.row.unit_id,
                          .user_id = led.row.user_id,
                          .user_name = led.holder,
                          .proposed = {},
                          .proposed_why = {}};
        YS_TRY(item.job, view_of(db, seer, led.row));
        if (led.proposed) {
            if (!led.proposed->is_foreman) item.proposed = led.proposed->user;
            item.proposed_why = cases::reasons_text(led.proposed->reasons);
        }
        out.items.push_back(std::move(item));
    }
    urgent_first(out.items, &FieldUnitJob::job);
    for (const cases::CrewMate& each : seen.crew)
        out.crew.push_back({each.id, each.name, each.unit, each.is_on_duty, each.open_jobs});
    return out;
}

Task<http::Response> unit_jobs(Api& api, Call& call) {
    const FieldSeer seer = field_seer(api, call);
    YS_CO_TRY(const std::uint64_t since, number_argument(call, "since"));
    const bool is_waiting = !call.request.argument("since").empty();
    auto version = [](sql::Database& db) { return CrewStore::version_of_all(db); };
    if (is_waiting) {
        YS_CO_TRY([[maybe_unused]] const Done waited,
                  co_await wait_past(api, static_cast<std::int64_t>(since), version));
    }
    auto query = [seer, now = utc_now()](sql::Database& db) { return unit_list(db, seer, now); };
    YS_CO_TRY(const FieldUnitList list, co_await api.stores().read(query));
    co_return answer_with(list);
}

Task<http::Response> give(Api& api, Call& call) {
    const FieldSeer seer = field_seer(api, call);
    YS_CO_TRY(const CaseId id, id_in_path<CaseId>(call, "id"));
    YS_CO_TRY(const FieldGiveForm form, body_of<FieldGiveForm>(call));
    auto work = [seer, id, to = form.to,
                 now = utc_now()](sql::Transaction& tx) -> Result<FieldUnitList> {
        YS_TRY([[maybe_unused]] const Done given,
               cases::give_crew_job(tx, seer.scope, id, seer.user, to, now));
        return unit_list(tx.db(), seer, now);
    };
    YS_CO_TRY(const FieldUnitList list, co_await api.stores().write(work));
    co_return answer_with(list);
}

}  // namespace

std::vector<Route> field_routes() {
    const auto route = [](std::string_view method, std::string_view pattern,
                          std::string_view summary, Handler handler) {
        return Route{.method = method,
                     .pattern = pattern,
                     .summary = summary,
                     .access = Access::Right,
                     .action = Action::WorkInField,
                     .handler = handler};
    };
    Route list =
        route("GET", "/api/v1/field/jobs",
              "Own jobs, open and of today. With `since` it waits until there is more.", jobs);
    list.query = {"since"};
    list.gives = schema_for<FieldList>;
    Route detail = route("GET", "/api/v1/field/jobs/{id}", "One job of one's own.", one);
    detail.gives = schema_for<FieldJobView>;
    Route acts = route("POST", "/api/v1/field/jobs/{id}/acts",
                       "Does `what` to a job, once for each idempotency-key.", act);
    acts.takes = schema_for<FieldActForm>;
    acts.gives = schema_for<FieldList>;
    Route led = route("GET", "/api/v1/field/unit-jobs",
                      "Open jobs of the units one leads, and their crew. With `since` it waits "
                      "until there is more.",
                      unit_jobs);
    led.query = {"since"};
    led.gives = schema_for<FieldUnitList>;
    Route given = route("POST", "/api/v1/field/jobs/{id}/give",
                        "The foreman hands a job that nobody has taken to `to`.", give);
    given.takes = schema_for<FieldGiveForm>;
    given.gives = schema_for<FieldUnitList>;
    return {list, detail, acts, led, given};
}

}  // namespace ys::api
