// SPDX-License-Identifier: Apache-2.0
// Binds UDP, TCP and TLS; reads the length of the UDP queues from the kernel.
#include "voice/sip/transports.h"

#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"

#ifndef SO_MEMINFO
#define SO_MEMINFO 55
#endif

namespace ys::sip {
namespace {

constexpr int udp_buffer = 4 * 1024 * 1024;
// One datagram of a call takes about this much kernel memory and this much of our time.
constexpr std::size_t datagram_bytes = 1280;
constexpr std::chrono::microseconds datagram_work{100};

// Reliability T1: a header may not dribble in for ever; idle peers are let go after half an hour.
constexpr unsigned message_timeout_ms = 10'000;
constexpr unsigned idle_ms = 1'800'000;

int port_of(const sockaddr_storage& address) {
    if (address.ss_family == AF_INET)
        return ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port);
    if (address.ss_family == AF_INET6)
        return ntohs(reinterpret_cast<const sockaddr_in6&>(address).sin6_port);
    return 0;
}

/// sofia wants "*" for a port chosen by the system.
std::string with_free_port(const std::string& host_port) {
    if (host_port.ends_with(":0")) return host_port.substr(0, host_port.size() - 1) + "*";
    return host_port;
}

}  // namespace

Result<Done> Transports::add(nta_agent_t* agent, const std::string& url,
                             const std::string& certificates) {
    const int failed = nta_agent_add_tport(
        agent, reinterpret_cast<const url_string_t*>(url.c_str()),
        TAG_IF(!certificates.empty(), TPTAG_CERTIFICATE(certificates.c_str())),
        TPTAG_TLS_VERIFY_POLICY(TPTLS_VERIFY_NONE), TPTAG_UDP_RMEM(udp_buffer),
        TPTAG_UDP_WMEM(udp_buffer), TPTAG_TIMEOUT(message_timeout_ms), TPTAG_IDLE(idle_ms),
        TPTAG_PONG2PING(1), TPTAG_SDWN_ERROR(1), TPTAG_QUEUESIZE(256), TAG_END());
    if (failed < 0) return Error{std::errc::address_in_use, "binding " + url};
    return Done{};
}

Result<Done> Transports::bind(nta_agent_t* agent, su_home_t* home, const SipStack::Config& config) {
    for (const std::string& where : config.listen) {
        const std::string url = "sip:" + with_free_port(where) + ";transport=";
        // Each by itself: asked for both at once, sofia keeps UDP when TCP's port is taken.
        YS_TRY(Done udp, add(agent, url + "udp", ""));
        std::string tcp_url = url + "tcp";
        if (where.ends_with(":0")) {  // The same port for both, so that one URI names us.
            for (tport_t* t = tport_primaries(nta_agent_tports(agent)); t; t = tport_next(t))
                tcp_url = fmt::format("sip:{}:{};transport=tcp", where.substr(0, where.size() - 2),
                                      tport_name(t)->tpn_port);
        }
        if (auto tcp = add(agent, tcp_url, ""); !tcp) {
            if (!where.ends_with(":0")) return tcp;
            YS_TRY(Done other, add(agent, url + "tcp", ""));
            static_cast<void>(other);
        }
        static_cast<void>(udp);
    }
    if (!config.tls_listen.empty()) {
        // sofia would listen all the same and fail every handshake.
        const std::string agent_pem = config.certificate_dir + "/agent.pem";
        if (access(agent_pem.c_str(), R_OK) != 0)
            return Error{std::errc::no_such_file_or_directory, "reading " + agent_pem};
        YS_TRY(Done tls, add(agent, "sips:" + with_free_port(config.tls_listen) + ";transport=tls",
                             config.certificate_dir));
        static_cast<void>(tls);
    }
    for (tport_t* t = tport_primaries(nta_agent_tports(agent)); t; t = tport_next(t)) {
        const tp_name_t* name = tport_name(t);
        Listener listener;
        listener.tport = t;
        listener.transport = lowered(name->tpn_proto);
        listener.host_port = fmt::format("{}:{}", name->tpn_host, name->tpn_port);
        const std::string contact =
            listener.transport == "udp"
                ? fmt::format("<sip:{}>", listener.host_port)
                : fmt::format("<sip:{};transport={}>", listener.host_port, listener.transport);
        listener.contact = sip_contact_make(home, contact.c_str());
        if (listener.transport == "udp") adopt_socket(listener);
        listeners_.push_back(std::move(listener));
    }
    if (listeners_.empty()) return Error{std::errc::address_not_available, "listening for SIP"};
    return Done{};
}

/// sofia keeps its sockets to itself, so ours is looked for by its address.
void Transports::adopt_socket(Listener& listener) const {
    const std::size_t colon = listener.host_port.rfind(':');
    const auto port = parse_number(listener.host_port.substr(colon + 1)).value_or(0);
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    const int last = static_cast<int>(std::min<rlim_t>(limit.rlim_cur, 4096));
    for (int fd = 3; fd < last; ++fd) {
        sockaddr_storage address{};
        socklen_t size = sizeof address;
        int type = 0;
        socklen_t type_size = sizeof type;
        if (getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &type_size) != 0 || type != SOCK_DGRAM)
            continue;
        if (getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0) continue;
        if (port_of(address) != static_cast<int>(port)) continue;
        listener.fd = fd;
        // Past rmem_max only with the right to; else the size above stays.
        setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &udp_buffer, sizeof udp_buffer);
        return;
    }
}

const Listener* Transports::of_message(nta_agent_t* agent, msg_t* msg) const {
    tport_t* by = tport_delivered_by(nta_agent_tports(agent), msg);
    tport_t* primary = by ? tport_parent(by) : nullptr;
    for (const Listener& listener : listeners_)
        if (listener.tport == by || listener.tport == primary) return &listener;
    return nullptr;
}

const Listener& Transports::by_transport(const std::string& transport) const {
    for (const Listener& listener : listeners_)
        if (listener.transport == transport) return listener;
    return listeners_.front();
}

SipStack::Bound Transports::bound() const {
    SipStack::Bound bound;
    for (const Listener& listener : listeners_) {
        auto& list = listener.transport == "udp"   ? bound.udp
                     : listener.transport == "tcp" ? bound.tcp
                                                   : bound.tls;
        list.push_back(listener.host_port);
    }
    return bound;
}

Millis Transports::queueing_delay() const {
    std::size_t waiting = 0;
    for (const Listener& listener : listeners_) {
        if (listener.fd < 0) continue;
        std::uint32_t memory[SK_MEMINFO_VARS] = {};
        socklen_t size = sizeof memory;
        if (getsockopt(listener.fd, SOL_SOCKET, SO_MEMINFO, memory, &size) == 0)
            waiting += memory[SK_MEMINFO_RMEM_ALLOC];
    }
    const auto datagrams = static_cast<std::int64_t>(waiting / datagram_bytes);
    return std::chrono::duration_cast<Millis>(datagrams * datagram_work);
}

}  // namespace ys::sip
