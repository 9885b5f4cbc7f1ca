// SPDX-License-Identifier: Apache-2.0
// Flows over HTTP: written as text and as forms, proved, published, brought back, walked through.
#include <gtest/gtest.h>

#include "api/flows_port.h"
#include "api/testing/hotline.h"
#include "interactions/io/flow_store.h"
#include "interactions/io/setup_store.h"
#include "platform/clock.h"
#include "platform/journal/journal.h"

namespace ys::api {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;
using interactions::FlowStore;
using testing::Answer;
using testing::Browser;
using testing::json_of;

constexpr const char* first = R"(# 供热热线
flow main
must-hear notice
person desk

# 先说录音
node hello play
  say notice
  barge-in no
  -> menu

node menu choose
  say menu
  key 1 -> status

node status progress
  -> desk

node desk queue
  say to-person
  queue repair
)";

std::string with(std::string text, const std::string& what, const std::string& by) {
    return text.replace(text.find(what), what.size(), by);
}

/// Puts in force what is due, as the house does.
class SwitchedAtOnce final : public FlowsPort {
public:
    explicit SwitchedAtOnce(Stores& stores) : stores_(stores) {}
    const std::map<std::string, std::string>& prompts() const override { return prompts_; }
    bool hears() const override { return false; }
    Task<Done> switch_due() override {
        auto work = [](sql::Transaction& tx) -> Result<Done> {
            YS_TRY(const auto due, FlowStore::due(tx.db(), utc_now()));
            for (const auto& each : due) {
                YS_TRY([[maybe_unused]] const Done done,
                       FlowStore::put_in_force(tx, each, utc_now()));
            }
            return Done{};
        };
        co_return co_await stores_.write(work);
    }

private:
    Stores& stores_;
    const std::map<std::string, std::string> prompts_{
        {"notice", "您的通话将被录音。"}, {"menu", "查进度请按一。"}, {"to-person", "正在接通。"}};
};

class Flows_ : public testing::Hotline {
protected:
    Flows_() {
        EXPECT_TRUE(write([](sql::Transaction& tx) -> Result<Done> {
            YS_TRY([[maybe_unused]] const auto id,
                   interactions::SetupStore::put_queue(
                       tx, {.centre_id = testing::heating, .name = "repair", .title = "报修"}));
            YS_TRY([[maybe_unused]] const Done put,
                   interactions::SetupStore::put_number(
                       tx, {.number = "96777", .centre_id = testing::heating, .flow = "main"}));
            return FlowStore::take_file(tx, testing::heating, "main", first, utc_now());
        }));
        on_loop([this] { api_->ports().flows = &port_; });
        admin_ = signed_in("admin");
        editor_ = signed_in("knowledge");
    }
    ~Flows_() override {
        on_loop([this] { api_->ports().flows = nullptr; });
    }
    value get(const std::string& path, int status = 200) {
        const Answer answer = admin_.get("/api/v1/flows" + path);
        EXPECT_EQ(answer.status, status) << path << answer.body;
        return json_of(answer);
    }
    value send(const std::string& path, const object& form, int status = 200,
               const char* language = "zh") {
        const Answer answer =
            admin_.send("POST", "/api/v1/flows" + path, boost::json::serialize(form),
                        "Accept-Language: " + std::string(language) + "\r\n");
        EXPECT_EQ(answer.status, status) << path << answer.body;
        return json_of(answer);
    }
    std::int64_t draft(const std::string& text, std::int64_t based_on) {
        const value made =
            send("/main/versions", {{"text", text}, {"based_on", based_on}, {"why", "改"}}, 201);
        return made.at("version").at("number").as_int64();
    }
    value act(const char* verb, std::int64_t version, int status = 200, value at = nullptr) {
        return send("/main/acts",
                    {{"verb", verb}, {"version", version}, {"at", at}, {"why", "值班长要求"}},
                    status);
    }
    /// "2 in_force/1 past"
    static std::string states(const value& view) {
        std::string out;
        for (const value& v : view.at("versions").as_array())
            out += (out.empty() ? "" : "/") + std::to_string(v.at("number").as_int64()) + " " +
                   std::string(v.at("state").as_string());
        return out;
    }
    /// Of a refusal: what is wrong, whatever node it is at.
    static std::string values_of(const value& fields) {
        std::string out;
        for (const auto& [node, code] : fields.as_object())
            out += (out.empty() ? "" : " ") + std::string(code.as_string());
        return out;
    }
    static std::string codes(const value& faults) {
        std::string out;
        for (const value& f : faults.as_array())
            out += (out.empty() ? "" : " ") + std::string(f.at("code").as_string());
        return out;
    }

    SwitchedAtOnce port_{api_->stores()};
    Browser admin_{browser()}, editor_{browser()};
};

