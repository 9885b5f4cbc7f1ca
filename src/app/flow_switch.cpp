// SPDX-License-Identifier: Apache-2.0
#include "app/flow_switch.h"

#include <algorithm>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "interactions/flow_fit.h"
#include "interactions/io/setup_store.h"
#include "platform/log/log.h"

namespace ys::app {

using interactions::FlowStore;
using interactions::FlowVersionRow;

namespace {

/// Somebody may set the clock; a store may be busy.
constexpr Millis look_again_max{60'000};
/// Calls come first: articles are read when the house stands.
constexpr Seconds life_after{30};

}  // namespace

FlowSwitch::FlowSwitch(Ports ports)
    : ports_(std::move(ports)), stores_(ports_.readers, ports_.writer), timer_(ports_.loop) {}

Task<Done> FlowSwitch::switch_due() {
    auto query = [now = ports_.now()](sql::Database& db) { return FlowStore::due(db, now); };
    YS_CO_TRY(const std::vector<FlowVersionRow> due, co_await stores_.read(query));
    for (const FlowVersionRow& version : due) {
        YS_CO_TRY([[maybe_unused]] const Done done, co_await take(version));
    }
    co_return co_await wait_for_next();
}

/// On disk first: the next start has what callers hear from now on.
Task<Done> FlowSwitch::take(FlowVersionRow version) {
    interactions::Setup wanted;
    wanted.flows[version.flow] = version.text;
    const auto may = ports_.may_become(wanted);
    if (!may) co_return co_await refuse(std::move(version), may.error().note);
    auto work = [version, now = ports_.now()](sql::Transaction& tx) {
        return FlowStore::put_in_force(tx, version, now);
    };
    const Result<Done> kept = co_await stores_.write(work);
    // Another look has taken it, or somebody has withdrawn it meanwhile.
    if (!kept && kept.error().code == std::errc::operation_not_permitted) co_return Done{};
    if (!kept) co_return kept.error();
    change(version);
    co_return Done{};
}

void FlowSwitch::change(const FlowVersionRow& version) {
    log::info("app", "flow_in_force", {{"flow", version.flow}, {"version", version.number}});
    interactions::Setup wanted;
    wanted.flows[version.flow] = version.text;
    interactions::ChangeRules change;
    change.by = AgentId{version.published_by.value};
    change.centre = version.centre_id;
    change.rules = std::make_shared<const interactions::Setup>(std::move(wanted));
    ports_.change(std::move(change));
}

void FlowSwitch::speak_life(const std::string& flow, LifeLine::Ports ports) {
    ports.put = [this, flow, text_of = ports.text](LifeText wanted) {
        for (knowledge::FlowPrompt& each : wanted.prompts)
            ports_.prompts[each.name] = std::move(each.text);
        if (wanted.text == text_of()) return;
        boost::asio::co_spawn(
            ports_.loop,
            [](FlowSwitch* self, std::string name, std::string text,
               std::shared_ptr<bool> alive) -> boost::asio::awaitable<void> {
                const auto done = co_await self->force(std::move(name), std::move(text));
                if (!done && *alive) log::error("app", "life_events_not_in_force", done.error());
            }(this, flow, std::move(wanted.text), is_alive_),
            boost::asio::detached);
    };
    life_line_ = std::make_unique<LifeLine>(std::move(ports));
    life_line_->look_in(life_after);
}

Task<Done> FlowSwitch::force(std::string flow, std::string text) {
    interactions::Setup wanted;
    wanted.flows[flow] = text;
    if (const auto may = ports_.may_become(wanted); !may) co_return may.error();
    interactions::FlowStep step{.why = "口径有更新，清单重新生成", .now = ports_.now()};
    auto work = [flow = std::move(flow), text = std::move(text), step = std::move(step)](
                    sql::Transaction& tx) { return FlowStore::force(tx, flow, text, step); };
    YS_CO_TRY(const FlowVersionRow version, co_await stores_.write(work));
    change(version);
    co_return Done{};
}

Task<Done> FlowSwitch::refuse(FlowVersionRow version, std::string because) {
    log::warn("app", "flow_refused", {{"flow", version.flow}, {"version", version.number}});
    auto work = [=, now = ports_.now(),
                 hears = ports_.hears](sql::Transaction& tx) -> Result<Done> {
        YS_TRY(const auto setup, interactions::SetupStore::load(tx.db()));
        auto faults =
            interactions::faults_in_house(version.flow, version.text, {setup, nullptr, hears});
        if (faults.empty()) faults.push_back({"house", "", 0, because});
        return FlowStore::refuse(tx, version, interactions::faults_text(faults), now);
    };
    const Result<Done> kept = co_await stores_.write(work);
    if (!kept && kept.error().code == std::errc::operation_not_permitted) co_return Done{};
    co_return kept;
}

Task<Done> FlowSwitch::wait_for_next() {
    auto query = [](sql::Database& db) { return FlowStore::next_due(db); };
    YS_CO_TRY(const std::optional<UtcTime> next, co_await stores_.read(query));
    timer_.cancel();
    if (!next) co_return Done{};
    const Millis wait{(next->us - ports_.now().us) / 1'000 + 1};
    timer_.expires_after(std::clamp(wait, Millis{1}, look_again_max));
    timer_.async_wait([this, alive = is_alive_](const boost::system::error_code& error) {
        if (!error && *alive) look();
    });
    co_return Done{};
}

void FlowSwitch::look() {
    boost::asio::co_spawn(
        ports_.loop,
        [](FlowSwitch* self, std::shared_ptr<bool> alive) -> boost::asio::awaitable<void> {
            const Result<Done> done = co_await self->switch_due();
            if (!done && *alive) log::error("app", "flows_not_looked_at", done.error());
        }(this, is_alive_),
        boost::asio::detached);
}

void FlowSwitch::stop() {
    *is_alive_ = false;
    if (life_line_) life_line_->stop();
    timer_.cancel();
}

}  // namespace ys::app
