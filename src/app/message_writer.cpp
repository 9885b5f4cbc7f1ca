// SPDX-License-Identifier: Apache-2.0
#include "app/message_writer.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "app/official_directory.h"
#include "cases/case_progress.h"
#include "cases/io/case_file_store.h"
#include "cases/io/case_people.h"
#include "cases/io/code_store.h"
#include "cases/io/pass_store.h"
#include "knowledge/io/checklist_store.h"
#include "knowledge/sms_checklist.h"
#include "outreach/io/document_store.h"
#include "platform/json/described_json.h"
#include "platform/sql/described_rows.h"

namespace ys::app {
namespace {

using outreach::Channel;
using outreach::CitizenNotice;
using outreach::MessageRow;
using outreach::MessageStore;

/// As long as people keep such a message.
constexpr std::chrono::hours pass_for{90 * 24};

/// "11月24日18:00" at the hotline's place.
std::string as_said(UtcTime at, const Calendar& calendar) {
    using namespace std::chrono;
    const Day day = calendar.day_of(at);
    const sys_time<microseconds> local{microseconds{at.us} + minutes{calendar.zone_minutes}};
    const hh_mm_ss time{floor<minutes>(local - floor<days>(local))};
    return fmt::format("{}月{}日{:02}:{:02}", day.month, day.day, time.hours().count(),
                       time.minutes().count());
}

/// "" while nobody is responsible, and of what was told in confidence.
Result<std::string> unit_of(sql::Database& db, const cases::Handbook& handbook,
                            const cases::StoredFile& stored, UtcTime at) {
    YS_TRY(const auto units, cases::UnitStore::load(db, stored.centre_id));
    if (!units || stored.file.is_confidential) return std::string{};
    return cases::progress(handbook.rules(stored.file, units->tree), stored.file, at).unit;
}

/// What a message is about: the row with the name and number of whom messages go to, and the file.
struct About {
    cases::CaseRow row;
    std::optional<cases::StoredFile> file;
};

/// form  none: nothing is written with these values but what was written before
Result<outreach::MessageValues> values_of(sql::Database& db, const cases::Handbook& handbook,
                                          const outreach::Door& door,
                                          const outreach::MessageTemplate* form,
                                          const CitizenNotice& notice, const About& about) {
    const cases::CaseRow& row = about.row;
    std::string unit;
    if (about.file && form != nullptr && outreach::says(*form, "unit")) {
        YS_TRY(unit, unit_of(db, handbook, *about.file, notice.at));
    }
    YS_TRY(std::string hotline, hotline_now(db, door.hotline));
    return outreach::MessageValues{
        .number = row.number,
        .until = notice.until_at ? as_said(*notice.until_at, handbook.calendar()) : "",
        .hotline = std::move(hotline),
        .name = door.name,
        .unit = std::move(unit),
        .words = notice.words};
}

/// The case, its name and number those of whom messages go to.
Result<std::optional<cases::CaseRow>> told_row(sql::Database& db, CentreId centre, CaseId id) {
    YS_TRY(auto row, cases::CaseStore::get(db, Scope::of(centre), id));
    if (!row) return row;
    YS_TRY(*row, cases::CasePeople::as_told(db, *std::move(row)));
    return row;
}

/// All that these are about.
Result<std::map<CaseId, About>> told_of(sql::Database& db,
                                        const std::vector<CitizenNotice>& notices) {
    Scope scope;
    std::vector<CaseId> ids;
    for (const CitizenNotice& notice : notices) {
        ids.push_back(notice.case_id);
        if (!scope.contains(notice.centre_id)) scope.centres.push_back(notice.centre_id);
    }
    YS_TRY(auto rows, cases::CaseStore::of(db, scope, ids));
    YS_TRY([[maybe_unused]] const Done told, cases::CasePeople::as_told(db, scope, rows));
    YS_TRY(auto files, cases::CaseFileStore::of(db, scope, ids));
    std::map<CaseId, About> out;
    for (auto& [id, row] : rows) {
        About& about = out[id];
        about.row = std::move(row);
        if (const auto file = files.find(id); file != files.end())
            about.file = std::move(file->second);
    }
    return out;
}

std::string with_link(std::string text, std::string_view link) {
    const auto at = text.find(knowledge::link_variable);
    if (at != std::string::npos) text.replace(at, knowledge::link_variable.size(), link);
    return text;
}

Result<std::optional<CitizenNotice>> notice_of(sql::Database& db, std::uint64_t id) {
    return sql::select_one<CitizenNotice>(db, "FROM case_notices WHERE id = ?", id);
}

}  // namespace

Result<std::size_t> MessageWriter::take_notices(sql::Transaction& tx, UtcTime now,
                                                std::size_t limit) const {
    YS_TRY(const auto notices, MessageStore::take_notices(tx, limit));
    YS_TRY(const auto told, told_of(tx.db(), notices));
    std::vector<std::string> numbers;
    for (const auto& [id, about] : told) numbers.push_back(about.row.phone);
    YS_TRY(const auto addresses, addresses_of(tx.db(), door_, numbers));
    for (const CitizenNotice& notice : notices) {
        const auto* form = door_.book.find(notice.reason);
        const auto about = told.find(notice.case_id);
        if (form == nullptr || about == told.end()) continue;
        const cases::CaseRow& row = about->second.row;
        YS_TRY(const auto values,
               values_of(tx.db(), handbook_, door_, form, notice, about->second));
        YS_TRY([[maybe_unused]] const Done written,
               write(tx, {notice, outreach::fill(*form, values), {}, {}}, *form, row,
                     addresses.at(row.phone), now));
    }
    return notices.size();
}

Result<Done> MessageWriter::write(sql::Transaction& tx, outreach::NewMessage message,
                                  const outreach::MessageTemplate& form, const cases::CaseRow& row,
                                  const Address& address, UtcTime now) const {
    const CitizenNotice& notice = message.notice;
    message.begin = {.ways = address.ways,
                     .is_set_up = door_.is_set_up(),
                     .must_reach = form.must_reach,
                     .is_urgent = form.urgent,
                     .has_stopped = address.has_stopped,
                     // Cases of before the hotline had units are filed long after they were made.
                     .happened_at = notice.reason == "filed" ? row.created_at : notice.at};
    if (notice.reason == "closed") {
        YS_TRY(message.survey, SurveyMaker(door_).of_closed_case(tx, row, now));
    }
    YS_TRY([[maybe_unused]] const auto made,
           MessageStore::create(tx, door_.rules(notice.centre_id), message, now));
    return Done{};
}

Result<std::size_t> MessageWriter::take_checklists(sql::Transaction& tx, UtcTime now,
                                                   std::size_t limit) const {
    YS_TRY(const auto lists, knowledge::ChecklistStore::take_to_send(tx, limit));
    for (const knowledge::ChecklistRow& list : lists) {
        YS_TRY(const Address address, address_of(tx.db(), door_, list.number));
        outreach::NewMessage message;
        message.notice.case_id = list.case_id;
        message.notice.centre_id = list.centre_id;
        message.notice.reason = "checklist";
        message.checklist = list.id.value;
        message.begin = {.ways = {},
                         .is_set_up = door_.is_set_up(),
                         .must_reach = false,
                         .is_urgent = true,  // They have just asked for it.
                         .has_stopped = address.has_stopped,
                         .happened_at = now};
        if (std::ranges::find(address.ways, Channel::Sms) != address.ways.end())
            message.begin.ways.push_back(Channel::Sms);
        YS_TRY(const auto parts, json::from_json<std::vector<std::string>>(list.parts));
        for (const std::string& part : parts) {
            message.text = with_link(part, page_of_lists() + "…");
            YS_TRY([[maybe_unused]] const auto made,
                   MessageStore::create(tx, door_.rules(list.centre_id), message, now));
        }
    }
    return lists.size();
}

Result<Done> MessageWriter::prepare_checklist(sql::Transaction& tx, OutgoingMessage& message,
                                              UtcTime now) const {
    const MessageRow& of = message.row;
    const std::string shown = page_of_lists() + "…";
    message.body = of.text;
    const auto at = message.body.find(shown);
    if (at == std::string::npos) return Done{};
    YS_TRY(const std::string token,
           knowledge::ChecklistStore::issue(tx, knowledge::ChecklistId{of.checklist_id}, now));
    message.body.replace(at, shown.size(), page_of_lists() + token);
    return MessageStore::keep_body(tx, of.id, message.body, of.text);
}

std::string MessageWriter::page_of_lists() const { return door_.public_url + "/list.html#"; }

Result<std::vector<OutgoingMessage>> MessageWriter::due(sql::Transaction& tx, UtcTime now,
                                                        std::size_t limit) const {
    YS_TRY(auto rows, MessageStore::due(tx, {}, now, limit));
    std::vector<OutgoingMessage> out;
    for (MessageRow& row : rows) {
        OutgoingMessage message{.row = std::move(row)};
        YS_TRY(const auto hindrance, prepare(tx, message, now));
        if (!hindrance) {
            out.push_back(std::move(message));
            continue;
        }
        YS_TRY([[maybe_unused]] const auto told,
               MessageStore::tell(tx, door_.rules(message.row.centre_id), message.row.id,
                                  {*hindrance}, now));
    }
    return out;
}

Result<std::optional<outreach::MessageCommand>> MessageWriter::prepare(sql::Transaction& tx,
                                                                       OutgoingMessage& message,
                                                                       UtcTime now) const {
    using Hindrance = std::optional<outreach::MessageCommand>;
    const MessageRow& of = message.row;
    const Hindrance no_address{outreach::RefusedBy{"no_address"}};
    YS_TRY(const auto phone, phone_of(tx.db(), of));
    const auto channel = outreach::channel_from(of.channel);
    if (!phone || !channel) return no_address;
    YS_TRY(const Address address, address_of(tx.db(), door_, *phone));
    if (address.has_stopped) return Hindrance{outreach::StopSaid{}};
    if (std::ranges::find(address.ways, *channel) == address.ways.end()) return no_address;
    message.to = *channel == Channel::Sms ? *phone : address.mail;
    const auto* form = door_.book.find(of.reason);
    message.subject = form != nullptr && !form->subject.empty() ? form->subject : door_.name;
    message.body = of.body;
    if (!message.body.empty()) return Hindrance{};
    if (of.checklist_id != 0) {
        YS_TRY([[maybe_unused]] const Done prepared, prepare_checklist(tx, message, now));
        return Hindrance{};
    }
    // Without its template or notice it says what was written down when it was made.
    std::string shown = of.text;
    message.body = of.text;
    YS_TRY(auto values, values_of_message(tx, of));
    if (form != nullptr && values) {
        const std::string page = page_of(of);
        const std::string code = values->code;
        values->link = page.empty() ? "" : page + "…";
        if (!code.empty()) values->code = "······";
        shown = outreach::fill(*form, *values);
        values->code = code;
        if (!page.empty()) {
            YS_TRY(const std::string token, new_pass(tx, of, now));
            values->link = page + token;
        }
        message.body = outreach::fill(*form, *values);
    }
    YS_TRY([[maybe_unused]] const Done kept,
           MessageStore::keep_body(tx, of.id, message.body, shown));
    return Hindrance{};
}

Result<std::optional<std::string>> MessageWriter::phone_of(sql::Database& db,
                                                           const MessageRow& of) const {
    if (of.checklist_id != 0) {
        YS_TRY(const auto list,
               knowledge::ChecklistStore::find(db, knowledge::ChecklistId{of.checklist_id}));
        return list && list->is_open() ? std::optional<std::string>{list->number} : std::nullopt;
    }
    if (of.document_id != 0) {
        YS_TRY(const auto document, outreach::DocumentStore::get(db, of.document_id));
        return document ? std::optional<std::string>{document->phone} : std::nullopt;
    }
    if (!of.case_id) {
        YS_TRY(const auto survey, outreach::SurveyStore::get(db, of.survey_id));
        return survey ? std::optional<std::string>{survey->number} : std::nullopt;
    }
    YS_TRY(const auto row, told_row(db, of.centre_id, of.case_id));
    return row ? std::optional<std::string>{row->phone} : std::nullopt;
}

Result<std::optional<outreach::MessageValues>> MessageWriter::values_of_message(
    sql::Transaction& tx, const MessageRow& of) const {
    using Values = std::optional<outreach::MessageValues>;
    if (of.document_id != 0) return Values{};  // Its text is whole already.
    if (!of.case_id) {
        YS_TRY(const auto survey, outreach::SurveyStore::get(tx.db(), of.survey_id));
        if (!survey) return Values{};
        YS_TRY(std::string number, number_of_call(tx.db(), *survey));
        YS_TRY(std::string hotline, hotline_now(tx.db(), door_.hotline));
        return Values{outreach::MessageValues{
            .number = std::move(number), .hotline = std::move(hotline), .name = door_.name}};
    }
    const Scope scope = Scope::of(of.centre_id);
    YS_TRY(const auto notice, notice_of(tx.db(), of.notice_id.value_or(0)));
    if (!notice) return Values{};
    YS_TRY(const auto told, told_of(tx.db(), {*notice}));
    const auto about = told.find(of.case_id);
    if (about == told.end()) return Values{};
    YS_TRY(auto values, values_of(tx.db(), handbook_, door_, door_.book.find(of.reason), *notice,
                                  about->second));
    YS_TRY(values.code, cases::CodeStore::code(tx, scope, of.case_id));
    return Values{std::move(values)};
}

std::string MessageWriter::page_of(const MessageRow& of) const {
    if (door_.public_url.empty()) return {};
    return door_.public_url + (of.survey_id ? "/survey.html#" : "/case.html#");
}

Result<std::string> MessageWriter::new_pass(sql::Transaction& tx, const MessageRow& of,
                                            UtcTime now) const {
    if (of.survey_id)
        return outreach::SurveyStore::issue(tx, of.survey_id, of.channel, door_.survey, now);
    const UtcTime until{now.us + std::chrono::microseconds(pass_for).count()};
    return cases::PassStore::issue(tx, {of.case_id, of.centre_id, until}, now);
}

}  // namespace ys::app
