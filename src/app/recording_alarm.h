// SPDX-License-Identifier: Apache-2.0
// The alarm for a recording that has a gap, is empty or failed: a count for the machine room, a
// notice for whoever watches the centre's floor.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "centres/authorisation.h"
#include "centres/io/user_store.h"
#include "facts/facts.h"
#include "platform/metrics/metrics.h"

namespace ys::app {

class RecordingAlarm {
public:
    /// Holds and secure input are marked spans and never come here: the recorder tells a gap from
    /// frames that are missing, not from silence.
    struct Ports {
        metrics::Registry& metrics;
        std::function<void(UserId, const boost::json::object&)> send;
    };
    explicit RecordingAlarm(Ports ports);

    /// Whose floor is whose. `tree` outlives this.
    void name_people(const std::vector<centres::UserRow>& users, const centres::CentreTree& tree);
    void on(const facts::Fact& fact);
    /// Only counts: nobody is at a desk yet.
    void found_at_start(std::string_view outcome);

private:
    Ports ports_;
    metrics::Counter &gaps_, &empties_, &failures_;
    std::vector<centres::User> people_;
    const centres::CentreTree* tree_ = nullptr;
};

}  // namespace ys::app
