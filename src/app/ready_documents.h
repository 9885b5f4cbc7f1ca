// SPDX-License-Identifier: Apache-2.0
// Tells people that their document lies ready: asks the business system every half minute, keeps
// what is new and writes to its owner, all three in one transaction.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/steady_timer.hpp>

#include "backoffice/business_system.h"
#include "outreach/io/door.h"
#include "platform/sql/writer.h"
#include "platform/task/control_loop.h"
#include "platform/task/worker_pool.h"

namespace ys::app {

/// What of these has not been told yet is kept, with a message to its owner and a fact of each.
/// Who has no address is kept, too, so that nobody asks again. Older than three days: not written.
Result<Done> take_documents(sql::Transaction& tx, const outreach::Door& door, CentreId centre,
                            const std::string& system,
                            const std::vector<backoffice::DocumentReady>& documents, UtcTime now);

/// Used on the control loop only.
class ReadyDocuments {
public:
    static constexpr Seconds every{30};

    struct Ports {
        ControlLoop& loop;
        sql::Writer& writer;
        WorkerPool& pool;  ///< of the system: no thread of anybody else waits for it
        backoffice::BusinessSystem& system;
        std::string name;
        CentreId centre;
        std::shared_ptr<const outreach::Door> door;
        std::function<void()> written;
    };
    explicit ReadyDocuments(Ports ports);

    void look();  ///< now, and again from time to time
    void stop();

private:
    void ask(std::uint64_t after);
    void take(std::vector<backoffice::DocumentReady> documents);
    void again();

    Ports ports_;
    boost::asio::steady_timer timer_;
    std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);
};

}  // namespace ys::app
