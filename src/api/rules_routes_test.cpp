// SPDX-License-Identifier: Apache-2.0
// Rules over HTTP: read, tried out, changed; faults at their fields, versions, centres.
#include <gtest/gtest.h>

#include "api/testing/hotline.h"
#include "interactions/io/setup_store.h"
#include "platform/sql/described_rows.h"

namespace ys::api {
namespace {

using testing::Answer;
using testing::Browser;
using testing::json_of;

struct Rules_ : testing::Hotline {
    const std::string path = "/api/v1/centres/2/rules";
    boost::json::object rules(Browser& browser) {
        return json_of(browser.get(path)).at("rules").as_object();
    }
    static std::string body(const boost::json::object& rules, const char* reason = "试一试") {
        return boost::json::serialize(boost::json::object{{"rules", rules}, {"reason", reason}});
    }
};

boost::json::object new_queue(const char* name, const char* title) {
    return {{"name", name}, {"title", title}};
}

TEST_F(Rules_, a_new_queue_is_saved_told_to_the_centre_and_read_again) {
    Browser admin = signed_in("admin");
    auto rules = this->rules(admin);
    const auto version = rules.at("version").to_number<std::int64_t>();
    rules.at("queues").as_array().push_back(new_queue("elder", "长者"));
    const Answer saved = admin.send("PUT", path, body(rules));
    ASSERT_EQ(saved.status, 200) << saved.body;
    EXPECT_EQ(json_of(saved).at("rules").at("version").to_number<std::int64_t>(), version + 1);
    on_loop([&] {
        ASSERT_EQ(rules_.changes.size(), 1u);
        EXPECT_EQ(rules_.changes.front().centre, testing::heating);
        EXPECT_NE(rules_.changes.front().what.find("试一试 · queue 长者"), std::string::npos);
        EXPECT_NE(rules_.changes.front().policy.find("长者"), std::string::npos);
    });
    EXPECT_EQ(this->rules(admin).at("queues").as_array().back().at("title").as_string(), "长者");
    EXPECT_EQ(admin.send("PUT", path, body(rules)).status, 409) << "the version is stale";
}

TEST_F(Rules_, every_fault_stands_at_its_field) {
    Browser admin = signed_in("admin");
    auto rules = this->rules(admin);
    auto queue = new_queue("Not a word", "");
    queue["answer_within_s"] = 900;
    queue["rings"] = boost::json::array{boost::json::object{{"after_s", 20}},
                                        boost::json::object{{"after_s", 10}, {"level_min", 2}}};
    const auto at = "queues." + std::to_string(rules.at("queues").as_array().size());
    rules.at("queues").as_array().push_back(queue);
    const Answer refused = admin.send("PUT", path, body(rules));
    ASSERT_EQ(refused.status, 422) << refused.body;
    const auto fields = json_of(refused).at("fields").as_object();
    EXPECT_EQ(fields.at(at + ".name").as_string(), "bad_word");
    EXPECT_EQ(fields.at(at + ".title").as_string(), "field_missing");
    EXPECT_EQ(fields.at(at + ".answer_within_s").as_string(), "too_large");
    EXPECT_EQ(fields.at(at + ".rings.1.after_s").as_string(), "not_in_order");
    EXPECT_EQ(fields.at(at + ".rings.1.level_min").as_string(), "skill_needed");
    EXPECT_EQ(admin.send("PUT", path, body(this->rules(admin), " ")).status, 422) << "no reason";
    on_loop([&] { EXPECT_TRUE(rules_.changes.empty()); });
}

TEST_F(Rules_, opening_hours_are_saved_as_they_are_written_and_what_is_none_is_refused) {
    Browser admin = signed_in("admin");
    auto rules = this->rules(admin);
    auto& queue = rules.at("queues").as_array().front().as_object();
    EXPECT_EQ(queue.at("hours").as_string(), "") << "always";
    queue["hours"] = "从八点半到六点";
    const Answer refused = admin.send("PUT", path, body(rules));
    ASSERT_EQ(refused.status, 422) << refused.body;
    EXPECT_EQ(json_of(refused).at("fields").at("queues.0.hours").as_string(), "bad_hours");
    queue["hours"] = "mon,tue,wed,thu,fri 08:30-18:00；sat 09:00-12:00";
    const Answer saved = admin.send("PUT", path, body(rules));
    ASSERT_EQ(saved.status, 200) << saved.body;
    EXPECT_EQ(this->rules(admin).at("queues").at(0).at("hours").as_string(),
              "mon-fri 08:30-18:00;sat 09:00-12:00");
    on_loop([&] {
        ASSERT_EQ(rules_.changes.size(), 1u);
        EXPECT_NE(rules_.changes.front().what.find("hours"), std::string::npos);
    });
}

TEST_F(Rules_, what_the_running_centre_refuses_is_not_kept) {
    Browser admin = signed_in("admin");
    auto rules = this->rules(admin);
    rules.at("queues").as_array().push_back(new_queue("elder", "长者"));
    on_loop([&] { rules_.refusal = "queue repair has callers"; });
    const Answer refused = admin.send("PUT", path, body(rules));
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(json_of(refused).at("code").as_string(), "rules_do_not_fit");
    EXPECT_EQ(this->rules(admin).at("version"), rules.at("version"));
}

TEST_F(Rules_, the_head_has_every_centre_and_nobody_else_any) {
    Browser admin = signed_in("admin");
    EXPECT_EQ(json_of(admin.get("/api/v1/centres")).at("items").as_array().size(), 3u);
    EXPECT_EQ(admin.get("/api/v1/centres/9/rules").status, 404);
    EXPECT_EQ(signed_in("supervisor").get(path).status, 403);
}

TEST_F(Rules_, a_branch_sees_other_centres_queues_only_where_they_help_it) {
    QueueId bus_queue, other_queue;
    ASSERT_TRUE(write([&](sql::Transaction& tx) -> Result<Done> {
        interactions::QueueRow row{.centre_id = testing::bus, .name = "bus", .title = "公交"};
        YS_TRY(bus_queue, interactions::SetupStore::put_queue(tx, row));
        row = {.centre_id = testing::bus, .name = "lost", .title = "失物"};
        YS_TRY(other_queue, interactions::SetupStore::put_queue(tx, row));
        return sql::done(
            tx.db().run("UPDATE users SET roles = 'admin' WHERE login = ?", "supervisor"));
    }));
    Browser branch = signed_in("supervisor"), admin = signed_in("admin");
    const auto helpers = [&](Browser& who) {
        return json_of(who.get(path)).at("helpers").as_array().size();
    };
    EXPECT_EQ(helpers(admin), 2u);
    EXPECT_EQ(helpers(branch), 0u);
    const auto asking = [&](QueueId helper) {
        auto rules = this->rules(branch);
        rules.at("queues").as_array().front().as_object()["overflow"] = helper.value;
        return rules;
    };
    const Answer refused = branch.send("PUT", path, body(asking(bus_queue)));
    ASSERT_EQ(refused.status, 422) << refused.body;
    EXPECT_EQ(json_of(refused).at("fields").at("queues.0.overflow").as_string(), "not_found");
    const boost::json::object trial{{"rules", asking(bus_queue)}};
    EXPECT_EQ(branch.send("POST", path + "/preview", boost::json::serialize(trial)).status, 422);

    ASSERT_EQ(admin.send("PUT", path, body(asking(bus_queue))).status, 200);
    EXPECT_EQ(helpers(branch), 1u) << "what helps it has a name";
    EXPECT_EQ(branch.send("PUT", path, body(asking(bus_queue))).status, 200);
    EXPECT_EQ(branch.send("PUT", path, body(asking(other_queue))).status, 422);
}

TEST_F(Rules_, a_centre_is_renamed_with_a_reason_and_not_to_anothers_name) {
    Browser admin = signed_in("admin");
    const std::string one = "/api/v1/centres/2";
    const auto as = [&](const char* name, const char* reason) {
        return admin.send(
            "PUT", one,
            boost::json::serialize(boost::json::object{{"name", name}, {"reason", reason}}));
    };
    EXPECT_EQ(as("供热中心", "改制").status, 204);
    EXPECT_EQ(as("供热中心", " ").status, 422);
    EXPECT_EQ(json_of(as(" ", "改制")).at("fields").at("name").as_string(), "field_missing");
    EXPECT_EQ(json_of(as("公交", "改制")).at("fields").at("name").as_string(), "taken");
    EXPECT_EQ(admin.send("PUT", "/api/v1/centres/9", R"({"name":"x","reason":"x"})").status, 404);
    const auto centres = json_of(admin.get("/api/v1/centres")).at("items").as_array();
    EXPECT_EQ(centres.at(1).at("name").as_string(), "供热中心");
    on_loop([&] {
        EXPECT_EQ(rules_.names.at(testing::heating), "供热中心");
        ASSERT_EQ(rules_.changes.size(), 1u);
        EXPECT_EQ(rules_.changes.front().what, "改制 · centre: name 供热 -> 供热中心");
    });
}

TEST_F(Rules_, a_preview_by_figures_says_how_it_would_go) {
    Browser admin = signed_in("admin");
    auto rules = this->rules(admin);
    const std::string name{rules.at("queues").as_array().front().at("name").as_string()};
    boost::json::object asked{{"rules", rules}};
    Answer answer = admin.send("POST", path + "/preview", boost::json::serialize(asked));
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(json_of(answer).at("source").as_string(), "none") << "hardly any calls yet";
    asked["figures"] = boost::json::array{
        boost::json::object{{"queue", name}, {"calls_per_hour", 10}, {"handling_s", 180}}};
    answer = admin.send("POST", path + "/preview", boost::json::serialize(asked));
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(json_of(answer).at("source").as_string(), "figures");
    EXPECT_FALSE(json_of(answer).at("rows").as_array().empty());
    on_loop([&] { EXPECT_TRUE(rules_.changes.empty()) << "nothing is changed by trying"; });
}

TEST_F(Rules_, holidays_are_entered_for_a_year) {
    Browser admin = signed_in("admin");
    const auto year = json_of(admin.get("/api/v1/special-days/2027"));
    EXPECT_FALSE(year.at("is_entered").as_bool());
    EXPECT_EQ(year.at("days").as_array().size(), 1u) << "as the flows have it";
    const std::string day = R"({"reason":"通知","days":[{"day":"2027-10-02","name":"国庆节"}]})";
    const Answer saved = admin.send("PUT", "/api/v1/special-days/2027", day);
    ASSERT_EQ(saved.status, 200) << saved.body;
    EXPECT_TRUE(json_of(saved).at("is_entered").as_bool());
    on_loop([&] {
        ASSERT_EQ(rules_.changes.size(), 1u);
        EXPECT_EQ(rules_.changes.front().rules->days.front().name, "国庆节");
    });
    EXPECT_EQ(admin.send("PUT", "/api/v1/special-days/2026", day).status, 422) << "another year's";
    EXPECT_EQ(admin.get("/api/v1/special-days/1999").status, 404);
}

}  // namespace
}  // namespace ys::api
