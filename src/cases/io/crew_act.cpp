// SPDX-License-Identifier: Apache-2.0
// What a repairer does with a job, and what follows for the case.
#include <algorithm>

#include "cases/errc.h"
#include "cases/io/case_store.h"
#include "cases/io/code_store.h"
#include "cases/io/crew_call.h"
#include "cases/io/crew_dispatch.h"
#include "platform/json/described_json.h"

namespace ys::cases {
namespace {

FormField degrees(const char* code, const char* title, double least, double most) {
    return {.code = code,
            .title = title,
            .kind = FieldKind::Number,
            .min = least,
            .max = most,
            .unit = "℃"};
}

/// One act on its way.
struct Doing {
    sql::Transaction& tx;
    const Handbook& handbook;
    CrewJobRow& job;
    UserId by;
    const CrewAct& act;
    UtcTime now;

    UtcTime said_at() const { return std::min(act.said_at, now); }
    Result<Done> keep(std::string_view what) const {
        CrewEventRow event = event_of(job, what, now);
        event.said_at = said_at();
        event.words = act.words;
        event.body = boost::json::serialize(json::to_value(act.said));
        event.idempotency_key = act.key;
        return CrewStore::note(tx, event);
    }
    /// For the unit, in the name of who does it.
    Result<StoredFile> on_case(const CaseAction& action) const {
        return CaseFileStore::act(tx, handbook, Scope::of(job.centre_id), job.case_id,
                                  {now, {{by, "unit", job.unit_id}, action}, {}});
    }
};

Result<CaseFile> file_of(const Doing& d) {
    YS_TRY(auto stored, CaseFileStore::get(d.tx.db(), Scope::of(d.job.centre_id), d.job.case_id));
    if (!stored) return Error{sql::errc::not_found, "a job without a case"};
    return std::move(stored->file);
}

Result<Done> take(const Doing& d) {
    YS_TRY([[maybe_unused]] const Done taken,
           move_offer(d.tx, d.handbook, d.job,
                      {CrewDid::Take, d.by, d.act.key, "", d.now, d.said_at()}));
    YS_TRY(const CaseFile file, file_of(d));
    // The unit may have accepted it at its desk before.
    if (file.state == CaseState::Dispatched) {
        YS_TRY([[maybe_unused]] const auto accepted, d.on_case(AcceptCase{}));
    }
    if (file.state == CaseState::Working) return Done{};
    YS_TRY([[maybe_unused]] const auto begun, d.on_case(BeginWork{}));
    return Done{};
}

Result<Done> arrive(const Doing& d) {
    if (d.job.state != "taken") return Error(Errc::NotNow, "arriving");
    d.job.state = "arrived";
    d.job.arrived_at = d.said_at();
    YS_TRY([[maybe_unused]] const Done put, CrewStore::put_job(d.tx, d.job));
    return d.keep("arrived");
}

/// "客厅 20.5℃、主卧 19℃"
std::string text_of(const Answers& values) {
    std::string out;
    for (const FormField& field : crew_form()) {
        const auto it = values.find(field.code);
        if (it != values.end())
            out += (out.empty() ? "" : "、") + field.title + " " + it->second + field.unit;
    }
    return out;
}

struct Measured {
    std::string before, after;
};
Result<Measured> measured(const Doing& d) {
    Measured out;
    YS_TRY(const auto events,
           CrewStore::events(d.tx.db(), Scope::of(d.job.centre_id), d.job.case_id));
    for (const CrewEventRow& event : events) {
        if (event.what != "measured") continue;
        YS_TRY(const CrewSaid said, json::from_json<CrewSaid>(event.body));
        (said.phase == "after" ? out.after : out.before) = text_of(said.values);
    }
    return out;
}

std::string reply_text(const Measured& m, const std::string& words) {
    std::string out = "维修人员已上门处理。";
    if (!m.before.empty()) out += "处理前：" + m.before + "。";
    if (!m.after.empty()) out += "处理后：" + m.after + "。";
    return out + words;
}

Result<Done> finish(const Doing& d) {
    if (d.job.state != "arrived") return Error(Errc::NotNow, "finishing");
    const std::string& how = d.act.said.confirmed_by;
    const bool is_proved = d.act.proof && d.act.proof->is_of(d.job.case_id, d.by);
    const bool is_confirmed =
        (how == "code" && is_proved) || (how == "signature" && !d.act.said.signature.empty());
    if (!is_confirmed) return Error(Errc::NotConfirmed, "finishing");
    YS_TRY(const Measured values, measured(d));
    if (values.after.empty() && d.act.words.empty()) return Error(Errc::NeedsWords, "finishing");
    d.job.state = "done";
    d.job.done_at = d.now;
    YS_TRY([[maybe_unused]] const Done put, CrewStore::put_job(d.tx, d.job));
    YS_TRY([[maybe_unused]] const Done kept, d.keep("done"));
    YS_TRY(const CaseFile file, file_of(d));
    // Another unit's part is still open: the unit replies when it has come.
    if (std::ranges::any_of(file.parts, &CasePart::is_open)) return Done{};
    ReplyToCase reply;
    for (const CaseDemand& demand : file.demands)
        reply.answers[demand.number] = reply_text(values, d.act.words);
    YS_TRY([[maybe_unused]] const auto replied, d.on_case(reply));
    return Done{};
}

/// errors  not_found for what is not theirs, or not any more
Result<CrewJobRow> own_job(sql::Database& db, const Scope& scope, CaseId id, UserId by) {
    YS_TRY(auto job, CrewStore::job(db, scope, id));
    if (!job || job->user_id != by || job->state == "called_off")
        return Error{sql::errc::not_found, "a job of one's own"};
    return *std::move(job);
}

Result<Done> on_the_spot(const Doing& d) {
    const bool is_taken = d.job.state == "taken" || d.job.state == "arrived";
    if (!is_taken) return Error(Errc::NotNow, d.act.what);
    if (d.act.what == "note") {
        if (d.act.words.empty()) return Error(Errc::NeedsWords, "a note");
        return d.keep("noted");
    }
    if (d.act.what == "arrive") return arrive(d);
    if (d.act.what == "finish") return finish(d);
    if (d.act.said.values.empty()) return Error(Errc::NeedsWords, "measuring");
    return d.keep("measured");
}

}  // namespace

const AnswerForm& crew_form() {
    static const AnswerForm it{
        degrees("living_room_c", "客厅", -40, 60), degrees("main_bedroom_c", "主卧", -40, 60),
        degrees("second_bedroom_c", "次卧", -40, 60), degrees("supply_c", "供水", 0, 130),
        degrees("return_c", "回水", 0, 130)};
    return it;
}

Result<std::optional<CodeProof>> prove_by_code(sql::Transaction& tx, const Scope& scope, CaseId id,
                                               UserId by, const std::string& code, UtcTime now) {
    YS_TRY([[maybe_unused]] const CrewJobRow job, own_job(tx.db(), scope, id, by));
    YS_TRY(const auto row, CaseStore::get(tx.db(), scope, id));
    if (!row) return Error{sql::errc::not_found, "a job without a case"};
    const CodeEntry entry{row->number, code, "crew-" + std::to_string(by.value)};
    YS_TRY(const auto pass, CodeStore::enter(tx, entry, now, now));
    if (!pass || pass->case_id != id) return std::optional<CodeProof>{};
    return std::optional<CodeProof>{CodeProof{id, by}};
}

Result<Done> crew_act(sql::Transaction& tx, const Handbook& handbook, const Scope& scope, CaseId id,
                      UserId by, const CrewAct& act, UtcTime now) {
    YS_TRY(const bool is_kept, CrewStore::is_kept(tx.db(), by, act.key));
    if (is_kept) return Done{};
    YS_TRY(CrewJobRow job, own_job(tx.db(), scope, id, by));
    const Doing d{tx, handbook, job, by, act, now};
    if (act.what == "take") return take(d);
    if (act.what == "refuse") {
        if (act.words.empty()) return Error(Errc::NeedsWords, "refusing");
        return move_offer(tx, handbook, job,
                          {CrewDid::Refuse, by, act.key, act.words, now, d.said_at()});
    }
    return on_the_spot(d);
}

}  // namespace ys::cases
