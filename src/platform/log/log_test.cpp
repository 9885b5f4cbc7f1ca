// SPDX-License-Identifier: Apache-2.0
#include "platform/log/log.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace ys::log {
namespace {

TEST(Log, a_text_line_cannot_be_forged_by_a_line_break) {
    const std::string line = line_of(Format::Text, "T", Level::Info, "sip", "arrived",
                                     {{"name", "x\n2026 error http broken"}});
    EXPECT_EQ(line.find('\n'), std::string::npos);
    EXPECT_EQ(line.substr(0, 28), "T info sip arrived name=\"x20");
}

TEST(Log, a_json_line_is_one_json_object_whatever_the_values) {
    const std::string hostile = "\"},{\"level\":\"error\\u0000\xff\xfe";
    const std::string line =
        line_of(Format::Json, "T", Level::Warn, "http", "odd",
                {{"text", hostile}, {"n", -3}, {"big", 18446744073709551615UL}, {"yes", true}});
    const auto read = boost::json::parse(line);
    EXPECT_EQ(read.at("level").as_string(), "warn");
    EXPECT_EQ(read.at("n").as_int64(), -3);
    EXPECT_EQ(read.at("big").as_uint64(), 18446744073709551615UL);
    EXPECT_TRUE(read.at("yes").as_bool());
    EXPECT_EQ(read.as_object().size(), 8U);
}

TEST(Log, a_long_value_is_cut) {
    const std::string line = line_of(Format::Text, "T", Level::Info, "http", "long",
                                     {{"path", std::string(10'000, 'a')}});
    EXPECT_LT(line.size(), value_max_bytes + 64);
}

TEST(Log, spaces_and_quotes_are_quoted_in_text) {
    EXPECT_EQ(line_of(Format::Text, "T", Level::Info, "a", "b", {{"k", "two words"}}),
              "T info a b k=\"two words\"");
    EXPECT_EQ(line_of(Format::Text, "T", Level::Info, "a", "b", {{"k", ""}}), "T info a b k=\"\"");
}

TEST(Log, a_folder_that_is_not_there_is_an_error) {
    EXPECT_FALSE(start({.file = "/proc/nowhere/log"}));
}

}  // namespace
}  // namespace ys::log
