// SPDX-License-Identifier: Apache-2.0
// Who gets a survey by link: ended calls become surveys that wait, and those whose moment has come
// become messages, or are dropped with the reason. All of it in the writer's transactions.
#pragma once

#include "cases/io/case_store.h"
#include "interactions/io/call_store.h"
#include "outreach/io/door.h"
#include "outreach/io/message_store.h"

namespace ys::app {

/// How they may be written to, as far as this hotline can.
struct Address {
    std::vector<outreach::Channel> ways;
    std::string mail;
    bool has_stopped = false;
};
Result<Address> address_of(sql::Database& db, const outreach::Door& door,
                           const std::string& number);
/// Of each of these numbers.
Result<std::map<std::string, Address>> addresses_of(sql::Database& db, const outreach::Door& door,
                                                    const std::vector<std::string>& numbers);

class SurveyMaker {
public:
    explicit SurveyMaker(const outreach::Door& door) : door_(door) {}

    /// Calls that have ended since, with a person and without a score on the keys.
    Result<Done> take_calls(sql::Transaction& tx, UtcTime now, std::size_t limit) const;
    /// Those whose moment has come: a message each, or the reason why not.
    Result<Done> ask(sql::Transaction& tx, UtcTime now, std::size_t limit) const;
    /// The survey whose link the message of a closed case carries; none when they are not asked:
    /// the citizen has said, or something of survey.h stands against it.
    Result<outreach::SurveyId> of_closed_case(sql::Transaction& tx, const cases::CaseRow& row,
                                              UtcTime now) const;

private:
    Result<Done> decide(sql::Transaction& tx, outreach::SurveyRow row, UtcTime now) const;
    Result<outreach::SurveyCandidate> candidate(sql::Database& db, const outreach::SurveyRow& row,
                                                const Address& address, UtcTime now) const;
    const outreach::Door& door_;
};

/// What a message about the call says as its number: that of the newest case taken in it, else the
/// call's own.
Result<std::string> number_of_call(sql::Database& db, const outreach::SurveyRow& row);

}  // namespace ys::app
