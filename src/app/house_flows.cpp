// SPDX-License-Identifier: Apache-2.0
// The flows of the house: those in force at its start, and their changes while it runs.
#include <algorithm>

#include "app/flow_start.h"
#include "app/flow_switch.h"
#include "app/house.h"
#include "app/life_line.h"
#include "platform/clock.h"

namespace ys::app {

Result<Done> House::settle_flows() {
    return app::settle_flows(*writer_, scenario_.flows, utc_now());
}

void House::watch_flows() {
    flow_switch_ = std::make_unique<FlowSwitch>(FlowSwitch::Ports{
        .loop = loop_.context(),
        .readers = *readers_,
        .writer = *writer_,
        .may_become =
            [this](const interactions::Setup& flows) { return coordinator_->may_become(flows); },
        .change =
            [this](interactions::ChangeRules change) {
                for (const auto& [name, text] : change.rules->flows) scenario_.flows[name] = text;
                switchboard_->on_command(std::move(change));
            },
        .now = [] { return utc_now(); },
        .prompts = known_prompts({options_.prompts, own_prompts_dir()}),
        .hears = options_.settings.speech.engine != "none"});
    flow_switch_->look();
    const auto flow = std::ranges::find_if(
        scenario_.flows, [](const auto& each) { return has_life_node(each.second); });
    if (flow == scenario_.flows.end() || life_events_->events().empty()) return;
    flow_switch_->speak_life(
        flow->first, {.loop = loop_,
                      .book = *life_events_,
                      .centre = centres_.front().id,
                      .folder = own_prompts_dir(),
                      .now = [] { return utc_now(); },
                      .text = [this, name = flow->first] { return scenario_.flows[name]; }});
}

}  // namespace ys::app
