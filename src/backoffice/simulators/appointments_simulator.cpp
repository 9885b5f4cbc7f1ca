// SPDX-License-Identifier: Apache-2.0
#include "backoffice/simulators/appointments_simulator.h"

#include <algorithm>
#include <array>

#include "base/calendar.h"

namespace ys::backoffice {
namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr std::int64_t minute_us = 60'000'000;
constexpr std::int64_t day_minutes = 24 * 60;

struct Hall {
    std::string_view zh, en;
    std::uint32_t counters;
    std::uint32_t crowd;  ///< who waits in its busiest minute
};
constexpr std::array halls{Hall{"云汀市政务服务大厅", "Yunting Service Hall", 12, 64},
                           Hall{"北桥区便民服务中心", "Beiqiao Service Centre", 4, 18}};

struct Booking {
    std::string_view number, phone, digits;
    std::string_view service_zh, service_en;
    std::size_t hall;
    int days_from_start;
    int minute_of_day;
};
constexpr std::array bookings{Booking{"YY20260001", "13900001001", "200001", "居民身份证换领",
                                      "renewal of the identity card", 0, 1, 9 * 60 + 30},
                              Booking{"YY20260002", "13900001002", "200002", "普通护照申请",
                                      "passport application", 0, 2, 14 * 60},
                              Booking{"YY20260003", "13900001003", "200003", "居住证签注",
                                      "residence permit endorsement", 1, 1, 10 * 60 + 15}};

struct Paper {
    std::string_view number, phone, digits;
    std::string_view name_zh, name_en, where_zh, where_en;
    minutes ready;
};
/// In the order they become ready.
constexpr std::array papers{
    Paper{"ZJ20260001", "13900001001", "300001", "居民身份证", "identity card",
          "云汀市政务服务大厅5号窗口", "Yunting Service Hall, counter 5", -days(1)},
    Paper{"ZJ20260002", "13900001002", "300002", "普通护照", "passport",
          "云汀市政务服务大厅8号窗口", "Yunting Service Hall, counter 8", minutes(5)},
    Paper{"ZJ20260003", "13900001003", "300003", "居住证", "residence permit",
          "北桥区便民服务中心2号窗口", "Beiqiao Service Centre, counter 2", days(1)}};

Words words(std::string_view zh, std::string_view en) { return {std::string(zh), std::string(en)}; }

std::int64_t local_minutes(UtcTime t) { return t.us / minute_us + Calendar{}.zone_minutes; }

/// A morning's and an afternoon's crowd, a little different every minute; nobody at night and at
/// weekends.
HallFacts queue_of(const Hall& hall, UtcTime at) {
    constexpr std::int64_t opens = 9 * 60, closes = 17 * 60, half = (closes - opens) / 2;
    HallFacts out{words(hall.zh, hall.en), 0, 0};
    const std::int64_t local = local_minutes(at);
    const std::int64_t minute = local % day_minutes;
    const bool is_weekend = (local / day_minutes + 3) % 7 >= 5;
    if (is_weekend || minute < opens || minute >= closes) return out;
    const std::int64_t into = (minute - opens) % half;
    const std::int64_t wave = into < half / 2 ? into : half - into;
    const auto crowd = static_cast<std::int64_t>(hall.crowd);
    out.people_waiting = static_cast<std::uint32_t>(crowd * wave * 2 / half + local * 7 % 5);
    out.counters_open = hall.counters;
    return out;
}

const Booking* find_booking(const std::string& number) {
    const auto found = std::ranges::find_if(
        bookings, [&](const Booking& b) { return b.number == number || b.phone == number; });
    return found == bookings.end() ? nullptr : &*found;
}

const Paper* find_paper(const std::string& number) {
    const auto found = std::ranges::find(papers, number, &Paper::number);
    return found == papers.end() ? nullptr : &*found;
}

}  // namespace

bool AppointmentsSimulator::matches(const Subject& subject, std::string_view digits) const {
    const Booking* booking = find_booking(subject.number);
    if (subject.kind == SubjectKind::Appointment) return booking && booking->digits == digits;
    const Paper* paper = find_paper(subject.number);
    return subject.kind == SubjectKind::Document && paper && paper->digits == digits;
}

Result<LiveAnswer> AppointmentsSimulator::look(const Subject& subject, std::string_view,
                                               UtcTime now) const {
    const UtcTime as_of = clock_.data_of(now);
    LiveAnswer answer = answer_of(subject, {"预约系统（模拟）", "simulated booking system"}, as_of);
    if (subject.kind == SubjectKind::Hall) {
        const auto hall = std::ranges::find(halls, subject.number, &Hall::zh);
        if (hall != halls.end()) answer.hall = queue_of(*hall, as_of);
    }
    const Booking* booking =
        subject.kind == SubjectKind::Appointment ? find_booking(subject.number) : nullptr;
    if (booking) {
        const std::int64_t day = local_minutes(clock_.started_at) / day_minutes;
        const std::int64_t at = (day + booking->days_from_start) * day_minutes +
                                booking->minute_of_day - Calendar{}.zone_minutes;
        answer.appointment = AppointmentFacts{words(booking->service_zh, booking->service_en),
                                              {at * minute_us},
                                              queue_of(halls.at(booking->hall), as_of)};
    }
    const Paper* paper =
        subject.kind == SubjectKind::Document ? find_paper(subject.number) : nullptr;
    if (paper) {
        answer.document = DocumentFacts{words(paper->name_zh, paper->name_en),
                                        clock_.after_start(paper->ready) <= as_of,
                                        words(paper->where_zh, paper->where_en)};
    }
    answer.is_known = answer.hall || answer.appointment || answer.document;
    return answer;
}

std::vector<DocumentReady> AppointmentsSimulator::ready_after(std::uint64_t seq,
                                                              UtcTime now) const {
    const UtcTime as_of = clock_.data_of(now);
    std::vector<DocumentReady> out;
    for (std::size_t i = 0; i < papers.size(); ++i) {
        const Paper& paper = papers[i];
        const UtcTime ready = clock_.after_start(paper.ready);
        if (i + 1 <= seq || ready > as_of) continue;
        out.push_back({i + 1, Private(paper.number), Private(paper.phone),
                       words(paper.name_zh, paper.name_en), words(paper.where_zh, paper.where_en),
                       ready});
    }
    return out;
}

}  // namespace ys::backoffice
