// SPDX-License-Identifier: Apache-2.0
// The house while its rules change: the running centre, and what screens know by name.
#include "app/chats.h"
#include "app/holidays.h"
#include "app/house.h"
#include "interactions/io/rules_store.h"
#include "platform/log/log.h"

namespace ys::app {

Result<Done> House::may_become(const interactions::Setup& rules) {
    return coordinator_->may_become(rules);
}

void House::change(interactions::ChangeRules change) {
    const auto rules = change.rules;
    log::info("app", "rules_changed", {{"by", change.by.value}, {"centre", change.centre.value}});
    switchboard_->on_command(std::move(change));
    queue_rows_.clear();
    for (const interactions::QueueSetup& q : rules->queues) {
        interactions::QueueRow& row = queue_rows_.emplace_back();
        row.id = q.id;
        row.centre_id = q.centre;
        row.name = q.name;
        row.title = q.title;
    }
    if (chats_) chats_->rules_are(*rules);
    floor_.name_queues(queue_rows_);
    floor_.name_agents(rules->agents);
    floor_.note_helpers(rules->queues);
    floor_.changed();
}

void House::rename(CentreId centre, const std::string& name) {
    for (centres::CentreRow& row : centres_)
        if (row.id == centre) row.name = name;
    floor_.name_centre(centre, name);
    floor_.changed();
}

std::vector<interactions::DaySetup> House::days_of_flows(int year) {
    return special_days(scenario_, year);
}

/// For the next start; until then the running centre knows.
void House::keep_slide(CentreId centre, const facts::OverflowSet& slide) {
    floor_.note_slide(QueueId{slide.queue}, Millis{slide.after_ms});
    writer_->submit(
        [=](sql::Transaction& tx) {
            return interactions::RulesStore::slid(tx, centre, QueueId{slide.queue},
                                                  Millis{slide.after_ms});
        },
        [](Result<Done> kept) {
            if (!kept) log::error("store", "slide_not_kept", kept.error());
        });
}

}  // namespace ys::app
