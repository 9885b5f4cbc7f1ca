// SPDX-License-Identifier: Apache-2.0
// What was told to be saved is there after kill -9, twenty times over.
#include <map>
#include <set>

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/journal/journal.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::journal {
namespace {

using sql::testing::must;

class Child {
public:
    Child(const std::string& url, std::uint64_t first) {
        std::array<int, 2> ends{};
        YS_ASSERT(pipe2(ends.data(), O_CLOEXEC) == 0);
        const std::string number = std::to_string(first);
        pid_ = fork();
        if (pid_ == 0) {
            dup2(ends[1], STDOUT_FILENO);
            execl(YS_CRASH_CHILD, YS_CRASH_CHILD, url.c_str(), number.c_str(), nullptr);
            _exit(127);
        }
        close(ends[1]);
        from_ = ends[0];
    }
    ~Child() { close(from_); }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    /// The next number it was told is saved; 0 when it has died and the pipe is empty.
    std::uint64_t next() {
        std::uint64_t number = 0;
        std::size_t have = 0;
        while (have < sizeof number) {
            const auto n =
                ::read(from_, reinterpret_cast<char*>(&number) + have, sizeof number - have);
            if (n <= 0) return 0;
            have += static_cast<std::size_t>(n);
        }
        return number;
    }
    void kill_hard() {
        kill(pid_, SIGKILL);
        waitpid(pid_, nullptr, 0);
    }

private:
    pid_t pid_ = 0;
    int from_ = -1;
};

class CrashTest : public sql::testing::StoreTest {};
YS_ON_BOTH_DATABASES(CrashTest);

TEST_P(CrashTest, everything_told_to_be_saved_survives_twenty_kills_whole) {
    std::set<std::uint64_t> told;
    std::uint64_t first = 1;
    for (int round = 0; round < 20; ++round) {
        Child child(url(), first);
        // A different moment each time: in the middle of groups of different sizes.
        const std::size_t enough = told.size() + 50 + static_cast<std::size_t>(round * 37 % 211);
        while (told.size() < enough) {
            const std::uint64_t number = child.next();
            ASSERT_NE(number, 0u) << "the child died by itself";
            told.insert(number);
        }
        child.kill_hard();
        while (const std::uint64_t number = child.next()) told.insert(number);
        first = *told.rbegin() + 100'000;  // clear of what was written but not told
    }
    open({schema()});
    std::map<std::uint64_t, int> kept;
    std::uint64_t last_seq = 0;
    must(Journal::replay(db(), 0, [&](const Entry& e) {
        ++kept[e.fact.interaction.value];
        EXPECT_GT(e.seq, last_seq);
        last_seq = e.seq;
    }));
    for (const std::uint64_t number : told) EXPECT_TRUE(kept.contains(number)) << number;
    for (const auto& [number, facts] : kept) EXPECT_EQ(facts, 3) << number << " is torn";
    EXPECT_GE(told.size(), 20u * 50u);
    ::testing::Test::RecordProperty("told", static_cast<int>(told.size()));
}

}  // namespace
}  // namespace ys::journal
