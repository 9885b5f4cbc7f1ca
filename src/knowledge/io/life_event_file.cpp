// SPDX-License-Identifier: Apache-2.0
#include "knowledge/io/life_event_file.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "platform/config/toml_text.h"

namespace ys::knowledge {
namespace {

struct EventFile {
    std::vector<LifeEvidence> evidence;
    std::vector<LifePlace> place;
    std::vector<LifeEvent> event;
};
BOOST_DESCRIBE_STRUCT(EventFile, (), (evidence, place, event))

/// What is named and not there already, of what is shared; in its order.
template <class Thing>
void take_shared(const std::vector<Thing>& shared, const std::set<std::string>& named,
                 std::vector<Thing>& own) {
    for (const Thing& each : shared)
        if (named.contains(each.code) &&
            std::ranges::find(own, each.code, &Thing::code) == own.end())
            own.push_back(each);
}

}  // namespace

Result<std::vector<LifeEvent>> read_life_events(std::string_view text, std::string_view name) {
    YS_TRY(EventFile file, config::read_toml<EventFile>(text, name));
    for (LifeEvent& event : file.event) {
        std::set<std::string> evidence, places;
        for (const LifeService& service : event.services) {
            places.insert(service.places.begin(), service.places.end());
            for (const EvidenceNeed& need : service.evidence) evidence.insert(need.evidence);
        }
        take_shared(file.evidence, evidence, event.evidence);
        take_shared(file.place, places, event.places);
    }
    return std::move(file.event);
}

}  // namespace ys::knowledge
