// SPDX-License-Identifier: Apache-2.0
// Sends other organisations what they are owed and asks those who handle our cases how far they
// are.
#pragma once

#include <memory>
#include <vector>

#include <boost/asio/steady_timer.hpp>

#include "api/stores.h"
#include "app/partners.h"
#include "cases/handbook.h"
#include "platform/task/task.h"
#include "platform/task/worker_pool.h"

namespace ys::app {

/// On the control loop only; the network on threads of its own, so that a slow partner keeps
/// nobody's sign-in waiting. A partner that fails keeps no other from being told.
class ExchangeSender {
public:
    ExchangeSender(asio::io_context& loop, sql::Readers& readers, sql::Writer& writer,
                   std::shared_ptr<const cases::Handbook> handbook);

    /// Names the partners in the store and begins. To be called once, before the loop runs.
    Result<Done> begin(sql::Writer& writer, std::vector<Partner> partners);
    void look();  ///< something was written
    asio::awaitable<void> stop();

private:
    struct Line {
        Partner partner;
        asio::steady_timer wake;
        UtcTime asked_at{};
        bool is_more = true;  ///< something was gathered since it looked last
    };
    asio::awaitable<void> serve(Line& line);
    asio::awaitable<void> gather();
    Task<std::size_t> send_due(Line& line);
    Task<Done> send(Line& line, exchange::DeliveryRow row);
    Task<exchange::Tried> tell(const Partner& partner, const exchange::DeliveryRow& row);
    Task<exchange::Tried> hand_over(const Partner& partner, const exchange::DeliveryRow& row);
    Task<Done> ask_about_all(Line& line);
    Task<Done> ask_about(const Partner& partner, exchange::LinkRow link);
    Result<Done> take_answer(sql::Transaction& tx, const exchange::LinkRow& link,
                             const std::string& notes, UtcTime now) const;

    asio::io_context& loop_;
    api::Stores stores_;
    std::shared_ptr<const cases::Handbook> handbook_;
    WorkerPool network_{2};
    std::vector<std::unique_ptr<Line>> lines_;
    asio::steady_timer gather_wake_;
    bool is_more_ = true;  ///< something was written since the last gathering
    TaskGroup tasks_;
};

}  // namespace ys::app
