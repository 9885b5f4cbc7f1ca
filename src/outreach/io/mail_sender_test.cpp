// SPDX-License-Identifier: Apache-2.0
#include "outreach/io/mail_sender.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "outreach/io/gateway_signature.h"
#include "outreach/io/sms_gateway.h"

namespace ys::outreach {
namespace {

const UtcTime noon = *parse_rfc3339("2026-11-24T04:00:00Z");

TEST(MailText, is_plain_text_in_utf8_with_encoded_headers) {
    const std::string text = mail_text("hotline@h.example",
                                       {.key = "m7-mail-1",
                                        .to = "a@b.example",
                                        .from_name = "云汀供热",
                                        .subject = "您的诉求",
                                        .text = "已受理"},
                                       noon);
    EXPECT_EQ(text,
              "Date: Tue, 24 Nov 2026 04:00:00 +0000\r\n"
              "From: =?UTF-8?B?5LqR5rGA5L6b54Ot?= <hotline@h.example>\r\n"
              "To: <a@b.example>\r\n"
              "Subject: =?UTF-8?B?5oKo55qE6K+J5rGC?=\r\n"
              "Message-ID: <m7-mail-1@h.example>\r\n"
              "MIME-Version: 1.0\r\n"
              "Content-Type: text/plain; charset=utf-8\r\n"
              "Content-Transfer-Encoding: base64\r\n"
              "Auto-Submitted: auto-generated\r\n\r\n"
              "5bey5Y+X55CG\r\n");
}

TEST(MailText, no_line_is_longer_than_a_mail_server_takes) {
    std::string subject, body;
    for (int i = 0; i < 100; ++i) subject += "热", body += "您好，";
    const std::string text =
        mail_text("a@h.example", {"k", "a@b.example", subject, subject, body}, noon);
    for (const std::string_view line : split(text, '\n')) EXPECT_LE(line.size(), 77U) << line;
}

TEST(MailAddress, is_nothing_that_could_become_a_command) {
    for (const char* good : {"a@b.example", "li.si+x@mail.b.example"})
        EXPECT_TRUE(is_mail_address(good)) << good;
    for (const char* bad : {"", "a", "@b", "a@", "a@b@c", "a b@c", "a@b>\r\nRCPT TO:<c@d>", "<a@b>",
                            "a@b,c@d", "\"a\"@b", "王@b"})
        EXPECT_FALSE(is_mail_address(bad)) << bad;
    EXPECT_FALSE(is_mail_address(std::string(250, 'a') + "@b.example"));
}

TEST(GatewaySignature, is_of_this_body_this_secret_and_this_hour) {
    const GatewaySecret secret{"between-us"};
    const GatewaySignature good = sign(secret, noon, "{}");
    EXPECT_EQ(good.signature.size(), 67U);
    EXPECT_TRUE(is_signed(secret, good, noon, "{}"));
    EXPECT_TRUE(is_signed(secret, good, {noon.us + 299'000'000}, "{}"));
    EXPECT_FALSE(is_signed(secret, good, {noon.us + 301'000'000}, "{}"));
    EXPECT_FALSE(is_signed(secret, good, {noon.us - 301'000'000}, "{}"));
    EXPECT_FALSE(is_signed(secret, good, noon, "{} "));
    EXPECT_FALSE(is_signed(GatewaySecret{"another"}, good, noon, "{}"));
    EXPECT_FALSE(is_signed(GatewaySecret{}, sign(GatewaySecret{}, noon, "{}"), noon, "{}"))
        << "without a secret nothing is signed";
    for (const char* when : {"", "x", "-1", "99999999999999999999"})
        EXPECT_FALSE(is_signed(secret, {when, good.signature}, noon, "{}")) << when;
}

TEST(GatewaySignature, is_hmac_sha256_over_time_and_body) {
    // Computed by another program, so that a gateway's author can check theirs.
    const GatewaySignature made = sign(GatewaySecret{"Jefe"}, {}, "what do ya want for nothing?");
    EXPECT_EQ(made.timestamp, "0");
    EXPECT_EQ(made.signature,
              "v1=37f471929915ccd2cbbe79feb84ffcff4f2bb25e15fc41c2506687331ae179cc");
}

TEST(Sms, goes_to_mobiles_only) {
    EXPECT_TRUE(takes_sms("13800001001"));
    for (const char* other : {"", "6000", "09318765432", "+4915112345678", "1380000100a"})
        EXPECT_FALSE(takes_sms(other)) << other;
}

}  // namespace
}  // namespace ys::outreach
