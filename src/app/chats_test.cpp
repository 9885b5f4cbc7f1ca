// SPDX-License-Identifier: Apache-2.0
// Pages and desks of conversations with the real store, writer and files; only sockets are missing.
#include "app/chats.h"

#include <filesystem>
#include <fstream>

#include "api/refusal.h"
#include "api/rooms.h"
#include "base/opening_hours.h"
#include "cases/io/case_store.h"
#include "channels/chat/io/chat_store.h"
#include "platform/clock.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::app {
namespace {

using sql::testing::must;

constexpr CentreId head{1}, branch{2};
constexpr QueueId queue{3};
constexpr UserId ann{11}, ben{12};
const std::string token(43, 't'), other_token(43, 'o');

class Page final : public api::ChatPage {
public:
    void send(const boost::json::object& message) override { got.push_back(message); }
    void close() override { is_closed = true; }
    const std::string& address() const override { return from; }
    /// The last message of that type; null when none came.
    boost::json::value last(std::string_view type) const {
        for (auto each = got.rbegin(); each != got.rend(); ++each)
            if (each->at("type") == boost::json::value(type)) return *each;
        return nullptr;
    }
    std::vector<boost::json::object> got;
    std::string from = "192.0.2.7";
    bool is_closed = false;
};

class ChatsTest : public sql::testing::StoreTest {
protected:
    void SetUp() override {
        auto rooms = api::all_rooms();
        rooms.push_back(chat::schema());
        open(rooms);
        writer = std::make_unique<sql::Writer>(must(sql::Database::open(url())),
                                               sql::Writer::Limits{}, [](const Error&) {});
        readers = must(sql::Readers::open(url(), 1));
        folder = std::filesystem::temp_directory_path() /
                 ("ys-chats-" + std::to_string(::getpid()) + "-" + std::to_string(++made));
        make_chats();
    }
    void TearDown() override {
        chats->stop();
        writer->stop();
        readers->stop();
        pool.stop();
        std::filesystem::remove_all(folder);
    }
    void make_chats(const std::string& hours = "") {
        interactions::Setup setup;
        setup.queues.push_back({.id = queue, .centre = head, .name = "repair", .title = "报修"});
        setup.queues.front().hours = must(parse_opening_hours(hours));
        for (const UserId user : {ann, ben})
            setup.agents.push_back({.id = AgentId{user.value},
                                    .centre = head,
                                    .work_number = "1001",
                                    .name = "文静",
                                    .queues = {{.queue = queue}}});
        chats = std::make_unique<Chats>(
            Chats::Ports{.loop = loop,
                         .writer = *writer,
                         .readers = *readers,
                         .pool = pool,
                         .desks = desks,
                         .answers = book,
                         .files = folder,
                         .telephone = "6000",
                         .work_number = [](UserId) { return std::string("1001"); },
                         .written = [] {}},
            queue, head, setup);
        must(chats->take_up());
    }
    void run_until(const std::function<bool()>& is_done) {
        while (!is_done()) {
            loop.restart();
            loop.run_one();
        }
    }
    api::ChatId begin(const std::string& by = token) {
        std::optional<api::ChatId> id;
        chats->open(by, [&](const Result<api::ChatId>& opened) { id = must(opened); });
        run_until([&] { return id.has_value(); });
        return *id;
    }
    boost::json::object command(UserId user, std::string_view name, boost::json::object args) {
        std::optional<Result<boost::json::object>> done;
        chats->command(user, name, args, [&](auto result) { done = std::move(result); });
        run_until([&] { return done.has_value(); });
        return *done ? **done : boost::json::object{{"refused", api::refusal_code(done->error())}};
    }
    std::string state(api::ChatId id) {
        const auto view = chats->state_of(id);
        return view.is_null() ? "" : std::string(view.at("state").as_string());
    }
    std::string send_file(api::ChatId id, const std::string& bytes, const std::string& by = token) {
        std::string said;
        chats->take_file({by, id, "f1", "发票.pdf", std::int64_t(bytes.size()), 0}, bytes,
                         [&](const Result<boost::json::object>& result) {
                             said = result ? std::to_string(result->at("number").to_number<int>())
                                           : std::string(api::refusal_code(result.error()));
                         });
        run_until([&] { return !said.empty(); });
        return said;
    }

