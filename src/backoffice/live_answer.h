// SPDX-License-Identifier: Apache-2.0
// What a business system knows about one person, case or place, and as of when.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/described.h"
#include "base/result.h"
#include "base/time.h"

namespace ys::backoffice {

enum class SubjectKind : std::uint8_t { None, Application, Appointment, Document, Hall, Stop };
BOOST_DESCRIBE_ENUM(SubjectKind, None, Application, Appointment, Document, Hall, Stop)

/// About somebody, so nothing of it is told before an identity check; places are everybody's.
constexpr bool is_personal(SubjectKind kind) {
    return kind == SubjectKind::Application || kind == SubjectKind::Appointment ||
           kind == SubjectKind::Document;
}

struct Subject {
    SubjectKind kind = SubjectKind::None;
    std::string number;  ///< of the case or booking, the caller's own, or a place's name
    friend auto operator<=>(const Subject&, const Subject&) = default;
};
BOOST_DESCRIBE_STRUCT(Subject, (), (kind, number))

/// What somebody keyed or typed, as a subject: a number of 4 to 32 ASCII letters, digits and
/// "+-"; a place's name cleaned, of at most 120 bytes.
/// errors  invalid_argument
Result<Subject> parse_subject(SubjectKind kind, std::string_view hostile);

/// The business system's own words; `en` is "" when it has none.
struct Words {
    std::string zh, en;
    friend bool operator==(const Words&, const Words&) = default;
};
BOOST_DESCRIBE_STRUCT(Words, (), (zh, en))

/// One step of a progress bar. The first that is not done is where things stand.
struct Stage {
    Words name;
    std::optional<UtcTime> done_at;
    friend bool operator==(const Stage&, const Stage&) = default;
};
BOOST_DESCRIBE_STRUCT(Stage, (), (name, done_at))

enum class Status : std::uint8_t { Unsaid, InProgress, Refused, Granted };
BOOST_DESCRIBE_ENUM(Status, Unsaid, InProgress, Refused, Granted)

struct ApplicationFacts {
    Words title;
    Status status = Status::Unsaid;
    std::vector<Stage> stages;
    Words refusal_reason;               ///< of a refused one
    Words result;                       ///< of a granted one
    std::optional<UtcTime> expires_at;  ///< the last moment that the result may be used
    friend bool operator==(const ApplicationFacts&, const ApplicationFacts&) = default;
};
BOOST_DESCRIBE_STRUCT(ApplicationFacts, (),
                      (title, status, stages, refusal_reason, result, expires_at))

struct HallFacts {
    Words name;
    std::uint32_t people_waiting = 0;
    std::uint32_t counters_open = 0;
    friend bool operator==(const HallFacts&, const HallFacts&) = default;
};
BOOST_DESCRIBE_STRUCT(HallFacts, (), (name, people_waiting, counters_open))

struct AppointmentFacts {
    Words service;
    UtcTime at;
    HallFacts hall;
    friend bool operator==(const AppointmentFacts&, const AppointmentFacts&) = default;
};
BOOST_DESCRIBE_STRUCT(AppointmentFacts, (), (service, at, hall))

struct DocumentFacts {
    Words name;
    bool is_ready = false;
    Words where;  ///< to collect it, once it is ready
    friend bool operator==(const DocumentFacts&, const DocumentFacts&) = default;
};
BOOST_DESCRIBE_STRUCT(DocumentFacts, (), (name, is_ready, where))

struct Departure {
    std::string route;
    Words towards;
    UtcTime leaves_at;
    friend bool operator==(const Departure&, const Departure&) = default;
};
BOOST_DESCRIBE_STRUCT(Departure, (), (route, towards, leaves_at))

struct StopFacts {
    Words name;
    std::vector<Departure> departures;  ///< the next ones, soonest first
    friend bool operator==(const StopFacts&, const StopFacts&) = default;
};
BOOST_DESCRIBE_STRUCT(StopFacts, (), (name, departures))

/// Whether things are as said, or only planned so.
enum class Basis : std::uint8_t { Unsaid, Live, Timetable };
BOOST_DESCRIBE_ENUM(Basis, Unsaid, Live, Timetable)

/// Exactly the facts of its subject's kind are there; none when the subject is not known.
struct LiveAnswer {
    std::string format;  ///< answer_format
    Subject subject;
    Words source;   ///< who says so
    UtcTime as_of;  ///< of a timetable: when it was published
    Basis basis = Basis::Unsaid;
    bool is_known = false;
    std::optional<ApplicationFacts> application;
    std::optional<AppointmentFacts> appointment;
    std::optional<DocumentFacts> document;
    std::optional<HallFacts> hall;
    std::optional<StopFacts> stop;

    bool is_timetable() const { return basis == Basis::Timetable; }
    friend bool operator==(const LiveAnswer&, const LiveAnswer&) = default;
};
BOOST_DESCRIBE_STRUCT(LiveAnswer, (),
                      (format, subject, source, as_of, basis, is_known, application, appointment,
                       document, hall, stop))

inline constexpr std::string_view answer_format = "live-answer-1";

/// Why nothing can be told right now. Operators see which; the citizen hears the same of all.
enum class Trouble : std::uint8_t {
    Slow,    ///< no answer within the limit
    Down,    ///< no connection, or a status that is no answer
    Wrong,   ///< an answer of another shape, or about something else
    Stale,   ///< an answer too old to be of use
    Resting  ///< not asked: it failed several times just now
};
BOOST_DESCRIBE_ENUM(Trouble, Slow, Down, Wrong, Stale, Resting)

using Looked = std::variant<LiveAnswer, Trouble>;

/// What a business system sent, made fit to be said: texts cleaned and bounded, every fact in its
/// place.
///
/// now      an answer from the future is refused
/// errors   invalid_argument, the note naming what is wrong
Result<LiveAnswer> checked_answer(LiveAnswer from_outside, const Subject& asked, UtcTime now);

/// Whether nobody is helped by it any more, however honestly its age is said: a queue after five
/// minutes, what is known of a case after a day.
bool is_stale(const LiveAnswer& answer, UtcTime now);

}  // namespace ys::backoffice
