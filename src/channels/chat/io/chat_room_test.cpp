// SPDX-License-Identifier: Apache-2.0
// The room on both databases: nobody is told what is not on disk, in the order it was decided, and
// what a kill leaves is taken up again.
#include "channels/chat/io/chat_room.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>

#include "channels/chat/io/chat_store.h"
#include "platform/journal/journal.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::chat {
namespace {

using sql::testing::must;

const CentreId head{1};
const QueueId queue{3};
const AgentId ann{11}, ben{12};

/// What the loop is in the program: work of other threads, done here when it is asked for.
class Loop {
public:
    void post(std::function<void()> work) {
        const std::lock_guard hold(mutex_);
        waiting_.push_back(std::move(work));
        came_.notify_one();
    }
    /// Until `is_done`; the test's own time limit ends what never comes.
    void run_until(const std::function<bool()>& is_done) {
        while (!is_done()) {
            std::unique_lock lock(mutex_);
            came_.wait(lock, [&] { return !waiting_.empty(); });
            const auto work = std::move(waiting_.front());
            waiting_.pop_front();
            lock.unlock();
            work();
        }
    }

private:
    std::mutex mutex_;
    std::condition_variable came_;
    std::deque<std::function<void()>> waiting_;
};

class Notes final : public Listener {
public:
    explicit Notes(const std::function<sql::Database&()>& db) : db_(db) {}
    void said(const Standing& standing, const Message& message, AgentId to) override {
        // On disk before told: whoever asks the store now finds it.
        const auto rows = must(ChatStore::messages(db_(), Scope::of(standing.centre), standing.id,
                                                   message.number - 1, 1));
        EXPECT_EQ(rows.size(), 1U);
        note((to ? std::to_string(to.value) + " " : "") + std::string(word(message.author)) + " " +
             message.text + std::string(word(message.note)));
    }
    void moved(const Standing& standing) override {
        note("= " + std::string(word(standing.state)));
    }
    void ask_robot(const Standing&, const Message& question) override {
        note("robot? " + question.text);
    }
    void make_case(const Standing&, std::uint32_t number) override {
        note("case of " + std::to_string(number));
    }
    void warn(AgentId, ConversationId, std::uint32_t,
              const std::vector<std::string>& words) override {
        note("warn " + words.front());
    }
    void agent_changed(AgentId agent) override { note("desk " + std::to_string(agent.value)); }
    void wanted_at(std::optional<Instant>) override {}

    bool has(const std::string& what) const { return std::ranges::find(seen, what) != seen.end(); }
    std::vector<std::string> seen;

private:
    void note(std::string what) { seen.push_back(std::move(what)); }
    std::function<sql::Database&()> db_;
};

class ChatRoomTest : public sql::testing::StoreTest {
protected:
    void SetUp() override {
        open({journal::schema(), schema()});
        writer = std::make_unique<sql::Writer>(must(sql::Database::open(url())),
                                               sql::Writer::Limits{}, [](const Error&) {});
        readers = must(sql::Readers::open(url(), 1));
        make_room();
    }
    void TearDown() override {
        writer->stop();
        readers->stop();
    }
    void make_room() {
        room.emplace(ChatRoom::Outside{*writer, *readers, [this] { return now; },
                                       [this](std::function<void()> work) { loop.post(work); },
                                       [this](const Error& error) { failed = error.note; }},
                     notes, DeskRules{});
    }
    ConversationId begin(const std::string& citizen = "c1") {
        std::optional<ChatRoom::Kept> opened;
        room->open(head, queue, citizen, [&](const auto& kept) { opened = must(kept); });
        loop.run_until([&] { return opened.has_value(); });
        return opened->id;
    }
    /// Told and kept; gives the word of a refusal.
    std::string tell(ConversationId id, Command command) {
        std::optional<std::string> said;
        room->tell(id, std::move(command), [&](const auto& kept) {
            said = kept ? "" : std::string(word_of(kept.error().code));
        });
        loop.run_until([&] { return said.has_value(); });
        return *said;
    }

