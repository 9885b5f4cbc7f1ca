// SPDX-License-Identifier: Apache-2.0
#include "app/recording_alarm.h"

#include <utility>

#include "api/problem.h"
#include "api/session_user.h"
#include "platform/log/log.h"

namespace ys::app {
namespace {

metrics::Counter& counter(metrics::Registry& metrics, const char* outcome) {
    return metrics.counter("ys_recordings_damaged", "Recordings that are not complete, by outcome",
                           {{"outcome", outcome}});
}

}  // namespace

RecordingAlarm::RecordingAlarm(Ports ports)
    : ports_(std::move(ports)),
      gaps_(counter(ports_.metrics, "gap")),
      empties_(counter(ports_.metrics, "empty")),
      failures_(counter(ports_.metrics, "failed")) {}

void RecordingAlarm::name_people(const std::vector<centres::UserRow>& users,
                                 const centres::CentreTree& tree) {
    tree_ = &tree;
    people_.clear();
    for (const centres::UserRow& row : users)
        people_.push_back({row.id, row.centre_id, api::roles_of(row.roles), !row.is_active});
}

void RecordingAlarm::found_at_start(std::string_view outcome) {
    (outcome == "gap" ? gaps_ : outcome == "empty" ? empties_ : failures_).add();
}

void RecordingAlarm::on(const facts::Fact& fact) {
    const auto* closed = std::get_if<facts::RecordingClosed>(&fact.body);
    if (!closed || closed->outcome == "complete") return;
    found_at_start(closed->outcome);
    log::warn("app", "recording_alarm",
              {{"recording", closed->recording}, {"outcome", closed->outcome}});
    const std::string code = "recording_" + closed->outcome;
    const boost::json::object notice{{"type", "notice"},
                                     {"at", to_rfc3339(fact.at)},
                                     {"code", code},
                                     {"text", api::text_of(code, "zh")},
                                     {"interaction", fact.interaction.value},
                                     {"recording", closed->recording}};
    for (const centres::User& user : people_)
        if (centres::is_allowed(user, centres::Action::WatchFloor, {fact.centre, {}}, *tree_))
            ports_.send(user.id, notice);
}

}  // namespace ys::app
