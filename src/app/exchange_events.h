// SPDX-License-Identifier: Apache-2.0
// What a fact of the journal is to a partner: an event to be told, a case to be handed over, or
// nothing.
#pragma once

#include <optional>

#include "app/partners.h"

namespace ys::app {

/// Reports told in confidence (举报) are nobody else's: they make nothing.
/// errors  sql::errc
Result<std::optional<exchange::DeliveryRow>> delivery_of(sql::Transaction& tx,
                                                         const Partner& partner,
                                                         const journal::Entry& entry);

}  // namespace ys::app
