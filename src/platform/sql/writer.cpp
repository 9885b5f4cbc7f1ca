// SPDX-License-Identifier: Apache-2.0
#include "platform/sql/writer.h"

#include <pthread.h>

#include <algorithm>
#include <future>
#include <iterator>
#include <utility>

namespace ys::sql {
namespace {

bool is_of_the_disk(const Error& error) {
    return error.code == errc::io || error.code == errc::full ||
           error.code == errc::connection_lost || error.code == errc::busy;
}

}  // namespace

Writer::Writer(Database db, Limits limits, std::function<void(const Error&)> on_fatal)
    : db_(std::move(db)),
      limits_(limits),
      on_fatal_(std::move(on_fatal)),
      thread_([this] { run(); }) {}

Writer::~Writer() { stop(); }

void Writer::submit(Work work, OnDone done) { take_in(std::move(work), std::move(done), true); }

void Writer::submit_soon(Work work, OnDone done) {
    take_in(std::move(work), std::move(done), false);
}

void Writer::take_in(Work work, OnDone done, bool is_urgent) {
    errc why = errc::stopped;
    {
        const std::lock_guard lock(mutex_);
        if (!is_stopping_ && waiting_.size() < limits_.waiting_max) {
            waiting_.push_back({std::move(work), std::move(done)});
            const bool was_urgent = std::exchange(is_urgent_, is_urgent_ || is_urgent);
            // The writer sleeps for the first work, then for somebody who waits or a full group.
            if (waiting_.size() == 1 || is_urgent_ != was_urgent ||
                waiting_.size() == limits_.group_max)
                work_came_.notify_one();
            return;
        }
        if (!is_stopping_) why = errc::busy;
    }
    done(Error{why, "submitting to the writer"});
}

Result<Done> Writer::submit_and_wait(Work work) {
    std::promise<Result<Done>> promise;
    auto answer = promise.get_future();
    submit(std::move(work), [&](Result<Done> r) { promise.set_value(std::move(r)); });
    return answer.get();
}

void Writer::flush_now(Millis limit) {
    if (std::this_thread::get_id() == thread_.get_id()) return;
    std::unique_lock lock(mutex_);
    is_urgent_ = true;
    work_came_.notify_one();
    group_done_.wait_for(lock, limit, [&] { return waiting_.empty() && !is_writing_; });
}

void Writer::stop() {
    {
        const std::lock_guard lock(mutex_);
        is_stopping_ = true;
        work_came_.notify_one();
    }
    if (thread_.joinable()) thread_.join();
}

Writer::Counts Writer::counts() const {
    const std::lock_guard lock(mutex_);
    Counts out = counts_;
    out.waiting = waiting_.size();
    return out;
}

void Writer::run() {
    pthread_setname_np(pthread_self(), "writer");
    std::unique_lock lock(mutex_);
    for (;;) {
        work_came_.wait(lock, [&] { return is_stopping_ || !waiting_.empty(); });
        work_came_.wait_for(lock, limits_.gather, [&] {
            return is_stopping_ || is_urgent_ || waiting_.size() >= limits_.group_max;
        });
        if (waiting_.empty()) return;
        std::vector<Item> group = take_group(lock);
        is_writing_ = true;
        lock.unlock();
        write(std::move(group));
        lock.lock();
        is_writing_ = false;
        group_done_.notify_all();
    }
}

std::vector<Writer::Item> Writer::take_group(std::unique_lock<std::mutex>&) {
    if (waiting_.size() <= limits_.group_max) {
        is_urgent_ = false;
        return std::exchange(waiting_, {});
    }
    const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(limits_.group_max);
    std::vector<Item> group(std::make_move_iterator(waiting_.begin()),
                            std::make_move_iterator(end));
    waiting_.erase(waiting_.begin(), end);
    return group;
}

Result<Done> Writer::try_group(std::vector<Item>& group, std::vector<Result<Done>>& results) {
    YS_TRY(Transaction tx, Transaction::begin(db_));
    for (Item& item : group) {
        results.push_back(tx.attempt(item.work));
        // A full disk undoes all that came before as well.
        if (!db_.is_in_transaction()) return results.back().error();
    }
    return tx.commit();
}

void Writer::write(std::vector<Item> group) {
    std::vector<Result<Done>> results;
    results.reserve(group.size());
    const Result<Done> commit = try_group(group, results);
    const auto failed = std::ranges::count_if(results, [](const auto& r) { return !r; });
    note_commit(commit, group.size(), commit ? static_cast<std::size_t>(failed) : group.size());
    for (std::size_t i = 0; i < group.size(); ++i)
        group[i].done(commit ? std::move(results[i]) : Result<Done>(commit.error()));
}

void Writer::note_commit(const Result<Done>& commit, std::size_t works, std::size_t failed) {
    {
        const std::lock_guard lock(mutex_);
        ++counts_.commits;
        counts_.works += works;
        counts_.failed_works += failed;
        counts_.failed_commits += !commit;
    }
    if (commit) {
        failures_ = 0;
    } else if (is_of_the_disk(commit.error()) && ++failures_ == limits_.failures_max && on_fatal_) {
        on_fatal_(commit.error());
    }
}

}  // namespace ys::sql
