// SPDX-License-Identifier: Apache-2.0
#include "platform/sql/readers.h"

#include <pthread.h>

#include <future>

namespace ys::sql {

Result<std::unique_ptr<Readers>> Readers::open(const std::string& url, std::size_t threads,
                                               std::size_t waiting_max) {
    std::unique_ptr<Readers> readers(new Readers(waiting_max));
    for (std::size_t i = 0; i < threads; ++i) {
        YS_TRY(Database db, Database::open(url, Access::ReadOnly));
        readers->databases_.push_back(std::move(db));
    }
    for (Database& db : readers->databases_)
        readers->threads_.emplace_back([r = readers.get(), &db] { r->run(db); });
    return readers;
}

Readers::~Readers() { stop(); }

Result<Done> Readers::read(Query query) {
    const std::lock_guard lock(mutex_);
    if (is_stopping_) return Error{errc::stopped, "reading"};
    if (waiting_.size() >= waiting_max_) return Error{errc::busy, "reading"};
    waiting_.push_back(std::move(query));
    came_.notify_one();
    return Done{};
}

Result<Done> Readers::read_and_wait(Query query) {
    std::promise<void> promise;
    auto answer = promise.get_future();
    YS_TRY(const Done queued, read([&](Database& db) {
               query(db);
               promise.set_value();
           }));
    answer.wait();
    return queued;
}

void Readers::stop() {
    {
        const std::lock_guard lock(mutex_);
        is_stopping_ = true;
        came_.notify_all();
    }
    for (std::thread& each : threads_)
        if (each.joinable()) each.join();
}

void Readers::run(Database& db) {
    pthread_setname_np(pthread_self(), "reader");
    std::unique_lock lock(mutex_);
    for (;;) {
        came_.wait(lock, [&] { return is_stopping_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        const Query query = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        // When reviving fails, each statement of the query fails and says so.
        [[maybe_unused]] const auto alive = db.revive();
        query(db);
        lock.lock();
    }
}

}  // namespace ys::sql
