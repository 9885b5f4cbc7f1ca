// SPDX-License-Identifier: Apache-2.0
// The list and the ways it is said; that they agree over every shipped event is tests/life.
#include "knowledge/personal_list.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "base/hours_words.h"
#include "knowledge/agent_guide.h"
#include "knowledge/life_chat.h"
#include "knowledge/life_flow.h"
#include "knowledge/life_words.h"
#include "knowledge/sms_checklist.h"

namespace ys::knowledge {
namespace {

const ArticlePins pins{{"house", {ArticleId{7}, 3}}, {"school", {ArticleId{8}, 1}}};

LifeEvent moving() {
    LifeEvent out{.code = "moving_in", .title = "搬家"};
    out.questions = {{"child", "有孩子上学吗", {{"yes", "有"}, {"no", "没有"}}, {}}};
    out.evidence = {{"id", "身份证"}, {"book", "户口簿"}, {"photo", "照片", "照片", "张"}};
    out.places = {{"police", "派出所", "东街1号", "mon-fri 09:00-12:00; mon-fri 13:30-17:00"},
                  {"hall", "政务中心", "西街2号", "daily 08:30-20:00"}};
    LifeService house{.code = "house", .title = "迁户口", .matter = "house"};
    house.evidence = {{"id", true, 1, {}}, {"photo", false, 2, {}}};
    house.output = "户口簿";
    house.gives = "book";
    house.places = {"police", "hall"};
    house.cost_fen = 1'050;
    house.period_days = 5;
    LifeService school{.code = "school", .title = "入学", .matter = "school"};
    school.when = {{"child", {"yes"}}};
    school.evidence = {{"book", true, 1, {}}, {"id", true, 2, {}}, {"photo", false, 1, {}}};
    school.output = "入学通知";
    school.places = {"hall"};
    school.online = "教育网";
    school.cost_fen = 0;
    school.period_days = 30;
    school.counts_working_days = false;
    school.queue = "hall_school";
    out.services = {school, house};
    return out;
}

const LifeState with_child{.answers = {{"child", "yes"}}, .ready = {"id"}};

TEST(PersonalList, joins_what_services_need_and_counts_copies_together) {
    const LifeEvent event = moving();
    ASSERT_TRUE(faults(event, {"house", "school"}).empty());
    const PersonalList list = personal_list(event, with_child, pins);
    ASSERT_EQ(list.services.size(), 2U);
    EXPECT_EQ(list.services[0].code, "house");
    EXPECT_EQ(list.services[0].pin, (ArticlePin{ArticleId{7}, 3}));
    EXPECT_EQ(list.services[1].queue, "hall_school");
    ASSERT_EQ(list.materials.size(), 3U);
    EXPECT_EQ(list.materials[0].code, "id");
    EXPECT_EQ(count_words(list.materials[0]), "原件、复印件3份");
    EXPECT_TRUE(list.materials[0].is_ready);
    EXPECT_EQ(count_words(list.materials[1]), "照片3张");
    EXPECT_EQ(purpose_words(list, list.materials[1]), "用于迁户口、入学");
    EXPECT_EQ(list.materials[2].given_by, "house");
    EXPECT_EQ(list.missing(), 1U) << "the photos: the card is there, the book comes on the way";
    ASSERT_EQ(list.places.size(), 2U);
    EXPECT_EQ(list.cost_fen, 1'050);
}

TEST(PersonalList, needs_less_when_less_is_needed) {
    const PersonalList list =
        personal_list(moving(), {.answers = {{"child", "no"}}, .ready = {}}, pins);
    EXPECT_EQ(list.services.size(), 1U);
    EXPECT_EQ(list.materials.size(), 2U);
    EXPECT_EQ(list.missing(), 2U);
}

TEST(LifeWords, say_money_times_and_days_as_people_do) {
    EXPECT_EQ(money_words(0), "免费");
    EXPECT_EQ(money_words(12'000), "120元");
    EXPECT_EQ(money_words(1'050), "10.5元");
    EXPECT_EQ(money_words(1'005), "10.05元");
    EXPECT_EQ(hours_words("mon-fri 09:00-12:00; mon-fri 13:30-17:00; sat 09:00-12:00"),
              "周一至周五09:00到12:00、13:30到17:00，周六09:00到12:00");
    EXPECT_EQ(hours_words("daily 08:30-20:00"), "每天08:30到20:00");
    EXPECT_EQ(hours_words("mon,wed,sat,sun 09:00-10:00"), "周一、周三、周六、周日09:00到10:00");
    EXPECT_EQ(hours_words("now and then"), "");
}

TEST(LifeChat, asks_then_lists_with_ticks) {
    const LifeEvent event = moving();
    const ChatTurn first = chat_turn(event, {}, pins);
    EXPECT_EQ(first.says, "有孩子上学吗？");
    EXPECT_EQ(first.question, "child");
    EXPECT_EQ(first.choices.size(), 2U);
    EXPECT_TRUE(first.services.empty());
    const ChatTurn last = chat_turn(event, with_child, pins);
    EXPECT_EQ(last.question, "");
    EXPECT_EQ(last.says, "搬家，您要办2项。还差1样材料，备好一样勾一样。");
    EXPECT_EQ(last.services[0].where, "派出所或政务中心");
    EXPECT_EQ(last.services[1].where, "政务中心或教育网网上办");
    EXPECT_EQ(last.services[1].period, "30天");
    EXPECT_TRUE(last.materials[0].is_ready);
    EXPECT_EQ(last.materials[2].given_by, "迁户口");
    EXPECT_EQ(last.cost, "10.5元");
}

TEST(AgentGuide, says_what_to_ask_then_what_to_say_and_on_what_it_stands) {
    const LifeEvent event = moving();
    const AgentGuide asking = agent_guide(event, {}, pins);
    ASSERT_EQ(asking.questions.size(), 1U);
    EXPECT_EQ(asking.questions[0].ask, "请问，有孩子上学吗？");
    EXPECT_EQ(asking.questions[0].answer, "");
    EXPECT_TRUE(asking.say.empty());
    const AgentGuide guide = agent_guide(event, with_child, pins);
    EXPECT_EQ(guide.questions[0].answer, "yes");
    ASSERT_EQ(guide.say.size(), 10U);
    EXPECT_EQ(guide.say[1], "第1项，迁户口：派出所或政务中心，10.5元，5个工作日，办好拿到户口簿。");
    EXPECT_EQ(guide.say[6], "户口簿：原件、复印件1份，办迁户口时拿到，用于入学。");
    EXPECT_EQ(guide.say[8], "政务中心：西街2号，办理时间每天08:30到20:00。");
    ASSERT_EQ(guide.sources.size(), 2U);
    EXPECT_EQ(guide.sources[1].matter, "school");
}

std::size_t chars_of(const std::string& text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

TEST(SmsChecklist, is_one_message_when_it_fits) {
    const SmsChecklist sms = sms_checklist(personal_list(moving(), with_child, pins));
    ASSERT_EQ(sms.parts.size(), 1U);
    EXPECT_EQ(sms.parts[0],
              "搬家，要办2项\n"
              "1.迁户口：派出所或政务中心，10.5元，5个工作日，依据7-3\n"
              "2.入学：政务中心或教育网网上办，免费，30天，依据8-1\n"
              "材料\n"
              "☑身份证：原件、复印件3份\n"
              "☐照片：照片3张\n"
              "○户口簿：原件、复印件1份，办迁户口时拿到\n"
              "地点\n"
              "派出所：东街1号，周一至周五09:00到12:00、13:30到17:00\n"
              "政务中心：西街2号，每天08:30到20:00\n"
              "费用合计10.5元\n"
              "勾选材料、传照片 {link}");
}

TEST(SmsChecklist, is_cut_between_lines_and_never_longer_than_its_bounds) {
    const PersonalList list = personal_list(moving(), with_child, pins);
    const SmsChecklist parts = sms_checklist(list, {.chars_max = 130});
    EXPECT_TRUE(parts.is_whole);
    ASSERT_EQ(parts.parts.size(), 3U);
    EXPECT_TRUE(parts.parts[0].starts_with("(1/3)搬家"));
    EXPECT_TRUE(parts.parts[2].ends_with("{link}"));
    for (std::size_t chars = 0; chars <= 400; chars += 7)
        for (std::size_t most = 0; most <= 4; ++most)
            for (const std::size_t link : {0U, 60U, 5'000U}) {
                const SmsLimits limits{.chars_max = chars, .parts_max = most, .link_chars = link};
                const SmsChecklist sms = sms_checklist(list, limits);
                EXPECT_LE(sms.parts.size(), std::max<std::size_t>(most, 1));
                const std::size_t taken =
                    std::clamp(link, link_variable.size(), sms_link_chars_max);
                for (const std::string& part : sms.parts)
                    EXPECT_LE(
                        chars_of(part) +
                            (part.ends_with(link_variable) ? taken - link_variable.size() : 0),
                        std::max(chars, sms_chars_min));
                EXPECT_TRUE(sms.parts.back().ends_with(link_variable));
            }
}

TEST(SmsChecklist, says_so_when_it_is_not_whole) {
    const SmsChecklist sms = sms_checklist(personal_list(moving(), with_child, pins),
                                           {.chars_max = 120, .parts_max = 1});
    EXPECT_FALSE(sms.is_whole);
    EXPECT_TRUE(sms.parts[0].ends_with("没有写完，全部材料和地点看 {link}"));
}

TEST(SmsChecklist, cuts_a_line_that_is_too_long_and_loses_nothing_of_it) {
    PersonalList list = personal_list(moving(), with_child, pins);
    list.places[0].address.clear();
    for (int i = 0; i < 60; ++i) list.places[0].address += i % 10 == 9 ? "，" : "东街";
    std::string all;
    for (const std::string& part : sms_checklist(list, {.chars_max = 120, .parts_max = 9}).parts)
        all += part.substr(part.find(')') + 1);
    EXPECT_NE(all.find(list.places[0].address), all.npos);
}

TEST(LifeFlow, writes_the_question_and_the_lists) {
    const LifeEvent event = moving();
    const auto flow = life_flow({&event}, pins, {.person = "staff"});
    ASSERT_TRUE(flow);
    EXPECT_EQ(flow->entry, "moving-in-q1");
    EXPECT_EQ(flow->entries.at("moving_in"), "moving-in-q1");
    EXPECT_NE(flow->nodes.find("\nnode moving-in-q1 choose\n"), flow->nodes.npos);
    EXPECT_NE(flow->nodes.find("  key 1 -> moving-in-l1\n  key 2 -> moving-in-l2\n"),
              flow->nodes.npos);
    EXPECT_NE(flow->nodes.find("  -> staff\n"), flow->nodes.npos);
    const auto question = std::ranges::find_if(flow->prompts, [](const FlowPrompt& each) {
        return each.name.starts_with("life-q-child-");
    });
    ASSERT_NE(question, flow->prompts.end());
    EXPECT_EQ(question->text, "有孩子上学吗？有，请按1；没有，请按2；人工服务，请按0。");
    for (const FlowPrompt& each : flow->prompts) EXPECT_LE(each.name.size(), 40U) << each.name;
}

TEST(LifeFlow, asks_two_things_at_once_or_leads_to_a_person_when_menus_run_out) {
    LifeEvent event = moving();
    event.questions.push_back({"book", "户口簿在手边吗", {{"yes", "在"}, {"no", "不在"}}, {}});
    event.services[1].evidence.push_back({"book", true, 0, {{"book", {"yes"}}}});
    event.services[1].gives = "";
    const auto one = life_flow({&event}, pins, {.person = "staff", .menus_max = 1});
    ASSERT_TRUE(one);
    EXPECT_NE(std::ranges::find(one->prompts,
                                "有孩子上学吗？户口簿在手边吗？有、在，请按1；有、不在，请按2；"
                                "没有、在，请按3；没有、不在，请按4；人工服务，请按0。",
                                &FlowPrompt::text),
              one->prompts.end());
    event.questions[1].choices.push_back({"lost", "丢了"});
    const auto six = life_flow({&event}, pins, {.person = "staff", .menus_max = 1});
    ASSERT_TRUE(six);
    EXPECT_NE(six->nodes.find("  key 1 -> staff\n"), six->nodes.npos);
    const auto none = life_flow({&event}, pins, {.person = "staff", .menus_max = 0});
    ASSERT_TRUE(none);
    EXPECT_EQ(none->entry, "staff");
    EXPECT_EQ(none->nodes, "");
}

TEST(LifeFlow, is_refused_when_it_is_more_than_a_flow_holds) {
    const LifeEvent event = moving();
    EXPECT_FALSE(life_flow({}, pins, {.person = "staff"}));
    EXPECT_FALSE(life_flow({6, &event}, pins, {.person = "staff"}));
    EXPECT_FALSE(life_flow({&event}, pins, {.person = "staff", .nodes_max = 2}));
    EXPECT_FALSE(life_flow({&event}, pins, {.person = "staff", .bytes_max = 300}));
}

}  // namespace
}  // namespace ys::knowledge
