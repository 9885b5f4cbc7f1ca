// SPDX-License-Identifier: Apache-2.0
#include "interactions/io/fact_keeper.h"

#include "interactions/io/call_store.h"
#include "platform/journal/journal.h"

namespace ys::interactions {

void FactKeeper::keep(std::vector<facts::Fact> facts, sql::Writer::OnDone done) {
    if (facts.empty()) return done(Done{});
    std::vector<RowChange> changes;
    for (const facts::Fact& fact : facts)
        for (RowChange& change : projector_.on(fact)) changes.push_back(std::move(change));
    writer_.submit_soon(
        [facts = std::move(facts),
         changes = std::move(changes)](sql::Transaction& tx) -> Result<Done> {
            YS_TRY([[maybe_unused]] const auto appended, journal::Journal::append(tx, facts));
            return CallStore::write(tx, changes);
        },
        std::move(done));
}

}  // namespace ys::interactions
