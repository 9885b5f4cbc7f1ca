// SPDX-License-Identifier: Apache-2.0
// A SIP probe finer than SIPp's 4 ms clock: times are the kernel's, taken when a datagram arrived.
//
//   ys_probe echo                                  the probe's own error: its pings over loopback
//   ys_probe answer SERVER NUMBER RATE SECONDS     INVITE -> 200, microseconds
//   ys_probe gap    SERVER NUMBER CALLS TALK_MS    desk says BYE -> next INVITE at the desk
//
// It speaks just enough SIP over UDP for the numbers of the bench scenario: callers on 127.0.7.2,
// the one desk on 127.0.7.3:5080. Prints one JSON line.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace {

using Micros = double;

Micros clock_us() {
    timespec t{};
    clock_gettime(CLOCK_REALTIME, &t);
    return static_cast<double>(t.tv_sec) * 1e6 + static_cast<double>(t.tv_nsec) / 1e3;
}

struct Datagram {
    std::string text;
    sockaddr_in from{};
    Micros at = 0;
};

class Socket {
public:
    Socket(const char* address, int port) : fd_(socket(AF_INET, SOCK_DGRAM, 0)) {
        sockaddr_in me{};
        me.sin_family = AF_INET;
        me.sin_port = htons(static_cast<std::uint16_t>(port));
        inet_pton(AF_INET, address, &me.sin_addr);
        const int on = 1, buffer = 4 << 20;
        setsockopt(fd_, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
        setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
        if (bind(fd_, reinterpret_cast<sockaddr*>(&me), sizeof me) != 0) {
            std::perror("probe: bind");
            std::exit(1);
        }
        socklen_t size = sizeof me_;
        getsockname(fd_, reinterpret_cast<sockaddr*>(&me_), &size);
    }
    ~Socket() { close(fd_); }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;

    int fd() const { return fd_; }
    std::string name() const {
        std::array<char, INET_ADDRSTRLEN> text{};
        inet_ntop(AF_INET, &me_.sin_addr, text.data(), text.size());
        return std::string{text.data()} + ":" + std::to_string(ntohs(me_.sin_port));
    }
    Micros send(std::string_view text, const sockaddr_in& to) {
        const Micros at = clock_us();
        sendto(fd_, text.data(), text.size(), 0, reinterpret_cast<const sockaddr*>(&to), sizeof to);
        return at;
    }
    bool receive(Datagram& out) {
        std::array<char, 65536> data{};
        std::array<char, 256> control{};
        iovec piece{data.data(), data.size()};
        msghdr m{};
        m.msg_name = &out.from;
        m.msg_namelen = sizeof out.from;
        m.msg_iov = &piece;
        m.msg_iovlen = 1;
        m.msg_control = control.data();
        m.msg_controllen = control.size();
        const ssize_t n = recvmsg(fd_, &m, MSG_DONTWAIT);
        if (n < 0) return false;
        out.text.assign(data.data(), static_cast<std::size_t>(n));
        for (cmsghdr* c = CMSG_FIRSTHDR(&m); c; c = CMSG_NXTHDR(&m, c)) {
            if (c->cmsg_type != SCM_TIMESTAMPNS) continue;
            timespec t{};
            std::memcpy(&t, CMSG_DATA(c), sizeof t);
            out.at = static_cast<double>(t.tv_sec) * 1e6 + static_cast<double>(t.tv_nsec) / 1e3;
        }
        return true;
    }

private:
    int fd_;
    sockaddr_in me_{};
};

std::string header(std::string_view message, std::string_view name) {
    for (const std::string_view line : ys::split(message, '\n')) {
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        if (ys::equals_ignoring_case(ys::trimmed(line.substr(0, colon)), name))
            return std::string{ys::trimmed(line.substr(colon + 1))};
    }
    return {};
}

std::string all(std::string_view message, std::string_view name) {
    std::string out;
    for (const std::string_view line : ys::split(message, '\n'))
        if (line.size() > name.size() && line[name.size()] == ':' &&
            ys::equals_ignoring_case(line.substr(0, name.size()), name))
            out += std::string{ys::trimmed(line)} + "\r\n";
    return out;
}

std::string sdp(const std::string& address) {
    return "v=0\r\no=probe 1 1 IN IP4 " + address + "\r\ns=-\r\nc=IN IP4 " + address +
           "\r\nt=0 0\r\nm=audio 45000 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n";
}

sockaddr_in address_of(const std::string& text) {
    sockaddr_in to{};
    const auto colon = text.find(':');
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(std::atoi(text.c_str() + colon + 1)));
    inet_pton(AF_INET, text.substr(0, colon).c_str(), &to.sin_addr);
    return to;
}

