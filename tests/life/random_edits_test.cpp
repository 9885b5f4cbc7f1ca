// SPDX-License-Identifier: Apache-2.0
// An editor who does not look: whatever is done to an event, either a fault names it, or it becomes
// a flow that loads and channels that agree.
#include <algorithm>
#include <cstdio>

#include <gtest/gtest.h>

#include "asked_everywhere.h"
#include "base/dice.h"
#include "life_files.h"

namespace ys::knowledge::testing {
namespace {

constexpr std::size_t edits = 150;

class Editor {
public:
    explicit Editor(std::uint64_t seed) : dice_(seed) {}

    void edit(LifeEvent& event) {
        if (event.services.empty()) return;
        LifeService& service = any(event.services);
        switch (dice_.below(12)) {
            case 0:
                return remove_or_swap(event.questions);
            case 1:
                return remove_or_swap(event.services);
            case 2:
                return remove_or_swap(event.evidence);
            case 3:
                return remove_or_swap(event.places);
            case 4:
                return remove_or_swap(service.evidence);
            case 5:
                return terms(event, service.when);
            case 6:
                if (!service.evidence.empty()) terms(event, any(service.evidence).when);
                return;
            case 7:
                if (!event.questions.empty()) terms(event, any(event.questions).when);
                return;
            case 8:
                service.after = {any(event.services).code};
                return;
            case 9:
                service.gives = event.evidence.empty() ? "" : any(event.evidence).code;
                return;
            case 10:
                service.cost_fen = dice_.between(-1, 30'000);
                service.period_days = static_cast<int>(dice_.between(-1, 40));
                return;
            default:
                if (service.evidence.empty()) return;
                any(service.evidence).copies = static_cast<int>(dice_.between(0, 3));
                any(service.evidence).original = dice_.chance(0.5);
        }
    }

private:
    template <class Thing>
    Thing& any(std::vector<Thing>& list) {
        return list[dice_.below(list.size())];
    }
    template <class List>
    void remove_or_swap(List& list) {
        if (list.empty()) return;
        if (dice_.chance(0.5))
            list.erase(list.begin() + static_cast<std::ptrdiff_t>(dice_.below(list.size())));
        else
            std::swap(any(list), any(list));
    }
    void terms(LifeEvent& event, When& when) {
        if (dice_.chance(0.3) || event.questions.empty()) {
            when.clear();
            return;
        }
        LifeQuestion& question = any(event.questions);
        if (!question.choices.empty()) when = {{question.code, {any(question.choices).code}}};
    }
    Dice dice_;
};

TEST(RandomEdits, end_in_a_named_fault_or_in_channels_that_agree) {
    const ArticlePins pins = pins_of("certificates");
    const std::set<std::string> matters = matters_of("certificates");
    const std::vector<LifeEvent> events = events_of("certificates");
    std::size_t named = 0, agreed = 0;
    for (std::uint64_t seed = 1; seed <= edits; ++seed) {
        LifeEvent event = events[seed % events.size()];
        Editor editor(seed);
        for (std::uint64_t i = 0; i <= seed % 3; ++i) editor.edit(event);
        if (!faults(event, matters).empty()) {
            // What is faulty must not do harm either.
            for (const LifeAnswers& way : ways(event))
                personal_list(event, {.answers = way, .ready = {}}, pins);
            ++named;
            continue;
        }
        ++agreed;
        const auto hotline = make_hotline({event}, pins);
        ASSERT_TRUE(hotline) << "seed " << seed << ": " << hotline.error().note;
        for (const LifeAnswers& way : ways(event))
            EXPECT_EQ(disagreement(*hotline, event, way, ask(*hotline, event, way)), "")
                << "seed " << seed;
    }
    std::printf("%zu edited events: %zu with faults named, %zu agreed\n", edits, named, agreed);
    EXPECT_GE(named, 30U);
    EXPECT_GE(agreed, 30U);
}

}  // namespace
}  // namespace ys::knowledge::testing
