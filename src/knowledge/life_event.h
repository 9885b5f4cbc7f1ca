// SPDX-License-Identifier: Apache-2.0
// A life event (生命事件, 办成一件事): what happens to somebody, which services they then need, and
// what each takes: evidence, output, channel, cost (the core of CPSV-AP). One graph, as data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace ys::knowledge {

inline constexpr std::size_t event_questions_max = 6;
inline constexpr std::size_t question_choices_max = 5;  ///< a caller keeps no more in mind
inline constexpr std::size_t event_services_max = 10;
inline constexpr std::size_t event_evidence_max = 20;
inline constexpr std::size_t event_places_max = 8;
inline constexpr std::size_t event_ways_max = 36;  ///< so that every event fits into one flow
inline constexpr std::size_t life_code_bytes_max = 24;
inline constexpr std::size_t life_title_chars_max = 40;
inline constexpr std::size_t life_address_chars_max = 60;

/// The question was asked, and answered with one of these.
struct AnswerIs {
    std::string question;
    std::vector<std::string> is;  ///< codes of its choices
};
/// All of them hold; none: always.
using When = std::vector<AnswerIs>;

struct LifeChoice {
    std::string code, title;
};
struct LifeQuestion {
    std::string code, title;  ///< "married" "父母登记结婚了吗"
    std::vector<LifeChoice> choices;
    When when;  ///< by earlier questions; it is asked only when it changes what is needed
};

struct LifeEvidence {
    std::string code, title;           ///< "household_book" "户口簿"
    std::string copy_word = "复印件";  ///< what is handed in: a copy, a photo, a form
    std::string unit = "份";
};
struct EvidenceNeed {
    std::string evidence;
    bool original = false;  ///< shown and taken home again
    int copies = 0;         ///< handed in
    When when;
};

struct LifePlace {
    std::string code, title, address;
    std::string hours;  ///< as base/opening_hours.h reads it
};

struct LifeService {
    std::string code, title;
    std::string matter;  ///< the matter whose article it stands on
    When when;
    std::vector<EvidenceNeed> evidence;
    std::string output;  ///< what one has afterwards, as read
    std::string gives;   ///< the evidence of later services that this output is; "" none
    std::vector<std::string> places;
    std::string online;                      ///< where it is done without going; "" nowhere
    std::optional<std::int64_t> cost_fen{};  ///< 0 is free
    std::optional<int> period_days{};        ///< 0 is at once
    bool counts_working_days = true;
    std::string queue;               ///< of the hall, for its length; "" nobody queues
    std::vector<std::string> after;  ///< services that come before, when they are needed
};

struct LifeEvent {
    std::string code, title;
    std::vector<LifeQuestion> questions;  ///< in the order they are asked
    std::vector<LifeService> services;
    std::vector<LifeEvidence> evidence;
    std::vector<LifePlace> places;
};

/// By code of the question: the code of a choice.
using LifeAnswers = std::map<std::string, std::string>;

/// Every term holds by these answers.
bool holds(const When& when, const LifeAnswers& answers);
/// Those to questions that are asked, with a choice there is. A page may keep what was said before
/// somebody changed their mind.
LifeAnswers kept(const LifeEvent& event, const LifeAnswers& answers);
/// The first that is asked and not answered; nullptr when all is known.
const LifeQuestion* next_question(const LifeEvent& event, const LifeAnswers& answers);
/// Everything that can be answered, each whole; not more than event_ways_max + 1.
std::vector<LifeAnswers> ways(const LifeEvent& event);
/// `after` says so, or the other needs what this one gives.
bool comes_before(const LifeService& one, const LifeService& other);
/// Needed by these answers, in an order that `after` and `gives` allow, else as written.
std::vector<const LifeService*> services_in_order(const LifeEvent& event,
                                                  const LifeAnswers& answers);

const LifeEvidence* find_evidence(const LifeEvent& event, std::string_view code);
const LifePlace* find_place(const LifeEvent& event, std::string_view code);

/// What is wrong with an event as written, exactly enough to say it beside the field.
struct LifeFault {
    std::string field;  ///< "services.1.evidence.0.evidence"
    std::string_view code;
    friend bool operator==(const LifeFault&, const LifeFault&) = default;
};

/// matters  that are known
///
/// Every fault at once, in the order of the description; what all ways together show is looked at
/// only when the rest is right.
/// code_shape (not a-z, 0-9, "_", or too long); taken; need_title; too_long; not_plain (a line
/// break, or a sign that the checklist is made of); need_choices (two at least); too_many;
/// unknown_question; not_earlier; unknown_choice; need_choice; twice; unknown_evidence;
/// unknown_place; unknown_service; unknown_matter; need_output; need_channel; need_cost;
/// cost_shape; need_period; period_shape; counts_nothing (neither shown nor handed in);
/// need_address; hours_shape; in_a_circle; need_services; not_used.
/// By all ways: too_many_ways; never_asked; changes_nothing (whatever is answered, the same is
/// needed); never_needed; needs_nothing (a way that ends with nothing to be done).
std::vector<LifeFault> faults(const LifeEvent& event, const std::set<std::string>& matters);

}  // namespace ys::knowledge
