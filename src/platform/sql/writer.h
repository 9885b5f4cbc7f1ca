// SPDX-License-Identifier: Apache-2.0
// The one thread that writes: what is submitted while a commit is on its way to disk shares the
// next one (group commit), so durability costs one fsync per group and not one per row.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "platform/sql/database.h"

namespace ys::sql {

class Writer {
public:
    using Work = std::function<Result<Done>(Transaction&)>;
    using OnDone = std::function<void(Result<Done>)>;

    struct Limits {
        std::size_t waiting_max = 65'536;  ///< more are refused with busy
        std::size_t group_max = 1'024;     ///< works in one commit
        int failures_max = 10;             ///< commits failing in a row before on_fatal
        Millis gather{5};                  ///< how long what nobody waits for gathers
    };
    /// on_fatal  called once, on the writer's thread, when the disk keeps failing
    Writer(Database db, Limits limits, std::function<void(const Error&)> on_fatal);
    ~Writer();  ///< stop()

    /// Runs `work` on the writer's thread in a transaction shared with others; a work that fails is
    /// undone alone. `done` is called on the writer's thread after the commit is on disk, or with
    /// the error that undid this work; it only posts. When refused (busy, stopped) it is called
    /// right here.
    void submit(Work work, OnDone done);
    /// As submit, for works nobody waits for: a commit is not begun for them alone until they have
    /// gathered for `Limits::gather`. The order of all works stays the order of submission.
    void submit_soon(Work work, OnDone done);
    /// submit, and waits. For tools, start-up and tests; never on the control thread.
    Result<Done> submit_and_wait(Work work);

    /// For the panic hook: returns when what was submitted before is on disk, or after `limit`.
    /// Returns at once on the writer's own thread.
    void flush_now(Millis limit);
    /// Writes what waits, then ends the thread. Later submits are refused.
    void stop();

    struct Counts {
        std::uint64_t commits = 0, works = 0, failed_works = 0, failed_commits = 0;
        std::size_t waiting = 0;
    };
    Counts counts() const;

private:
    struct Item {
        Work work;
        OnDone done;
    };
    void take_in(Work work, OnDone done, bool is_urgent);
    void run();
    std::vector<Item> take_group(std::unique_lock<std::mutex>& lock);
    void write(std::vector<Item> group);
    Result<Done> try_group(std::vector<Item>& group, std::vector<Result<Done>>& results);
    void note_commit(const Result<Done>& commit, std::size_t works, std::size_t failed);

    Database db_;
    const Limits limits_;
    const std::function<void(const Error&)> on_fatal_;
    int failures_ = 0;

    mutable std::mutex mutex_;
    std::condition_variable work_came_, group_done_;
    std::vector<Item> waiting_;
    bool is_urgent_ = false;  ///< somebody waits for one of waiting_
    bool is_writing_ = false;
    bool is_stopping_ = false;
    Counts counts_;
    std::thread thread_;  // last: everything above is there when it starts
};

}  // namespace ys::sql