struct Caller {
    Socket& socket;
    std::string server, number;
    sockaddr_in to{};

    std::string request(std::string_view method, const std::string& id, int cseq,
                        const std::string& to_tag, const std::string& body) const {
        const std::string me = socket.name();
        std::string text = std::string{method} + " sip:" + number + "@" + server + " SIP/2.0\r\n" +
                           "Via: SIP/2.0/UDP " + me + ";branch=z9hG4bK" + id + std::string{method} +
                           "\r\nFrom: <sip:probe@" + me + ">;tag=" + id + "\r\nTo: <sip:" + number +
                           "@" + server + ">" + to_tag + "\r\nCall-ID: " + id +
                           "\r\nCSeq: " + std::to_string(cseq) + " " + std::string{method} +
                           "\r\nContact: <sip:probe@" + me + ">\r\nMax-Forwards: 70\r\n";
        if (!body.empty()) text += "Content-Type: application/sdp\r\n";
        return text + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    }
    Micros invite(const std::string& id) {
        return socket.send(request("INVITE", id, 1, "", sdp("127.0.7.2")), to);
    }
    void acknowledge(const Datagram& ok) {
        const std::string tag = header(ok.text, "To");
        const auto at = tag.find(";tag=");
        socket.send(request("ACK", header(ok.text, "Call-ID"), 1,
                            at == std::string::npos ? "" : tag.substr(at), ""),
                    to);
    }
    void bye(const Datagram& ok) {
        const std::string tag = header(ok.text, "To");
        const auto at = tag.find(";tag=");
        socket.send(request("BYE", header(ok.text, "Call-ID"), 2,
                            at == std::string::npos ? "" : tag.substr(at), ""),
                    to);
    }
};

