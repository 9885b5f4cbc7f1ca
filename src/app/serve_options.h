// SPDX-License-Identifier: Apache-2.0
// The settings of one `serve`, from flags over environment over file over defaults.
#pragma once

#include <string>

#include "base/result.h"
#include "platform/config/serve_config.h"

namespace ys::app {

struct ServeFlags {
    std::string config;                                             ///< file, "" for none
    std::string data, http, sip, sip_tls, scenario, media_address;  ///< "" keeps the setting
    std::string prompts;                                            ///< folder of prompt files
    std::string ready_file;  ///< written when everything listens: addresses as JSON
    std::uint32_t agents = 0;
    bool is_lan = false;  ///< this machine's own address, HTTPS with a self-made certificate
};

struct ServeOptions {
    config::Serve settings;
    std::string prompts;
    std::string ready_file;
    bool is_lan = false;
    std::string lan_address;
};

/// errors  those of reading and checking the settings, in words an operator can act on
Result<ServeOptions> serve_options(const ServeFlags& flags);

/// The address this machine uses towards the network, "" when it has only loopback.
std::string own_address();

}  // namespace ys::app
