// SPDX-License-Identifier: Apache-2.0
// For tests: a stack whose events can be waited for, and a bare socket that speaks SIP as text.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>

#include "base/text.h"
#include "voice/sip/sip_stack.h"

namespace ys::sip {

constexpr Millis patience{8000};  // How long a test waits for a fact before it fails.

/// A running stack on loopback with its events in order.
class StackProbe {
public:
    explicit StackProbe(SipStack::Config config) {
        auto started = SipStack::start(std::move(config), [this](SipEvent event) {
            const std::lock_guard lock{lock_};
            events_.push_back(std::move(event));
            arrived_.notify_all();
        });
        if (started)
            stack_ = *std::move(started);
        else
            ADD_FAILURE() << started.error().note;
    }

    SipStack& operator*() { return *stack_; }
    SipStack* operator->() { return stack_.get(); }
    void stop() { stack_.reset(); }
    std::string udp() const { return stack_->bound().udp.at(0); }
    std::string tcp() const { return stack_->bound().tcp.at(0); }
    std::string tls() const { return stack_->bound().tls.at(0); }

    /// The next event of type T; those of other types before it are kept for later waits.
    template <class T>
    T wait(Millis limit = patience) {
        std::unique_lock lock{lock_};
        const auto found = [&] {
            for (auto it = events_.begin(); it != events_.end(); ++it)
                if (std::holds_alternative<T>(*it)) return it;
            return events_.end();
        };
        arrived_.wait_for(lock, limit, [&] { return found() != events_.end(); });
        const auto it = found();
        if (it == events_.end()) {
            ADD_FAILURE() << "no such event: " << typeid(T).name();
            return T{};
        }
        T event = std::get<T>(std::move(*it));
        events_.erase(it);
        if constexpr (std::is_same_v<T, Incoming>) stack_->heard(event.leg);
        return event;
    }
    template <class T>
    int seen() {
        const std::lock_guard lock{lock_};
        int count = 0;
        for (const SipEvent& event : events_) count += std::holds_alternative<T>(event);
        return count;
    }
    /// Waits until no dialog is left; a count, so it has to be looked at again and again.
    bool empties() {
        for (int look = 0; look < patience.count() / look_every; ++look) {
            if (stack_->counters().dialogs == 0) return true;
            poll(nullptr, 0, look_every);
        }
        return false;
    }

private:
    static constexpr int look_every = 2;  // milliseconds
    std::mutex lock_;
    std::condition_variable arrived_;
    std::deque<SipEvent> events_;
    std::unique_ptr<SipStack> stack_;
};

inline sockaddr_in address_of(const std::string& host_port) {
    const std::size_t colon = host_port.rfind(':');
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(
        parse_number(std::string_view{host_port}.substr(colon + 1)).value_or(0)));
    inet_pton(AF_INET, host_port.substr(0, colon).c_str(), &address.sin_addr);
    return address;
}

/// A UDP socket on loopback; the test is the phone.
class RawUdp {
public:
    explicit RawUdp(const std::string& to, const std::string& from = "127.0.0.1", int port = 0)
        : to_(address_of(to)) {
        fd_ = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        const sockaddr_in here = address_of(from + ":" + std::to_string(port));
        EXPECT_EQ(bind(fd_, reinterpret_cast<const sockaddr*>(&here), sizeof here), 0);
        sockaddr_in bound{};
        socklen_t size = sizeof bound;
        getsockname(fd_, reinterpret_cast<sockaddr*>(&bound), &size);
        here_ = from + ":" + std::to_string(ntohs(bound.sin_port));
    }
    ~RawUdp() { close(fd_); }
    RawUdp(const RawUdp&) = delete;
    RawUdp& operator=(const RawUdp&) = delete;

    const std::string& here() const { return here_; }
    void send(std::string_view text) const {
        sendto(fd_, text.data(), text.size(), 0, reinterpret_cast<const sockaddr*>(&to_),
               sizeof to_);
    }
    void send_to(const std::string& host_port, std::string_view text) const {
        const sockaddr_in to = address_of(host_port);
        sendto(fd_, text.data(), text.size(), 0, reinterpret_cast<const sockaddr*>(&to), sizeof to);
    }
    /// One datagram, "" when none came in time.
    std::string receive(Millis limit = patience) const {
        pollfd waiting{fd_, POLLIN, 0};
        if (poll(&waiting, 1, static_cast<int>(limit.count())) <= 0) return {};
        std::string text(65536, '\0');
        const ssize_t size = recv(fd_, text.data(), text.size(), 0);
        text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
        return text;
    }
    /// The next datagram whose first line begins so, others are dropped.
    std::string receive(std::string_view begins) const {
        for (int i = 0; i < 20; ++i) {
            std::string text = receive();
            if (text.empty() || text.starts_with(begins)) return text;
        }
        return {};
    }

private:
    int fd_ = -1;
    sockaddr_in to_{};
    std::string here_;
};

/// The value of a header in a message as text; "" when it is not there.
inline std::string header_in(std::string_view message, std::string_view name) {
    std::size_t at = message.find("\r\n" + std::string{name} + ":");
    if (at == std::string_view::npos) return {};
    at += name.size() + 3;
    const std::size_t end = message.find("\r\n", at);
    return std::string{trimmed(message.substr(at, end - at))};
}

inline int status_in(std::string_view message) {
    if (!message.starts_with("SIP/2.0 ")) return 0;
    return static_cast<int>(parse_number(message.substr(8, 3)).value_or(0));
}

inline const std::string sdp_a =
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    "m=audio 40000 RTP/AVP 8\r\n";
inline const std::string sdp_b =
    "v=0\r\no=- 2 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    "m=audio 40002 RTP/AVP 8\r\n";
inline const std::string sdp_hold =
    "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    "m=audio 40000 RTP/AVP 8\r\na=sendonly\r\n";

inline SipStack::Config open_config(std::uint64_t first_leg) {
    SipStack::Config config;
    config.listen = {"127.0.0.1:0"};
    config.accept_unknown_sources = true;
    config.source_invites_per_s_max = 0;
    config.first_leg = first_leg;
    return config;
}

}  // namespace ys::sip
