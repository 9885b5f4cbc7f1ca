// SPDX-License-Identifier: Apache-2.0
// Messages to citizens: made once from each notice of a case, kept with every step they take, and
// who wants none.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/described.h"
#include "base/private_text.h"
#include "outreach/delivery.h"
#include "outreach/io/survey_store.h"
#include "platform/sql/migration.h"
#include "platform/sql/scope.h"

namespace ys::outreach {

const sql::Schema& schema();

using MessageId = Id<struct MessageTag>;

/// A line of case_notices that is for the citizen.
struct CitizenNotice {
    std::uint64_t id = 0;
    CaseId case_id{};
    CentreId centre_id{};
    UtcTime at{};
    std::string receiver{};  ///< "citizen"; those for units only move the place
    std::string reason{};
    Private words{};
    std::optional<UtcTime> until_at{};
};
BOOST_DESCRIBE_STRUCT(CitizenNotice, (),
                      (id, case_id, centre_id, at, receiver, reason, words, until_at))

struct MessageRow {
    MessageId id{};
    std::optional<std::uint64_t> notice_id{};  ///< none: about a call
    CaseId case_id{};
    CentreId centre_id{};
    std::string reason{};
    std::string state{}, channel{};  ///< words of delivery.h
    std::string channels_left{};     ///< "," between
    std::int32_t tries = 0;
    std::optional<UtcTime> next_at{};
    bool is_urgent = false;
    std::string why{};
    Private text{};  ///< as it may be read by others: without the link's pass and the code
    Private body{};  ///< as it goes out, until it has: it holds what opens the case
    UtcTime created_at{}, changed_at{};
    UserId called_by{};
    SurveyId survey_id{};            ///< whose link it carries, or none
    std::uint64_t checklist_id = 0;  ///< of a personal list, and whose link it carries, or none
    std::uint64_t document_id = 0;   ///< that lies ready, or none
};
BOOST_DESCRIBE_STRUCT(MessageRow, (),
                      (id, notice_id, case_id, centre_id, reason, state, channel, channels_left,
                       tries, next_at, is_urgent, why, text, body, created_at, changed_at,
                       called_by, survey_id, checklist_id, document_id))

/// What is known of how a person may be written to; by the digest of their number.
struct PersonRow {
    Private person{};
    Private mail{};
    std::optional<UtcTime> stopped_at{};
};
BOOST_DESCRIBE_STRUCT(PersonRow, (), (person, mail, stopped_at))

struct NewMessage {
    CitizenNotice notice;  ///< without an id when no case noticed
    std::string text;
    Begin begin;
    SurveyId survey{};
    std::uint64_t checklist = 0;
    std::uint64_t document = 0;
};

/// What is told to a message, and by whom.
struct Telling {
    MessageCommand command;
    std::string key{};  ///< of the hand-over it is about; "" for the message wherever it is
    UserId by{};        ///< who called them
};

class MessageStore {
public:
    /// Notices nobody has looked at, in order, and the place after them: both in the transaction
    /// that makes their messages.
    static Result<std::vector<CitizenNotice>> take_notices(sql::Transaction& tx, std::size_t limit);
    /// A second one of the same notice is refused by the table.
    static Result<MessageRow> create(sql::Transaction& tx, const DeliveryRules& rules,
                                     const NewMessage& message, UtcTime now);
    /// Those to hand over now, the longest due first; those sent long ago have become unknown.
    static Result<std::vector<MessageRow>> due(sql::Transaction& tx, const DeliveryRules& rules,
                                               UtcTime now, std::size_t limit);
    static Result<Done> keep_body(sql::Transaction& tx, MessageId id, std::string_view body,
                                  std::string_view text);
    /// One step of its life, with its facts. A key that is not of its present hand-over, and what
    /// comes untimely, change nothing.
    /// errors  not_found
    static Result<MessageRow> tell(sql::Transaction& tx, const DeliveryRules& rules, MessageId id,
                                   const Telling& telling, UtcTime now);

    static Result<std::optional<MessageRow>> get(sql::Database& db, const Scope& scope,
                                                 MessageId id);
    /// The one whose present hand-over this names, of whatever centre: for the gateway.
    static Result<std::optional<MessageRow>> by_key(sql::Database& db, std::string_view key);
    static Result<std::vector<MessageRow>> of_case(sql::Database& db, const Scope& scope,
                                                   CaseId id);
    static Result<std::vector<MessageRow>> of_checklist(sql::Database& db, const Scope& scope,
                                                        std::uint64_t checklist);
    /// Waiting for somebody to call, the oldest first.
    static Result<std::vector<MessageRow>> to_call(sql::Database& db, const Scope& scope,
                                                   std::size_t limit);

    static Result<PersonRow> person(sql::Database& db, std::string_view person);
    /// Those of them of whom something is known.
    static Result<std::vector<PersonRow>> people(sql::Database& db,
                                                 const std::vector<std::string>& people);
    static Result<Done> keep_person(sql::Transaction& tx, const PersonRow& person);
    /// Whether this signature was never seen before; it is from now on.
    static Result<bool> is_first_time(sql::Transaction& tx, std::string_view signature,
                                      UtcTime now);
};

/// Names one hand-over of one message to its channel, the same however often it is tried:
/// "m12-sms-1764000000000000".
std::string key_of(const MessageRow& row);

/// Under which a person is kept: a digest of the number (base/phone_number.h).
std::string person_of(std::string_view number);

}  // namespace ys::outreach