    boost::asio::io_context loop;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard{
        loop.get_executor()};
    WorkerPool pool{1};
    api::DeskSockets desks;
    knowledge::AnswerBook book{
        {.library = [] { return knowledge::Library{}; },
         .articles = [](knowledge::ArticleId) { return std::vector<knowledge::KnownArticle>{}; },
         .failed = [](const Error&) {}}};
    std::unique_ptr<sql::Writer> writer;
    std::unique_ptr<sql::Readers> readers;
    std::filesystem::path folder;
    std::unique_ptr<Chats> chats;
    static inline int made = 0;
};
YS_ON_BOTH_DATABASES(ChatsTest);

TEST_P(ChatsTest, a_citizen_waits_at_a_place_and_then_has_an_agent) {
    const auto id = begin();
    Page page;
    chats->page_opened(id, token, page);
    chats->from_page(id, page, {{"type", "ask_person"}});
    run_until([&] {
        const auto last = page.last("chat");
        return last.is_object() && last.at("chat").at("position") == 1;
    });
    EXPECT_EQ(chats->office().waiting, 1U);
    command(ann, "chat_ready", {{"at_once", 2}});
    run_until([&] {
        return state(id) == "with_agent" && !page.last("chat").is_null() &&
               page.last("chat").at("chat").at("agent_name") == "1001";
    });
    const auto desk = chats->desk(ann);
    EXPECT_EQ(desk.at("items").as_array().size(), 1U);
    const auto done =
        command(ann, "chat_say", {{"chat", id.value}, {"key", "a1"}, {"text", "您好"}});
    EXPECT_GT(done.at("number").to_number<int>(), 0);
    EXPECT_EQ(
        command(ben, "chat_say", {{"chat", id.value}, {"key", "b1"}, {"text", "我"}}).at("refused"),
        "chat_not_yours");
    EXPECT_EQ(command(ben, "chat_read", {{"chat", id.value}}).at("refused"), "not_found");
    EXPECT_GE(command(ann, "chat_read", {{"chat", id.value}}).at("items").as_array().size(), 3U);
    chats->page_closed(id, page);
}

TEST_P(ChatsTest, who_talks_on_the_telephone_gets_no_new_conversation) {
    command(ann, "chat_ready", {{"at_once", 2}});
    chats->agent_moved(AgentId{ann.value}, "Busy");
    const auto id = begin();
    Page page;
    chats->page_opened(id, token, page);
    chats->from_page(id, page, {{"type", "ask_person"}});
    run_until([&] { return state(id) == "waiting"; });
    chats->agent_moved(AgentId{ann.value}, "WrapUp");
    run_until([&] { return state(id) == "with_agent"; });
    chats->page_closed(id, page);
}

TEST_P(ChatsTest, who_paused_and_reloads_the_page_keeps_what_they_have) {
    command(ann, "chat_ready", {{"at_once", 2}});
    const auto id = begin();
    Page page;
    chats->page_opened(id, token, page);
    chats->from_page(id, page, {{"type", "ask_person"}});
    run_until([&] { return state(id) == "with_agent"; });
    command(ann, "chat_pause", {});
    chats->desk_closed(ann);
    const auto desk = chats->desk(ann);
    EXPECT_EQ(desk.at("is_ready"), false);
    EXPECT_EQ(desk.at("items").as_array().size(), 1U);
    const auto other = begin(other_token);
    Page second;
    chats->page_opened(other, other_token, second);
    chats->from_page(other, second, {{"type", "ask_person"}});
    run_until([&] { return state(other) == "waiting"; });
    chats->agent_moved(AgentId{ann.value}, "LoggedOut");
    run_until([&] { return state(id) == "waiting"; });
    EXPECT_FALSE(chats->desk(ann).at("is_ready").as_bool());
    chats->page_closed(id, page);
    chats->page_closed(other, second);
}

TEST_P(ChatsTest, a_message_left_out_of_hours_is_a_case_with_its_number) {
    chats->stop();
    make_chats("mon 00:00-00:01");  // Closed, but for one minute of the week.
    const auto id = begin();
    Page page;
    chats->page_opened(id, token, page);
    chats->from_page(id, page,
                     {{"type", "leave_message"},
                      {"key", "k1"},
                      {"text", "暖气不热"},
                      {"contact", "13800001001"}});
    run_until([&] {
        const auto last = page.last("chat");
        return last.is_object() && !last.at("chat").at("case_number").as_string().empty();
    });
    const auto found = must(cases::CaseStore::search(db(), Scope::of(head), {}));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found.front().phone, "13800001001");
    EXPECT_NE(std::string(found.front().detail).find("暖气不热"), std::string::npos);
    EXPECT_TRUE(must(chat::ChatStore::owing_case(db(), 5)).empty());
    chats->page_closed(id, page);
}

TEST_P(ChatsTest, a_file_comes_in_pieces_by_its_owner_only_and_is_what_it_is) {
    const auto id = begin();
    EXPECT_EQ(send_file(id, "%PDF-1.7 x", other_token), "not_found");
    EXPECT_EQ(send_file(id, std::string("MZ\x90\0\x03", 5)), "file_kind");
    EXPECT_EQ(send_file(id, ""), "file_empty");
    const std::string number = send_file(id, "%PDF-1.7 x");
    EXPECT_EQ(send_file(id, "%PDF-1.7 x"), number) << "sent again it is the same message";
    const auto n = static_cast<std::uint32_t>(std::stoul(number));
    const auto mine = must(chats->file(db(), token, id, n));
    ASSERT_TRUE(mine);
    EXPECT_EQ(mine->name, "发票.pdf");
    std::ifstream bytes(mine->path);
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(bytes), {}), "%PDF-1.7 x");
    EXPECT_FALSE(must(chats->file(db(), other_token, id, n)));
    EXPECT_TRUE(must(chats->file(db(), Scope::of(head), UserId{}, id, n)));
    EXPECT_FALSE(must(chats->file(db(), Scope::of(head), ann, id, n))) << "nobody gave it to her";
    EXPECT_FALSE(must(chats->file(db(), Scope::of(branch), UserId{}, id, n)));
}

