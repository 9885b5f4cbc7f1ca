// SPDX-License-Identifier: Apache-2.0
#include "cases/io/crew_call.h"

#include "base/text.h"
#include "cases/io/crew_overview.h"

namespace ys::cases {
namespace {

std::string path_text(const DutyPath& path) {
    std::string out;
    for (const std::string& step : path) out += (out.empty() ? "" : "/") + step;
    return out;
}

Result<Done> keep_taken(sql::Transaction& tx, CrewJobRow& job, const OfferMove& move) {
    job.state = "taken";
    job.taken_at = move.now;
    job.until_at.reset();
    YS_TRY([[maybe_unused]] const Done put, CrewStore::put_job(tx, job));
    CrewEventRow event = event_of(job, "taken", move.now);
    event.said_at = move.said_at;
    event.idempotency_key = move.key;
    return CrewStore::note(tx, event);
}

}  // namespace

std::string reasons_text(const std::vector<DutyReason>& reasons) {
    std::string out;
    for (const DutyReason& each : reasons) {
        out += (out.empty() ? "" : ",") + std::string(each.code);
        for (const std::string& name : each.names) out += ":" + name;
    }
    return out;
}

CrewCall call_of(const CrewJobRow& job) {
    CrewCall out{.job = {job.unit_id, {}, job.skill}};
    for (const std::string_view step : split(job.place, '/'))
        if (!step.empty()) out.job.place.emplace_back(step);
    for (const std::string_view id : split(job.tried, ','))
        if (const auto number = parse_number(id)) out.tried.push_back(UserId{*number});
    if (job.user_id) out.with = CrewChoice{job.user_id, job.is_foreman, {}};
    out.until = job.until_at.value_or(UtcTime{});
    out.is_taken = job.state != "offered";
    return out;
}

CrewEventRow event_of(const CrewJobRow& job, std::string_view what, UtcTime now) {
    return {.case_id = job.case_id,
            .centre_id = job.centre_id,
            .user_id = job.user_id,
            .what = std::string(what),
            .at = now,
            .said_at = now};
}

Result<Done> keep_offer(sql::Transaction& tx, CrewJobRow& job, const CrewCall& call, UtcTime now) {
    YS_ASSERT(call.with.has_value());
    job.place = path_text(call.job.place);
    job.skill = call.job.skill;
    job.state = "offered";
    job.user_id = call.with->user;
    job.is_foreman = call.with->is_foreman;
    job.why = reasons_text(call.with->reasons);
    job.tried.clear();
    for (const UserId id : call.tried)
        job.tried += (job.tried.empty() ? "" : ",") + std::to_string(id.value);
    job.offered_at = now;
    job.until_at.reset();
    if (!job.is_foreman) job.until_at = call.until;
    YS_TRY([[maybe_unused]] const Done put, CrewStore::put_job(tx, job));
    CrewEventRow event = event_of(job, job.is_foreman ? "foreman" : "offered", now);
    event.words = job.why;
    return CrewStore::note(tx, event);
}

Result<Done> move_offer(sql::Transaction& tx, const Handbook& handbook, CrewJobRow& job,
                        const OfferMove& move) {
    YS_TRY(const Crew crew, CrewStore::crew(tx.db(), job.centre_id));
    YS_TRY(const auto loads, CrewStore::loads(tx.db(), job.centre_id));
    CrewCall call = call_of(job);
    const UserId had_it = job.user_id;
    const Seconds within = crew.answer_within(job.unit_id).value_or(Seconds{300});
    YS_TRY([[maybe_unused]] const Done moved, crew_on(call, crew.roster, handbook.calendar(),
                                                      move.now, loads, move.did, move.by, within));
    if (call.is_taken) return keep_taken(tx, job, move);
    if (call.with->user == had_it) return Done{};
    CrewEventRow event =
        event_of(job, move.did == CrewDid::Refuse ? "refused" : "passed_on", move.now);
    event.said_at = move.said_at;
    event.words = move.words;
    event.idempotency_key = move.key;
    YS_TRY([[maybe_unused]] const Done told, CrewStore::note(tx, event));
    return keep_offer(tx, job, call, move.now);
}

}  // namespace ys::cases
