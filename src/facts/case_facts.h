// SPDX-License-Identifier: Apache-2.0
// What became true of cases, their people and the messages about them. Part of facts.h.
#pragma once

#include <cstdint>
#include <string>

#include "base/described.h"
#include "base/private_text.h"
#include "base/time.h"

namespace ys::facts {

struct CaseSaved {
    std::uint64_t case_id = 0;
    std::string number;
    std::string action;  ///< "created" "changed"
    std::uint64_t user = 0;
    std::string kind;  ///< "repair.no_heat" "complaint" ...; "" in journals of before 2026-11-22
    std::uint64_t customer = 0;
    std::string nature{};  ///< of its type: "complaint" "repair" ...; "" before types said so
};
/// Somebody did something to a case, or time did; the words are those of cases/workflow.h.
struct CaseMoved {
    std::uint64_t case_id = 0;
    std::string verb, from, to;
    std::uint64_t user = 0;  ///< none for the citizen and for time
    std::string role;
    std::uint64_t unit = 0;         ///< the one it is about: dispatched to, co-handling
    std::uint64_t responsible = 0;  ///< afterwards, none when it is over
    std::int32_t level = 0;         ///< of supervision, afterwards
    Private why;
};
struct CaseClockTold {
    std::uint64_t case_id = 0;
    std::string clock;  ///< "accept" "first_reply" "close" "follow_up"
    std::string what;   ///< "warned" "broken"
    std::uint64_t responsible = 0;
};
/// The citizen's own word on whether it is solved, or that they could not be asked.
struct CaseConfirmed {
    std::uint64_t case_id = 0;
    std::string channel;    ///< "voice" "page" "keys" "sms" "desk"
    std::string solved;     ///< "yes" "no" "unreached"
    std::string satisfied;  ///< "yes" "no" "not_said"
};
/// Somebody looked at a case: the citizen may know who.
struct CaseSeen {
    std::uint64_t case_id = 0;
    std::uint64_t user = 0;  ///< 0: the citizen by their link or code
    std::string how;         ///< "page" "list" "print" "export" "phone"
};
/// A repairer and a case that goes to people without a click.
struct CrewMoved {
    std::uint64_t case_id = 0;
    std::uint64_t user = 0;
    std::string to;   ///< "offered" "taken" "refused" "passed_on" "foreman" "arrived" "done"
    std::string why;  ///< reasons of cases/crew_duty.h, "," between
};
struct EvidenceKept {
    std::uint64_t case_id = 0;
    std::uint64_t attachment = 0;
    std::uint64_t user = 0;  ///< 0: the citizen
    std::string purpose;     ///< "before" "after" "other" "signature"
    std::string sha256;      ///< of what is kept, hexadecimal
};
struct IncidentMoved {
    std::uint64_t incident = 0;
    std::uint64_t user = 0;  ///< 0: the program proposed it, or its time was over
    std::string to;          ///< "proposed" "opened" "joined" "dismissed" "closed" "lapsed"
    std::string title;
    std::string place;
    std::uint64_t case_id = 0;  ///< "joined": the case; "opened": the parent
    std::uint32_t people = 0;
};
/// One message to one citizen on one channel.
struct MessageMoved {
    std::uint64_t message = 0;
    std::uint64_t case_id = 0;
    std::string reason;   ///< "filed" "reply" "closed" "survey" ...
    std::string channel;  ///< "sms" "mail" "call_list"
    std::string to;       ///< "queued" "sent" "delivered" "refused" "unknown" "stopped"
};
/// A satisfaction survey by link has gone out: about a case, or about the call the fact belongs to.
/// The question on the keys has facts of its own (SurveyBegan, SurveyScored).
struct SurveyAsked {
    std::uint64_t survey = 0;
    std::uint64_t case_id = 0;  ///< 0: about the call
    std::uint64_t queue = 0;    ///< the call's, or none
    std::string channel;        ///< "sms" "mail": how the link went
};
/// What they said on its page, once. Whole in itself: it may come days after what it is about.
struct SurveyAnswered {
    std::uint64_t survey = 0;
    std::uint64_t case_id = 0;
    std::uint64_t queue = 0;
    std::string channel;
    UtcTime asked_at;
    std::string solved;      ///< "yes" "no"
    std::int32_t score = 0;  ///< 1 to 5
};
/// Somebody who has a part in a case beside who rang; never who they are.
struct CasePersonNamed {
    std::uint64_t case_id = 0;
    std::string part;  ///< "subject" "applicant" "contact"
    std::string
        consent;  ///< of the subject, that this person speaks for them: "spoken" "page" "none"
    std::uint64_t user = 0;
};
/// A masked number or name was shown in full.
struct PrivateSeen {
    std::uint64_t user = 0;
    std::string about;  ///< "case" "customer" "call"
    std::uint64_t id = 0;
    std::string field;  ///< "phone" "name" "address" "id_number"
    std::string reason;
};
struct ExportMade {
    std::uint64_t user = 0;
    std::string what;  ///< "cases" "kpi"
    std::string form;  ///< "xlsx" "csv"
    std::uint64_t rows = 0;
    std::string reason;
};
/// Something went to or came from another organisation.
struct ExchangeMoved {
    std::string partner;
    std::string direction;  ///< "in" "out"
    std::uint64_t case_id = 0;
    std::string what;  ///< "filed" "updated" "acknowledged" "delivered" "failed" "given_up"
    std::string note;
};

/// Why somebody had to call, from the scenario's list; about the fact's interaction, or a case.
struct CauseNamed {
    std::uint64_t case_id = 0;
    std::string cause;  ///< its code; "" takes it back
    std::uint64_t user = 0;
};
/// Somebody did something to a defect, which joins causes; the words are those of cases/defect.h.
struct DefectMoved {
    std::uint64_t defect = 0;
    std::string verb;
    std::uint64_t user = 0;  ///< 0: another organisation, by its signed message
    std::string why;
};
BOOST_DESCRIBE_STRUCT(CaseSaved, (), (case_id, number, action, user, kind, customer, nature))
BOOST_DESCRIBE_STRUCT(CaseMoved, (),
                      (case_id, verb, from, to, user, role, unit, responsible, level, why))
BOOST_DESCRIBE_STRUCT(CaseClockTold, (), (case_id, clock, what, responsible))
BOOST_DESCRIBE_STRUCT(CaseConfirmed, (), (case_id, channel, solved, satisfied))
BOOST_DESCRIBE_STRUCT(CaseSeen, (), (case_id, user, how))
BOOST_DESCRIBE_STRUCT(CrewMoved, (), (case_id, user, to, why))
BOOST_DESCRIBE_STRUCT(EvidenceKept, (), (case_id, attachment, user, purpose, sha256))
BOOST_DESCRIBE_STRUCT(IncidentMoved, (), (incident, user, to, title, place, case_id, people))
BOOST_DESCRIBE_STRUCT(MessageMoved, (), (message, case_id, reason, channel, to))
BOOST_DESCRIBE_STRUCT(SurveyAsked, (), (survey, case_id, queue, channel))
BOOST_DESCRIBE_STRUCT(SurveyAnswered, (),
                      (survey, case_id, queue, channel, asked_at, solved, score))
BOOST_DESCRIBE_STRUCT(CasePersonNamed, (), (case_id, part, consent, user))
BOOST_DESCRIBE_STRUCT(PrivateSeen, (), (user, about, id, field, reason))
BOOST_DESCRIBE_STRUCT(ExportMade, (), (user, what, form, rows, reason))
BOOST_DESCRIBE_STRUCT(ExchangeMoved, (), (partner, direction, case_id, what, note))
BOOST_DESCRIBE_STRUCT(CauseNamed, (), (case_id, cause, user))
BOOST_DESCRIBE_STRUCT(DefectMoved, (), (defect, verb, user, why))

}  // namespace ys::facts
