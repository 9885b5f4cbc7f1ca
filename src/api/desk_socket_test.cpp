// SPDX-License-Identifier: Apache-2.0
// The desk's WebSocket and the citizen's, over real sockets.
#include "api/desk_socket.h"

#include <poll.h>

#include <gtest/gtest.h>

#include "api/login_throttle.h"
#include "api/open_desks.h"
#include "api/testing/hotline.h"

namespace ys::api {
namespace {

using testing::Browser;
using testing::Frame;
using testing::json_of;
using testing::RawClient;

boost::json::value read(RawClient& client) {
    const Frame frame = client.read_frame();
    EXPECT_EQ(frame.opcode, 1);
    boost::system::error_code ec;
    return boost::json::parse(frame.payload, ec);
}

boost::json::value ask(RawClient& client, const std::string& text) {
    client.send_text(text);
    return read(client);
}

std::string command(int id, const std::string& name, const std::string& args = "{}") {
    return R"({"type":"command","id":)" + std::to_string(id) + R"(,"name":")" + name +
           R"(","args":)" + args + "}";
}

class DeskSocket_ : public testing::Hotline {};

TEST_F(DeskSocket_, hello_comes_first_and_commands_are_done_or_refused) {
    Browser li = signed_in("li");
    auto desk = li.open_desk();
    ASSERT_TRUE(desk);
    const auto hello = read(*desk);
    EXPECT_EQ(hello.at("type").as_string(), "hello");
    EXPECT_EQ(hello.at("desk").at("state").as_string(), "LoggedOut");
    EXPECT_EQ(hello.at("session").at("csrf").as_string(), li.csrf);
    const auto done = ask(*desk, command(7, "ready"));
    EXPECT_EQ(done.at("type").as_string(), "done");
    EXPECT_EQ(done.at("id").as_int64(), 7);
    const auto no = ask(*desk, command(8, "hold"));
    EXPECT_EQ(no.at("type").as_string(), "refused");
    EXPECT_EQ(no.at("code").as_string(), "not_in_a_call");
    EXPECT_EQ(no.at("text").as_string(), "当前没有通话");
    EXPECT_EQ(ask(*desk, command(9, "ping")).at("type").as_string(), "pong");
    EXPECT_EQ(desk_.count("connected"), 1U);
    desk.reset();
    desk_.wait_for("disconnected");
}

TEST_F(DeskSocket_, a_socket_needs_a_session_and_our_own_page) {
    EXPECT_EQ(browser().open_desk(), nullptr);
    Browser li = signed_in("li");
    RawClient client(port_);
    EXPECT_EQ(client
                  .upgrade("/api/v1/desk", "http://evil.example",
                           "Cookie: ys_session=" + li.token + "\r\n")
                  .status,
              403);
    EXPECT_EQ(li.get("/api/v1/desk").status, 426);
    EXPECT_EQ(desk_.count("connected"), 0U);
}

TEST_F(DeskSocket_, each_command_needs_its_right) {
    Browser li = signed_in("li");
    auto desk = li.open_desk();
    read(*desk);
    const auto code = [](const boost::json::value& v) { return v.at("code").as_string(); };
    EXPECT_EQ(code(ask(*desk, command(1, "monitor", R"({"agent":2})"))), "not_allowed");
    EXPECT_EQ(code(ask(*desk, command(2, "watch_floor", R"({"on":true})"))), "not_allowed");
    EXPECT_EQ(code(ask(*desk, command(3, "drop_tables"))), "unknown_command");
    EXPECT_EQ(desk_.count("monitor"), 0U);

    auto quality = signed_in("quality").open_desk();
    read(*quality);
    EXPECT_EQ(code(ask(*quality, command(4, "ready"))), "not_allowed");

    auto floor = signed_in("supervisor").open_desk();
    read(*floor);
    const std::string own = R"({"agent":)" + std::to_string(user("li").value) + "}";
    const std::string theirs = R"({"agent":)" + std::to_string(user("driver").value) + "}";
    EXPECT_EQ(ask(*floor, command(5, "monitor", own)).at("type").as_string(), "done");
    for (const char* name : {"monitor", "take_over", "force_state"})
        EXPECT_EQ(code(ask(*floor, command(6, name, theirs))), "not_found") << name;
    EXPECT_EQ(code(ask(*floor, command(7, "monitor", R"({"agent":"1"})"))), "bad_arguments");
}