    Now now{Instant{} + 1s, UtcTime{1'700'000'000'000'000}};
    Loop loop;
    std::unique_ptr<sql::Writer> writer;
    std::unique_ptr<sql::Readers> readers;
    Notes notes{[this]() -> sql::Database& { return db(); }};
    std::optional<ChatRoom> room;
    std::string failed;
};
YS_ON_BOTH_DATABASES(ChatRoomTest);

TEST_P(ChatRoomTest, a_citizen_comes_to_a_person_and_every_step_is_a_fact) {
    const auto id = begin();
    EXPECT_EQ(tell(id, CitizenSays{"k1", "怎么报修?"}), "");
    EXPECT_EQ(tell(id, RobotSays{2, "请拨打…", WantedQuote{{7, 3}, 3}}), "");
    EXPECT_EQ(tell(id, AskForPerson{}), "");
    room->agent(AgentReady{ann, {queue}, 2}, {});
    loop.run_until([&] { return notes.has("= with_agent"); });
    EXPECT_EQ(tell(id, AgentSays{ann, "a1", "您好"}), "");
    EXPECT_EQ(tell(id, AgentEnds{ann}), "");
    EXPECT_EQ(tell(id, Rate{5, "好"}), "");
    std::string ways;
    const auto add = [&](const journal::Entry& entry) {
        if (const auto* moved = std::get_if<facts::ChatMoved>(&entry.fact.body))
            ways += moved->from + ">" + moved->to + " ";
    };
    must(journal::Journal::read(db(), Scope::of(head), UtcTime{}, UtcTime{now.utc.us + 1'000'000},
                                add));
    EXPECT_EQ(ways,
              "new>with_robot with_robot>waiting waiting>with_agent with_agent>ended ended>rated ");
    EXPECT_TRUE(notes.has("robot? 怎么报修?"));
    EXPECT_TRUE(notes.has("11 agent 您好"));
    EXPECT_EQ(room->desk().broken_invariant(), "");
}

TEST_P(ChatRoomTest, two_pages_of_one_browser_are_one_conversation) {
    std::vector<ConversationId> ids;
    for (int i = 0; i < 2; ++i)
        room->open(head, queue, "c1", [&](const auto& kept) { ids.push_back(must(kept).id); });
    loop.run_until([&] { return ids.size() == 2; });
    EXPECT_EQ(ids[0], ids[1]);
    EXPECT_EQ(begin("c1"), ids[0]);
    EXPECT_NE(begin("c2"), ids[0]);
    EXPECT_EQ(tell(ids[0], CitizenEnds{}), "");
    EXPECT_NE(begin("c1"), ids[0]) << "what has ended is not taken up again";
}

TEST_P(ChatRoomTest, the_same_key_twice_is_one_message_and_is_answered_twice) {
    const auto id = begin();
    std::vector<std::uint32_t> numbers;
    for (int i = 0; i < 2; ++i)
        room->tell(id, CitizenSays{"k1", "在吗"},
                   [&](const auto& kept) { numbers.push_back(must(kept).number); });
    loop.run_until([&] { return numbers.size() == 2; });
    EXPECT_EQ(numbers[0], numbers[1]);
    EXPECT_EQ(must(ChatStore::messages(db(), Scope::of(head), id, 0, 10)).size(), 2U);
}

TEST_P(ChatRoomTest, a_new_room_takes_up_what_the_old_one_left) {
    const auto id = begin();
    EXPECT_EQ(tell(id, CitizenSays{"k1", "怎么报修?"}), "");
    EXPECT_EQ(tell(id, AskForPerson{}), "");
    const auto other = begin("c2");
    EXPECT_EQ(tell(other, CitizenSays{"k1", "几点上班?"}), "");
    room.reset();
    notes.seen.clear();
    make_room();
    auto living = must(ChatStore::living(db(), UtcTime{}, {}, 10));
    std::vector<Standing> kept;
    std::vector<std::unordered_map<std::string, std::uint32_t>> keys;
    for (KeptChat& each : living) {
        kept.push_back(std::move(each.standing));
        keys.push_back(std::move(each.keys));
    }
    room->restore(std::move(kept), std::move(keys));
    loop.run_until([&] { return notes.has("robot? 几点上班?"); });
    EXPECT_EQ(room->desk().waiting(queue).size(), 1U);
    room->agent(AgentReady{ben, {queue}, 1}, {});
    EXPECT_EQ(room->desk().waiting(queue).size(), 1U) << "nobody is given who is not there yet";
    EXPECT_EQ(begin("c1"), id);
    EXPECT_EQ(tell(id, CitizenBack{}), "");
    loop.run_until([&] { return notes.has("= with_agent"); });
}

TEST_P(ChatRoomTest, what_could_not_be_kept_was_never_said) {
    const auto id = begin();
    // Somebody else has written the next message: what the desk decides now cannot be kept.
    must(write([&](sql::Transaction& tx) -> Result<Done> {
        YS_TRY([[maybe_unused]] const auto n,
               tx.db().run("UPDATE chats SET messages = messages + 1 WHERE id = ?", id));
        return Done{};
    }));
    notes.seen.clear();
    std::optional<bool> is_kept;
    room->tell(id, CitizenSays{"k1", "在吗"}, [&](const auto& kept) { is_kept = bool(kept); });
    loop.run_until([&] { return is_kept.has_value(); });
    EXPECT_FALSE(*is_kept);
    EXPECT_EQ(failed, "keeping a chat");
    EXPECT_TRUE(notes.seen.empty()) << notes.seen.front();
}

}  // namespace
}  // namespace ys::chat