TEST_P(ChatsTest, another_centre_sees_nothing_of_it) {
    const auto id = begin();
    EXPECT_EQ(must(chats->list(db(), Scope::of(head), UserId{}, "", {}, 10)).size(), 1U);
    EXPECT_TRUE(must(chats->list(db(), Scope::of(branch), UserId{}, "", {}, 10)).empty());
    EXPECT_TRUE(must(chats->list(db(), Scope::of(head), ann, "", {}, 10)).empty());
    EXPECT_TRUE(must(chats->story(db(), Scope::of(head), UserId{}, id)));
    EXPECT_FALSE(must(chats->story(db(), Scope::of(branch), UserId{}, id)));
    EXPECT_FALSE(must(chats->story(db(), Scope::of(head), ann, id)));
}

TEST_P(ChatsTest, a_call_by_a_link_brings_the_conversation_once_and_so_does_its_case) {
    const auto id = begin();
    Page page;
    chats->page_opened(id, token, page);
    chats->from_page(id, page, {{"type", "say"}, {"key", "c1"}, {"text", "暖气不热"}});
    run_until([&] { return page.last("done").is_object(); });
    const auto code_for = [&](api::CarryForm wish) {
        std::optional<std::string> said;
        chats->carries().make(std::move(wish), [&](const Result<api::CarryCode>& made) {
            said = made ? made->code : std::string(api::refusal_code(made.error()));
        });
        run_until([&] { return said.has_value(); });
        return *said;
    };
    EXPECT_EQ(code_for({}), "bad_request") << "nothing to carry";
    EXPECT_EQ(code_for({.token = other_token}), "bad_request");
    const std::string code =
        code_for({token, "落户申请", "身份证号", "号码 620102198001011234 已登记"});
    ChatLinks& links = chats->carries();
    const auto arrives = [&](InteractionId call, std::string direction) {
        links.calling(code);
        links.on({utc_now(), head, call, {}, facts::CallArrived{.direction = direction}});
        links.called();
        must(writer->submit_and_wait([](sql::Transaction&) -> Result<Done> { return Done{}; }));
    };
    EXPECT_EQ(must(links.standing(db(), code)), "open");
    arrives(InteractionId{69}, "in");
    EXPECT_EQ(must(links.standing(db(), code)), "open") << "another call that came in this moment";
    arrives(InteractionId{70}, "web");
    arrives(InteractionId{71}, "web");
    EXPECT_EQ(must(links.standing(db(), code)), "used");
    EXPECT_TRUE(must(links.of_call(db(), Scope::of(head), InteractionId{71})).empty());
    EXPECT_TRUE(must(links.of_call(db(), Scope::of(branch), InteractionId{70})).empty());
    // Also the next process finds it.
    chats->stop();
    make_chats();
    const auto items = must(chats->carries().of_call(db(), Scope::of(head), InteractionId{70}));
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0].page, "落户申请");
    EXPECT_EQ(items[0].fault.find("620102198001011234"), std::string::npos);
    ASSERT_TRUE(items[0].story);
    const auto& told = items[0].story->messages;
    EXPECT_EQ(std::ranges::count(told, "暖气不热", &api::ChatMessageView::text), 1);
    const auto of_case = [&](CentreId centre, InteractionId call) {
        return must(chats->carries().of_case(db(), Scope::of(centre), CaseId{4}, call)).size();
    };
    EXPECT_EQ(of_case(head, InteractionId{70}), 1U);
    EXPECT_EQ(of_case(head, InteractionId{}), 0U);
    EXPECT_EQ(of_case(branch, InteractionId{70}), 0U);
}

TEST_P(ChatsTest, guarded_words_hold_from_now_on_and_two_editors_do_not_overwrite_each_other) {
    const auto put = [&](std::int64_t version, std::string word) {
        std::string said;
        chats->put_words(head, ann, {{std::move(word)}, version},
                         [&](auto result) { said = result ? "kept" : result.error().note; });
        run_until([&] { return !said.empty(); });
        return said;
    };
    EXPECT_EQ(put(0, "笨蛋"), "kept");
    EXPECT_NE(put(0, "傻瓜"), "kept");
    command(ann, "chat_ready", {{"at_once", 1}});
    const auto id = begin();
    Page page;
    chats->page_opened(id, token, page);
    chats->from_page(id, page, {{"type", "ask_person"}});
    run_until([&] { return state(id) == "with_agent"; });
    command(ann, "chat_say", {{"chat", id.value}, {"key", "a1"}, {"text", "你这笨蛋"}});
    run_until([&] {
        const auto last = page.last("messages");
        return last.is_object() && last.at("items").as_array().back().at("text") == "你这**";
    });
    chats->page_closed(id, page);
}

}  // namespace
}  // namespace ys::app
