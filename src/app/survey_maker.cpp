// SPDX-License-Identifier: Apache-2.0
#include "app/survey_maker.h"

#include <algorithm>

#include "app/official_directory.h"
#include "base/later.h"
#include "cases/io/case_file_store.h"
#include "cases/io/follow_up_store.h"
#include "customers/io/barred_store.h"
#include "outreach/message_book.h"
#include "platform/journal/journal.h"

namespace ys::app {
namespace {

using interactions::CallStore;
using outreach::Channel;
using outreach::MessageStore;
using outreach::SurveyRow;
using outreach::SurveyStore;

constexpr std::string_view reason = "survey";

bool is_emergency(const facts::Body& body) {
    if (std::holds_alternative<facts::EmergencyHeard>(body)) return true;
    if (const auto* transfer = std::get_if<facts::TransferBegan>(&body))
        return outreach::is_emergency_target(transfer->target);
    const auto* consult = std::get_if<facts::ConsultBegan>(&body);
    return consult != nullptr && outreach::is_emergency_target(consult->target);
}

Result<bool> was_emergency(sql::Database& db, InteractionId call) {
    YS_TRY(const auto story, journal::Journal::whole_story(db, call));
    return std::ranges::any_of(
        story, [](const journal::Entry& entry) { return is_emergency(entry.fact.body); });
}

Result<std::vector<cases::CaseRow>> cases_of(sql::Database& db, const SurveyRow& row) {
    return cases::CaseStore::search(
        db, Scope::of(row.centre_id),
        {.interaction = row.interaction_id, .disclosures = {.all = true}});
}

/// A person of ours talked with somebody who rang, or whom we rang back as promised.
bool is_asked_about(const interactions::CallRow& call) {
    const bool is_ours = call.direction == "out";
    return !is_ours && call.connected_at && call.agent_id && call.talked_ms > 0 && !call.score &&
           !call.caller.empty();
}

SurveyRow survey_of(const interactions::CallRow& call, UtcTime at) {
    return {.centre_id = call.centre_id,
            .interaction_id = call.id,
            .agent_id = call.agent_id,
            .queue_id = call.queue_id,
            .customer_id = call.customer_id,
            .number = call.caller,
            .ended_at = call.ended_at,
            .state = "waiting",
            .next_at = at};
}

}  // namespace

Result<Address> address_of(sql::Database& db, const outreach::Door& door,
                           const std::string& number) {
    YS_TRY(const auto addresses, addresses_of(db, door, {number}));
    return addresses.at(number);
}

Result<std::map<std::string, Address>> addresses_of(sql::Database& db, const outreach::Door& door,
                                                    const std::vector<std::string>& numbers) {
    std::map<std::string, Address> out;
    std::map<std::string, Address*> by_person;
    for (const std::string& number : numbers) {
        Address& address = out[number];
        if (door.has_sms() && outreach::takes_sms(number)) address.ways = {Channel::Sms};
        by_person[outreach::person_of(number)] = &address;
    }
    std::vector<std::string> people;
    for (const auto& [person, address] : by_person) people.push_back(person);
    YS_TRY(const auto known, MessageStore::people(db, people));
    for (const outreach::PersonRow& row : known) {
        Address& address = *by_person.at(row.person);
        address.mail = row.mail;
        address.has_stopped = row.stopped_at.has_value();
        if (door.has_mail() && outreach::is_mail_address(row.mail))
            address.ways.push_back(Channel::Mail);
    }
    return out;
}

Result<std::string> number_of_call(sql::Database& db, const SurveyRow& row) {
    YS_TRY(const auto cases, cases_of(db, row));
    return cases.empty() ? std::to_string(row.interaction_id.value) : cases.front().number;
}

Result<Done> SurveyMaker::take_calls(sql::Transaction& tx, UtcTime now, std::size_t limit) const {
    if (door_.no_surveys() != outreach::Off::No) return SurveyStore::skip_calls(tx);
    YS_TRY(const auto ended, SurveyStore::take_calls(tx, limit));
    for (const outreach::EndedCall& each : ended) {
        if (!door_.asks(each.centre)) continue;
        YS_TRY(const auto call, CallStore::get(tx.db(), Scope::of(each.centre), each.id));
        if (!call || !is_asked_about(*call)) continue;
        // What a stop left behind days ago is not asked about.
        const UtcTime at = later(each.at, door_.survey.after);
        if (later(at, outreach::DeliveryRules{}.worth_telling) < now) continue;
        YS_TRY([[maybe_unused]] const SurveyRow kept, SurveyStore::add(tx, survey_of(*call, at)));
    }
    return Done{};
}

Result<outreach::SurveyCandidate> SurveyMaker::candidate(sql::Database& db, const SurveyRow& row,
                                                         const Address& address,
                                                         UtcTime now) const {
    outreach::SurveyCandidate out{.can_be_written = !address.ways.empty(),
                                  .has_stopped = address.has_stopped};
    const Scope scope = Scope::of(row.centre_id);
    YS_TRY(out.is_barred, customers::BarredStore::is_barred(db, scope, row.number, now));
    YS_TRY(out.asked_last, SurveyStore::asked_last(db, row.number, row.customer_id));
    if (!row.interaction_id) return out;
    YS_TRY(const auto call, CallStore::get(db, scope, row.interaction_id));
    out.has_said = call && call->score;
    YS_TRY(out.was_emergency, was_emergency(db, row.interaction_id));
    YS_TRY(const auto cases, cases_of(db, row));
    out.is_confidential = std::ranges::any_of(cases, &cases::CaseRow::is_confidential);
    return out;
}

Result<Done> SurveyMaker::ask(sql::Transaction& tx, UtcTime now, std::size_t limit) const {
    YS_TRY(auto due, SurveyStore::due(tx.db(), now, limit));
    for (SurveyRow& row : due) {
        YS_TRY([[maybe_unused]] const Done decided, decide(tx, std::move(row), now));
    }
    return Done{};
}

Result<Done> SurveyMaker::decide(sql::Transaction& tx, SurveyRow row, UtcTime now) const {
    YS_TRY(Address address, address_of(tx.db(), door_, row.number));
    YS_TRY(const auto who, candidate(tx.db(), row, address, now));
    row.next_at.reset();
    // The settings may have changed while it waited.
    row.why = door_.asks(row.centre_id) ? hindrance(door_.survey, who, now) : "switched_off";
    row.state = row.why.empty() ? "made" : "dropped";
    if (row.why.empty()) row.made_at = now;
    YS_TRY([[maybe_unused]] const Done kept, SurveyStore::put(tx, row));
    if (!row.why.empty()) return Done{};
    const auto* form = door_.book.find(reason);
    YS_TRY(const std::string number, number_of_call(tx.db(), row));
    YS_TRY(const std::string hotline, hotline_now(tx.db(), door_.hotline));
    const outreach::MessageValues values{.number = number, .hotline = hotline, .name = door_.name};
    outreach::NewMessage message{
        .notice = {.centre_id = row.centre_id, .at = row.ended_at, .reason = std::string(reason)},
        .text = outreach::fill(*form, values),
        .begin = {.ways = std::move(address.ways), .happened_at = row.ended_at},
        .survey = row.id};
    YS_TRY([[maybe_unused]] const auto made,
           MessageStore::create(tx, door_.rules(row.centre_id), message, now));
    return Done{};
}

Result<outreach::SurveyId> SurveyMaker::of_closed_case(sql::Transaction& tx,
                                                       const cases::CaseRow& row,
                                                       UtcTime now) const {
    const outreach::SurveyId none{};
    if (!door_.asks(row.centre_id) || row.is_confidential || row.phone.empty()) return none;
    YS_TRY(const auto stored, cases::CaseFileStore::get(tx.db(), Scope::of(row.centre_id), row.id));
    if (!stored || stored->file.state != cases::CaseState::Closed) return none;
    SurveyRow survey{.centre_id = row.centre_id,
                     .case_id = row.id,
                     .customer_id = row.customer_id,
                     .number = row.phone,
                     .ended_at = now,
                     .state = "made",
                     .made_at = now};
    YS_TRY(const Address address, address_of(tx.db(), door_, row.phone));
    YS_TRY(auto who, candidate(tx.db(), survey, address, now));
    who.has_said = has_citizens_word(stored->file);
    who.is_confidential |= stored->file.is_confidential;
    if (!hindrance(door_.survey, who, now).empty()) return none;
    YS_TRY(survey, SurveyStore::add(tx, std::move(survey)));
    return survey.id;
}

}  // namespace ys::app
