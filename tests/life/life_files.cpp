// SPDX-License-Identifier: Apache-2.0
#include "life_files.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/panic.h"
#include "base/text.h"
#include "knowledge/io/life_event_file.h"
#include "platform/config/toml_text.h"

namespace ys::knowledge::testing {
namespace {

const std::filesystem::path scenarios =
    std::filesystem::path(__FILE__).parent_path() / "../../scenarios";

std::string text_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    YS_ASSERT(in.is_open());
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

}  // namespace

std::vector<std::string> scenarios_with_events() {
    std::vector<std::string> out;
    for (const auto& each : std::filesystem::directory_iterator(scenarios))
        if (std::filesystem::exists(each.path() / "life_events.toml"))
            out.push_back(each.path().filename());
    std::ranges::sort(out);
    return out;
}

std::vector<LifeEvent> events_of(const std::string& scenario) {
    auto events = read_life_events(text_of(scenarios / scenario / "life_events.toml"), scenario);
    if (!events) {
        std::fprintf(stderr, "%s\n", events.error().note.c_str());
        std::abort();
    }
    return *std::move(events);
}

std::set<std::string> matters_of(const std::string& scenario) {
    std::set<std::string> out;
    const std::string text = text_of(scenarios / scenario / "matters.tsv");
    for (const std::string_view line : split(text, '\n'))
        if (!line.empty()) out.emplace(line.substr(0, line.find('\t')));
    return out;
}

std::map<std::string, std::string> articles_of(const std::string& scenario) {
    const auto file = scenarios / scenario / "articles.toml";
    std::map<std::string, std::string> out;
    if (!std::filesystem::exists(file)) return out;
    const auto read = config::toml_as_json(text_of(file), "articles.toml");
    YS_ASSERT(read);
    for (const json::value& article : read->at("article").as_array())
        out[std::string(article.at("matter").as_string())] = boost::json::serialize(article);
    return out;
}

ArticlePins pins_of(const std::string& scenario) {
    ArticlePins out;
    std::uint64_t article = 100;
    for (const std::string& matter : matters_of(scenario)) {
        ++article;
        out[matter] = {ArticleId{article}, static_cast<std::uint32_t>(article % 5 + 1)};
    }
    return out;
}

}  // namespace ys::knowledge::testing
