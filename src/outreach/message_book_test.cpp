// SPDX-License-Identifier: Apache-2.0
#include "outreach/message_book.h"

#include <gtest/gtest.h>

namespace ys::outreach {
namespace {

MessageTemplate filed() {
    return {
        .reason = "filed",
        .text =
            "【{name}】诉求{number}已受理[，{until}前办结]。{next}[进度{link}][，查询码{code}]。"
            "热线{hotline}",
        .next = "工作人员会联系您。"};
}
std::string fault_of(MessageTemplate t) {
    const auto made = MessageBook::make({std::move(t)});
    return made ? "" : made.error().note;
}
MessageTemplate saying(const std::string& text) {
    MessageTemplate t = filed();
    t.text = text;
    return t;
}

TEST(MessageBook, says_what_there_is_and_leaves_out_the_part_that_has_nothing_to_say) {
    const MessageValues values{.number = "1124-0217",
                               .link = "https://h.example/case.html#abc",
                               .code = "123456",
                               .until = "11月24日18:00",
                               .hotline = "6000",
                               .name = "云汀供热"};
    EXPECT_EQ(fill(filed(), values),
              "【云汀供热】诉求1124-0217已受理，11月24日18:00前办结。工作人员会联系您。"
              "进度https://h.example/case.html#abc，查询码123456。热线6000");
    EXPECT_EQ(fill(filed(), {.number = "1124-0217", .hotline = "6000", .name = "云汀供热"}),
              "【云汀供热】诉求1124-0217已受理。工作人员会联系您。。热线6000");
}

TEST(MessageBook, a_template_that_would_not_say_the_hotline_is_refused) {
    EXPECT_EQ(fault_of(filed()), "");
    EXPECT_EQ(fault_of(saying("{number}{next}")),
              "message filed: it does not always say {hotline}");
    EXPECT_EQ(fault_of(saying("{number}{next}[{hotline}]")),
              "message filed: it does not always say {hotline}");
    EXPECT_EQ(fault_of(saying("{number}{next}{hotline}{nmae}")),
              "message filed: there is no variable at \"{nmae}\"");
    EXPECT_EQ(fault_of(saying("{number}{next}{hotline}{name")),
              "message filed: there is no variable at \"{name\"");
    for (const char* text : {"{number}{next}{hotline}[", "{number}{next}{hotline}]",
                             "{number}{next}{hotline}[[a]]", "{number}{next}{hotline}}"})
        EXPECT_EQ(fault_of(saying(text)), "message filed: brackets do not match") << text;
    MessageTemplate no_next = filed();
    no_next.next.clear();
    EXPECT_EQ(fault_of(no_next), "message filed: `next` says nothing");
}

TEST(MessageBook, the_longest_it_may_become_is_counted_in_characters) {
    std::string text = "{number}{next}{hotline}";
    const std::size_t own = 16 + 9 + 16;
    for (std::size_t i = own; i < MessageBook::characters_max; ++i) text += "热";
    EXPECT_EQ(fault_of(saying(text)), "");
    EXPECT_EQ(fault_of(saying(text + "热")),
              "message filed: it may be 336 characters long, 335 are the most");
}

TEST(MessageBook, a_reason_is_there_once) {
    const auto twice = MessageBook::make({filed(), filed()});
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().note, "message filed: the reason is there twice");
    const auto book = MessageBook::make({filed()});
    EXPECT_NE(book->find("filed"), nullptr);
    EXPECT_EQ(book->find("closed"), nullptr);
}

TEST(MessageBook, words_of_others_are_cut_between_characters) {
    std::string words;
    for (int i = 0; i < 100; ++i) words += "阀";
    const std::string said = fill({.reason = "reply", .text = "{words}"}, {.words = words});
    EXPECT_EQ(said.size(), 90 * 3U) << "89 and the mark";
    EXPECT_TRUE(said.ends_with("阀…"));
}

}  // namespace
}  // namespace ys::outreach
