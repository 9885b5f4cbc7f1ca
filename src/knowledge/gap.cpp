// SPDX-License-Identifier: Apache-2.0
#include "knowledge/gap.h"

#include <algorithm>
#include <map>

#include "knowledge/alike.h"

namespace ys::knowledge {
namespace {

/// A group while it grows: its members, the first of which it was begun with.
struct Group {
    std::string matter;
    std::vector<std::size_t> members;
};

/// The member that is most like all others; of equal ones the earlier.
std::size_t middle_of(const Group& group, const std::vector<Shape>& shapes) {
    constexpr std::size_t looked_at = 50;  // enough to find one that speaks for all
    const std::size_t n = std::min(group.members.size(), looked_at);
    std::size_t best = 0;
    float most = -1;
    for (std::size_t i = 0; i < n; ++i) {
        float sum = 0;
        for (std::size_t j = 0; j < n; ++j)
            if (i != j) sum += alike(shapes[group.members[i]], shapes[group.members[j]]);
        if (sum > most) {
            most = sum;
            best = i;
        }
    }
    return group.members[best];
}

Gap gap_of(const Group& group, const std::vector<OpenQuestion>& questions,
           const std::vector<Shape>& shapes) {
    Gap out{.text = questions[middle_of(group, shapes)].text,
            .matter = group.matter,
            .questions = {},
            .first_at = questions[group.members.front()].asked_at,
            .last_at = questions[group.members.front()].asked_at};
    std::vector<std::size_t> newest = group.members;
    std::ranges::stable_sort(newest, std::ranges::greater{},
                             [&](std::size_t i) { return questions[i].asked_at; });
    for (const std::size_t i : newest) {
        out.questions.push_back(questions[i].id);
        out.first_at = std::min(out.first_at, questions[i].asked_at);
        out.last_at = std::max(out.last_at, questions[i].asked_at);
    }
    return out;
}

}  // namespace

std::vector<Gap> gaps_in(const std::vector<OpenQuestion>& questions) {
    std::vector<Shape> shapes;
    for (const OpenQuestion& each : questions) shapes.push_back(shape_of(each.words));
    std::vector<Group> groups;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        Group* best = nullptr;
        float most = alike_from;
        for (Group& group : groups) {
            // A matter that has nothing to say is one gap, however it is asked for.
            const bool is_same = !group.matter.empty() && group.matter == questions[i].matter;
            if (!is_same && group.matter != questions[i].matter) continue;
            const float how = is_same ? 1 : alike(shapes[group.members.front()], shapes[i]);
            if (how < most) continue;
            most = how;
            best = &group;
        }
        if (best == nullptr) best = &groups.emplace_back(Group{questions[i].matter, {}});
        best->members.push_back(i);
    }
    std::vector<Gap> out;
    for (const Group& group : groups) out.push_back(gap_of(group, questions, shapes));
    std::ranges::stable_sort(out, [](const Gap& a, const Gap& b) {
        if (a.questions.size() != b.questions.size())
            return a.questions.size() > b.questions.size();
        return a.last_at > b.last_at;
    });
    return out;
}

}  // namespace ys::knowledge
