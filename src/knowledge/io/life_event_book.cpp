// SPDX-License-Identifier: Apache-2.0
#include "knowledge/io/life_event_book.h"

#include <algorithm>

namespace ys::knowledge {

ArticlePins pins_of(const LifeSources& sources) {
    ArticlePins out;
    for (const auto& [matter, said] : sources) out[matter] = {said.id, said.version.number};
    return out;
}

Result<LifeEventBook> LifeEventBook::make(std::vector<LifeEvent> events,
                                          const std::set<std::string>& matters,
                                          AnswerBook& answers) {
    std::string wrong;
    const auto add = [&](const std::string& line) { wrong += (wrong.empty() ? "" : "\n") + line; };
    if (events.size() > life_events_max)
        add("more than " + std::to_string(life_events_max) + " life events");
    std::set<std::string_view> codes;
    for (const LifeEvent& event : events) {
        if (!codes.insert(event.code).second) add("two of " + event.code);
        for (const LifeFault& fault : faults(event, matters))
            add(event.code + " " + fault.field + ": " + std::string(fault.code));
    }
    if (!wrong.empty()) return Error{std::errc::invalid_argument, wrong};
    return LifeEventBook{std::move(events), answers};
}

const LifeEvent* LifeEventBook::find(std::string_view code) const {
    const auto it = std::ranges::find(events_, code, &LifeEvent::code);
    return it == events_.end() ? nullptr : &*it;
}

std::optional<LifeSources> LifeEventBook::sources(const LifeEvent& event, const Scope& scope,
                                                  UtcTime now) const {
    if (!answers_->is_learnt()) {
        answers_->learn_in(std::chrono::milliseconds{0});
        return std::nullopt;
    }
    LifeSources out;
    for (const LifeService& service : event.services) {
        if (out.contains(service.matter)) continue;
        std::vector<Said> said = answers_->about(service.matter, scope, now);
        if (!said.empty()) out.emplace(service.matter, std::move(said.front()));
    }
    return out;
}

}  // namespace ys::knowledge
