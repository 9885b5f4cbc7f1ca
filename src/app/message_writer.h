// SPDX-License-Identifier: Apache-2.0
// What a message says: notices of cases become messages, and messages get the words they go out
// with. All of it in the writer's transactions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/survey_maker.h"
#include "cases/handbook.h"
#include "outreach/io/door.h"
#include "outreach/io/message_store.h"

namespace ys::app {

/// A message that is to be handed over now.
struct OutgoingMessage {
    outreach::MessageRow row;
    std::string to;    ///< number or mail address
    std::string body;  ///< kept, too: another try says the same
    std::string subject;
};

class MessageWriter {
public:
    MessageWriter(const cases::Handbook& handbook, const outreach::Door& door)
        : handbook_(handbook), door_(door) {}

    /// One message for each new notice that the book has a template for; how many notices there
    /// were, for citizens.
    Result<std::size_t> take_notices(sql::Transaction& tx, UtcTime now, std::size_t limit) const;
    /// A message for each part of a personal list that somebody wants sent; how many lists.
    Result<std::size_t> take_checklists(sql::Transaction& tx, UtcTime now, std::size_t limit) const;
    /// Those that are due, with a new pass to their case in each that has none yet. Who wants none
    /// by now, or has no such address any more, is seen here.
    Result<std::vector<OutgoingMessage>> due(sql::Transaction& tx, UtcTime now,
                                             std::size_t limit) const;

private:
    Result<Done> write(sql::Transaction& tx, outreach::NewMessage message,
                       const outreach::MessageTemplate& form, const cases::CaseRow& row,
                       const Address& address, UtcTime now) const;
    /// Why it cannot go now, or nothing.
    Result<std::optional<outreach::MessageCommand>> prepare(sql::Transaction& tx,
                                                            OutgoingMessage& message,
                                                            UtcTime now) const;
    /// With its words as they were made, and a new pass where the link stands in them.
    Result<Done> prepare_checklist(sql::Transaction& tx, OutgoingMessage& message,
                                   UtcTime now) const;
    /// Nothing when what it is about is gone.
    Result<std::optional<std::string>> phone_of(sql::Database& db,
                                                const outreach::MessageRow& of) const;
    Result<std::optional<outreach::MessageValues>> values_of_message(
        sql::Transaction& tx, const outreach::MessageRow& of) const;
    /// Before the pass; "" when citizens cannot open our pages.
    std::string page_of(const outreach::MessageRow& of) const;
    std::string page_of_lists() const;
    Result<std::string> new_pass(sql::Transaction& tx, const outreach::MessageRow& of,
                                 UtcTime now) const;

    const cases::Handbook& handbook_;
    const outreach::Door& door_;
};

}  // namespace ys::app
