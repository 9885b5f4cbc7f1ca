// SPDX-License-Identifier: Apache-2.0
// Whose area a caller belongs to, by what is known of them.
#include "routing/territory.h"

#include <gtest/gtest.h>

namespace ys::routing {
namespace {

const CentreId lanzhou{2}, zhangye{3}, jiuquan{4}, jiayuguan{5}, bank{6}, yuzhong{7};

std::vector<Place> gansu() {
    return {{lanzhou, "兰州", {"0931"}, {"甘A"}, {"6201"}, {"省会"}},
            {zhangye, "张掖", {"0936"}, {"甘G"}, {"6207"}, {"甘州"}},
            {jiuquan, "酒泉", {"0937"}, {"甘F"}, {"6209"}, {}},
            {jiayuguan, "嘉峪关", {"09376"}, {"甘B"}, {"6202"}, {}},
            {yuzhong, "榆中", {}, {}, {"620123"}, {"兰州榆中"}},
            {bank, "合作银行", {"bank"}, {}, {}, {}}};
}
Territory made() {
    auto t =
        Territory::make(gansu(), {{"1389310", "0931"}, {"1390936", "0936"}, {"1380010", "010"}});
    EXPECT_TRUE(t) << t.error().note;
    return *std::move(t);
}
std::string fault_of(std::vector<Place> places, const std::vector<Segment>& segments = {}) {
    const auto t = Territory::make(std::move(places), segments);
    return t ? "" : t.error().note;
}
std::string line_fault(std::string_view csv) {
    const auto s = parse_segments(csv);
    return s ? "" : s.error().note;
}

TEST(territory, a_landline_belongs_to_the_place_of_its_area_code) {
    EXPECT_EQ(made().locate({.number = "09318529861"}), (Located{lanzhou, "area_code", "兰州"}));
    EXPECT_EQ(made().locate({.number = "09362200001"}), (Located{zhangye, "area_code", "张掖"}));
}

TEST(territory, two_places_of_one_area_code_are_told_apart_by_the_longer_beginning) {
    EXPECT_EQ(made().locate({.number = "09372612345"}).centre, jiuquan);
    EXPECT_EQ(made().locate({.number = "09376212345"}).centre, jiayuguan);
}

TEST(territory, a_mobile_belongs_where_its_segment_was_sold) {
    EXPECT_EQ(made().locate({.number = "13893101234"}), (Located{lanzhou, "segment", "兰州"}));
    EXPECT_EQ(made().locate({.number = "13909361234"}).centre, zhangye);
}

TEST(territory, what_no_table_knows_is_never_guessed) {
    for (const char* number : {"", "19912345678", "13800101234", "01012345678", "12328",
                               "+4930123456", "138931012345", "9318529861"})
        EXPECT_EQ(made().locate({.number = number}).centre, CentreId{}) << number;
    EXPECT_EQ(Territory{}.locate({.keyed = "0931", .number = "09318529861"}), Located{});
}

TEST(territory, where_a_number_was_given_out_tells_when_no_table_of_ours_does) {
    EXPECT_EQ(made().locate({.number = "17799361234", .area = "甘肃省张掖市"}),
              (Located{zhangye, "numbering", "张掖"}));
    EXPECT_EQ(made().locate({.number = "13893101234", .area = "甘肃省张掖市"}),
              (Located{lanzhou, "segment", "兰州"}))
        << "the operator's table knows better";
    EXPECT_EQ(made().locate({.number = "13800101234", .area = "甘肃省张掖市"}), Located{})
        << "and knows that it is another province's";
    EXPECT_EQ(made().locate({.number = "17799361234", .area = "中国"}), Located{});
    EXPECT_EQ(made().locate({.number = "17799361234", .area = "河北省省会"}), Located{})
        << "only names count, not what people say";
    EXPECT_EQ(made().locate({.plate = "甘A", .area = "甘肃省张掖市"}).centre, lanzhou);
}

TEST(territory, what_the_caller_keys_goes_before_everything_else) {
    const CallerSigns signs{.keyed = "0936", .account = "6201", .plate = "甘A", .number = "09311"};
    EXPECT_EQ(made().locate(signs), (Located{zhangye, "key", "张掖"}));
    EXPECT_EQ(made().locate({.keyed = "936"}).centre, zhangye);
    EXPECT_EQ(made().locate({.keyed = "09376212345"}).centre, jiayuguan);
    EXPECT_EQ(made().locate({.keyed = "bank"}), (Located{bank, "key", "合作银行"}));
}

TEST(territory, an_unknown_code_keyed_is_the_head_s_and_not_the_number_s) {
    EXPECT_EQ(made().locate({.keyed = "010", .number = "09318529861"}), Located{});
}

TEST(territory, the_longest_name_said_decides_and_no_name_leaves_it_to_the_other_signs) {
    EXPECT_EQ(made().locate({.said = "我在张掖甘州区", .number = "09311"}),
              (Located{zhangye, "said", "张掖"}));
    EXPECT_EQ(made().locate({.said = "兰州榆中的"}).centre, yuzhong);
    EXPECT_EQ(made().locate({.said = "不知道", .number = "09318529861"}).centre, lanzhou);
}

TEST(territory, account_goes_before_plate_and_plate_before_number) {
    EXPECT_EQ(made().locate({.account = "620703001", .plate = "甘A12345", .number = "09311"}),
              (Located{zhangye, "account", "张掖"}));
    EXPECT_EQ(made().locate({.account = "620123009"}).centre, yuzhong);
    EXPECT_EQ(made().locate({.account = "110000", .plate = "甘G12345", .number = "09311"}),
              (Located{zhangye, "plate", "张掖"}));
    EXPECT_EQ(made().locate({.plate = "陕A12345", .number = "09311"}).from, "area_code");
}

TEST(territory, a_sign_that_two_places_claim_is_refused) {
    auto places = gansu();
    places[1].plates = {"甘A"};
    EXPECT_EQ(fault_of(places), "place 张掖: number plate “甘A” is already that of 兰州");
    places = gansu();
    places[2].codes = {""};
    EXPECT_EQ(fault_of(places), "place 酒泉: “” is no code");
    EXPECT_EQ(fault_of(gansu(), {{"1389310", "0931"}, {"1389310", "0936"}}),
              "segment 1389310 is there twice, for two places");
    EXPECT_EQ(fault_of(std::vector<Place>(places_max + 1)), "there are too many places");
}

TEST(territory, segments_are_read_line_by_line_and_a_bad_line_is_named) {
    const auto s = parse_segments("# prefix,code\n1389310,0931\r\n\n1390936,0936\n");
    ASSERT_TRUE(s) << s.error().note;
    EXPECT_EQ(*s, (std::vector<Segment>{{"1389310", "0931"}, {"1390936", "0936"}}));
    EXPECT_EQ(line_fault("1389310,0931\n138931,0931\n"),
              "line 2: “138931,0931” is not written like 1389310,0931");
    for (const char* bad : {"1389310", "1389310,931", "1389310,0931,1", "2389310,0931",
                            "138931x,0931", "1389310,09312", ",", "1389310;0931"})
        EXPECT_NE(line_fault(bad), "") << bad;
}

}  // namespace
}  // namespace ys::routing
