// SPDX-License-Identifier: Apache-2.0
// A few threads with read-only connections, so that a slow search holds up neither calls nor
// writes.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"
#include "platform/sql/database.h"

namespace ys::sql {

class Readers {
public:
    using Query = std::function<void(Database&)>;

    /// The database must exist and be migrated already.
    static Result<std::unique_ptr<Readers>> open(const std::string& url, std::size_t threads,
                                                 std::size_t waiting_max = 4'096);
    ~Readers();  ///< stop()

    /// Runs `query` on one of the threads; it sees every commit that was told before, and posts its
    /// answer. A query that cannot be run because its connection is gone gets a Database whose
    /// every statement fails with connection_lost. errors  busy when too much waits, stopped; then
    /// the query is never run
    Result<Done> read(Query query);
    /// read, and waits. For tools and tests.
    Result<Done> read_and_wait(Query query);
    /// Answers what waits, then ends the threads.
    void stop();

private:
    explicit Readers(std::size_t waiting_max) : waiting_max_(waiting_max) {}
    void run(Database& db);

    const std::size_t waiting_max_;
    std::mutex mutex_;
    std::condition_variable came_;
    std::deque<Query> waiting_;
    bool is_stopping_ = false;
    std::deque<Database> databases_;  ///< one per thread; a deque never moves them
    std::vector<std::thread> threads_;
};

}  // namespace ys::sql
