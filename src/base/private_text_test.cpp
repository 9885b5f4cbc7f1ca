// SPDX-License-Identifier: Apache-2.0
#include "base/private_text.h"

#include <gtest/gtest.h>

#include "base/phone_number.h"

namespace ys {
namespace {

TEST(PrivateText, a_number_a_name_and_an_address_keep_what_tells_them_apart_only) {
    EXPECT_EQ(masked("13800138000"), "138****8000");
    EXPECT_EQ(masked_name("欧阳一一"), "欧**");
    EXPECT_EQ(masked_name(""), "");
    EXPECT_EQ(masked_address("云汀市北桥区听松里3号楼2单元501"), "云汀市北桥区***");
    EXPECT_EQ(masked_address("白苇区芦花小区7号楼"), "白苇区***");
    EXPECT_EQ(masked_address("听松里3号楼"), "***");
    EXPECT_EQ(masked_address(""), "");
}

TEST(PrivateText, numbers_of_people_inside_a_text_are_masked_and_others_are_not) {
    EXPECT_EQ(with_numbers_masked("打13800138000，12345不算"), "打138****8000，12345不算");
    const std::string identity = with_numbers_masked("证件11010519491231002X。");
    EXPECT_EQ(identity.find("19491231"), std::string::npos) << identity;
    EXPECT_NE(identity.find('*'), std::string::npos);
    EXPECT_EQ(with_numbers_masked("账号123456789012345"), "账号123456789012345");
}

}  // namespace
}  // namespace ys
