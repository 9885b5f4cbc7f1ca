// SPDX-License-Identifier: Apache-2.0
#include "api/call_sight.h"

#include <algorithm>
#include <variant>

#include "interactions/io/call_store.h"
#include "platform/journal/journal.h"

namespace ys::api {

Result<std::optional<centres::Thing>> thing_of_call(sql::Database& db, const Scope& scope,
                                                    InteractionId id) {
    const auto ended = [&]() -> Result<std::optional<centres::Thing>> {
        YS_TRY(const auto row, interactions::CallStore::get(db, scope, id));
        if (!row) return std::optional<centres::Thing>{};
        return std::optional{centres::Thing{row->centre_id, UserId{row->agent_id.value}}};
    };
    YS_TRY(const auto found, ended());
    if (found) return found;
    YS_TRY(const auto row, interactions::CallStore::live(db, scope, id));
    if (!row) return ended();  // It may have ended between the two looks.
    return std::optional{centres::Thing{row->centre_id, UserId{row->agent_id.value}}};
}

Result<bool> was_shown(sql::Database& db, InteractionId id, AgentId agent) {
    YS_TRY(const auto story, journal::Journal::whole_story(db, id));
    return std::ranges::any_of(story, [&](const journal::Entry& entry) {
        return entry.fact.agent == agent &&
               (std::holds_alternative<facts::Proposed>(entry.fact.body) ||
                std::holds_alternative<facts::Connected>(entry.fact.body));
    });
}

}  // namespace ys::api