TEST_F(DeskSocket_, what_is_not_a_command_is_refused_and_the_socket_stays) {
    auto desk = signed_in("li").open_desk();
    read(*desk);
    for (const std::string text :
         {std::string("x"), std::string("[]"), std::string("{}"),
          std::string(R"({"type":"command"})"), std::string(R"({"type":"command","name":7})"),
          command(1, "ready", "[]"), std::string(200, '['),
          command(1, "ready", std::string(100, '[') + std::string(100, ']'))})
        EXPECT_EQ(ask(*desk, text).at("type").as_string(), "refused") << text;
    EXPECT_EQ(ask(*desk, command(2, "ready")).at("type").as_string(), "done");
}

TEST_F(DeskSocket_, signing_out_closes_the_desk_within_a_second_or_two) {
    Browser li = signed_in("li");
    auto desk = li.open_desk();
    read(*desk);
    EXPECT_EQ(li.send("DELETE", "/api/v1/session", "").status, 204);
    EXPECT_EQ(desk->read_frame().close_code(), close_signed_out);
    desk_.wait_for("disconnected");
}

TEST_F(DeskSocket_, a_role_that_is_taken_away_is_gone_from_open_sockets_too) {
    Browser supervisor = signed_in("supervisor");
    auto desk = supervisor.open_desk();
    read(*desk);
    EXPECT_EQ(ask(*desk, command(1, "watch_floor")).at("type").as_string(), "done");
    ASSERT_TRUE(write([&](sql::Transaction& tx) -> Result<Done> {
        YS_TRY(auto row,
               centres::UserStore::user(tx.db(), Scope::of(testing::heating), user("supervisor")));
        row->roles = "agent";
        YS_TRY([[maybe_unused]] const auto id, centres::UserStore::put_user(tx, *row));
        return Done{};
    }));
    std::string type = "done";
    while (type == "done") {
        // Asked slowly enough not to be cut off for speaking too fast.
        poll(nullptr, 0, 60);
        type = ask(*desk, command(2, "watch_floor")).at("type").as_string();
    }
    EXPECT_EQ(type, "refused");
}

TEST_F(DeskSocket_, a_page_that_speaks_too_fast_is_closed) {
    auto desk = signed_in("li").open_desk();
    read(*desk);
    for (int i = 0; i < 200; ++i) desk->send_text(command(i, "ready"));
    Frame last;
    do last = desk->read_frame();
    while (last.opcode == 1);
    EXPECT_EQ(last.close_code(), close_too_fast);
    EXPECT_LE(desk_.count("ready"), 100U);
}

TEST_F(DeskSocket_, media_goes_to_the_page_that_made_the_offer_and_views_to_all) {
    Browser li = signed_in("li");
    auto first = li.open_desk();
    read(*first);
    auto second = li.open_desk();
    read(*second);
    EXPECT_EQ(desk_.count("connected"), 1U);
    EXPECT_EQ(ask(*first, command(1, "answer", R"({"sdp":"v=0"})")).at("type").as_string(), "done");
    on_loop([&] {
        sockets_.send(user("li"), {{"type", "rtc"}, {"sdp", "answer"}});
        sockets_.send(user("li"), {{"type", "desk"}});
    });
    EXPECT_EQ(read(*first).at("type").as_string(), "rtc");
    EXPECT_EQ(read(*first).at("type").as_string(), "desk");
    EXPECT_EQ(read(*second).at("type").as_string(), "desk");
    first.reset();
    desk_.wait_for("media_page_closed");
    EXPECT_EQ(desk_.count("disconnected"), 0U);
    on_loop([&] { sockets_.send(user("li"), {{"type", "rtc_wanted"}}); });
    EXPECT_EQ(read(*second).at("type").as_string(), "rtc_wanted");
}

TEST_F(DeskSocket_, the_fifth_page_closes_the_first) {
    Browser li = signed_in("li");
    std::vector<std::unique_ptr<RawClient>> pages;
    for (int i = 0; i < 5; ++i) {
        pages.push_back(li.open_desk());
        read(*pages.back());
    }
    EXPECT_EQ(pages[0]->read_frame().close_code(), close_too_many);
    EXPECT_EQ(ask(*pages[1], command(1, "ready")).at("type").as_string(), "done");
}

class WebCall_ : public testing::Hotline {
protected:
    std::string token_for(const std::string& number, const std::string& address = "127.0.0.1") {
        const auto answer =
            browser(address).send("POST", "/api/v1/web-calls", R"({"number":")" + number + "\"}");
        if (answer.status != 201) return std::to_string(answer.status);
        return std::string(json_of(answer).at("token").as_string());
    }
    int open(RawClient& client, const std::string& token) {
        return client.upgrade("/api/v1/web-call?token=" + token, "http://desk.example").status;
    }
};

