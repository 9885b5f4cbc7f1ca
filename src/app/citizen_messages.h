// SPDX-License-Identifier: Apache-2.0
// Who writes to citizens: looks for notices and for messages that are due, hands them to the
// gateway or the mail server, and keeps what came of it.
#pragma once

#include <memory>
#include <set>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "app/message_writer.h"
#include "platform/sql/writer.h"
#include "platform/task/worker_pool.h"

namespace ys::app {

/// Used on the control loop only. What was under way when the program ended is handed over again,
/// with the same key.
class CitizenMessages {
public:
    struct Ports {
        boost::asio::io_context& loop;
        sql::Writer& writer;
        std::shared_ptr<const cases::Handbook> handbook;
        std::shared_ptr<const outreach::Door> door;
    };
    explicit CitizenMessages(Ports ports);

    void look();  ///< now, and again from time to time
    void stop();  ///< waits for what the network is busy with

private:
    using Found = std::vector<OutgoingMessage>;
    void found(const Found& messages);
    void hand_over(const OutgoingMessage& message);
    void keep(const outreach::MessageRow& row, const outreach::MessageCommand& outcome);
    void again();

    Ports ports_;
    /// Of its own: a gateway that hangs keeps nobody from signing in.
    WorkerPool network_{2};
    boost::asio::steady_timer timer_;
    std::set<outreach::MessageId> under_way_;
    bool is_looking_ = false;
    bool is_poked_ = false;
    std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);
};

}  // namespace ys::app
