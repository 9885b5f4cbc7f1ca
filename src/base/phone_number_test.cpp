// SPDX-License-Identifier: Apache-2.0
// The forms in which numbers arrive, each with the one form it becomes.
#include "base/phone_number.h"

#include <gtest/gtest.h>

namespace ys {
namespace {

constexpr std::string_view harbin = "0451";

struct Row {
    std::string_view raw;
    std::string_view becomes;
};

TEST(PhoneNumber, every_way_of_writing_a_number_becomes_one) {
    constexpr Row rows[] = {
        {"13812345678", "13812345678"},
        {"+8613812345678", "13812345678"},
        {"008613812345678", "13812345678"},
        {"8613812345678", "13812345678"},
        {"013812345678", "13812345678"},
        {"+86 138-1234-5678", "13812345678"},
        {"sip:13812345678@10.0.0.1:5060;user=phone", "13812345678"},
        {"tel:+86-138-1234-5678;phone-context=x", "13812345678"},
        {"SIP:+8613812345678@host", "13812345678"},
        {"87654321", "045187654321"},
        {"8765432", "04518765432"},
        {"045187654321", "045187654321"},
        {"+8645187654321", "045187654321"},
        {"+86045187654321", "045187654321"},
        {"45187654321", "045187654321"},
        {"01065551234", "01065551234"},
        {"+861065551234", "01065551234"},
        {"1065551234", "01065551234"},
        {"(0451) 8765 4321", "045187654321"},
        {"110", "110"},
        {"12345", "12345"},
        {"95598", "95598"},
        {"6000", "6000"},
        {"+8612345", "12345"},
        {"96899000", "96899000"},
        {"4001234567", "4001234567"},
        {"+864001234567", "4001234567"},
        {"106575251234567", "106575251234567"},
        {"+4930123456", "+4930123456"},
        {"004930123456", "+4930123456"},
    };
    for (const Row& row : rows) {
        const Result<PhoneNumber> got = normalise(row.raw, harbin);
        ASSERT_TRUE(got) << row.raw;
        EXPECT_EQ((*got).digits, row.becomes) << row.raw;
    }
}

TEST(PhoneNumber, a_canonical_number_stays_as_it_is) {
    for (std::string_view raw :
         {"13812345678", "045187654321", "110", "+4930123456", "4001234567"}) {
        EXPECT_EQ((*normalise(raw, harbin)).digits, raw);
    }
}

TEST(PhoneNumber, a_caller_who_hides_is_withheld_and_not_an_error) {
    for (std::string_view raw : {"", "  ", "anonymous", "Anonymous", "unavailable", "restricted",
                                 "sip:anonymous@anonymous.invalid", "unknown", "Private"}) {
        const Result<PhoneNumber> got = normalise(raw, harbin);
        ASSERT_TRUE(got) << raw;
        EXPECT_TRUE((*got).withheld()) << raw;
    }
}

TEST(PhoneNumber, text_that_is_no_number_is_refused) {
    const std::string long_text(4000, '1');
    for (std::string_view raw :
         {std::string_view{"$(touch x)"}, std::string_view{"../../etc/passwd"},
          std::string_view{"138\r\n12345678"},
          std::string_view{"138\0"
                           "12345678",
                           12},
          std::string_view{"++8613812345678"}, std::string_view{"1"}, std::string_view{"+86"},
          std::string_view{"138123456789012345678"}, std::string_view{"alice"},
          std::string_view{"00000000000"}, std::string_view{long_text},
          std::string_view{"１３８１２３４５６７８"}}) {
        EXPECT_FALSE(normalise(raw, harbin)) << raw.substr(0, 30);
    }
}

TEST(PhoneNumber, a_local_number_without_a_home_stays_local) {
    EXPECT_EQ((*normalise("87654321", "")).digits, "87654321");
}

TEST(PhoneNumber, a_masked_number_shows_three_digits_and_the_last_four) {
    EXPECT_EQ(masked("13812345678"), "138****5678");
    EXPECT_EQ(masked("045187654321"), "045****4321");
    EXPECT_EQ(masked("12345"), "12345");
    EXPECT_EQ(masked("8765432"), "876****32");
    EXPECT_EQ(masked(""), "");
}

}  // namespace
}  // namespace ys