TEST_F(WebCall_, an_offer_is_answered_keys_pass_and_hanging_up_closes) {
    RawClient page(port_);
    ASSERT_EQ(open(page, token_for("6000")), 101);
    const auto answer = ask(page, R"({"type":"offer","sdp":"v=0"})");
    EXPECT_EQ(answer.at("sdp").as_string(), "for 6000: v=0");
    page.send_text(R"({"type":"key","key":"5"})");
    EXPECT_EQ(ask(page, R"({"type":"hang_up"})").at("state").as_string(), "ended");
    EXPECT_EQ(page.read_frame().close_code(), 1000);
    while (web_calls_.closed_calls == 0) std::this_thread::yield();
    EXPECT_EQ(web_calls_.keys, "5");
}

TEST_F(WebCall_, a_token_opens_one_socket_from_the_address_it_was_given_to) {
    const std::string token = token_for("6000");
    RawClient stranger(port_, false, "127.0.0.9");
    EXPECT_EQ(open(stranger, token), 404);
    const std::string second = token_for("6000");
    RawClient page(port_), again(port_), none(port_);
    EXPECT_EQ(open(page, second), 101);
    EXPECT_EQ(open(again, second), 404);
    EXPECT_EQ(open(none, std::string(43, 'A')), 404);
}

TEST_F(WebCall_, tokens_are_given_at_a_bounded_rate_and_for_offered_numbers_only) {
    EXPECT_EQ(token_for("110"), "422");
    for (int i = 0; i < 5; ++i) EXPECT_EQ(token_for("6000").size(), 43U);
    EXPECT_EQ(token_for("6000"), "429");
    EXPECT_EQ(token_for("6000", "127.0.0.5").size(), 43U);
}

TEST_F(WebCall_, a_refused_call_and_nonsense_close_the_socket) {
    RawClient refused_page(port_), odd(port_);
    ASSERT_EQ(open(refused_page, token_for("6000")), 101);
    EXPECT_EQ(ask(refused_page, R"({"type":"offer","sdp":"refuse"})").at("code").as_string(),
              "busy");
    EXPECT_EQ(refused_page.read_frame().close_code(), close_gone);
    ASSERT_EQ(open(odd, token_for("6000")), 101);
    odd.send_text(R"({"type":"key","key":"55"})");
    EXPECT_EQ(odd.read_frame().close_code(), 1008);
}

TEST(LoginThrottle, waiting_doubles_is_bounded_and_is_forgotten) {
    LoginThrottle throttle;
    Instant now{};
    now += 1h;
    for (int i = 0; i < LoginThrottle::free_per_login; ++i) throttle.begun(now, "li");
    EXPECT_EQ(throttle.must_wait(now, "li", "a"), 0s);
    throttle.begun(now, "li");
    EXPECT_EQ(throttle.must_wait(now, "li", "a"), 2s);
    throttle.begun(now, "li");
    EXPECT_EQ(throttle.must_wait(now, "li", "a"), 4s);
    EXPECT_EQ(throttle.must_wait(now + 4s, "li", "a"), 0s);
    for (int i = 0; i < 40; ++i) throttle.begun(now, "li");
    EXPECT_EQ(throttle.must_wait(now, "li", "a"), LoginThrottle::wait_max_per_login);
    throttle.begun(now + 2h, "li");
    EXPECT_EQ(throttle.must_wait(now + 2h, "li", "a"), 0s);
    throttle.succeeded("li");
    for (int i = 0; i < 60; ++i) throttle.failed(now, "source");
    EXPECT_EQ(throttle.must_wait(now, "other", "source"), LoginThrottle::wait_max_per_source);
}

TEST(LoginThrottle, a_flood_of_logins_does_not_grow_without_bound) {
    LoginThrottle throttle;
    Instant now{};
    now += 2h;
    for (std::size_t i = 0; i < LoginThrottle::entries_max + 10; ++i)
        throttle.begun(now + Millis{static_cast<std::int64_t>(i)}, "login" + std::to_string(i));
    for (int i = 0; i < 10; ++i) throttle.begun(now + 1h, "li");
    EXPECT_GT(throttle.must_wait(now + 1h, "li", "a"), 0s);
}

}  // namespace
}  // namespace ys::api
