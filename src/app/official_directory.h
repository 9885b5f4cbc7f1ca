// SPDX-License-Identifier: Apache-2.0
// The official directory a house begins with, and the key that signs it.
#pragma once

#include <boost/asio/execution_context.hpp>

#include "app/scenario.h"
#include "directory/entry.h"
#include "platform/sql/writer.h"

namespace ys::app {

/// The numbers of a scenario, with the hours of the first queue there that has any.
std::vector<directory::Entry> directory_of(const Scenario& scenario);

/// Makes the key at the first start, in the folder `keys`, and puts the scenario's numbers in
/// force while nobody has changed the directory in the house. A scenario whose numbers are none for
/// a directory is told in the log: calls go on.
Result<Done> open_directory(boost::asio::execution_context& loop, sql::Writer& writer,
                            const Scenario& scenario, CentreId head, UtcTime now,
                            const std::string& keys);

/// What messages to citizens name: the hotline of the directory as it is written; `otherwise`
/// before there is one.
Result<std::string> hotline_now(sql::Database& db, const std::string& otherwise);

}  // namespace ys::app
