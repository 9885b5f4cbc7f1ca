// SPDX-License-Identifier: Apache-2.0
#include "knowledge/personal_list.h"

#include <algorithm>

namespace ys::knowledge {
namespace {

class Making {
public:
    Making(const LifeEvent& event, const LifeState& state, const ArticlePins& pins)
        : event_(event), state_(state), pins_(pins) {
        list_.event = event.code;
        list_.title = event.title;
        list_.answers = kept(event, state.answers);
    }

    PersonalList make() {
        const auto services = services_in_order(event_, list_.answers);
        for (const LifeService* service : services) add(*service);
        for (const LifeService* giver : services)
            for (ListedMaterial& material : list_.materials)
                if (!giver->gives.empty() && material.code == giver->gives)
                    material.given_by = giver->code;
        return std::move(list_);
    }

private:
    void add(const LifeService& service) {
        const auto pin = pins_.find(service.matter);
        list_.services.push_back({
            .code = service.code,
            .title = service.title,
            .output = service.output,
            .matter = service.matter,
            .pin = pin == pins_.end() ? ArticlePin{} : pin->second,
            .cost_fen = service.cost_fen.value_or(0),
            .period_days = service.period_days.value_or(0),
            .counts_working_days = service.counts_working_days,
            .places = service.places,
            .online = service.online,
            .queue = service.queue,
        });
        list_.cost_fen += service.cost_fen.value_or(0);
        for (const EvidenceNeed& need : service.evidence)
            if (holds(need.when, list_.answers)) add(service, need);
        for (const std::string& code : service.places) add(service, code);
    }

    /// An original is shown at one counter after the other; copies stay there, so they add up.
    void add(const LifeService& service, const EvidenceNeed& need) {
        auto it = std::ranges::find(list_.materials, need.evidence, &ListedMaterial::code);
        if (it == list_.materials.end()) {
            const LifeEvidence* evidence = find_evidence(event_, need.evidence);
            if (evidence == nullptr) return;
            it = list_.materials.insert(it, {.code = evidence->code,
                                             .title = evidence->title,
                                             .copy_word = evidence->copy_word,
                                             .unit = evidence->unit,
                                             .services = {},
                                             .given_by = {},
                                             .is_ready = state_.ready.contains(evidence->code)});
        }
        it->original = it->original || need.original;
        it->copies += need.copies;
        it->services.push_back(service.code);
    }

    void add(const LifeService& service, const std::string& code) {
        auto it = std::ranges::find(list_.places, code, &ListedPlace::code);
        if (it == list_.places.end()) {
            const LifePlace* place = find_place(event_, code);
            if (place == nullptr) return;
            it = list_.places.insert(it,
                                     {place->code, place->title, place->address, place->hours, {}});
        }
        it->services.push_back(service.code);
    }

    const LifeEvent& event_;
    const LifeState& state_;
    const ArticlePins& pins_;
    PersonalList list_;
};

}  // namespace

const ListedService* PersonalList::find(std::string_view service) const {
    const auto it = std::ranges::find(services, service, &ListedService::code);
    return it == services.end() ? nullptr : &*it;
}

std::size_t PersonalList::missing() const {
    return static_cast<std::size_t>(std::ranges::count_if(
        materials, [](const auto& each) { return each.given_by.empty() && !each.is_ready; }));
}

PersonalList personal_list(const LifeEvent& event, const LifeState& state,
                           const ArticlePins& pins) {
    return Making{event, state, pins}.make();
}

}  // namespace ys::knowledge
