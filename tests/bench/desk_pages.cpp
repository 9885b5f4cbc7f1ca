// SPDX-License-Identifier: Apache-2.0
// Thousands of open desks on one thread: WebSockets that wait for an event to all, and how late it
// comes to each. An event's moment is the earliest "at" (UTC, microseconds) of its texts.
//
//   ys_desk_pages ADDRESS PORT PATH COUNT [COOKIES]
//
// COOKIES is a file with one session a line; each desk then says that it takes conversations. Says
// "open COUNT", waits for the end of its input, and prints one JSON line.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr std::size_t desks_of_one_address = 200;
constexpr std::int64_t day_us = 86'400'000'000;
/// Texts whose moments are nearer than this are of one event.
constexpr std::int64_t apart_us = 300'000;
constexpr std::string_view wanted = "\"type\":\"chats\"", at_begins = "\"at\":\"";
constexpr std::string_view ready =
    R"({"type":"command","id":1,"name":"chat_ready","args":{"at_once":1}})";

std::int64_t clock_us() {
    timespec t{};
    clock_gettime(CLOCK_REALTIME, &t);
    return (t.tv_sec * 1'000'000 + t.tv_nsec / 1'000) % day_us;
}

[[noreturn]] void give_up(const char* what) {
    std::perror(what);
    std::exit(1);
}

/// "2026-01-02T03:04:05.678901Z" within its day; -1 when there is none.
std::int64_t moment_of(std::string_view text) {
    const auto at = text.find(at_begins);
    if (at == text.npos || text.size() < at + at_begins.size() + 27) return -1;
    int hours = 0, minutes = 0, seconds = 0, micros = 0;
    if (std::sscanf(text.data() + at + at_begins.size() + 11, "%d:%d:%d.%d", &hours, &minutes,
                    &seconds, &micros) != 4)
        return -1;
    return ((hours * 60LL + minutes) * 60 + seconds) * 1'000'000 + micros;
}

struct Arrival {
    std::int64_t said = 0, late = 0;
    std::size_t bytes = 0;
};

class Desk {
public:
    Desk(const sockaddr_in& server, std::size_t n, const std::string& request)
        : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in me{};
        me.sin_family = AF_INET;
        const auto source = static_cast<std::uint32_t>(n / desks_of_one_address);
        me.sin_addr.s_addr = htonl(0x7F0A0001U + ((source / 250) << 8) + source % 250);
        const int on = 1;
        setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (bind(fd_, reinterpret_cast<const sockaddr*>(&me), sizeof me) != 0) give_up("bind");
        if (connect(fd_, reinterpret_cast<const sockaddr*>(&server), sizeof server) != 0)
            give_up("connect");
        send_all(request);
        while (in_.find("\r\n\r\n") == in_.npos)
            if (!receive(0)) give_up("upgrade");
        if (in_.find(" 101 ") > 16) {
            std::fprintf(stderr, "desk %zu: %s\n", n, in_.substr(0, 200).c_str());
            std::exit(1);
        }
        in_.erase(0, in_.find("\r\n\r\n") + 4);
    }
    int fd() const { return fd_; }
    bool is_open() const { return is_open_; }

    void say(std::string_view text, unsigned char kind = 0x81) {
        std::string frame{static_cast<char>(kind), static_cast<char>(0x80 | text.size())};
        frame.append(4, '\0');  // A mask of zeros: unmasking is the server's work either way.
        frame += text;
        send_all(frame);
    }

    void take(std::vector<Arrival>& to) {
        is_open_ = is_open_ && receive(MSG_DONTWAIT);
        const std::int64_t now = clock_us();
        std::size_t begin = 0;
        while (in_.size() >= begin + 2) {
            const auto byte = [&](std::size_t i) {
                return static_cast<std::size_t>(static_cast<unsigned char>(in_[begin + i]));
            };
            std::size_t size = byte(1) & 127, head = 2;
            if (size == 126) {
                head = 4;
                if (in_.size() < begin + head) break;
                size = byte(2) << 8 | byte(3);
            }
            if (in_.size() < begin + head + size) break;
            const std::string_view text(in_.data() + begin + head, size);
            if ((byte(0) & 15) == 9) say(text, 0x8A);
            if ((byte(0) & 15) == 1 && text.substr(0, 40).find(wanted) != text.npos)
                if (const std::int64_t said = moment_of(text); said >= 0)
                    to.push_back({said, now - said, size});
            begin += head + size;
        }
        in_.erase(0, begin);
    }

private:
    void send_all(std::string_view bytes) {
        if (send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL) !=
            static_cast<ssize_t>(bytes.size()))
            is_open_ = false;
    }
    bool receive(int flags) {
        std::array<char, 65536> some;
        const ssize_t n = recv(fd_, some.data(), some.size(), flags);
        if (n > 0) in_.append(some.data(), static_cast<std::size_t>(n));
        return n > 0 || (n < 0 && errno == EAGAIN);
    }

    int fd_;
    bool is_open_ = true;
    std::string in_;
};

