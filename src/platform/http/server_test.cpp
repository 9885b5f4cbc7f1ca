// SPDX-License-Identifier: Apache-2.0
// The server against a client that keeps to no rule. Real sockets, ports chosen by the system.
#include "platform/http/server.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <thread>

#include "platform/clock.h"
#include "platform/http/syntax.h"
#include "platform/http/testing/raw_client.h"
#include "platform/http/tls_context.h"

namespace ys::http {
namespace {

using testing::Frame;
using testing::RawClient;

constexpr std::string_view host = "Host: desk.example\r\n";

/// Echoes messages; "burst" fills the mailbox, "bye" closes.
struct EchoHandler final : WebSocketHandler {
    explicit EchoHandler(std::atomic<int>& o) : open(o) {}
    void opened(WebSocket& s) override {
        socket = &s;
        ++open;
    }
    void message(std::string_view text) override {
        if (text == "bye") return socket->close(4001, std::string(200, 'x'));
        if (text != "burst") return socket->send(std::string(text));
        for (int i = 0; i < 1000; ++i) socket->send(std::string(10'000, 'b'));
    }
    void closed() override { --open; }
    WebSocket* socket = nullptr;
    std::atomic<int>& open;
};

struct TestService final : Service {
    asio::awaitable<Response> answer(Request request) override {
        if (request.path == "/throw") throw std::runtime_error("on purpose");
        if (request.path == "/ws") {
            Response response;
            response.websocket = std::make_shared<EchoHandler>(open);
            co_return response;
        }
        if (request.path == "/file") {
            Response response;
            response.file = FilePart{file, 10, 200'000};
            co_return response;
        }
        if (request.path == "/inject")
            co_return text_response(200, "x").with("X-Name", "a\r\nSet-Cookie: b=c");
        std::string text = request.method + " " + request.path + "\n";
        for (const auto& [name, value] : request.query) text += name + "=" + value + "\n";
        for (const auto& [name, value] : request.cookies) text += name + ":" + value + "\n";
        co_return text_response(200, text + request.body);
    }
    std::filesystem::path file;
    std::atomic<int> open{0};
};

asio::awaitable<void> stop_server(Server* server) { co_await server->stop(); }

class HttpServer : public ::testing::Test {
protected:
    explicit HttpServer(Limits limits = {})
        : server_(context_, pool_, registry_, service_, limits) {
        folder_ =
            std::filesystem::temp_directory_path() / ("ys_http_test_" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder_);
        service_.file = folder_ / "file";
        std::ofstream out(service_.file, std::ios::binary);
        for (int i = 0; i < 300'000; ++i) out.put(static_cast<char>('a' + i % 26));
        port_ = *server_.listen("127.0.0.1", 0);
    }
    ~HttpServer() override {
        asio::co_spawn(context_, stop_server(&server_), asio::detached);
        if (thread_.joinable())
            thread_.join();
        else
            context_.run();
        std::filesystem::remove_all(folder_);
    }
    void run() {
        thread_ = std::thread([this] { context_.run(); });
    }
    std::uint16_t port() {
        if (!thread_.joinable()) run();
        return port_;
    }
    std::uint16_t listen_tls() {
        const auto certificate = folder_ / "c.pem";
        const auto key = folder_ / "k.pem";
        EXPECT_TRUE(make_self_signed(certificate, key, {"desk.example", "127.0.0.1"}, utc_now()));
        auto tls = tls_context(certificate, key);
        EXPECT_TRUE(tls);
        return *server_.listen("127.0.0.1", 0, *tls);
    }
    std::string get(std::string_view path) const {
        return "GET " + std::string(path) + " HTTP/1.1\r\n" + std::string(host) + "\r\n";
    }

    asio::io_context context_{1};
    WorkerPool pool_{1};
    metrics::Registry registry_;
    TestService service_;
    Server server_;
    std::filesystem::path folder_;
    std::uint16_t port_ = 0;
    std::thread thread_;
};

TEST_F(HttpServer, answers_one_request_after_another_on_one_connection) {
    RawClient client(port());
    EXPECT_EQ(client.ask(get("/a%20b?x=1&y=%E4%BD%A0")).body, "GET /a b\nx=1\ny=你\n");
    EXPECT_EQ(
        client
            .ask("POST /p HTTP/1.1\r\nHost: a\r\nCookie: s=1; t=2\r\nContent-Length: 3\r\n\r\nabc")
            .body,
        "POST /p\ns:1\nt:2\nabc");
    // Two at once: answered in order.
    client.send(get("/1") + get("/2"));
    EXPECT_EQ(client.read_answer().body, "GET /1\n");
    EXPECT_EQ(client.read_answer().body, "GET /2\n");
}

TEST_F(HttpServer, every_answer_says_nosniff_and_is_not_stored) {
    const auto answer = RawClient(port()).ask(get("/"));
    EXPECT_EQ(answer.header("x-content-type-options"), "nosniff");
    EXPECT_EQ(answer.header("referrer-policy"), "same-origin");
    EXPECT_EQ(answer.header("cache-control"), "no-store");
}

TEST_F(HttpServer, ambiguous_framing_is_refused_and_the_connection_closed) {
    const std::string smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
    for (const std::string headers : {
             "Content-Length: 5\r\nContent-Length: 6\r\n",
             "Content-Length: 5\r\nContent-Length: 5\r\n",
             "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
             "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
             "Transfer-Encoding: chunked\r\n",
             "Transfer-Encoding: identity\r\n",
             "Transfer-Encoding : chunked\r\n",
             "Content-Length: -1\r\n",
             "Content-Length: 5, 5\r\n",
             "Content-Length: 0x5\r\n",
             "Content-Length: 99999999999999999999999\r\n",
         }) {
        RawClient client(port());
        const auto answer =
            client.ask("POST /p HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n0\r\n\r\n" + smuggled);
        EXPECT_GE(answer.status, 400) << headers;
        EXPECT_LT(answer.status, 500) << headers;
        EXPECT_EQ(answer.header("connection"), "close") << headers;
        EXPECT_EQ(client.read_answer().status, 0) << headers;
    }
}

TEST_F(HttpServer, what_is_not_a_request_is_refused) {
    for (const std::string bytes : {
             "GARBAGE\r\n\r\n",
             "GET / HTTP/1.1\r\n\r\n",
             "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
             "GET relative HTTP/1.1\r\nHost: a\r\n\r\n",
             "GET http://other/ HTTP/1.1\r\nHost: a\r\n\r\n",
             "GET /../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n",
             "GET /%2e%2e/etc HTTP/1.1\r\nHost: a\r\n\r\n",
             "GET /a%00b HTTP/1.1\r\nHost: a\r\n\r\n",
             "GET /a%zz HTTP/1.1\r\nHost: a\r\n\r\n",
             "GET /a\\b HTTP/1.1\r\nHost: a\r\n\r\n",
             "GET / HTTP/2.0\r\nHost: a\r\n\r\n",
             "GET / HTTP/1.1\r\nHost: a\r\nBad Header: x\r\n\r\n",
         }) {
        RawClient client(port());
        EXPECT_EQ(client.ask(bytes).status, 400) << bytes;
    }
}

TEST_F(HttpServer, a_header_over_16_kb_is_refused) {
    RawClient client(port());
    EXPECT_EQ(client.ask("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(17'000, 'x') + "\r\n\r\n")
                  .status,
              431);
}

TEST_F(HttpServer, a_body_over_the_limit_is_refused_before_it_is_sent) {
    RawClient client(port());
    EXPECT_EQ(client.ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n").status,
              413);
}

TEST_F(HttpServer, a_line_break_in_a_header_value_adds_no_header) {
    const auto answer = RawClient(port()).ask(get("/inject"));
    EXPECT_EQ(answer.header("set-cookie"), "");
    EXPECT_EQ(answer.header("x-name"), "a  Set-Cookie: b=c");
}

TEST_F(HttpServer, a_handler_that_throws_is_an_answer_500_and_the_server_goes_on) {
    RawClient client(port());
    EXPECT_EQ(client.ask(get("/throw")).status, 500);
    EXPECT_EQ(client.ask(get("/x")).status, 200);
}

TEST_F(HttpServer, a_part_of_a_file_is_streamed) {
    RawClient client(port());
    const auto answer = client.ask(get("/file"));
    ASSERT_EQ(answer.body.size(), 200'000U);
    for (std::size_t i = 0; i < answer.body.size(); ++i)
        ASSERT_EQ(answer.body[i], static_cast<char>('a' + (i + 10) % 26)) << i;
    EXPECT_EQ(client.ask(get("/x")).status, 200);
}

TEST_F(HttpServer, head_has_the_length_and_no_body) {
    RawClient client(port());
    client.send("HEAD /x HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.read_answer(true).header("content-length"), "8");
    EXPECT_EQ(client.ask(get("/y")).body, "GET /y\n");
}

TEST_F(HttpServer, expect_100_is_answered_before_the_body) {
    RawClient client(port());
    client.send("POST /p HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    EXPECT_EQ(client.read_answer().status, 100);
    EXPECT_EQ(client.ask("ok").body, "POST /p\nok");
}

TEST_F(HttpServer, https_answers_with_the_certificate_made_here) {
    const std::uint16_t tls_port = listen_tls();
    run();
    RawClient client(tls_port, true);
    ASSERT_TRUE(client.is_open());
    EXPECT_EQ(client.ask(get("/secret")).body, "GET /secret\n");
    RawClient desk(tls_port, true);
    ASSERT_EQ(desk.upgrade("/ws", "https://desk.example").status, 101);
    desk.send_text("over tls");
    EXPECT_EQ(desk.read_frame().payload, "over tls");
    RawClient plain(tls_port);
    EXPECT_EQ(plain.ask(get("/")).status, 0);
}

TEST_F(HttpServer, a_websocket_is_opened_from_our_own_pages_only) {
    EXPECT_EQ(RawClient(port()).upgrade("/ws", "http://desk.example").status, 101);
    EXPECT_EQ(RawClient(port()).upgrade("/ws", "https://DESK.example").status, 101);
    for (const char* origin : {"", "null", "http://evil.example", "http://desk.example.evil",
                               "http://desk.example:81", "file://desk.example"})
        EXPECT_EQ(RawClient(port()).upgrade("/ws", origin).status, 403) << origin;
}

TEST_F(HttpServer, a_websocket_carries_text_both_ways) {
    RawClient client(port());
    ASSERT_EQ(client.upgrade("/ws", "http://desk.example").status, 101);
    client.send_text("你好");
    EXPECT_EQ(client.read_frame().payload, "你好");
    const std::string large(200 * 1024, 'l');
    client.send_text(large);
    EXPECT_TRUE(client.read_frame().payload == large);
    client.send_text("bye");
    const Frame bye = client.read_frame();
    EXPECT_EQ(bye.close_code(), 4001);
    EXPECT_LE(bye.payload.size(), 125U);
}

TEST_F(HttpServer, frames_that_break_the_rules_end_the_websocket) {
    struct Case {
        int opcode;
        std::string payload;
        bool masked;
    };
    for (const Case& each : {Case{1, std::string(256 * 1024 + 1, 'x'), true},  // too large
                             Case{1, "not masked", false}, Case{2, "binary", true},
                             Case{1, "\xff\xfe", true},  // not UTF-8
                             Case{3, "reserved opcode", true}}) {
        RawClient client(port());
        ASSERT_EQ(client.upgrade("/ws", "http://desk.example").status, 101);
        client.send_frame(each.opcode, each.payload, each.masked);
        const Frame frame = client.read_frame();
        EXPECT_TRUE(frame.opcode == 8 || frame.opcode == 0) << each.payload.substr(0, 20);
    }
}

TEST_F(HttpServer, a_peer_that_does_not_read_is_cut_off) {
    RawClient client(port());
    ASSERT_EQ(client.upgrade("/ws", "http://desk.example").status, 101);
    client.send_text("burst");
    int frames = 0;
    while (client.read_frame().opcode == 1) ++frames;
    EXPECT_LT(frames, 1000);
    while (service_.open != 0) std::this_thread::yield();
}

TEST_F(HttpServer, stopping_closes_open_websockets_and_idle_connections) {
    RawClient idle(port());
    ASSERT_EQ(idle.ask(get("/")).status, 200);
    RawClient desk(port());
    ASSERT_EQ(desk.upgrade("/ws", "http://desk.example").status, 101);
    asio::co_spawn(context_, stop_server(&server_), asio::detached);
    EXPECT_TRUE(idle.is_closed_by_server());
    EXPECT_EQ(desk.read_frame().opcode, 0);
    EXPECT_FALSE(RawClient(port_).is_open());
}

class ImpatientServer : public HttpServer {
protected:
    ImpatientServer()
        : HttpServer({.connections_per_source = 3,
                      .header_within = Millis{200},
                      .idle_max = Millis{300},
                      .rate_min = 1'000'000}) {}
};

class SmallServer : public HttpServer {
protected:
    SmallServer() : HttpServer({.connections_max = 3}) {}
};

TEST_F(SmallServer, a_websocket_is_one_connection) {
    RawClient first(port()), second(port());
    for (RawClient* each : {&first, &second})
        ASSERT_EQ(each->upgrade("/ws", "http://desk.example").status, 101);
    RawClient third(port());  // Comes when the others are open and have their writers.
    EXPECT_EQ(third.ask(get("/")).status, 200);
    EXPECT_TRUE(RawClient(port()).is_closed_by_server());
}

TEST_F(ImpatientServer, a_header_sent_drop_by_drop_is_cut_off) {
    RawClient client(port());
    client.send("GET / HTTP/1.1\r\n");
    EXPECT_TRUE(client.is_closed_by_server());
}

TEST_F(ImpatientServer, a_body_sent_too_slowly_is_cut_off) {
    RawClient client(port());
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nabc");
    EXPECT_TRUE(client.is_closed_by_server());
}

TEST_F(ImpatientServer, an_idle_connection_is_closed) {
    RawClient client(port());
    EXPECT_EQ(client.ask(get("/")).status, 200);
    EXPECT_TRUE(client.is_closed_by_server());
}

TEST_F(ImpatientServer, one_source_has_only_so_many_connections_and_others_are_served) {
    RawClient a(port()), b(port()), c(port());
    for (RawClient* each : {&a, &b, &c}) EXPECT_EQ(each->ask(get("/")).status, 200);
    RawClient fourth(port());
    EXPECT_TRUE(fourth.is_closed_by_server());
    RawClient other(port(), false, "127.0.0.77");
    EXPECT_EQ(other.ask(get("/")).status, 200);
}

}  // namespace
}  // namespace ys::http
