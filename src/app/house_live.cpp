// SPDX-License-Identifier: Apache-2.0
// Live answers in the running house: the systems of the settings.
#include <algorithm>

#include <boost/describe/enum_from_string.hpp>

#include "app/business_systems.h"
#include "app/house.h"
#include "platform/log/log.h"

namespace ys::app {

Result<Done> House::start_business_systems() {
    std::map<std::string, backoffice::SubjectKind> kinds_of;
    for (const ScenarioLive& live : scenario_.live) {
        backoffice::SubjectKind kind{};
        boost::describe::enum_from_string(live.kind.c_str(), kind);
        for (const std::string& matter : live.matters) kinds_of[matter] = kind;
    }
    YS_TRY(business_systems_,
           BusinessSystems::make({.loop = loop_,
                                  .writer = *writer_,
                                  .metrics = metrics_,
                                  .call_of =
                                      [this](UserId user) {
                                          const auto view =
                                              coordinator_->desk_view(AgentId{user.value});
                                          return view ? view->interaction : InteractionId{};
                                      },
                                  .kinds_of = std::move(kinds_of)},
                                 options_.settings.business_system));
    const auto kinds = business_systems_->kinds();
    for (const ScenarioLive& live : scenario_.live) {
        backoffice::SubjectKind kind{};
        boost::describe::enum_from_string(live.kind.c_str(), kind);
        if (std::ranges::find(kinds, kind) != kinds.end()) continue;
        log::warn("backoffice", "no_business_system", {{"kind", live.kind}});
        scenario_.say_at_start.push_back("没有接业务系统，查不到 " + live.kind +
                                         "，来电会转人工 (no [[business_system]] for it)");
    }
    return Done{};
}

}  // namespace ys::app