void take_what_came(int poll, std::vector<Desk>& desks, std::vector<Arrival>& to, int wait_ms) {
    std::array<epoll_event, 512> events;
    const int n = epoll_wait(poll, events.data(), static_cast<int>(events.size()), wait_ms);
    for (int i = 0; i < n; ++i) {
        Desk& desk = desks[events[static_cast<std::size_t>(i)].data.u64];
        desk.take(to);
        if (!desk.is_open()) epoll_ctl(poll, EPOLL_CTL_DEL, desk.fd(), nullptr);
    }
}

bool is_input_over() {
    pollfd in{0, POLLIN, 0};
    char rest = 0;
    return ::poll(&in, 1, 0) > 0 && read(0, &rest, 1) <= 0;
}

/// Only what came to nearly all: a desk is told things of its own, too.
void show(std::vector<Arrival> arrivals, std::size_t desks, std::size_t open) {
    std::ranges::sort(arrivals, {}, &Arrival::said);
    std::vector<double> late_ms;
    std::size_t events = 0, texts = 0, bytes = 0;
    for (std::size_t i = 0, next = 0; i < arrivals.size(); i = next) {
        for (next = i + 1; next < arrivals.size(); ++next)
            if (arrivals[next].said - arrivals[next - 1].said > apart_us) break;
        if ((next - i) * 10 < desks * 9) continue;
        ++events;
        for (std::size_t k = i; k < next; ++k) {
            const Arrival& each = arrivals[k];
            late_ms.push_back(static_cast<double>(each.late + each.said - arrivals[i].said) / 1e3);
            bytes += each.bytes;
        }
        texts += next - i;
    }
    std::ranges::sort(late_ms);
    const auto at = [&](double part) {
        if (late_ms.empty()) return 0.0;
        return late_ms[static_cast<std::size_t>(part * static_cast<double>(late_ms.size() - 1))];
    };
    std::printf(R"({"desks": %zu, "open": %zu, "events": %zu, "texts": %zu, "bytes": %zu, )"
                R"("p50_ms": %.1f, "p99_ms": %.1f, "max_ms": %.1f})"
                "\n",
                desks, open, events, texts, texts == 0 ? 0 : bytes / texts, at(0.5), at(0.99),
                at(1));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 5) return 2;
    sockaddr_in server{};
    server.sin_family = AF_INET;
    server.sin_port = htons(static_cast<std::uint16_t>(std::atoi(argv[2])));
    if (inet_pton(AF_INET, argv[1], &server.sin_addr) != 1) return 2;
    const std::string host = std::string(argv[1]) + ":" + argv[2];
    const auto count = static_cast<std::size_t>(std::atoi(argv[4]));
    std::ifstream cookies(argc > 5 ? argv[5] : "/dev/null");
    const int poll = epoll_create1(0);
    std::vector<Desk> desks;
    std::vector<Arrival> arrivals;
    desks.reserve(count);
    for (std::size_t n = 0; n < count; ++n) {
        std::string cookie;
        std::getline(cookies, cookie);
        desks.emplace_back(
            server, n,
            "GET " + std::string(argv[3]) + " HTTP/1.1\r\nHost: " + host + "\r\nOrigin: http://" +
                host + "\r\nCookie: ys_session=" + cookie +
                "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n");
        epoll_event wish{EPOLLIN, {.u64 = n}};
        epoll_ctl(poll, EPOLL_CTL_ADD, desks.back().fd(), &wish);
        if (argc > 5) desks.back().say(ready);
        take_what_came(poll, desks, arrivals, 0);
    }
    arrivals.clear();
    std::printf("open %zu\n", desks.size());
    std::fflush(stdout);
    while (!is_input_over()) take_what_came(poll, desks, arrivals, 50);
    show(arrivals, count, static_cast<std::size_t>(std::ranges::count_if(desks, &Desk::is_open)));
}
