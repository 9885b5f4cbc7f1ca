// SPDX-License-Identifier: Apache-2.0
#include "app/known_caller.h"

#include "base/text.h"
#include "customers/io/barred_store.h"
#include "customers/io/customer_store.h"
#include "interactions/io/caller_past.h"
#include "routing/io/phone_area.h"

namespace ys::app {

call::KnownCaller known_caller(sql::Database& db, const Scope& served, const Scope& barring,
                               std::string_view number, UtcTime now) {
    call::KnownCaller known;
    known.area = routing::phone_area(number);
    if (const auto people = customers::CustomerStore::find_by_number(db, served, number);
        people && !people->empty()) {
        known.customer = people->front().id;
        known.account = people->front().account_number;
        known.plate = people->front().plate;
        known.address = people->front().address;
        for (const auto tag : split(people->front().tags, ','))
            if (!tag.empty()) known.tags.emplace_back(tag);
    }
    if (const auto past = interactions::caller_past(db, served, number, now)) {
        known.known_to = past->known_to;
        known.repeats = past->repeats;
    }
    const auto barred = customers::BarredStore::is_barred(db, barring, number, now);
    known.is_barred = barred && *barred;
    return known;
}

}  // namespace ys::app
