// SPDX-License-Identifier: Apache-2.0
// share/config.example.toml says of itself that it shows the defaults; this holds it to that.
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "platform/config/serve_config.h"
#include "platform/json/described_json.h"

namespace ys::config {
namespace {

TEST(config_example, shows_every_setting_with_its_default) {
    const auto file =
        std::filesystem::path(__FILE__).parent_path() / "../../share/config.example.toml";
    std::ifstream in(file, std::ios::binary);
    ASSERT_TRUE(in) << file;
    std::ostringstream text;
    text << in.rdbuf();
    const auto read = parse(text.str(), file.string());
    ASSERT_TRUE(read) << read.error().note;
    const json::object defaults = json::to_value(Serve{}).as_object();
    EXPECT_EQ(json::to_value(*read), json::value(defaults));
    for (const auto& [name, value] : defaults) {
        const std::string key(name);
        const bool is_said = text.str().find(key + " = ") != std::string::npos ||
                             text.str().find("[" + key + "]") != std::string::npos;
        EXPECT_TRUE(is_said) << key;
        if (!value.is_object()) continue;
        for (const auto& inside : value.get_object())
            EXPECT_NE(text.str().find(std::string(inside.key()) + " = "), std::string::npos)
                << key << "." << inside.key();
    }
}

}  // namespace
}  // namespace ys::config
