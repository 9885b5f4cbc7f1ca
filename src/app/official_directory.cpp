// SPDX-License-Identifier: Apache-2.0
#include "app/official_directory.h"

#include <algorithm>
#include <filesystem>

#include "api/directory_press.h"
#include "platform/log/log.h"

namespace ys::app {
namespace {

const ScenarioCentre* centre_named(const Scenario& scenario, const std::string& name) {
    const auto it = std::ranges::find(scenario.centre, name, &ScenarioCentre::name);
    return it == scenario.centre.end() ? nullptr : &*it;
}

/// "" when none of its queues keeps hours.
std::string queue_with_hours(const Scenario& scenario, const ScenarioCentre& centre) {
    const auto it = std::ranges::find_if(scenario.queue, [&](const ScenarioQueue& each) {
        return each.centre == centre.name && (!each.hours.empty() || !centre.hours.empty());
    });
    return it == scenario.queue.end() ? "" : it->name;
}

}  // namespace

std::vector<directory::Entry> directory_of(const Scenario& scenario) {
    std::vector<directory::Entry> out;
    for (const ScenarioNumber& number : scenario.number) {
        const ScenarioCentre* centre = centre_named(scenario, number.centre);
        if (centre == nullptr || out.size() == directory::entries_max) continue;
        const bool is_first = out.empty();
        directory::Entry entry;
        entry.code = is_first ? "hotline" : "line" + std::to_string(out.size() + 1);
        entry.kind = is_first ? "hotline" : "office";
        entry.name = is_first ? scenario.title : centre->title;
        entry.centre = centre->parent.empty() ? "" : centre->title;
        entry.number = number.number;
        entry.queue = queue_with_hours(scenario, *centre);
        entry.languages = {"普通话"};
        entry.purpose = "咨询、求助、投诉和建议";
        out.push_back(std::move(entry));
    }
    return out;
}

Result<Done> open_directory(boost::asio::execution_context& loop, sql::Writer& writer,
                            const Scenario& scenario, CentreId head, UtcTime now,
                            const std::string& keys) {
    YS_TRY(auto key, vault::SigningKey::open(std::filesystem::path{keys} / "directory.key"));
    auto& press = boost::asio::use_service<api::DirectoryPress>(loop);
    press.take(scenario.title, std::move(key));
    const auto taken = writer.submit_and_wait([&](sql::Transaction& tx) {
        return directory::DirectoryStore::take_file(tx, head, directory_of(scenario), press.press(),
                                                    now);
    });
    if (taken || taken.error().code != std::errc::invalid_argument) return taken;
    log::warn("app", "directory_not_taken", {{"why", taken.error().note}});
    return Done{};
}

Result<std::string> hotline_now(sql::Database& db, const std::string& otherwise) {
    YS_TRY(const auto entries, directory::DirectoryStore::entries_in_force(db));
    const directory::Entry* hotline = directory::hotline_of(entries);
    return hotline == nullptr ? otherwise : hotline->number;
}

}  // namespace ys::app
