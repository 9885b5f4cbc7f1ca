// SPDX-License-Identifier: Apache-2.0
#include "platform/sql/writer.h"

#include <atomic>
#include <future>

#include <sys/resource.h>
#include <csignal>

#include "platform/sql/readers.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::sql {
namespace {

using testing::must;

const Schema rows{"rows", {for_both(1, "CREATE TABLE rows (id ID_KEY, text TEXT NOT NULL)")}};

Writer::Work add(std::int64_t id, std::string text = "x") {
    return [id, text = std::move(text)](Transaction& tx) -> Result<Done> {
        YS_TRY([[maybe_unused]] const auto n,
               tx.db().run("INSERT INTO rows (id, text) VALUES (?, ?)", id, text));
        return Done{};
    };
}

class WriterTest : public testing::StoreTest {
protected:
    void SetUp() override { open({rows}); }
    Database another() { return must(Database::open(url())); }
    int count() { return must(db().value<int>(-1, "SELECT COUNT(*) FROM rows")); }
};
YS_ON_BOTH_DATABASES(WriterTest);

/// Keeps the writer busy until let go, so that what comes meanwhile waits together.
class Held {
public:
    explicit Held(Writer& writer) {
        writer.submit(
            [this](Transaction&) -> Result<Done> {
                entered_.set_value();
                go_.get_future().wait();
                return Done{};
            },
            [](const Result<Done>&) {});
        entered_.get_future().wait();
    }
    void let_go() { go_.set_value(); }

private:
    std::promise<void> entered_, go_;
};

TEST_P(WriterTest, what_waits_together_shares_one_commit_and_a_failure_is_alone) {
    Writer writer(another(), {}, nullptr);
    Held held(writer);
    std::vector<std::promise<bool>> done(50);
    for (int i = 0; i < 50; ++i)
        writer.submit(add(i == 20 ? 3 : i), [&done, i](const Result<Done>& r) {
            done[static_cast<std::size_t>(i)].set_value(static_cast<bool>(r));
        });
    held.let_go();
    for (int i = 0; i < 50; ++i)
        EXPECT_EQ(done[static_cast<std::size_t>(i)].get_future().get(), i != 20) << i;
    EXPECT_EQ(count(), 49);
    const auto counts = writer.counts();
    EXPECT_EQ(counts.commits, 2u);
    EXPECT_EQ(counts.works, 51u);
    EXPECT_EQ(counts.failed_works, 1u);
}

TEST_P(WriterTest, a_group_has_a_limit) {
    Writer writer(another(), {.group_max = 10}, nullptr);
    Held held(writer);
    for (int i = 0; i < 45; ++i) writer.submit(add(i), [](const Result<Done>&) {});
    held.let_go();
    writer.stop();
    EXPECT_EQ(count(), 45);
    EXPECT_EQ(writer.counts().commits, 1u + 5u);
}

TEST_P(WriterTest, what_nobody_waits_for_gathers_until_somebody_does) {
    Writer writer(another(), {.gather = Millis(60'000)}, nullptr);
    for (int i = 0; i < 5; ++i) writer.submit_soon(add(i), [](const Result<Done>&) {});
    must(writer.submit_and_wait(add(5)));
    EXPECT_EQ(count(), 6);
    EXPECT_EQ(writer.counts().commits, 1u);
    writer.submit_soon(add(6), [](const Result<Done>&) {});
    writer.flush_now(Millis(60'000));
    EXPECT_EQ(count(), 7);
}

TEST_P(WriterTest, what_nobody_waits_for_is_written_when_it_has_gathered_or_fills_a_group) {
    Writer writer(another(), {.gather = Millis(1)}, nullptr);
    std::promise<bool> done;
    writer.submit_soon(add(1), [&](const Result<Done>& r) { done.set_value(bool(r)); });
    EXPECT_TRUE(done.get_future().get());
    Writer patient(another(), {.group_max = 3, .gather = Millis(60'000)}, nullptr);
    std::promise<bool> third;
    patient.submit_soon(add(2), [](const Result<Done>&) {});
    patient.submit_soon(add(3), [](const Result<Done>&) {});
    patient.submit_soon(add(4), [&](const Result<Done>& r) { third.set_value(bool(r)); });
    EXPECT_TRUE(third.get_future().get());
    EXPECT_EQ(count(), 4);
}

TEST_P(WriterTest, when_done_is_called_another_connection_sees_the_row) {
    Writer writer(another(), {}, nullptr);
    auto readers = must(Readers::open(url(), 2));
    for (int i = 1; i <= 20; ++i) {
        must(writer.submit_and_wait(add(i)));
        int seen = 0;
        must(readers->read_and_wait([&](Database& reader) {
            seen = must(reader.value<int>(0, "SELECT COUNT(*) FROM rows"));
        }));
        EXPECT_EQ(seen, i);
    }
}

TEST_P(WriterTest, stopping_writes_what_waits_and_refuses_what_comes_after) {
    Writer writer(another(), {}, nullptr);
    for (int i = 0; i < 100; ++i) writer.submit(add(i), [](const Result<Done>&) {});
    writer.stop();
    EXPECT_EQ(count(), 100);
    EXPECT_EQ(writer.submit_and_wait(add(200)).error().code, errc::stopped);
}

TEST_P(WriterTest, too_much_waiting_is_refused_at_once) {
    Writer writer(another(), {.waiting_max = 3}, nullptr);
    Held held(writer);
    std::vector<std::error_code> refused;
    for (int i = 0; i < 5; ++i)
        writer.submit(add(i), [&](const Result<Done>& r) {
            if (!r) refused.push_back(r.error().code);
        });
    EXPECT_EQ(refused, (std::vector<std::error_code>(2, errc::busy)));
    held.let_go();
    writer.stop();
    EXPECT_EQ(count(), 3);
}

TEST_P(WriterTest, flushing_waits_for_the_disk_but_never_for_itself) {
    Writer writer(another(), {}, nullptr);
    writer.submit(add(1), [&](const Result<Done>&) { writer.flush_now(Millis(60'000)); });
    for (int i = 2; i <= 50; ++i) writer.submit(add(i), [](const Result<Done>&) {});
    writer.flush_now(Millis(60'000));
    EXPECT_EQ(count(), 50);
    Held held(writer);
    writer.submit(add(60), [](const Result<Done>&) {});
    writer.flush_now(Millis(1));
    EXPECT_EQ(count(), 50) << "it gives up after its limit";
    held.let_go();
}

TEST_P(WriterTest, a_reader_that_is_stopped_says_so) {
    auto readers = must(Readers::open(url(), 1));
    readers->stop();
    EXPECT_EQ(readers->read([](Database&) {}).error().code, errc::stopped);
}

/// While it lives no file of this process may grow: a disk that is full or broken.
class NoMoreSpace {
public:
    NoMoreSpace() {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit none{1, before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &none);
    }
    ~NoMoreSpace() { setrlimit(RLIMIT_FSIZE, &before_); }
    NoMoreSpace(const NoMoreSpace&) = delete;
    NoMoreSpace& operator=(const NoMoreSpace&) = delete;

private:
    rlimit before_{};
};

TEST(WriterDisk, nothing_is_told_to_be_saved_when_the_disk_fails) {
    const testing::TemporaryFolder folder;
    const std::string url = "sqlite:" + folder.path() + "/full.db";
    Database db = must(Database::open(url));
    must(migrate(db, std::vector{rows}));
    std::atomic<int> fatal = 0;
    Writer writer(must(Database::open(url)), {}, [&](const Error&) { ++fatal; });
    must(writer.submit_and_wait(add(1)));
    {
        const NoMoreSpace full;
        for (int i = 0; i < 15; ++i) {
            const auto told = writer.submit_and_wait(add(100 + i, std::string(20'000, 'x')));
            ASSERT_FALSE(told);
            EXPECT_TRUE(told.error().code == errc::io || told.error().code == errc::full)
                << told.error().note;
        }
    }
    EXPECT_EQ(fatal, 1) << "ten failures in a row are told once";
    EXPECT_EQ(must(db.value<int>(-1, "SELECT COUNT(*) FROM rows")), 1);
    must(writer.submit_and_wait(add(2)));
    EXPECT_EQ(must(db.value<int>(-1, "SELECT COUNT(*) FROM rows")), 2);
}

TEST(WriterServer, a_server_that_dies_loses_nothing_it_had_promised_and_is_found_again) {
    auto server = must(testing::PostgresServer::start());
    const std::string url = must(server.new_database());
    {
        Database db = must(Database::open(url));
        must(migrate(db, std::vector{rows}));
    }
    Writer writer(must(Database::open(url)), {}, nullptr);
    auto readers = must(Readers::open(url, 1));
    std::vector<int> told;
    int after_the_kill = 9'000;
    for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < 60; ++i) {
            must(writer.submit_and_wait(add(round * 1'000 + i)));
            told.push_back(round * 1'000 + i);
        }
        server.kill_hard();
        // The orphaned backend may take a few more writes before it sees that its parent is gone.
        while (writer.submit_and_wait(add(after_the_kill))) ++after_the_kill;
        ++after_the_kill;
        must(server.restart());
        std::vector<int> kept;
        must(readers->read_and_wait([&](Database& db) {
            must(db.each("SELECT id FROM rows WHERE id < 9000 ORDER BY id", [&](const Row& row) {
                kept.push_back(static_cast<int>(row.integer(0)));
            }));
        }));
        EXPECT_EQ(kept, told);
    }
}

}  // namespace
}  // namespace ys::sql
