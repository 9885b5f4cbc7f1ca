// SPDX-License-Identifier: Apache-2.0
// Partners of the settings with their secrets, and the rows of them that the store may have.
#pragma once

#include <string>
#include <vector>

#include "base/secret.h"
#include "centres/centre_tree.h"
#include "centres/io/user_store.h"
#include "exchange/io/exchange_store.h"
#include "platform/config/serve_config.h"
#include "platform/web_client/address_guard.h"

namespace ys::app {

struct Partner {
    exchange::PartnerRow row;
    std::vector<CentreId> centres;  ///< of whose cases it hears
    std::string hook_url;
    Secret<std::string> hook_secret;
    std::string open311_url;  ///< without "/" at its end
    Secret<std::string> open311_key;
    Seconds ask_every{300};
    web_client::AddressGuard guard;
};

/// errors  invalid_argument in words an operator can act on: a centre or unit nobody knows, a name
///         twice, a secret that cannot be read or is too short
Result<std::vector<Partner>> partners_of(sql::Database& db,
                                         const std::vector<config::Partner>& settings,
                                         const std::vector<centres::CentreRow>& centres,
                                         const centres::CentreTree& tree);

}  // namespace ys::app
