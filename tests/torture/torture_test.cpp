// SPDX-License-Identifier: Apache-2.0
// RFC 4475 and RFC 5118 against a real stack: each message, over each transport, then a probe.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "voice/sip/stack_probe.h"
#include "voice/sip/test_certificate.h"

namespace ys::sip {
namespace {

namespace fs = std::filesystem;

std::string file_bytes(const fs::path& path) {
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

int hex_value(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

/// Our own form of a message: C escapes; a line end of the file itself means nothing.
std::string unescaped_message(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n') continue;
        if (text[i] != '\\') {
            out.push_back(text[i]);
            continue;
        }
        switch (text.at(++i)) {
            case 'r':
                out.push_back('\r');
                break;
            case 'n':
                out.push_back('\n');
                break;
            case '\\':
                out.push_back('\\');
                break;
            case 'x':
                out.push_back(
                    static_cast<char>(hex_value(text.at(i + 1)) << 4 | hex_value(text.at(i + 2))));
                i += 2;
                break;
            default:
                ADD_FAILURE() << "unknown escape";
                break;
        }
    }
    return out;
}

struct Row {
    std::string name, rfc, section, required, udp, tcp, tls, why;
    const std::string& on(std::string_view transport) const {
        return transport == "udp" ? udp : transport == "tcp" ? tcp : tls;
    }
};

std::vector<Row> rows() {
    std::vector<Row> all;
    std::ifstream in{fs::path{YS_TORTURE_DIR} / "outcomes.tsv"};
    std::string line;
    while (std::getline(in, line)) {
        if (line.empty() || line[0] == '#') continue;
        const auto f = split(line, '\t');
        EXPECT_EQ(f.size(), 8u) << line;
        if (f.size() != 8) continue;
        const auto text = [&](int i) { return std::string{f[static_cast<std::size_t>(i)]}; };
        all.push_back({text(0), text(1), text(2), text(3), text(4), text(5), text(6), text(7)});
    }
    return all;
}

std::string message_of(const Row& row) {
    return unescaped_message(
        file_bytes(fs::path{YS_TORTURE_DIR} / "messages" / (row.name + ".txt")));
}

/// Names the transport it is sent over in the topmost Via: sofia drops a request whose Via claims
/// another, and the RFC's point is elsewhere.
std::string over(std::string message, std::string_view transport) {
    std::string wanted = transport == "udp" ? "UDP" : transport == "tcp" ? "TCP" : "TLS";
    const std::string low = lowered(message);
    std::size_t at = 0;
    for (at = low.find("\r\nv"); at != std::string::npos; at = low.find("\r\nv", at + 1)) {
        std::size_t end = low.find(':', at);
        const std::string_view name = trimmed(std::string_view{low}.substr(at + 2, end - at - 2));
        if (name == "v" || name == "via") break;
    }
    if (at == std::string::npos) return message;
    for (const char* token : {"/udp", "/tcp", "/tls"}) {
        const std::size_t found = low.find(token, at);
        if (found == std::string::npos || found > at + 60) continue;
        message.replace(found + 1, 3, wanted);
        return message;
    }
    return message;
}

/// A house that takes every call and hangs it up, so that acceptance shows as 603.
class Torture : public testing::Test {
protected:
    Torture() {
        auto config = open_config(1);
        config.open_registrations = true;
        config.phones = {{"j.user", Secret<std::string>{"secret"}}};  // regaut01's user
        config.tls_listen = "127.0.0.1:0";
        config.certificate_dir = certificate_.folder();
        auto started = SipStack::start(std::move(config), [this](SipEvent event) {
            if (const auto* in = std::get_if<Incoming>(&event))
                stack_->refuse(in->leg, 603, "Decline", 0);
        });
        EXPECT_TRUE(started);
        stack_ = *std::move(started);
    }

    std::string probe(const std::string& from) {
        const std::string id = "probe-" + std::to_string(++probes_);
        return "OPTIONS sip:probe@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP " + from +
               ";rport;branch=z9hG4bK" + id +
               "\r\nFrom: <sip:p@x>;tag=1\r\nTo: <sip:p@x>\r\n"
               "Call-ID: " +
               id +
               "\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\n"
               "Content-Length: 0\r\n\r\n";
    }
    /// A bare client must get its answer, whatever came before.
    bool alive() {
        RawUdp client{stack_->bound().udp.at(0)};
        // RFC 3261 §17.1.2.2: a request over UDP is sent again; a flood may have filled the buffer.
        for (int tries = 0; tries < 10; ++tries) {
            client.send(probe(client.here()));
            if (status_in(client.receive()) == 200) return true;
        }
        return false;
    }
    /// Sends, and waits for an answer: long when one is due, a moment when none is.
    virtual std::string send(const std::string& message, int looks) = 0;
    void expect_every_outcome(std::string_view transport) {
        for (const Row& row : rows()) {
            const std::string outcome =
                send(over(message_of(row), transport), row.on(transport) == "silence" ? 15 : 500);
            EXPECT_EQ(outcome, row.on(transport))
                << row.name << " over " << transport << ": " << row.why;
            EXPECT_TRUE(alive()) << "after " << row.name << " over " << transport;
        }
        EXPECT_EQ(stack_->counters().dialogs, 0u);
    }
    static std::string outcome_of(const std::string& answer) {
        const int status = status_in(answer);
        return status ? std::to_string(status) : "silence";
    }

    const TestCertificate certificate_;
    std::unique_ptr<SipStack> stack_;
    int probes_ = 0;
};

/// Responses go to the port the Via names, so all of those are listened to, on an address that
/// no other test has.
class OverUdp : public Torture {
protected:
    std::string send(const std::string& message, int looks) override {
        const std::string from = "127." + std::to_string(100 + getpid() % 100) + "." +
                                 std::to_string(getpid() / 100 % 250) + "." +
                                 std::to_string(++sender_ % 250 + 1);
        const std::string to = stack_->bound().udp.at(0);
        RawUdp main{to, from, 5060}, p5050{to, from, 5050}, p6050{to, from, 6050},
            mapped{to, from, 19823};
        main.send(message);
        EXPECT_TRUE(alive());
        // The probe was answered after it, so an answer of the stack itself is here already; one
        // that needed the application may take a moment.
        for (int look = 0; look < looks; ++look) {
            for (RawUdp* socket : {&main, &p5050, &p6050, &mapped}) {
                const std::string answer = socket->receive(Millis{1});
                if (!answer.empty() && status_in(answer) != 100) return outcome_of(answer);
            }
            poll(nullptr, 0, 10);
        }
        return "silence";
    }
    int sender_ = 0;
};

int connected(const std::string& host_port) {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in to = address_of(host_port);
    EXPECT_EQ(connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to), 0);
    return fd;
}

/// First final answer on a stream; "close" when the stack hung up without one.
template <class Read>
std::string outcome_on_stream(int fd, int looks, Read read) {
    std::string got;
    for (int look = 0; look < looks; ++look) {
        pollfd waiting{fd, POLLIN, 0};
        if (poll(&waiting, 1, 10) <= 0) continue;
        char buffer[4096];
        const auto size = read(buffer, sizeof buffer);
        if (size < 0) continue;
        if (size == 0) return "close";
        got.append(buffer, static_cast<std::size_t>(size));
        if (got.starts_with("SIP/2.0 100")) {
            const std::size_t end = got.find("\r\n\r\n");
            if (end != std::string::npos) got.erase(0, end + 4);
        }
        if (const int status = status_in(got)) return std::to_string(status);
    }
    return "silence";
}

class OverTcp : public Torture {
protected:
    std::string send(const std::string& message, int looks) override {
        const int fd = connected(stack_->bound().tcp.at(0));
        EXPECT_EQ(::send(fd, message.data(), message.size(), MSG_NOSIGNAL),
                  static_cast<ssize_t>(message.size()));
        const std::string outcome = outcome_on_stream(
            fd, looks, [&](char* to, std::size_t size) { return recv(fd, to, size, 0); });
        close(fd);
        return outcome;
    }
};

class OverTls : public Torture {
protected:
    std::string send(const std::string& message, int looks) override {
        SSL_CTX* ctx = SSL_CTX_new(TLS_client_method());
        const int fd = connected(stack_->bound().tls.at(0));
        SSL* ssl = SSL_new(ctx);
        SSL_set_fd(ssl, fd);
        EXPECT_EQ(SSL_connect(ssl), 1);
        SSL_write(ssl, message.data(), static_cast<int>(message.size()));
        fcntl(fd, F_SETFL, O_NONBLOCK);  // Readable may mean a session ticket and no answer.
        const std::string outcome =
            outcome_on_stream(fd, looks, [&](char* to, std::size_t size) -> ssize_t {
                const int read = SSL_read(ssl, to, static_cast<int>(size));
                if (read > 0) return read;
                return SSL_get_error(ssl, read) == SSL_ERROR_WANT_READ ? -1 : 0;
            });
        SSL_free(ssl);
        close(fd);
        SSL_CTX_free(ctx);
        return outcome;
    }
};

TEST_F(OverUdp, every_message_has_its_outcome) { expect_every_outcome("udp"); }
TEST_F(OverTcp, every_message_has_its_outcome) { expect_every_outcome("tcp"); }
TEST_F(OverTls, every_message_has_its_outcome) { expect_every_outcome("tls"); }

/// A step of Knuth's MMIX generator: the same mutants in every run.
std::uint64_t next_chance(std::uint64_t& state) {
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    return state >> 33;
}

std::string mutant_of(std::string message, std::uint64_t& chance) {
    const auto changes = 1 + next_chance(chance) % 8;
    for (std::uint64_t i = 0; i < changes && !message.empty(); ++i) {
        const std::size_t at = next_chance(chance) % message.size();
        switch (next_chance(chance) % 5) {
            case 0:
                message[at] = static_cast<char>(next_chance(chance));
                break;
            case 1:
                message.erase(at, 1 + next_chance(chance) % 20);
                break;
            case 2:
                message.insert(at, message.substr(at, next_chance(chance) % 200));
                break;
            case 3:
                message.insert(at, next_chance(chance) % 300, ",;\r\n:\"<"[at % 7]);
                break;
            default:
                message.resize(at);
                break;
        }
    }
    return message.substr(0, 60'000);
}

TEST_F(OverUdp, mutants_of_every_message_are_survived) {
    constexpr int mutants = 200;  // of each
    std::uint64_t chance = 42;
    RawUdp sender{stack_->bound().udp.at(0)};
    for (const Row& row : rows()) {
        const std::string message = over(message_of(row), "udp");
        for (int i = 0; i < mutants; ++i) sender.send(mutant_of(message, chance));
        ASSERT_TRUE(alive()) << "after mutants of " << row.name;
    }
    for (int look = 0; look < 1000 && stack_->counters().dialogs > 0; ++look) poll(nullptr, 0, 10);
    EXPECT_EQ(stack_->counters().dialogs, 0u);
}

TEST(TortureTable, names_all_49_messages_of_rfc4475_and_all_of_rfc5118) {
    std::map<std::string, int> count;
    for (const Row& row : rows()) {
        ++count[row.rfc];
        EXPECT_FALSE(message_of(row).empty()) << row.name;
    }
    EXPECT_EQ(count["4475"], 49);
    EXPECT_EQ(count["5118"], 11);
}

TEST(TortureTable, the_messages_are_those_of_the_rfc_byte_for_byte) {
    const char* folder = std::getenv("YS_RFC4475_DIR");
    if (!folder || !fs::is_directory(folder)) GTEST_SKIP() << "no bytes to compare with";
    for (const Row& row : rows()) {
        if (row.rfc != "4475") continue;
        EXPECT_EQ(message_of(row), file_bytes(fs::path{folder} / (row.name + ".dat"))) << row.name;
    }
}

}  // namespace
}  // namespace ys::sip
