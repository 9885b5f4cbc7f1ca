// SPDX-License-Identifier: Apache-2.0
#include "voice/speech/mrcp/mrcp_message.h"

#include <string>

#include <gtest/gtest.h>

namespace ys::speech {
namespace {

/// With the length counted, as a server would send it.
std::string counted(const std::string& rest) {
    for (std::size_t digits = 1;; ++digits) {
        const std::string length = std::to_string(9 + digits + rest.size());
        if (length.size() == digits) return "MRCP/2.0 " + length + rest;
    }
}

TEST(mrcp_message, reads_responses_events_and_requests) {
    const auto response = parse_mrcp(
        counted(" 543257 200 IN-PROGRESS\r\nChannel-Identifier:32AE@speechrecog\r\n\r\n"));
    ASSERT_TRUE(response) << response.error().note;
    EXPECT_EQ(response->kind, MrcpMessage::Kind::Response);
    EXPECT_EQ(response->request, 543257U);
    EXPECT_EQ(response->status, 200);
    EXPECT_EQ(response->state, MrcpMessage::State::InProgress);
    EXPECT_EQ(response->header("channel-identifier"), "32AE@speechrecog");
    EXPECT_EQ(response->header("Completion-Cause"), "");

    const auto event =
        parse_mrcp(counted(" RECOGNITION-COMPLETE 7 COMPLETE\r\nA: b\r\n"
                           "  c\r\nContent-Length: 4\r\n\r\n<x/>"));
    ASSERT_TRUE(event) << event.error().note;
    EXPECT_EQ(event->kind, MrcpMessage::Kind::Event);
    EXPECT_EQ(event->name, "RECOGNITION-COMPLETE");
    EXPECT_EQ(event->header("A"), "b c");
    EXPECT_EQ(event->header("Content-Length"), "");
    EXPECT_EQ(event->body, "<x/>");

    const auto request = parse_mrcp(counted(" STOP 8\r\n\r\n"));
    ASSERT_TRUE(request) << request.error().note;
    EXPECT_EQ(request->kind, MrcpMessage::Kind::Request);
    EXPECT_EQ(request->name, "STOP");
}

TEST(mrcp_message, counts_its_own_digits_at_every_length) {
    for (std::size_t size = 1; size < 1'100; ++size) {
        const MrcpMessage message{
            .name = "RECOGNIZE", .request = 1, .body = std::string(size, 'x')};
        const std::string text = format_mrcp(message);
        const auto length = mrcp_length(text);
        ASSERT_TRUE(length);
        ASSERT_EQ(*length, text.size()) << text.substr(0, 30);
        const auto again = parse_mrcp(text);
        ASSERT_TRUE(again) << again.error().note;
        ASSERT_EQ(again->body.size(), size);
    }
}

TEST(mrcp_message, waits_until_the_length_has_come) {
    const std::string text = counted(" 1 200 COMPLETE\r\n\r\n");
    for (std::size_t size = 0; size < 11; ++size) {
        const auto length = mrcp_length(std::string_view(text).substr(0, size));
        ASSERT_TRUE(length) << size;
        EXPECT_FALSE(*length) << size;
    }
    EXPECT_EQ(*mrcp_length(text.substr(0, 12)), text.size());
}

TEST(mrcp_message, lengths_that_cannot_be_are_refused) {
    for (const char* text :
         {"HTTP/1.1 200 OK", "MRCP/1.0 60 ", "MRCP/2.0 -5 x", "MRCP/2.0  60", "MRCP/2.0 6x",
          "MRCP/2.0 0 ", "MRCP/2.0 12 ", "MRCP/2.0 65537 ", "MRCP/2.0 9999999999999999999 ",
          "MRCP/2.0 00000000000000000000060", "MRCP/2.0 99999999999999999999999999"})
        EXPECT_FALSE(mrcp_length(text)) << text;
}

TEST(mrcp_message, hostile_messages_are_refused) {
    for (const char* rest :
         {" \r\n\r\n", " 1 200\r\n\r\n", " 1 200 DONE\r\n\r\n", " 1 2000 COMPLETE\r\n\r\n",
          " 1 099 COMPLETE\r\n\r\n", " A B C D E\r\n\r\n", " STOP -1\r\n\r\n",
          " STOP 4294967296\r\n\r\n", " ST\x01P 1\r\n\r\n", " STOP 1 LATER\r\n\r\n",
          " STOP 1\n\n123456789", " STOP 1\r\nno colon\r\n\r\n", " STOP 1\r\n: x\r\n\r\n",
          " STOP 1\r\n folded\r\n\r\n", " STOP 1\r\nA: b\r\n",
          " STOP 1\r\nContent-Length: 5\r\n\r\n<x/>", " STOP 1\r\nContent-Length: 3\r\n\r\n<x/>",
          " STOP 1\r\nContent-Length: x\r\n\r\n<x/>"})
        EXPECT_FALSE(parse_mrcp(counted(rest))) << rest;
    std::string many = " STOP 1\r\n";
    for (int i = 0; i < 65; ++i) many += "A: b\r\n";
    EXPECT_FALSE(parse_mrcp(counted(many + "\r\n")));
    EXPECT_FALSE(parse_mrcp(counted(" STOP 1\r\n\r\n") + "x")) << "longer than it says";
    EXPECT_FALSE(parse_mrcp(""));
}

}  // namespace
}  // namespace ys::speech
