// SPDX-License-Identifier: Apache-2.0
#include "app/scenario_file.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/embedded_text.h"

namespace ys::app {

Result<std::string> scenario_file(const std::string& scenario, std::string_view file) {
    if (scenario.find('/') == std::string::npos)
        return std::string(
            embedded_text(scenario + "/" + std::string(file)).value_or(std::string_view{}));
    const auto path = std::filesystem::path(scenario) / file;
    if (!std::filesystem::exists(path)) return std::string{};
    std::ifstream in(path, std::ios::binary);
    std::stringstream text;
    if (!in || !(text << in.rdbuf()))
        return Error{std::errc::io_error, "cannot read " + path.string()};
    return text.str();
}

}  // namespace ys::app
