// SPDX-License-Identifier: Apache-2.0
#include "platform/config/toml_text.h"

#include <toml++/toml.h>

#include <sstream>
#include <vector>

namespace ys::config {

Result<json::value> toml_as_json(std::string_view text, std::string_view name) {
    const std::string where{name};
    if (text.size() > toml_bytes_max)
        return Error{std::errc::invalid_argument, where + " is longer than 4 MB"};
    std::ostringstream as_json;
    // With exceptions, as wherever toml++ is included: its two builds do not mix in one program.
    try {
        as_json << toml::json_formatter{toml::parse(text)};
    } catch (const toml::parse_error& e) {
        return Error{std::errc::invalid_argument, where + " line " +
                                                      std::to_string(e.source().begin.line) + ": " +
                                                      std::string(e.description())};
    }
    return json::parse(as_json.str());
}

std::string strange_keys(const json::value& given, const json::value& understood) {
    std::string faults;
    struct Pair {
        const json::value* given;
        const json::value* understood;
        std::string path;
    };
    std::vector<Pair> open{{&given, &understood, ""}};
    while (!open.empty()) {
        const Pair at = open.back();
        open.pop_back();
        if (at.given->is_object() && at.understood->is_object()) {
            for (const auto& [key, each] : at.given->get_object()) {
                const std::string place = at.path + (at.path.empty() ? "" : ".") + std::string(key);
                const json::value* known = at.understood->get_object().if_contains(key);
                if (known == nullptr)
                    faults += "nothing is called " + place + "\n";
                else
                    open.push_back({&each, known, place});
            }
        } else if (at.given->is_array() && at.understood->is_array()) {
            const auto& known = at.understood->get_array();
            std::size_t i = 0;
            for (const json::value& each : at.given->get_array()) {
                if (i == known.size()) break;
                open.push_back({&each, &known[i], at.path + "." + std::to_string(i)});
                ++i;
            }
        }
    }
    return faults;
}

}  // namespace ys::config
