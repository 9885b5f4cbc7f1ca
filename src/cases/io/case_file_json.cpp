// SPDX-License-Identifier: Apache-2.0
// Described structs where that is enough; answers, clocks and durations by hand.
#include "cases/io/case_file_json.h"

#include "cases/handbook.h"
#include "platform/json/described_json.h"

namespace ys::cases {

// Fields left out here are written by hand below.
BOOST_DESCRIBE_ENUM(CaseState, Filed, Dispatched, Accepted, Working, Replied, Reviewed,
                    AwaitingConfirmation, Returned, Disputed, SecondHandling, Closed, OutOfScope,
                    Withdrawn)
BOOST_DESCRIBE_ENUM(Dispute, None, Return, Objection)
BOOST_DESCRIBE_ENUM(Counting, Natural, Working, WorkingDays)
BOOST_DESCRIBE_STRUCT(CaseDemand, (), (number, text))
BOOST_DESCRIBE_STRUCT(CaseReply, (), (unit, by, at, reviewed_by))
BOOST_DESCRIBE_STRUCT(CasePart, (), (unit, task, reply, replied_by, is_released))
BOOST_DESCRIBE_STRUCT(CaseAttempt, (), (at, by, channel, outcome))
BOOST_DESCRIBE_STRUCT(CaseConfirmation, (), (solved, satisfied, words, at, taken_by))
BOOST_DESCRIBE_STRUCT(Promise, (), (counting, amount))
BOOST_DESCRIBE_STRUCT(Pause, (), (from, until, cause, approver))
BOOST_DESCRIBE_STRUCT(Extension, (), (at, by, cause, approver))
BOOST_DESCRIBE_STRUCT(WorkClock, (), (started_at, promise, hours, pauses, extension, stopped_at))
BOOST_DESCRIBE_STRUCT(CaseClock, (), (clock, warned, is_broken))
BOOST_DESCRIBE_STRUCT(CaseBasis, (),
                      (nature, workflow, workflow_version, clock_preset, is_automatic))
BOOST_DESCRIBE_STRUCT(CaseFile, (),
                      (id, type, type_version, basis, is_confidential, is_filed, state, last_at,
                       demands, about_units, responsible, first_receiver, handler, handled_by,
                       returned_by, is_assigned, dispute, round, parts, told_at, attempts,
                       confirmation, paused_until, urges, urged_at, supervised, duplicates,
                       counts_in_scores, legal_basis))

namespace {

json::value value_of(const CaseReply& reply) {
    json::object out = json::to_value(reply).get_object();
    std::vector<CaseDemand> answers;
    for (const auto& [number, text] : reply.answers) answers.push_back({number, text});
    out["answers"] = json::to_value(answers);
    return out;
}

json::value value_of(const CaseClock& clock) {
    json::object out = json::to_value(clock).get_object();
    out["clock"].get_object()["allowed_us"] = clock.clock.allowed.count();
    return out;
}

Result<CaseReply> reply_from(const json::value& v) {
    YS_TRY(CaseReply out, json::from_value<CaseReply>(v, "reply"));
    const json::value* answers = v.get_object().if_contains("answers");
    if (answers == nullptr) return out;
    YS_TRY(const auto read, json::from_value<std::vector<CaseDemand>>(*answers, "reply.answers"));
    for (const CaseDemand& each : read) out.answers[each.number] = each.text;
    return out;
}

Result<CaseClock> clock_from(const json::value& v, const std::string& at) {
    YS_TRY(CaseClock out, json::from_value<CaseClock>(v, at));
    const json::value* inside = v.get_object().if_contains("clock");
    if (inside == nullptr) return Error{std::errc::invalid_argument, "expected a clock at " + at};
    const json::value* allowed = inside->get_object().if_contains("allowed_us");
    if (allowed == nullptr)
        return Error{std::errc::invalid_argument, "expected allowed_us at " + at};
    YS_TRY(const std::int64_t us, json::from_value<std::int64_t>(*allowed, at + ".allowed_us"));
    out.clock.allowed = Micros{us};
    return out;
}

}  // namespace

std::string to_json(const CaseFile& file) {
    json::object out = json::to_value(file).get_object();
    out["reply"] = file.reply ? value_of(*file.reply) : json::value(nullptr);
    json::object clocks;
    for (const ClockName name : clock_names)
        if (file.clock(name)) clocks[word(name)] = value_of(*file.clock(name));
    out["clocks"] = std::move(clocks);
    return boost::json::serialize(out);
}

Result<CaseFile> case_file_from_json(std::string_view text) {
    YS_TRY(const json::value v, json::parse(text));
    YS_TRY(CaseFile out, json::from_value<CaseFile>(v));
    // Filed before types decided: it goes on by what its kind had then.
    if (out.is_filed && out.basis.workflow.empty()) out.basis = basis_of_kind(out.type);
    const json::value* reply = v.get_object().if_contains("reply");
    if (reply != nullptr && !reply->is_null()) {
        YS_TRY(out.reply, reply_from(*reply));
    }
    const json::value* clocks = v.get_object().if_contains("clocks");
    if (clocks == nullptr) return out;
    YS_TRY(const auto by_name, json::from_value<json::object>(*clocks, "clocks"));
    for (const auto& [name, each] : by_name) {
        const auto which = clock_name_from(name);
        if (!which) return Error{std::errc::invalid_argument, "expected a clock's name at clocks"};
        YS_TRY(out.clock(*which), clock_from(each, "clocks." + std::string(name)));
    }
    return out;
}

}  // namespace ys::cases
