// SPDX-License-Identifier: Apache-2.0
#include "knowledge/life_event.h"

#include <algorithm>
#include <functional>

#include <gtest/gtest.h>

namespace ys::knowledge {
namespace {

const std::set<std::string> matters{"passport", "photo", "visa"};

/// Who renews a passport for abroad: a photo first, then the passport, then for some a visa.
LifeEvent travel() {
    LifeEvent out{.code = "travel", .title = "出国"};
    out.questions = {
        {"first", "是第一次办吗", {{"yes", "第一次"}, {"no", "换新的"}}, {}},
        {"visa", "去的国家要签证吗", {{"yes", "要"}, {"no", "不要"}}, {}},
        {"work", "去工作吗", {{"yes", "是"}, {"no", "不是"}}, {{"visa", {"yes"}}}},
    };
    out.evidence = {{"id", "身份证"},
                    {"photo", "证件照", "照片", "张"},
                    {"old", "旧护照"},
                    {"passport", "护照"},
                    {"offer", "录用信"}};
    out.places = {{"hall", "出入境大厅", "清水街21号", "mon-fri 09:00-17:00"}};
    LifeService visa{.code = "visa", .title = "签证", .matter = "visa"};
    visa.when = {{"visa", {"yes"}}};
    visa.evidence = {{"passport", true, 0, {}},
                     {"offer", false, 1, {{"work", {"yes"}}}},
                     {"photo", false, 2, {}}};
    visa.output = "签证";
    visa.online = "使馆网站";
    visa.cost_fen = 50'050;
    visa.period_days = 10;
    LifeService passport{.code = "passport", .title = "护照", .matter = "passport"};
    passport.evidence = {
        {"id", true, 1, {}}, {"photo", false, 1, {}}, {"old", true, 0, {{"first", {"no"}}}}};
    passport.output = "护照";
    passport.gives = "passport";
    passport.places = {"hall"};
    passport.cost_fen = 12'000;
    passport.period_days = 7;
    passport.after = {"camera"};
    LifeService camera{.code = "camera", .title = "拍照", .matter = "photo"};
    camera.evidence = {{"id", true, 0, {}}};
    camera.output = "证件照";
    camera.gives = "photo";
    camera.places = {"hall"};
    camera.cost_fen = 0;
    camera.period_days = 0;
    out.services = {visa, passport, camera};
    return out;
}

TEST(LifeEvent, what_is_right_has_no_faults) {
    EXPECT_EQ(faults(travel(), matters), std::vector<LifeFault>{});
}

struct Spoilt {
    const char* field;
    const char* code;
    std::function<void(LifeEvent&)> how;
};

TEST(LifeEvent, every_fault_is_named_at_its_field) {
    const std::vector<Spoilt> cases{
        {"code", "code_shape", [](auto& e) { e.code = "Travel"; }},
        {"code", "code_shape", [](auto& e) { e.code = std::string(25, 'a'); }},
        {"title", "need_title", [](auto& e) { e.title = ""; }},
        {"title", "too_long", [](auto& e) { e.title = std::string(41, 'a'); }},
        {"title", "not_plain", [](auto& e) { e.title = "出国\n出境"; }},
        {"title", "not_plain", [](auto& e) { e.title = "出国{link}"; }},
        {"services.1.title", "not_plain", [](auto& e) { e.services[1].title = "护照：换发"; }},
        {"questions", "too_many", [](auto& e) { e.questions.resize(7, e.questions[0]); }},
        {"questions.1.code", "taken", [](auto& e) { e.questions[1].code = "first"; }},
        {"questions.0.choices", "need_choices", [](auto& e) { e.questions[0].choices.pop_back(); }},
        {"questions.0.choices", "too_many", [](auto& e) { e.questions[0].choices.resize(6); }},
        {"questions.0.choices.1.code", "taken",
         [](auto& e) { e.questions[0].choices[1].code = "yes"; }},
        {"questions.2.when.0.question", "unknown_question",
         [](auto& e) { e.questions[2].when[0].question = "visas"; }},
        {"questions.0.when.0.question", "not_earlier",
         [](auto& e) {
             e.questions[0].when = {{"visa", {"yes"}}};
         }},
        {"questions.2.when.0.is.0", "unknown_choice",
         [](auto& e) { e.questions[2].when[0].is = {"maybe"}; }},
        {"questions.2.when.0.is", "need_choice", [](auto& e) { e.questions[2].when[0].is = {}; }},
        {"services.0.when.1.question", "twice",
         [](auto& e) { e.services[0].when.push_back(e.services[0].when[0]); }},
        {"services", "need_services", [](auto& e) { e.services.clear(); }},
        {"services.2.code", "taken", [](auto& e) { e.services[2].code = "visa"; }},
        {"services.1.matter", "unknown_matter", [](auto& e) { e.services[1].matter = "pass"; }},
        {"services.1.output", "need_output", [](auto& e) { e.services[1].output = ""; }},
        {"services.1.gives", "unknown_evidence", [](auto& e) { e.services[1].gives = "pass"; }},
        {"services.0.places", "need_channel", [](auto& e) { e.services[0].online = ""; }},
        {"services.1.places.0", "unknown_place", [](auto& e) { e.services[1].places = {"shop"}; }},
        {"services.1.places.1", "twice", [](auto& e) { e.services[1].places.push_back("hall"); }},
        {"services.1.cost_fen", "need_cost", [](auto& e) { e.services[1].cost_fen.reset(); }},
        {"services.1.cost_fen", "cost_shape", [](auto& e) { e.services[1].cost_fen = -1; }},
        {"services.1.period_days", "need_period",
         [](auto& e) { e.services[1].period_days.reset(); }},
        {"services.1.period_days", "period_shape", [](auto& e) { e.services[1].period_days = -1; }},
        {"services.1.after.0", "unknown_service", [](auto& e) { e.services[1].after = {"shop"}; }},
        {"services.1.evidence.0.evidence", "unknown_evidence",
         [](auto& e) { e.services[1].evidence[0].evidence = "card"; }},
        {"services.1.evidence.1.evidence", "twice",
         [](auto& e) { e.services[1].evidence[1].evidence = "id"; }},
        {"services.1.evidence.1.copies", "counts_nothing",
         [](auto& e) { e.services[1].evidence[1].copies = 0; }},
        {"evidence.0.title", "need_title", [](auto& e) { e.evidence[0].title = ""; }},
        {"evidence.5", "not_used",
         [](auto& e) {
             e.evidence.push_back({"extra", "多余的"});
         }},
        {"places.0.address", "need_address", [](auto& e) { e.places[0].address = ""; }},
        {"places.0.hours", "hours_shape", [](auto& e) { e.places[0].hours = "always"; }},
        {"places.0.hours", "hours_shape", [](auto& e) { e.places[0].hours = ""; }},
        {"places.1", "not_used",
         [](auto& e) {
             e.places.push_back({"shop", "店", "街", "daily 09:00-10:00"});
         }},
        {"services.1.after", "in_a_circle", [](auto& e) { e.services[2].after = {"passport"}; }},
        {"services.1.after", "in_a_circle", [](auto& e) { e.services[1].after = {"passport"}; }},
        {"services.0.after", "in_a_circle",  // The visa needs the passport.
         [](auto& e) {
             e.services[1].after = {"camera", "visa"};
         }},
        {"questions.2", "never_asked",
         [](auto& e) {
             e.questions[1].when = {{"first", {"yes"}}};
             e.questions[2].when = {{"first", {"no"}}, {"visa", {"yes"}}};
             e.services[0].evidence[1].when = {};
         }},
        {"questions.2", "changes_nothing", [](auto& e) { e.services[0].evidence[1].when = {}; }},
        {"questions.0", "changes_nothing", [](auto& e) { e.services[1].evidence[2].when = {}; }},
        {"services.1", "never_needed",
         [](auto& e) {
             e.services[1].when = {{"visa", {"no"}}, {"work", {"yes"}}};
         }},
        {"services.0.evidence.0", "never_needed",
         [](auto& e) {
             e.services[0].evidence[0].when = {{"visa", {"no"}}};
         }},
        {"services", "needs_nothing",
         [](auto& e) {
             for (LifeService& each : e.services) each.when = {{"visa", {"yes"}}};
         }},
    };
    for (const Spoilt& each : cases) {
        LifeEvent event = travel();
        each.how(event);
        const auto found = faults(event, matters);
        const LifeFault wanted{each.field, each.code};
        EXPECT_NE(std::ranges::find(found, wanted), found.end())
            << each.field << " " << each.code
            << (found.empty() ? " found nothing" : ", not " + found[0].field);
    }
}

TEST(LifeEvent, too_many_ways_are_a_fault_and_counting_them_ends) {
    LifeEvent event = travel();
    for (int i = 0; i < 3; ++i) {
        const std::string n = std::to_string(i);
        event.questions.push_back(
            {"more" + n, "还要什么", {{"a", "甲"}, {"b", "乙"}, {"c", "丙"}}, {}});
    }
    EXPECT_EQ(ways(event).size(), event_ways_max + 1);
    EXPECT_EQ(faults(event, matters), (std::vector<LifeFault>{{"questions", "too_many_ways"}}));
}

TEST(LifeEvent, asks_only_what_matters_and_forgets_what_no_longer_does) {
    const LifeEvent event = travel();
    LifeAnswers answers;
    const auto asked = [&] {
        const LifeQuestion* next = next_question(event, answers);
        return next == nullptr ? "" : next->code;
    };
    EXPECT_EQ(asked(), "first");
    answers["first"] = "yes";
    EXPECT_EQ(asked(), "visa");
    answers["visa"] = "no";
    EXPECT_EQ(asked(), "");
    answers["visa"] = "yes";
    EXPECT_EQ(asked(), "work");
    answers["work"] = "perhaps";
    EXPECT_EQ(asked(), "work") << "no choice there is";
    answers["work"] = "yes";
    EXPECT_EQ(asked(), "");
    answers["visa"] = "no";
    EXPECT_EQ(kept(event, answers), (LifeAnswers{{"first", "yes"}, {"visa", "no"}}));
}

TEST(LifeEvent, that_hangs_a_question_on_a_later_one_is_still_asked_to_its_end) {
    LifeEvent event = travel();
    event.questions[0].when = {{"visa", {"yes"}}};
    const auto all = ways(event);
    EXPECT_EQ(all.size(), 3U);
    for (const LifeAnswers& way : all) EXPECT_FALSE(way.contains("first"));
}

TEST(LifeEvent, services_come_in_the_order_that_after_and_outputs_ask_for) {
    const LifeEvent event = travel();
    std::vector<std::string> order;
    for (const LifeService* each : services_in_order(event, {{"visa", "yes"}}))
        order.push_back(each->code);
    EXPECT_EQ(order, (std::vector<std::string>{"camera", "passport", "visa"}));
}

}  // namespace
}  // namespace ys::knowledge
