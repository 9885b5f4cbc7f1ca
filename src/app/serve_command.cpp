// SPDX-License-Identifier: Apache-2.0
// `yingsheng serve`: the hotline itself.
#include <sys/resource.h>

#include <iostream>

#include "app/commands.h"
#include "app/house.h"
#include "platform/log/log.h"

namespace ys::app {
namespace {

log::Level level_of(const std::string& word) {
    if (word == "debug") return log::Level::Debug;
    if (word == "warn") return log::Level::Warn;
    return word == "error" ? log::Level::Error : log::Level::Info;
}

/// A socket a leg and a file a recording: take what the system allows.
void raise_descriptor_limit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

int run_serve(const ServeFlags& flags) {
    auto options = serve_options(flags);
    if (!options) {
        print_error(options.error(), false);
        return exit_wrong_use;
    }
    const config::Log& log_settings = options->settings.log;
    const auto logging =
        log::start({.level = level_of(log_settings.level),
                    .format = log_settings.format == "json" ? log::Format::Json : log::Format::Text,
                    .file = log_settings.file});
    if (!logging) {
        print_error(logging.error(), false);
        return exit_failed;
    }
    raise_descriptor_limit();
    auto house = House::build(*std::move(options));
    if (!house) {
        print_error(house.error(), false);
        return exit_failed;
    }
    (*house)->run();
    return exit_done;
}

}  // namespace ys::app
