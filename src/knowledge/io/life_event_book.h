// SPDX-License-Identifier: Apache-2.0
// The life events of this hotline, in memory, with what is said now about the matters they stand
// on.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "knowledge/io/answer_book.h"
#include "knowledge/personal_list.h"

namespace ys::knowledge {

inline constexpr std::size_t life_events_max = 40;

/// By code of the matter; of a matter nothing is said about there is none.
using LifeSources = std::map<std::string, Said>;
ArticlePins pins_of(const LifeSources& sources);

/// Never changes; may be asked by many threads at once.
class LifeEventBook {
public:
    /// matters  that are known
    /// errors   invalid_argument with every fault and its place, as whoever wrote the file reads it
    static Result<LifeEventBook> make(std::vector<LifeEvent> events,
                                      const std::set<std::string>& matters, AnswerBook& answers);

    const std::vector<LifeEvent>& events() const { return events_; }
    /// nullptr: there is none of that code.
    const LifeEvent* find(std::string_view code) const;
    /// scope  whose articles are meant
    /// None while the articles are still being read, which begins with this question.
    std::optional<LifeSources> sources(const LifeEvent& event, const Scope& scope,
                                       UtcTime now) const;

private:
    LifeEventBook(std::vector<LifeEvent> events, AnswerBook& answers)
        : events_(std::move(events)), answers_(&answers) {}

    std::vector<LifeEvent> events_;
    AnswerBook* answers_;  ///< outlives us
};

}  // namespace ys::knowledge