std::string response(const Datagram& request, std::string_view status, const std::string& to_tag,
                     const std::string& contact, const std::string& body) {
    std::string to = header(request.text, "To");
    if (to.find(";tag=") == std::string::npos) to += to_tag;
    std::string text = "SIP/2.0 " + std::string{status} + "\r\n" + all(request.text, "Via") +
                       all(request.text, "Record-Route") + "From: " + header(request.text, "From") +
                       "\r\nTo: " + to + "\r\nCall-ID: " + header(request.text, "Call-ID") +
                       "\r\nCSeq: " + header(request.text, "CSeq") +
                       "\r\nContact: <sip:" + contact + ">\r\n";
    if (!body.empty()) text += "Content-Type: application/sdp\r\n";
    return text + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

void print(const char* what, std::vector<Micros> v, std::size_t asked) {
    std::ranges::sort(v);
    const auto at = [&](double q) {
        return v.empty() ? 0.0
                         : v[std::min(v.size() - 1,
                                      static_cast<std::size_t>(q * static_cast<double>(v.size())))];
    };
    std::printf(
        "{\"kind\":\"%s\",\"asked\":%zu,\"measured\":%zu,\"p50_us\":%.0f,\"p95_us\":%.0f,"
        "\"p99_us\":%.0f,\"max_us\":%.0f}\n",
        what, asked, v.size(), at(0.5), at(0.95), at(0.99), v.empty() ? 0.0 : v.back());
}

bool wait_for(const std::vector<int>& fds, int ms) {
    std::vector<pollfd> p;
    for (const int fd : fds) p.push_back({fd, POLLIN, 0});
    return poll(p.data(), p.size(), ms) > 0;
}

int echo() {
    Socket a{"127.0.7.2", 0}, b{"127.0.7.3", 0};
    const sockaddr_in to = address_of(b.name());
    std::vector<Micros> v;
    Datagram d;
    for (int i = 0; i < 2000; ++i) {
        const Micros sent = a.send("ping", to);
        while (!b.receive(d)) wait_for({b.fd()}, 100);
        v.push_back(d.at - sent);
    }
    print("echo", v, 2000);
    return 0;
}

int answer(const std::string& server, const std::string& number, double rate, double seconds) {
    Socket socket{"127.0.7.2", 0};
    Caller caller{socket, server, number, address_of(server)};
    std::map<std::string, Micros> sent;
    std::vector<Micros> v;
    const auto total = static_cast<std::size_t>(rate * seconds);
    std::size_t made = 0;
    const Micros begin = clock_us();
    Datagram d;
    while (clock_us() - begin < (seconds + 2) * 1e6) {
        while (made < total && clock_us() - begin >= static_cast<double>(made) * 1e6 / rate) {
            const std::string id = "a" + std::to_string(made++) + "x" + std::to_string(getpid());
            sent[id] = caller.invite(id);
        }
        wait_for({socket.fd()}, 1);
        while (socket.receive(d)) {
            if (!d.text.starts_with("SIP/2.0 200") ||
                header(d.text, "CSeq").find("INVITE") == std::string::npos)
                continue;
            const auto at = sent.find(header(d.text, "Call-ID"));
            caller.acknowledge(d);
            if (at == sent.end()) continue;
            v.push_back(d.at - at->second);
            sent.erase(at);
            caller.bye(d);
        }
    }
    print("answer", v, total);
    return v.size() == total ? 0 : 1;
}

int gap(const std::string& server, const std::string& number, int calls, int talk_ms) {
    Socket callers{"127.0.7.2", 0}, desk{"127.0.7.3", 5080};
    Caller caller{callers, server, number, address_of(server)};
    for (int i = 0; i < calls; ++i)
        caller.invite("g" + std::to_string(i) + "x" + std::to_string(getpid()));
    std::vector<Micros> v;
    Micros free_since = 0, hang_up_at = 0;
    Datagram talking, d;
    const Micros give_up = clock_us() + (calls * (talk_ms + 1200.0) + 20000) * 1e3;
    int served = 0;
    while (served < calls && clock_us() < give_up) {
        wait_for({callers.fd(), desk.fd()}, 1);
        while (callers.receive(d)) {
            if (d.text.starts_with("SIP/2.0 200") &&
                header(d.text, "CSeq").find("INVITE") != std::string::npos)
                caller.acknowledge(d);
            else if (d.text.starts_with("BYE"))
                callers.send(response(d, "200 OK", "", callers.name(), ""), d.from);
        }
        while (desk.receive(d)) {
            if (d.text.starts_with("INVITE")) {
                if (free_since > 0) v.push_back(d.at - free_since);
                free_since = 0;
                desk.send(response(d, "200 OK", ";tag=d" + std::to_string(served), desk.name(),
                                   sdp("127.0.7.3")),
                          d.from);
                talking = d;
                hang_up_at = clock_us() + talk_ms * 1e3;
            } else if (d.text.starts_with("BYE") || d.text.starts_with("CANCEL")) {
                desk.send(response(d, "200 OK", "", desk.name(), ""), d.from);
            }
        }
        if (hang_up_at > 0 && clock_us() >= hang_up_at) {
            hang_up_at = 0;
            ++served;
            const std::string from = header(talking.text, "From");
            const std::string contact = header(talking.text, "Contact");
            const auto open = contact.find('<'), end = contact.find('>');
            const std::string uri =
                open == std::string::npos ? contact : contact.substr(open + 1, end - open - 1);
            const std::string bye =
                "BYE " + uri + " SIP/2.0\r\nVia: SIP/2.0/UDP " + desk.name() + ";branch=z9hG4bKb" +
                std::to_string(served) + "\r\nFrom: " + header(talking.text, "To") + ";tag=d" +
                std::to_string(served - 1) + "\r\nTo: " + from +
                "\r\nCall-ID: " + header(talking.text, "Call-ID") +
                "\r\nCSeq: 1 BYE\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
            free_since = desk.send(bye, talking.from);
        }
    }
    print("gap", v, static_cast<std::size_t>(calls));
    return served == calls ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.size() == 1 && words[0] == "echo") return echo();
    if (words.size() == 5 && words[0] == "answer")
        return answer(words[1], words[2], std::atof(words[3].c_str()), std::atof(words[4].c_str()));
    if (words.size() == 5 && words[0] == "gap")
        return gap(words[1], words[2], std::atoi(words[3].c_str()), std::atoi(words[4].c_str()));
    std::fprintf(stderr,
                 "usage: ys_probe echo | answer SERVER NUMBER RATE SECONDS | "
                 "gap SERVER NUMBER CALLS TALK_MS\n");
    return 2;
}