TEST_F(Flows_, a_flow_is_listed_with_its_numbers_and_read_as_text_and_as_forms) {
    const value list = get("");
    ASSERT_EQ(list.at("items").as_array().size(), 1u);
    const value& line = list.at("items").at(0);
    EXPECT_EQ(line.at("name"), "main");
    EXPECT_EQ(line.at("numbers"), array{"96777"});
    EXPECT_EQ(line.at("in_force"), 1);
    EXPECT_EQ(line.at("draft"), 0);
    EXPECT_EQ(line.at("may_change"), true);
    const value one = get("/main/versions/1");
    const value& checked = one.at("checked");
    EXPECT_EQ(checked.at("faults"), array{});
    EXPECT_EQ(checked.at("flow").at("comment"), "供热热线");
    EXPECT_EQ(checked.at("flow").at("nodes").at(0).at("comment"), "先说录音");
    EXPECT_EQ(checked.at("keys_to_person").as_array().size(), 4u);
    EXPECT_FALSE(checked.at("ways").as_array().empty());
    EXPECT_EQ(json_of(editor_.get("/api/v1/flows")).at("items").at(0).at("may_change"), false);
    EXPECT_EQ(signed_in("driver").get("/api/v1/flows/main").status, 404);
    get("/nowhere", 404);
    get("/main/versions/7", 404);
    const value words = get("/main/words");
    EXPECT_EQ(words.at("queues").at(0).at("title"), "供热");
    EXPECT_EQ(words.at("prompts").as_array().size(), 3u);
}

