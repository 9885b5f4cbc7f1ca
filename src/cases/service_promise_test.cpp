// SPDX-License-Identifier: Apache-2.0
#include "cases/service_promise.h"

#include <gtest/gtest.h>

namespace ys::cases {
namespace {

UtcTime at(const char* text) { return *parse_rfc3339(text); }

TEST(ServicePromise, a_cold_flat_is_visited_within_a_day_and_an_urgent_one_within_hours) {
    const CaseForm cold{.kind = "no_heat", .contact_number = "13800001001", .address = "听松里"};
    EXPECT_EQ(service_of(cold), Service::Visit);
    EXPECT_EQ(served_by(cold, at("2026-11-24T08:10:00Z")), at("2026-11-25T08:30:00Z"));
    CaseForm urgent = cold;
    urgent.urgency = "urgent";
    EXPECT_EQ(served_by(urgent, at("2026-11-24T08:30:00Z")), at("2026-11-24T12:30:00Z"))
        << "a half hour is round already";
}

TEST(ServicePromise, what_was_settled_at_once_promises_nothing) {
    EXPECT_FALSE(served_by({.kind = "billing", .status = "closed"}, UtcTime{}));
    EXPECT_FALSE(served_by({.kind = "nonsense"}, UtcTime{}));
}

TEST(ServicePromise, who_asks_is_answered_the_way_they_wish) {
    EXPECT_EQ(service_of({.kind = "question", .contact_number = "110", .wishes_callback = true}),
              Service::CallBack);
    EXPECT_EQ(service_of({.kind = "question", .contact_number = "110"}), Service::Answer);
    EXPECT_EQ(service_of({.kind = "report"}), Service::Handle) << "who stays unnamed";
}

TEST(ServicePromise, every_kind_is_served_and_what_is_urgent_not_later) {
    for (const Kind& kind : kinds) {
        EXPECT_GT(kind.urgent_within_h, 0) << kind.name;
        EXPECT_LE(kind.urgent_within_h, kind.within_h) << kind.name;
    }
}

}  // namespace
}  // namespace ys::cases
