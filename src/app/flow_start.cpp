// SPDX-License-Identifier: Apache-2.0
#include "app/flow_start.h"

#include <algorithm>
#include <filesystem>

#include "app/embedded_text.h"
#include "base/text.h"
#include "centres/io/user_store.h"
#include "interactions/io/flow_store.h"
#include "interactions/io/setup_store.h"
#include "ivr/checker.h"
#include "platform/log/log.h"
#include "voice/call/switchboard.h"

namespace ys::app {
namespace {

using interactions::FlowStore;
using interactions::NumberRow;

/// The lowest centre that has all of them below it, else the first of them.
CentreId centre_above(const centres::CentreTree& tree, const std::vector<CentreId>& all) {
    for (const CentreId above : tree.lineage(all.front()))
        if (std::ranges::all_of(all, [&](CentreId c) { return tree.is_within(c, above); }))
            return above;
    return all.front();
}

Result<Done> settle(sql::Transaction& tx, std::map<std::string, std::string>& flows, UtcTime now) {
    YS_TRY(const auto centres, centres::UserStore::all_centres(tx.db()));
    Scope everywhere;
    for (const auto& row : centres) everywhere.centres.push_back(row.id);
    YS_TRY(const auto tree, centres::tree_of(centres));
    YS_TRY(const auto numbers, interactions::SetupStore::numbers(tx.db(), everywhere));
    for (const auto& [name, text] : flows) {
        std::vector<CentreId> users;
        for (const NumberRow& number : numbers)
            if (number.flow == name) users.push_back(number.centre_id);
        if (users.empty()) continue;
        YS_TRY([[maybe_unused]] const Done taken,
               FlowStore::take_file(tx, centre_above(tree, users), name, text, now));
    }
    YS_TRY(const auto in_force, FlowStore::texts_in_force(tx.db()));
    for (const auto& [name, text] : in_force) {
        const auto file = flows.find(name);
        const auto good = ivr::load_flow(text);
        if (!good) log::error("app", "flow_in_force_has_faults", good.error());
        if (!good && file != flows.end() && file->second != text) {
            YS_TRY([[maybe_unused]] const auto version,
                   FlowStore::force(tx, name, file->second, {.now = now}));
        } else {
            flows[name] = text;
        }
    }
    return Done{};
}

}  // namespace

Result<Done> settle_flows(sql::Writer& writer, std::map<std::string, std::string>& flows,
                          UtcTime now) {
    return writer.submit_and_wait(
        [&](sql::Transaction& tx) -> Result<Done> { return settle(tx, flows, now); });
}

std::map<std::string, std::string> known_prompts(const std::vector<std::string>& folders) {
    std::map<std::string, std::string> out;
    const auto table = embedded_text("../tools/prompts/prompts.tsv");
    for (const std::string_view line : split(table.value_or(""), '\n')) {
        const auto columns = split(line, '\t');
        if (!line.starts_with('#') && columns.size() >= 2)
            out[std::string(columns[0])] = std::string(columns[1]);
    }
    std::error_code error;  // A folder that cannot be read has no prompts; media says so.
    for (const std::string& folder : folders)
        for (const auto& entry : std::filesystem::directory_iterator{folder, error}) {
            const std::string name = entry.path().stem().string();
            const bool is_slow = name.starts_with(call::Switchboard::slow_prefix);
            if (entry.path().extension() == ".wav" && !is_slow) out.try_emplace(name);
        }
    return out;
}

}  // namespace ys::app
