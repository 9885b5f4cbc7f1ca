// SPDX-License-Identifier: Apache-2.0
#include "api/rules_change.h"

#include "api/answer.h"
#include "base/text.h"
#include "interactions/io/policy_file.h"
#include "interactions/io/setup_store.h"

namespace ys::api {

Task<interactions::Setup> stored_setup(Api& api) {
    auto query = [](sql::Database& db) { return interactions::SetupStore::load(db); };
    co_return co_await api.stores().read(query);
}

Task<Done> put_in_force(Api& api, const Call& call, CentreId centre, std::string what,
                        interactions::Setup rules) {
    interactions::ChangeRules change;
    change.by = AgentId{call.user().user.id.value};
    change.centre = centre;
    change.what = std::move(what);
    change.policy = interactions::policy_text(rules);
    change.rules = std::make_shared<const interactions::Setup>(std::move(rules));
    api.ports().rules.change(std::move(change));
    // The writer keeps the order of what it is given: once this is on disk, the fact is.
    auto nothing = [](sql::Transaction&) -> Result<Done> { return Done{}; };
    co_return co_await api.stores().write(nothing);
}

Result<std::string> reason_in(const std::string& text) {
    constexpr std::size_t reason_bytes_max = 300;
    YS_TRY(std::string reason, form_text(text, reason_bytes_max, "reason"));
    if (trimmed(reason).empty()) return refused("bad_field:reason=reason_needed", RefusedAs::Unfit);
    return reason;
}

}  // namespace ys::api
