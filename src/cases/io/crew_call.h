// SPDX-License-Identifier: Apache-2.0
// The way of an offer between its row and the engine of crew_duty.h. Of this folder only.
#pragma once

#include <string>
#include <string_view>

#include "cases/io/crew_store.h"

namespace ys::cases {

struct CentreOfCase {
    CentreId centre_id{};
};
BOOST_DESCRIBE_STRUCT(CentreOfCase, (), (centre_id))

CrewCall call_of(const CrewJobRow& job);
CrewEventRow event_of(const CrewJobRow& job, std::string_view what, UtcTime now);
/// The row as the engine has decided, and the event of who has it now.
Result<Done> keep_offer(sql::Transaction& tx, CrewJobRow& job, const CrewCall& call, UtcTime now);

struct OfferMove {
    CrewDid did = CrewDid::TimeIsUp;
    UserId by{};
    std::string key{}, words{};
    UtcTime now{}, said_at{};
};
/// Take, Refuse or TimeIsUp.
Result<Done> move_offer(sql::Transaction& tx, const Handbook& handbook, CrewJobRow& job,
                        const OfferMove& move);

}  // namespace ys::cases
