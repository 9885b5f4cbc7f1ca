// SPDX-License-Identifier: Apache-2.0
// Signing in and out, and what the cookie is worth.
#include <gtest/gtest.h>

#include "api/testing/hotline.h"
#include "platform/password/token.h"

namespace ys::api {
namespace {

using testing::Answer;
using testing::Browser;
using testing::json_of;

class Sessions_ : public testing::Hotline {};

TEST_F(Sessions_, the_cookie_is_strict_and_out_of_reach_of_scripts) {
    Browser li = browser();
    const Answer answer = li.sign_in("li");
    const std::string cookie = answer.header("set-cookie");
    EXPECT_NE(cookie.find("; HttpOnly"), std::string::npos);
    EXPECT_NE(cookie.find("; SameSite=Strict"), std::string::npos);
    EXPECT_NE(cookie.find("; Path=/"), std::string::npos);
    EXPECT_EQ(cookie.find("Secure"), std::string::npos) << "plain HTTP would lose the cookie";
    const auto session = json_of(answer);
    EXPECT_EQ(session.at("user").at("login").as_string(), "li");
    EXPECT_EQ(session.at("user").at("roles").as_array().front().as_string(), "agent");
    EXPECT_EQ(session.at("user").at("centre_name").as_string(), "供热");
    EXPECT_EQ(session.at("hotline").as_string(), "6000");
    EXPECT_EQ(json_of(li.get("/api/v1/session")).at("csrf").as_string(), li.csrf);
}

TEST_F(Sessions_, a_wrong_password_and_an_unknown_login_look_the_same) {
    const Answer wrong = browser().sign_in("li", "wrong");
    const Answer unknown = browser().sign_in("nobody", "wrong");
    const Answer closed = browser().sign_in("closed");
    EXPECT_EQ(wrong.status, 401);
    EXPECT_EQ(wrong.body, unknown.body);
    EXPECT_EQ(wrong.body, closed.body);
    EXPECT_EQ(json_of(wrong).at("code").as_string(), "wrong_login");
    EXPECT_EQ(facts_of_kind("SignInRefused"), 3U);
    EXPECT_EQ(journal_text().find("\"wrong-password\""), std::string::npos);
}

TEST_F(Sessions_, guessing_is_slowed_down_and_the_wait_is_told) {
    // On a slow machine a wait may be over before the next try; each failure doubles it.
    Answer last;
    int failures = 0;
    int wait_s = 0;
    while (wait_s < 4 && failures < LoginThrottle::free_per_login + 7) {
        last = browser().sign_in("li", "wrong");
        if (last.status == 401) ++failures;
        wait_s = last.status == 429 ? std::stoi(last.header("retry-after")) : 0;
    }
    EXPECT_GT(failures, LoginThrottle::free_per_login);
    ASSERT_EQ(last.status, 429);
    EXPECT_EQ(browser().sign_in("li").status, 429) << "the right password waits too";
    EXPECT_EQ(browser().sign_in("wang").status, 200) << "others do not";
}

TEST_F(Sessions_, signing_in_again_gives_a_new_token_and_ends_the_old_one) {
    Browser li = signed_in("li");
    Browser before = li;
    EXPECT_EQ(li.sign_in("li").status, 200);
    EXPECT_NE(li.token, before.token);
    EXPECT_EQ(before.get("/api/v1/session").status, 401);
    EXPECT_EQ(li.get("/api/v1/session").status, 200);
}

TEST_F(Sessions_, signing_out_ends_the_session_and_clears_the_cookie) {
    Browser li = signed_in("li");
    const Answer out = li.send("DELETE", "/api/v1/session", "");
    EXPECT_EQ(out.status, 204);
    EXPECT_NE(out.header("set-cookie").find("ys_session=; "), std::string::npos);
    EXPECT_EQ(li.get("/api/v1/session").status, 401);
    EXPECT_EQ(facts_of_kind("SignedIn"), 1U);
    EXPECT_EQ(facts_of_kind("SignedOut"), 1U);
}

TEST_F(Sessions_, tokens_that_were_never_given_are_refused) {
    for (const std::string token : {std::string("x"), std::string(43, 'A'), std::string(4000, 'A'),
                                    password::sha256_hex("x")}) {
        Browser thief = browser();
        thief.token = token;
        EXPECT_EQ(thief.get("/api/v1/session").status, 401) << token;
    }
}

TEST_F(Sessions_, a_user_who_is_closed_is_out_at_once) {
    Browser li = signed_in("li");
    ASSERT_TRUE(write([&](sql::Transaction& tx) {
        return centres::UserStore::set_active(tx, testing::heating, user("li"), false);
    }));
    EXPECT_EQ(li.get("/api/v1/session").status, 401);
}

TEST_F(Sessions_, a_form_of_another_site_cannot_sign_anybody_in) {
    Browser li = browser();
    http::testing::RawClient client(port_);
    const std::string body = R"({"login":"li","password":"right-password"})";
    EXPECT_EQ(client
                  .ask("POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\n"
                       "Content-Length: " +
                       std::to_string(body.size()) + "\r\n\r\n" + body)
                  .status,
              422);
}

TEST_F(Sessions_, problems_speak_chinese_first_and_english_when_asked) {
    const auto chinese = json_of(browser().get("/api/v1/people"));
    EXPECT_EQ(chinese.at("detail").as_string(), "请先登录");
    EXPECT_EQ(chinese.at("status").as_int64(), 401);
    const Answer english = browser().get("/api/v1/people", "Accept-Language: en\r\n");
    EXPECT_EQ(english.header("content-type"), "application/problem+json; charset=utf-8");
    EXPECT_EQ(json_of(english).at("detail").as_string(), "Please sign in.");
    EXPECT_EQ(json_of(browser().get("/api/v1/nothing")).at("code").as_string(), "not_found");
    const Answer method = browser().send("PUT", "/api/v1/people", "{}");
    EXPECT_EQ(method.status, 405);
    EXPECT_EQ(method.header("allow"), "GET");
}

TEST_F(Sessions_, health_needs_nobody_and_readiness_tells_why_not) {
    EXPECT_EQ(browser().get("/healthz").body, "ok\n");
    EXPECT_EQ(browser().get("/readyz").status, 200);
    on_loop([&] { live_.why = "stopping"; });
    EXPECT_EQ(browser().get("/readyz").status, 503);
    EXPECT_NE(browser().get("/metrics").body.find("# EOF"), std::string::npos);
}

}  // namespace
}  // namespace ys::api
