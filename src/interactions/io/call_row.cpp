// SPDX-License-Identifier: Apache-2.0
#include "interactions/io/call_row.h"

#include "base/overloaded.h"

namespace ys::interactions {
namespace {

void first_time(std::optional<UtcTime>& field, UtcTime at) {
    if (!field) field = at;
}

/// A number that belongs to somebody; service codes are found whole.
std::string tail_of(const std::string& number) {
    return number.size() < 7 ? std::string{} : number.substr(number.size() - 4);
}

void arrive(CallRow& row, const facts::Fact& fact, const facts::CallArrived& f) {
    row.arrived_at = fact.at;
    row.direction = f.direction;
    row.caller = f.caller;
    row.dialled = f.dialled;
    row.display_name = f.display_name;
    row.tail = tail_of(f.direction == "out" ? f.dialled : f.caller);
    row.customer_id = CustomerId{f.customer};
    row.case_id = CaseId{f.case_id};
    row.agent_id = fact.agent;  // Who dials out owns the call, answered or not.
}

void end(CallRow& row, const facts::Fact& fact, const facts::CallEnded& f) {
    row.ended_at = fact.at;
    // The arrival is missing only when the journal lost it in a kill; the length tells it.
    if (row.arrived_at.us == 0) row.arrived_at.us = fact.at.us - f.total_ms * 1'000;
    row.cause = f.cause;
    row.who = f.who;
    row.waited_ms = f.waited_ms;
    row.talked_ms = f.talked_ms;
    row.held_ms = f.held_ms;
}

RecordingRow opened(const facts::Fact& fact, const facts::RecordingOpened& f, AgentId agent) {
    return {.id = RecordingId{f.recording},
            .centre_id = fact.centre,
            .interaction_id = fact.interaction,
            .agent_id = fact.agent ? fact.agent : agent,
            .purpose = f.purpose,
            .file = f.file,
            .opened_at = fact.at};
}

}  // namespace

void apply(CallRow& row, const facts::Fact& fact) {
    row.id = fact.interaction;
    // What an agent does is told by their own centre, which may be helping another.
    if (!row.centre_id || !fact.agent) row.centre_id = fact.centre;
    std::visit(overloaded{
                   [&](const facts::CallArrived& f) { arrive(row, fact, f); },
                   [&](const facts::CallAnswered&) { first_time(row.answered_at, fact.at); },
                   [&](const facts::Queued& f) {
                       row.queue_id = QueueId{f.queue};
                       first_time(row.queued_at, fact.at);
                   },
                   [&](const facts::Connected& f) {
                       if (f.queue) row.queue_id = QueueId{f.queue};
                       if (fact.agent) row.agent_id = fact.agent;
                       first_time(row.connected_at, fact.at);
                   },
                   [&](const facts::TransferBegan&) { ++row.hops; },
                   [&](const facts::SurveyScored& f) { row.score = f.score; },
                   [&](const facts::WrapUpDone& f) {
                       if (!f.disposition.empty()) row.disposition = f.disposition;
                   },
                   [&](const facts::CallEnded& f) { end(row, fact, f); },
                   [](const auto&) {},
               },
               fact.body);
}

std::vector<RowChange> CallProjector::on(const facts::Fact& fact) {
    std::vector<RowChange> changes;
    if (!fact.interaction) return changes;
    const auto at = open_.find(fact.interaction);
    const AgentId agent = at == open_.end() ? AgentId{} : at->second.agent_id;
    const bool begins = std::holds_alternative<facts::CallArrived>(fact.body);
    const bool ends = std::holds_alternative<facts::CallEnded>(fact.body);
    const bool moves = at != open_.end() &&
                       std::holds_alternative<facts::TerritoryFound>(fact.body) &&
                       at->second.centre_id != fact.centre;
    if (moves) changes.push_back(MoveRecordings{fact.centre, fact.interaction});
    if (at != open_.end() || begins || ends) {
        CallRow& row = open_[fact.interaction];
        apply(row, fact);
        if (ends) {
            changes.push_back(PutCall{std::move(row)});
            open_.erase(fact.interaction);
        }
    } else if (const auto* wrapped = std::get_if<facts::WrapUpDone>(&fact.body)) {
        changes.push_back(
            NoteOnCall{fact.centre, fact.interaction, wrapped->disposition, std::nullopt});
    } else if (const auto* scored = std::get_if<facts::SurveyScored>(&fact.body)) {
        changes.push_back(NoteOnCall{fact.centre, fact.interaction, std::nullopt, scored->score});
    }
    if (const auto* f = std::get_if<facts::RecordingOpened>(&fact.body))
        changes.push_back(OpenRecording{opened(fact, *f, agent)});
    if (const auto* f = std::get_if<facts::RecordingClosed>(&fact.body))
        changes.push_back(
            CloseRecording{fact.centre, RecordingId{f->recording}, f->length_ms, f->outcome});
    return changes;
}

}  // namespace ys::interactions
