// SPDX-License-Identifier: Apache-2.0
// Citizens' cases over HTTP, and the same rows without us: what a case costs beside its disk.
//
//   ys_case_load create HOST:PORT COOKIE CSRF CLIENTS SECONDS   POST /cases from so many
//   connections at once,
//                                  each waiting for its answer; the body on stdin with @n@ where
//                                  each case has a number of its own
//   ys_case_load ask HOST:PORT COOKIE ROUNDS     GET of each path on stdin in turn
//   ys_case_load raw FILE SECONDS                each line of stdin is a statement, ?1 a number of
//   its own;
//                                  all of them are one durable transaction
//
// One thread, so that the load leaves the server the other core. Prints one JSON line.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <sqlite3.h>

#include "base/text.h"

namespace {

using Clock = std::chrono::steady_clock;

double since_ms(Clock::time_point begin) {
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

[[noreturn]] void fail(const std::string& why) {
    std::fprintf(stderr, "case_load: %s\n", why.c_str());
    std::exit(1);
}

double at(const std::vector<double>& sorted, double part) {
    if (sorted.empty()) return 0;
    const auto i = static_cast<std::size_t>(part * static_cast<double>(sorted.size()));
    return sorted[std::min(i, sorted.size() - 1)];
}

void report(const char* what, std::vector<double> took_ms, double seconds, std::size_t failed) {
    std::ranges::sort(took_ms);
    std::printf(
        "{\"%s\": %zu, \"per_s\": %.0f, \"p50_ms\": %.2f, \"p99_ms\": %.2f, \"max_ms\": %.1f,"
        " \"failed\": %zu}\n",
        what, took_ms.size(), static_cast<double>(took_ms.size()) / seconds, at(took_ms, 0.5),
        at(took_ms, 0.99), took_ms.empty() ? 0 : took_ms.back(), failed);
}

std::string whole_stdin() {
    return {std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
}

std::string numbered(std::string text, std::uint64_t n) {
    for (auto i = text.find("@n@"); i != text.npos; i = text.find("@n@", i))
        text.replace(i, 3, std::to_string(n));
    return text;
}

/// One kept-open connection with at most one request under way.
class Client {
public:
    Client(const std::string& server, std::string cookie, std::string csrf = {})
        : host_(server),
          cookie_(std::move(cookie)),
          csrf_(std::move(csrf)),
          fd_(socket(AF_INET, SOCK_STREAM, 0)) {
        const auto colon = server.rfind(':');
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(static_cast<std::uint16_t>(std::atoi(server.c_str() + colon + 1)));
        inet_pton(AF_INET, server.substr(0, colon).c_str(), &to.sin_addr);
        const int on = 1;
        setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (connect(fd_, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) fail("no connection");
    }
    ~Client() { close(fd_); }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    int fd() const { return fd_; }
    Clock::time_point sent_at() const { return sent_at_; }

    void send(const std::string& method, const std::string& path, const std::string& body = {},
              const std::string& key = {}) {
        std::string text = method + " /api/v1" + path + " HTTP/1.1\r\nHost: " + host_ +
                           "\r\nOrigin: http://" + host_ + "\r\nCookie: " + cookie_ + "\r\n";
        if (!body.empty())
            text += "X-CSRF: " + csrf_ +
                    "\r\nContent-Type: application/json\r\nIdempotency-Key: " + key +
                    "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
        text += "\r\n" + body;
        got_.clear();
        sent_at_ = Clock::now();
        if (::send(fd_, text.data(), text.size(), MSG_NOSIGNAL) !=
            static_cast<ssize_t>(text.size()))
            fail("the server took no request");
    }

    /// The status of a whole answer, 0 while more is to come.
    int receive() {
        char piece[65536];
        const ssize_t n = recv(fd_, piece, sizeof piece, 0);
        if (n <= 0) fail("the server hung up");
        got_.append(piece, static_cast<std::size_t>(n));
        const auto head = got_.find("\r\n\r\n");
        if (head == got_.npos) return 0;
        const auto length = got_.find("Content-Length: ");
        if (length == got_.npos || length > head) fail("an answer without a length");
        if (got_.size() < head + 4 + std::strtoul(got_.c_str() + length + 16, nullptr, 10))
            return 0;
        return std::atoi(got_.c_str() + 9);
    }
    const std::string& answer() const { return got_; }

private:
    std::string host_, cookie_, csrf_, got_;
    int fd_;
    Clock::time_point sent_at_;
};

int create(const std::vector<std::string>& words) {
    const std::string &server = words[1], &cookie = words[2], &csrf = words[3];
    const int clients = std::stoi(words[4]);
    const double seconds = std::stod(words[5]);
    const std::string form = whole_stdin();
    const std::string run = std::to_string(getpid());
    std::uint64_t next = 0;
    std::vector<std::unique_ptr<Client>> all;
    std::vector<pollfd> waits;
    const auto post = [&](Client& client) {
        ++next;
        client.send("POST", "/cases", numbered(form, next), run + "-" + std::to_string(next));
    };
    for (int i = 0; i < clients; ++i) {
        all.push_back(std::make_unique<Client>(server, cookie, csrf));
        waits.push_back({all.back()->fd(), POLLIN, 0});
    }
    std::vector<double> took_ms;
    std::size_t failed = 0;
    const auto begin = Clock::now();
    for (auto& client : all) post(*client);
    for (int open = clients; open > 0;) {
        if (poll(waits.data(), waits.size(), 10'000) <= 0) fail("no answer within 10 s");
        for (std::size_t i = 0; i < waits.size(); ++i) {
            if (!(waits[i].revents & (POLLIN | POLLHUP))) continue;
            const int status = all[i]->receive();
            if (status == 0) continue;
            if (status == 201) {
                took_ms.push_back(since_ms(all[i]->sent_at()));
            } else if (++failed == 1) {
                std::fprintf(stderr, "case_load: %s\n", all[i]->answer().c_str());
            }
            if (since_ms(begin) < seconds * 1000) {
                post(*all[i]);
            } else {
                waits[i].fd = -1;
                --open;
            }
        }
    }
    report("cases", std::move(took_ms), since_ms(begin) / 1000, failed);
    return 0;
}

int ask(const std::string& server, const std::string& cookie, int rounds) {
    const std::string paths = whole_stdin();
    Client client(server, cookie);
    std::vector<double> took_ms;
    std::size_t failed = 0;
    const auto begin = Clock::now();
    for (int round = 0; round < rounds; ++round)
        for (const std::string_view path : ys::split(paths, '\n')) {
            if (path.empty()) continue;
            client.send("GET", std::string(path));
            int status = 0;
            while ((status = client.receive()) == 0) {
            }
            if (status == 200)
                took_ms.push_back(since_ms(client.sent_at()));
            else if (++failed == 1)
                std::fprintf(stderr, "case_load: %s\n", client.answer().c_str());
        }
    report("answers", std::move(took_ms), since_ms(begin) / 1000, failed);
    return 0;
}

int raw(const std::string& file, double seconds) {
    const std::string text = whole_stdin();
    sqlite3* db = nullptr;
    const auto must = [&](int rc) {
        if (rc != SQLITE_OK && rc != SQLITE_DONE && rc != SQLITE_ROW) fail(sqlite3_errmsg(db));
    };
    must(sqlite3_open(file.c_str(), &db));
    const auto script = [&](const char* sql) {
        must(sqlite3_exec(db, sql, nullptr, nullptr, nullptr));
    };
    script("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
    std::vector<sqlite3_stmt*> statements;
    for (const std::string_view line : ys::split(text, '\n')) {
        if (line.empty()) continue;
        must(sqlite3_prepare_v2(db, line.data(), static_cast<int>(line.size()),
                                &statements.emplace_back(), nullptr));
    }
    std::vector<double> took_ms;
    const auto begin = Clock::now();
    for (std::int64_t n = 1; since_ms(begin) < seconds * 1000; ++n) {
        const auto one = Clock::now();
        script("BEGIN IMMEDIATE");
        for (sqlite3_stmt* s : statements) {
            if (sqlite3_bind_parameter_count(s) > 0) must(sqlite3_bind_int64(s, 1, n));
            must(sqlite3_step(s));
            must(sqlite3_reset(s));
        }
        script("COMMIT");
        took_ms.push_back(since_ms(one));
    }
    report("transactions", std::move(took_ms), since_ms(begin) / 1000, 0);
    for (sqlite3_stmt* s : statements) sqlite3_finalize(s);
    sqlite3_close(db);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    const std::string what = words.empty() ? "" : words[0];
    if (what == "create" && words.size() == 6) return create(words);
    if (what == "ask" && words.size() == 4) return ask(words[1], words[2], std::stoi(words[3]));
    if (what == "raw" && words.size() == 3) return raw(words[1], std::stod(words[2]));
    std::fprintf(stderr, "usage: see the head of case_load.cpp\n");
    return 2;
}
