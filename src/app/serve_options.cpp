// SPDX-License-Identifier: Apache-2.0
#include "app/serve_options.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

#include <array>
#include <cstdlib>
#include <memory>

namespace ys::app {
namespace {

/// YS_DATA and its like: the environment stands between flag and file.
void prefer(std::string& setting, const std::string& flag, const char* variable) {
    if (!flag.empty()) {
        setting = flag;
    } else if (const char* value = std::getenv(variable); value && *value) {
        setting = value;
    }
}

void prefer_listen(std::vector<std::string>& listen, const std::string& flag,
                   const char* variable) {
    std::string one;
    prefer(one, flag, variable);
    if (!one.empty()) listen = {one};
}

}  // namespace

std::string own_address() {
    ifaddrs* list = nullptr;
    if (getifaddrs(&list) != 0) return {};
    const std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> owner{list, freeifaddrs};
    for (const ifaddrs* at = list; at; at = at->ifa_next) {
        const bool is_usable = at->ifa_addr && at->ifa_addr->sa_family == AF_INET &&
                               (at->ifa_flags & IFF_UP) && !(at->ifa_flags & IFF_LOOPBACK);
        if (!is_usable) continue;
        std::array<char, INET_ADDRSTRLEN> text{};
        const auto* address = reinterpret_cast<const sockaddr_in*>(at->ifa_addr);
        inet_ntop(AF_INET, &address->sin_addr, text.data(), text.size());
        return text.data();
    }
    return {};
}

Result<ServeOptions> serve_options(const ServeFlags& flags) {
    ServeOptions options;
    if (!flags.config.empty()) {
        YS_TRY(options.settings, config::load(flags.config));
    }
    config::Serve& s = options.settings;
    if (flags.is_lan) {
        options.is_lan = true;
        options.lan_address = own_address();
        if (options.lan_address.empty())
            return Error{std::errc::address_not_available,
                         "LAN=1: this machine has no network address besides loopback"};
        s.http.listen = {options.lan_address + ":8443"};
        s.http.self_signed = s.http.certificate.empty();
        s.sip.listen = {options.lan_address + ":5060"};
        if (s.sip.tls_listen.empty()) s.sip.tls_listen = options.lan_address + ":5061";
        // A trial in the house must work with any phone; the file may ask for more.
        if (s.sip.phone_digest.empty()) s.sip.phone_digest = "md5";
    }
    prefer(s.data, flags.data, "YS_DATA");
    prefer(s.scenario, flags.scenario, "YS_SCENARIO");
    prefer(s.media.address, flags.media_address, "YS_MEDIA_ADDRESS");
    prefer(s.sip.tls_listen, flags.sip_tls, "YS_SIP_TLS");
    prefer(s.database.url, "", "YS_DATABASE_URL");
    prefer_listen(s.http.listen, flags.http, "YS_HTTP");
    prefer_listen(s.sip.listen, flags.sip, "YS_SIP");
    if (flags.agents > 0) s.agents = flags.agents;
    prefer(options.prompts, flags.prompts, "YS_PROMPTS");
    if (options.prompts.empty()) options.prompts = s.data + "/prompts";
    options.ready_file = flags.ready_file;
    YS_TRY([[maybe_unused]] const Done checked, config::check(s));
    return options;
}

}  // namespace ys::app