TEST_F(Flows_, a_flow_is_checked_as_it_is_typed_in_the_language_of_who_types) {
    value form = get("/main/versions/1").at("checked").at("flow");
    const value same = send("/check", {{"flow", form}, {"name", "main"}});
    EXPECT_EQ(same.at("text"), get("/main/versions/1").at("checked").at("text"));
    EXPECT_EQ(same.at("faults"), array{});
    form.at("nodes").at(3).as_object()["queue"] = "gas";
    const value gas = send("/check", {{"flow", form}, {"name", "main"}});
    ASSERT_EQ(codes(gas.at("faults")), "queue-not-there");
    EXPECT_EQ(gas.at("faults").at(0).at("node"), "desk");
    EXPECT_EQ(gas.at("faults").at(0).at("sentence"), "用这条流程的热线没有叫“gas”的队列");
    EXPECT_EQ(send("/check", {{"flow", form}}).at("faults"), array{}) << "of no house";
    const std::string broken = with(first, "key 1 -> status", "key 1 -> nowhere");
    const value zh = send("/check", {{"text", broken}});
    EXPECT_EQ(codes(zh.at("faults")), "no-such-node");
    EXPECT_EQ(zh.at("faults").at(0).at("sentence"), "没有叫“nowhere”的节点");
    const value en = send("/check", {{"text", broken}}, 200, "en");
    EXPECT_EQ(en.at("faults").at(0).at("sentence"), "menu: there is no node named “nowhere”");
    const value unread = send("/check", {{"text", "flow main\nnonsense"}});
    EXPECT_EQ(codes(unread.at("faults")), "does-not-read");
    EXPECT_TRUE(unread.at("flow").is_null());
    send("/check", object{}, 422);
    send("/check", {{"text", std::string(70'000, 'x')}}, 422);
}

TEST_F(Flows_, a_draft_is_published_compared_and_brought_back_each_step_with_a_reason) {
    send("/main/versions", {{"text", first}, {"based_on", 1}, {"why", "  "}}, 422);
    const auto two = draft(with(first, "key 1 -> status", "key 2 -> status"), 1);
    EXPECT_EQ(two, 2);
    const value late =
        send("/main/versions", {{"text", first}, {"based_on", 1}, {"why", "改"}}, 409);
    EXPECT_EQ(late.at("code"), "stale");
    const value difference = get("/main/difference?from=1&to=2");
    ASSERT_EQ(difference.at("nodes").as_array().size(), 1u);
    EXPECT_EQ(difference.at("nodes").at(0).at("node"), "menu");
    EXPECT_EQ(states(act("publish", 2)), "2 in_force/1 past");
    act("publish", 2, 409);
    EXPECT_EQ(states(act("roll_back", 1)), "3 in_force/2 past/1 past");
    EXPECT_EQ(get("/main/versions/3").at("checked").at("text"),
              get("/main/versions/1").at("checked").at("text"));
    const value v = get("/main").at("versions").at(0);
    EXPECT_EQ(v.at("publish_why"), "值班长要求");
    EXPECT_EQ(v.at("based_on"), 1);
    EXPECT_EQ(facts_of_kind("FlowMoved"), 7u) << journal_text();
    act("explode", 1, 422);
    act("publish", 9, 404);
    EXPECT_EQ(editor_.send("POST", "/api/v1/flows/main/acts", "{}").status, 403);
}

TEST_F(Flows_, what_has_a_fault_is_kept_as_a_draft_and_never_published) {
    draft(with(first, "queue repair", "queue gas"), 1);
    const value no = act("publish", 2, 409);
    EXPECT_EQ(no.at("code"), "flow_has_faults");
    EXPECT_EQ(values_of(no.at("fields")), "queue-not-there");
    EXPECT_EQ(states(get("/main")), "2 draft/1 in_force");
    draft("flow main\nnonsense", 2);
    act("publish", 3, 409);
    draft(with(first, "say menu", "say no-such-prompt"), 3);
    EXPECT_EQ(values_of(act("publish", 4, 409).at("fields")), "prompt-unknown");
    draft(with(first, "  barge-in no\n", ""), 4);
    EXPECT_EQ(values_of(act("publish", 5, 409).at("fields")), "notice-missed");
    EXPECT_EQ(states(act("drop", 5)), "5 dropped/4 dropped/3 dropped/2 dropped/1 in_force");
}

TEST_F(Flows_, a_version_waits_for_its_minute_and_may_be_withdrawn) {
    draft(first, 1);
    const UtcTime later{utc_now().us + 3'600'000'000};
    const value there = act("publish", 2, 200, value(to_rfc3339(later)));
    EXPECT_EQ(states(there), "2 scheduled/1 in_force");
    EXPECT_EQ(there.at("line").at("scheduled"), 2);
    EXPECT_EQ(there.at("line").at("scheduled_at"), value(to_rfc3339(later)));
    EXPECT_EQ(states(act("withdraw", 2)), "2 draft/1 in_force");
    EXPECT_TRUE(get("/main").at("line").at("scheduled_at").is_null());
}

TEST_F(Flows_, a_caller_who_is_none_walks_through_with_every_prompt) {
    const auto walk = [&](array events) {
        return send("/simulate", {{"name", "main"},
                                  {"version", 1},
                                  {"caller", {{"number", "13800000000"}}},
                                  {"at", "2026-11-23T02:00:00Z"},
                                  {"events", std::move(events)}});
    };
    const value begun = walk({});
    EXPECT_EQ(begun.at("waits_for"), "prompts");
    EXPECT_EQ(begun.at("steps").at(1).at("prompts").at(0).at("text"), "您的通话将被录音。");
    EXPECT_EQ(begun.at("steps").at(1).at("interruptible"), false);
    const object ended{{"kind", "prompts_ended"}}, one{{"kind", "key"}, {"key", "1"}};
    const value menu = walk({ended});
    EXPECT_EQ(menu.at("node"), "menu");
    EXPECT_EQ(menu.at("keys"), (array{"1", "0"}));
    EXPECT_EQ(walk({ended, ended}).at("waits_for"), "key");
    EXPECT_EQ(walk({ended, ended}).at("wait_s"), 5);
    EXPECT_EQ(walk({ended, one}).at("waits_for"), "case");
    const object told{{"kind", "case_told"}, {"found", true}, {"now", "being_sent"}};
    const value heard = walk({ended, one, told});
    EXPECT_EQ(heard.at("waits_for"), "prompts");
    EXPECT_GT(heard.at("steps").as_array().back().at("prompts").as_array().size(), 5u);
    const value person = walk({ended, one, object{{"kind", "case_told"}, {"found", false}}, ended});
    EXPECT_EQ(person.at("outcome"), "queue");
    EXPECT_EQ(person.at("queue"), "repair");
    EXPECT_EQ(person.at("over"), true);
    const value silent = walk({ended, ended, object{{"kind", "wait_over"}}});
    EXPECT_EQ(silent.at("node"), "desk");
    send("/simulate", {{"text", "nonsense"}}, 409);
}

TEST_F(Flows_, callers_of_a_day_are_counted_by_node_way_and_key) {
    const UtcTime noon{1'763'870'400'000'000};  // 2025-11-23 12:00 in China
    EXPECT_TRUE(write([&](sql::Transaction& tx) {
        std::vector<facts::Fact> told;
        const auto tell = [&](std::uint64_t call, facts::Body body) {
            told.push_back({noon, testing::heating, InteractionId{call}, {}, std::move(body)});
        };
        for (const std::uint64_t call : {901, 902}) {
            tell(call, facts::FlowNodeEntered{"main", "hello"});
            tell(call, facts::FlowNodeEntered{"main", "menu"});
            tell(call, facts::KeysPressed{"menu", Private("1")});
            tell(call, facts::FlowNodeEntered{"main", "status"});
        }
        tell(901, facts::Queued{});
        tell(901, facts::CallEnded{"abandoned", "citizen"});
        tell(902, facts::CallEnded{"abandoned", "citizen"});
        return journal::Journal::append(tx, told);
    }));
    const value heat = get("/main/heat?day=2025-11-23");
    EXPECT_EQ(heat.at("calls"), 2);
    EXPECT_EQ(heat.at("nodes").as_array().size(), 3u);
    EXPECT_EQ(heat.at("ways").at(1).at("to"), "status");
    EXPECT_EQ(heat.at("ways").at(1).at("callers"), 2);
    EXPECT_EQ(heat.at("keys").at(0).at("callers"), 2);
    for (const value& node : heat.at("nodes").as_array())
        EXPECT_EQ(node.at("left"), node.at("node") == "status" ? 1 : 0);
    EXPECT_EQ(get("/main/heat").at("calls"), 0);
    get("/main/heat?day=soon", 422);
}

}  // namespace
}  // namespace ys::api
