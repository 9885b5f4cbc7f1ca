// SPDX-License-Identifier: Apache-2.0
#include "backoffice/live_answer.h"

#include <algorithm>

#include "base/text.h"

namespace ys::backoffice {
namespace {

constexpr std::size_t words_max_bytes = 300;
constexpr std::size_t stages_max = 12;
constexpr std::size_t departures_max = 20;
constexpr std::uint32_t people_max = 100'000;
constexpr UtcTime oldest{946'684'800'000'000};      // 2000: before it, a clock was not set
constexpr UtcTime youngest{4'102'444'800'000'000};  // 2100

constexpr std::int64_t us(std::chrono::microseconds span) { return span.count(); }

Error wrong(const char* what) {
    return {std::errc::invalid_argument, std::string("a live answer: ") + what};
}

bool is_plausible(UtcTime t) { return t >= oldest && t <= youngest; }

void clean(Words& words) {
    words.zh = cleaned(words.zh, words_max_bytes);
    words.en = cleaned(words.en, words_max_bytes);
}

/// Cleans; false when there is nothing to say.
bool is_said(Words& words) {
    clean(words);
    return !words.zh.empty();
}

Result<Done> check(ApplicationFacts& facts) {
    if (!is_said(facts.title)) return wrong("an application without a title");
    if (facts.stages.empty() || facts.stages.size() > stages_max) return wrong("stages");
    bool is_done = true;
    for (Stage& stage : facts.stages) {
        if (!is_said(stage.name)) return wrong("a stage without a name");
        if (stage.done_at && (!is_done || !is_plausible(*stage.done_at)))
            return wrong("a stage done before the one before it");
        is_done = stage.done_at.has_value();
    }
    clean(facts.refusal_reason);
    clean(facts.result);
    if (facts.expires_at && !is_plausible(*facts.expires_at)) return wrong("an expiry");
    switch (facts.status) {
        case Status::InProgress:
            if (is_done) return wrong("in progress with every stage done");
            return Done{};
        case Status::Refused:
            if (facts.refusal_reason.zh.empty()) return wrong("a refusal without its reason");
            if (is_done) return wrong("a refusal with every stage done");
            return Done{};
        case Status::Granted:
            if (facts.result.zh.empty() || !is_done) return wrong("granted without a result");
            return Done{};
        case Status::Unsaid:
            break;
    }
    return wrong("an application without a status");
}

Result<Done> check(HallFacts& facts) {
    if (!is_said(facts.name)) return wrong("a hall without a name");
    if (facts.people_waiting > people_max || facts.counters_open > people_max)
        return wrong("a queue of a hall");
    return Done{};
}

Result<Done> check(AppointmentFacts& facts) {
    if (!is_said(facts.service)) return wrong("an appointment for nothing");
    if (!is_plausible(facts.at)) return wrong("the time of an appointment");
    return check(facts.hall);
}

Result<Done> check(DocumentFacts& facts) {
    if (!is_said(facts.name)) return wrong("a document without a name");
    if (!is_said(facts.where) && facts.is_ready) return wrong("a document ready nowhere");
    return Done{};
}

Result<Done> check(StopFacts& facts) {
    if (!is_said(facts.name)) return wrong("a stop without a name");
    if (facts.departures.size() > departures_max) return wrong("too many departures");
    for (Departure& each : facts.departures) {
        each.route = cleaned(each.route, words_max_bytes);
        if (each.route.empty() || !is_said(each.towards) || !is_plausible(each.leaves_at))
            return wrong("a departure");
    }
    if (!std::ranges::is_sorted(facts.departures, {}, &Departure::leaves_at))
        return wrong("departures out of order");
    return Done{};
}

template <class Facts>
Result<Done> check_kind(std::optional<Facts>& facts, bool is_wanted) {
    if (facts.has_value() != is_wanted) return wrong("facts of another kind");
    if (!facts) return Done{};
    return check(*facts);
}

}  // namespace

Result<Subject> parse_subject(SubjectKind kind, std::string_view hostile) {
    constexpr std::size_t number_min = 4, number_max = 32, name_max = 120;
    const Error unfit{std::errc::invalid_argument, "a subject's number or name"};
    const std::string_view text = trimmed(hostile);
    if (kind == SubjectKind::None || text.empty()) return unfit;
    if (!is_personal(kind)) {
        std::string name = cleaned(text, name_max + 1);
        if (name.empty() || name.size() > name_max) return unfit;
        return Subject{kind, std::move(name)};
    }
    const bool is_number = std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               c == '+' || c == '-';
    });
    if (!is_number || text.size() < number_min || text.size() > number_max) return unfit;
    return Subject{kind, std::string(text)};
}

Result<LiveAnswer> checked_answer(LiveAnswer from_outside, const Subject& asked, UtcTime now) {
    constexpr std::int64_t skew_max_us = us(std::chrono::minutes(2));
    LiveAnswer& answer = from_outside;
    const SubjectKind kind = answer.subject.kind;
    if (answer.format != answer_format) return wrong("another format");
    if (kind == SubjectKind::None || answer.subject != asked) return wrong("another subject");
    if (!is_said(answer.source)) return wrong("no source");
    if (answer.as_of < oldest || answer.as_of.us > now.us + skew_max_us)
        return wrong("as of no time that was");
    if (answer.basis == Basis::Unsaid) return wrong("live or a timetable is not said");
    if (answer.is_timetable() && kind != SubjectKind::Stop) return wrong("a timetable of no stop");
    const auto wants = [&](SubjectKind of) { return answer.is_known && kind == of; };
    YS_TRY([[maybe_unused]] const Done a,
           check_kind(answer.application, wants(SubjectKind::Application)));
    YS_TRY([[maybe_unused]] const Done b,
           check_kind(answer.appointment, wants(SubjectKind::Appointment)));
    YS_TRY([[maybe_unused]] const Done c,
           check_kind(answer.document, wants(SubjectKind::Document)));
    YS_TRY([[maybe_unused]] const Done d, check_kind(answer.hall, wants(SubjectKind::Hall)));
    YS_TRY([[maybe_unused]] const Done e, check_kind(answer.stop, wants(SubjectKind::Stop)));
    return from_outside;
}

bool is_stale(const LiveAnswer& answer, UtcTime now) {
    using namespace std::chrono;
    constexpr std::int64_t queue_us = us(minutes(5));
    constexpr std::int64_t case_us = us(hours(24));
    // A timetable holds until the next one; the system that has it knows its last day.
    constexpr std::int64_t timetable_us = us(hours(24 * 400));
    const std::int64_t age = now.us - answer.as_of.us;
    if (answer.is_timetable()) return age > timetable_us;
    const bool is_quick =
        answer.subject.kind == SubjectKind::Hall || answer.subject.kind == SubjectKind::Stop;
    return age > (is_quick ? queue_us : case_us);
}

}  // namespace ys::backoffice
