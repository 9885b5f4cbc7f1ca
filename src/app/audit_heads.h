// SPDX-License-Identifier: Apache-2.0
// The head of the audit is signed and kept outside the data: at the start, every hour, at the stop.
#pragma once

#include <memory>
#include <mutex>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "platform/journal/audit_heads.h"
#include "platform/sql/readers.h"

namespace ys::app {

/// Used on the control loop only. A head that says nothing new is not kept again.
class AuditHeads {
public:
    AuditHeads(boost::asio::io_context& loop, sql::Readers& readers, journal::HeadSigner signer)
        : readers_(readers), timer_(loop), keeper_(std::make_shared<Keeper>(std::move(signer))) {}
    void look();  ///< now, and again every hour
    void stop();
    /// After the last write; waits for the disk.
    void keep_last();

private:
    /// Works on the readers' threads.
    struct Keeper {
        explicit Keeper(journal::HeadSigner s) : signer(std::move(s)) {}
        journal::HeadSigner signer;
        journal::ChainHead last;
        std::mutex mutex;
        void keep(sql::Database& db);
    };

    sql::Readers& readers_;
    boost::asio::steady_timer timer_;
    std::shared_ptr<Keeper> keeper_;
};

}  // namespace ys::app
