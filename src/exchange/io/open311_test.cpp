// SPDX-License-Identifier: Apache-2.0
#include "exchange/io/open311.h"

#include <gtest/gtest.h>

namespace ys::exchange {
namespace {

cases::CaseRow row() {
    cases::CaseRow out;
    out.number = "1124-0217";
    out.day = "2026-11-24";
    out.kind = "no_heat";
    out.title = "家里不热";
    out.address = "经纬街 12 号";
    return out;
}

TEST(open311, a_case_is_called_by_day_and_number) {
    EXPECT_EQ(request_id(row()), "20261124-0217");
    EXPECT_EQ(request_number_from("20261124-0217"), (RequestNumber{"2026-11-24", "1124-0217"}));
    EXPECT_EQ(request_number_from("20261124-12345")->number, "1124-12345");
    for (const char* wrong : {"", "1124-0217", "20261124-", "2026112a-0217", "20261124-02x7",
                              "20261124-217", "20261124_0217"})
        EXPECT_FALSE(request_number_from(wrong)) << wrong;
}

TEST(open311, a_form_escapes_what_people_wrote) {
    EXPECT_EQ(request_form(row(), "k&y"),
              "service_code=no_heat&description=%E5%AE%B6%E9%87%8C%E4%B8%8D%E7%83%AD"
              "&address_string=%E7%BB%8F%E7%BA%AC%E8%A1%97%2012%20%E5%8F%B7"
              "&account_id=20261124-0217&api_key=k%26y");
}

TEST(open311, their_number_is_text_or_a_number_and_nothing_else) {
    EXPECT_EQ(*their_id_from(R"([{"service_request_id":"A-7"}])"), "A-7");
    EXPECT_EQ(*their_id_from(R"([{"service_request_id":638344,"account_id":null}])"), "638344");
    for (const char* wrong :
         {"", "[]", "{}", R"([{"service_request_id":null}])", R"([{"token":"x"}])",
          R"([{"service_request_id":"../admin"}])", R"([{"service_request_id":""}])", "[[[[[["})
        EXPECT_FALSE(their_id_from(wrong)) << wrong;
}

TEST(open311, what_they_did_is_read_with_or_without_notes) {
    const auto done = their_request_from(R"([{"status":"closed","status_notes":"已修好"}])");
    ASSERT_TRUE(done);
    EXPECT_EQ(done->status, "closed");
    EXPECT_EQ(done->notes, "已修好");
    EXPECT_EQ(their_request_from(R"([{"status":"open","status_notes":null}])")->notes, "");
    EXPECT_FALSE(their_request_from(R"([{"status":"lost"}])"));
}

}  // namespace
}  // namespace ys::exchange
