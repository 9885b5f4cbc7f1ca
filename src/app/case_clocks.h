// SPDX-License-Identifier: Apache-2.0
// Time passes for cases: warnings, breaches and ends of pauses are told when they are due, and jobs
// that no repairer took in time go to the next.
#pragma once

#include <memory>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "cases/handbook.h"
#include "platform/sql/writer.h"

namespace ys::app {

/// Used on the control loop only. What was missed while the program was down is told at its start.
class CaseClocks {
public:
    CaseClocks(boost::asio::io_context& loop, sql::Writer& writer,
               std::shared_ptr<const cases::Handbook> handbook);
    void look();  ///< now, and again from time to time
    void stop();

private:
    void fire(CaseId id);
    void tend(CaseId id);
    void again();

    boost::asio::io_context& loop_;
    sql::Writer& writer_;
    std::shared_ptr<const cases::Handbook> handbook_;
    boost::asio::steady_timer timer_;
    std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);
};

}  // namespace ys::app
