// SPDX-License-Identifier: Apache-2.0
#include "platform/http/syntax.h"

#include <gtest/gtest.h>

#include "platform/http/router.h"
#include "platform/http/static_files.h"

namespace ys::http {
namespace {

TEST(Syntax, escapes_are_decoded_or_refused) {
    EXPECT_EQ(percent_decoded("a%20b%E4%BD%A0"), "a b你");
    EXPECT_EQ(percent_decoded("a+b", true), "a b");
    for (const char* bad : {"%", "%1", "%zz", "%00", "a%0"})
        EXPECT_FALSE(percent_decoded(bad)) << bad;
    EXPECT_EQ(percent_decoded(percent_encoded("供热 &=?#/\"")), "供热 &=?#/\"");
}

TEST(Syntax, a_query_has_a_bounded_number_of_fields) {
    EXPECT_EQ(*parse_query("a=1&&b&c=%3D"), (Pairs{{"a", "1"}, {"b", ""}, {"c", "="}}));
    std::string many;
    for (std::size_t i = 0; i <= query_fields_max; ++i) many += "a=1&";
    EXPECT_FALSE(parse_query(many));
}

TEST(Syntax, ranges_are_chosen_as_rfc_9110_says) {
    const auto part = [](std::uint64_t first, std::uint64_t last) {
        return ByteRange{first, last};
    };
    EXPECT_EQ(choose_range("bytes=0-99", 1000).part, part(0, 99));
    EXPECT_EQ(choose_range("bytes=900-", 1000).part, part(900, 999));
    EXPECT_EQ(choose_range("bytes=-100", 1000).part, part(900, 999));
    EXPECT_EQ(choose_range("bytes=-5000", 1000).part, part(0, 999));
    EXPECT_EQ(choose_range("bytes=990-2000", 1000).part, part(990, 999));
    EXPECT_EQ(choose_range("bytes=1000-", 1000).answer, RangeAnswer::Unsatisfiable);
    EXPECT_EQ(choose_range("bytes=-0", 1000).answer, RangeAnswer::Unsatisfiable);
    EXPECT_EQ(choose_range("bytes=0-", 0).answer, RangeAnswer::Unsatisfiable);
    for (const char* whole : {"", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-1", "bytes=0-1,5-6",
                              "items=0-5", "bytes=99999999999999999999999-"})
        EXPECT_EQ(choose_range(whole, 1000).answer, RangeAnswer::Whole) << whole;
}

TEST(Syntax, the_language_is_chinese_unless_english_is_preferred) {
    EXPECT_EQ(preferred_language(""), "zh");
    EXPECT_EQ(preferred_language("zh-CN,zh;q=0.9,en;q=0.8"), "zh");
    EXPECT_EQ(preferred_language("en-GB,en;q=0.9,zh;q=0.5"), "en");
    EXPECT_EQ(preferred_language("zh;q=0.5, en;q=0.7"), "en");
    EXPECT_EQ(preferred_language("fr"), "zh");
    EXPECT_EQ(preferred_language("en;q=0"), "zh");
}

TEST(Syntax, encodings_with_quality_zero_are_not_taken) {
    EXPECT_TRUE(accepts_encoding("gzip, deflate, br", "br"));
    EXPECT_FALSE(accepts_encoding("gzip, br;q=0", "br"));
    EXPECT_FALSE(accepts_encoding("", "gzip"));
}

TEST(Syntax, an_attachment_is_named_in_ascii_and_in_utf_8) {
    EXPECT_EQ(attachment_named("录\"音\r\n.wav"),
              "attachment; filename=\"_________.wav\"; "
              "filename*=UTF-8''%E5%BD%95%22%E9%9F%B3%0D%0A.wav");
}

TEST(Router, plain_steps_are_preferred_and_names_are_given) {
    Router router;
    const auto one = router.add("GET", "/api/cases/{id}");
    const auto own = router.add("GET", "/api/cases/own");
    router.add("PATCH", "/api/cases/{id}");
    EXPECT_EQ(router.match("GET", "/api/cases/own").route, own);
    const auto match = router.match("GET", "/api/cases/17");
    EXPECT_EQ(match.route, one);
    EXPECT_EQ(match.params, (Pairs{{"id", "17"}}));
    EXPECT_EQ(router.match("HEAD", "/api/cases/17").route, one);
}

TEST(Router, unknown_paths_and_methods_are_told_apart) {
    Router router;
    router.add("GET", "/a/{id}");
    router.add("PUT", "/a/{id}");
    EXPECT_EQ(router.match("GET", "/a").outcome, Router::Outcome::NoSuchPath);
    EXPECT_EQ(router.match("GET", "/a/").outcome, Router::Outcome::NoSuchPath);
    const auto match = router.match("DELETE", "/a/1");
    EXPECT_EQ(match.outcome, Router::Outcome::NoSuchMethod);
    EXPECT_EQ(match.allow, "GET, PUT");
}

constexpr Asset assets[] = {
    {"/assets/desk-1.js", "text/javascript; charset=utf-8", "\"e1\"", "script", "brotli", "gzip"},
    {"/icon.svg", "image/svg+xml", "\"e2\"", "<svg/>", {}, {}},
    {"/index.html",
     "text/html; charset=utf-8",
     "\"e3\"",
     "<a nonce=\"__NONCE__\">__NONCE__",
     {},
     {}},
};

Request asking(std::string path, std::string encoding = "", std::string etag = "") {
    Request request;
    request.method = "GET";
    request.path = std::move(path);
    request.headers = {{"accept-encoding", encoding}, {"if-none-match", etag}};
    return request;
}

std::string header_of(const Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers)
        if (key == name) return value;
    return {};
}

TEST(StaticFiles, a_page_carries_the_nonce_of_its_policy_and_each_answer_another) {
    const StaticFiles files(assets);
    const Response first = files.answer(asking("/"));
    const Response second = files.answer(asking("/cases/12"));
    EXPECT_EQ(first.body.find("__NONCE__"), std::string::npos);
    EXPECT_NE(first.body, second.body);
    const std::string nonce = first.body.substr(10, 22);
    EXPECT_EQ(first.body, "<a nonce=\"" + nonce + "\">" + nonce);
    const std::string policy = header_of(first, "Content-Security-Policy");
    EXPECT_NE(policy.find("script-src 'self';"), std::string::npos);
    EXPECT_NE(policy.find("style-src 'self' 'nonce-" + nonce + "';"), std::string::npos);
    EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos);
    EXPECT_EQ(policy.find("unsafe"), std::string::npos);
}

TEST(StaticFiles, files_are_sent_compressed_when_taken_and_not_again_when_unchanged) {
    const StaticFiles files(assets);
    EXPECT_EQ(files.answer(asking("/assets/desk-1.js", "gzip, br")).constant_body, "brotli");
    EXPECT_EQ(files.answer(asking("/assets/desk-1.js", "gzip")).constant_body, "gzip");
    EXPECT_EQ(files.answer(asking("/assets/desk-1.js")).constant_body, "script");
    EXPECT_EQ(files.answer(asking("/icon.svg", "", "\"e2\"")).status, 304);
    EXPECT_EQ(files.answer(asking("/assets/none.js")).status, 404);
    Request post = asking("/");
    post.method = "POST";
    EXPECT_EQ(files.answer(post).status, 405);
}

}  // namespace
}  // namespace ys::http
