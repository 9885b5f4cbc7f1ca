// SPDX-License-Identifier: Apache-2.0
#include "app/scenario_causes.h"

#include <algorithm>
#include <set>

#include "app/embedded_text.h"
#include "app/scenario_file.h"
#include "centres/io/user_store.h"
#include "platform/config/toml_text.h"

namespace ys::app {
namespace {

constexpr std::string_view file_name = "causes.toml";
constexpr std::size_t title_bytes_max = 60, causes_max = 30;

struct CauseFile {
    std::vector<ScenarioCause> cause;
};
BOOST_DESCRIBE_STRUCT(CauseFile, (), (cause))

bool is_word(std::string_view text) {
    return !text.empty() && text.size() <= 40 && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}
bool is_key(std::string_view text) {
    return text.size() == 1 && is_word(text) && text != "_" && text != "0";
}
bool is_title(std::string_view text) { return !text.empty() && text.size() <= title_bytes_max; }

std::string faults_in(const std::vector<ScenarioCause>& causes) {
    std::string out;
    std::set<std::string> codes, keys;
    if (causes.size() > causes_max) out += "more than 30 causes\n";
    for (const ScenarioCause& c : causes) {
        const auto fault = [&](std::string_view what) {
            out += "cause " + c.code + ": " + std::string(what) + "\n";
        };
        if (!is_word(c.code)) fault("a code is small letters, digits and _");
        if (!codes.insert(c.code).second) fault("there are two of them");
        if (!is_title(c.title) || !is_title(c.title_en)) fault("needs title and title_en");
        if (c.kind != "defect" && c.kind != "suggestion")
            fault("“" + c.kind + "” is neither defect nor suggestion");
        if (!is_key(c.key)) fault("a key is one of 1 to 9 or a to z");
        if (!keys.insert(c.key).second) fault("another cause has key “" + c.key + "”");
        if (!c.asks.empty() && c.asks != "route" && c.asks != "place")
            fault("asks is route or place, or nothing");
        if (c.close_below_percent < 1 || c.close_below_percent > 100)
            fault("close_below_percent is 1 to 100");
    }
    return out;
}

}  // namespace

Result<std::vector<cases::CauseRow>> parse_causes(std::string_view toml) {
    YS_TRY(const CauseFile file, config::read_toml<CauseFile>(toml, file_name));
    const std::string faults = faults_in(file.cause);
    if (!faults.empty())
        return Error{std::errc::invalid_argument, std::string(file_name) + ": " + faults};
    std::vector<cases::CauseRow> out;
    for (const ScenarioCause& each : file.cause)
        out.push_back({.code = each.code,
                       .title = each.title,
                       .title_en = each.title_en,
                       .kind = each.kind,
                       .hot_key = each.key,
                       .asks = each.asks,
                       .close_below_percent = each.close_below_percent});
    return out;
}

Result<std::vector<cases::CauseRow>> causes_of(const std::string& scenario) {
    YS_TRY(std::string text, scenario_file(scenario, file_name));
    if (text.empty()) text = std::string(embedded_text(file_name).value_or(std::string_view{}));
    return parse_causes(text);
}

Result<Done> seed_causes(sql::Writer& writer, const std::vector<cases::CauseRow>& causes) {
    return writer.submit_and_wait([&](sql::Transaction& tx) -> Result<Done> {
        YS_TRY(const auto centres, centres::UserStore::all_centres(tx.db()));
        for (const centres::CentreRow& centre : centres) {
            if (centre.parent_id) continue;
            YS_TRY([[maybe_unused]] const Done set,
                   cases::CauseStore::set_list(tx, centre.id, causes));
        }
        return Done{};
    });
}

}  // namespace ys::app
