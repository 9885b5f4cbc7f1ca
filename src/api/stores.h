// SPDX-License-Identifier: Apache-2.0
// Asking the stores from a coroutine: reads on the reader threads, writes answered when on disk.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <type_traits>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "platform/sql/readers.h"
#include "platform/sql/writer.h"
#include "platform/task/task.h"

namespace ys::api {

/// Waits for a value that another thread will give: `start` gets a function to call once with it.
template <class R, class Start>
asio::awaitable<R> given_elsewhere(Start start) {
    return asio::async_initiate<const asio::use_awaitable_t<>&, void(R)>(
        [](auto handler, Start begin) {
            using Waiting = decltype(handler);
            auto executor = asio::get_associated_executor(handler);
            auto kept = std::make_shared<Waiting>(std::move(handler));
            begin([kept, guard = asio::make_work_guard(executor)](R result) {
                asio::post(guard.get_executor(), [kept, r = std::move(result)]() mutable {
                    std::move (*kept)(std::move(r));
                });
            });
        },
        asio::use_awaitable, std::move(start));
}

class Stores {
public:
    /// written  called on the writer's thread after each write that is on disk; may be none
    Stores(sql::Readers& readers, sql::Writer& writer, std::function<void()> written = {})
        : readers_(readers), writer_(writer), written_(std::move(written)) {}

    /// Runs `query(Database&) -> Result<T>` on a reader thread. What it refers to must be in its
    /// captures or outlive it.
    template <class Query, class R = std::invoke_result_t<Query&, sql::Database&>>
    asio::awaitable<R> read(Query query) {
        sql::Readers* readers = &readers_;
        return given_elsewhere<R>([readers, query](std::function<void(R)> give) {
            const auto asked =
                readers->read([query, give](sql::Database& db) mutable { give(query(db)); });
            if (!asked) give(asked.error());
        });
    }

    /// Runs `work(Transaction&) -> Result<T>` on the writer's thread; returns when its commit is on
    /// disk, or with the error that undid it.
    template <class Work, class R = std::invoke_result_t<Work&, sql::Transaction&>>
    asio::awaitable<R> write(Work work) {
        sql::Writer* writer = &writer_;
        return given_elsewhere<R>([writer, work, written = written_](std::function<void(R)> give) {
            auto made = std::make_shared<std::optional<R>>();
            writer->submit(
                [work, made](sql::Transaction& tx) mutable -> Result<Done> {
                    made->emplace(work(tx));
                    if (!**made) return (*made)->error();
                    return Done{};
                },
                [give, made, written](Result<Done> done) {
                    if (!done) return give(done.error());
                    give(std::move(**made));
                    if (written) written();
                });
        });
    }

private:
    sql::Readers& readers_;
    sql::Writer& writer_;
    std::function<void()> written_;
};

}  // namespace ys::api
