// SPDX-License-Identifier: Apache-2.0
// `yingsheng config check FILE`: every fault of a settings file, before it is used.
#include <iostream>

#include <boost/json.hpp>

#include "app/commands.h"
#include "app/holidays.h"
#include "app/seed.h"
#include "platform/clock.h"

namespace ys::app {

int run_config_check(const CheckFlags& flags) {
    const auto settings = config::load(flags.file);
    Result<Done> checked = settings ? config::check(*settings) : Result<Done>{settings.error()};
    const bool is_missing = !settings && settings.error().code != std::errc::invalid_argument;
    if (is_missing) {
        print_error(settings.error(), flags.as_json);
        return exit_failed;
    }
    const std::string faults = checked ? "" : checked.error().note;
    std::vector<std::string> warnings;
    if (faults.empty())
        if (const auto scenario = find_scenario(settings->scenario, settings->agents))
            warnings = missing_holidays(*scenario, utc_now());
    if (flags.as_json)
        std::cout << boost::json::serialize(
                         boost::json::object{{"ok", faults.empty()},
                                             {"faults", faults},
                                             {"warnings", boost::json::value_from(warnings)}})
                  << "\n";
    else
        std::cout << (faults.empty() ? flags.file + ": in order" : faults) << "\n";
    if (!flags.as_json)
        for (const std::string& line : warnings) std::cerr << "warning: " << line << "\n";
    return faults.empty() ? exit_done : exit_faults_found;
}

}  // namespace ys::app
