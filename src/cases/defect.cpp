// SPDX-License-Identifier: Apache-2.0
#include "cases/defect.h"

#include <algorithm>

#include "base/calendar.h"

namespace ys::cases {
namespace {

constexpr std::array states{std::string_view("open"),      std::string_view("owned"),
                            std::string_view("scheduled"), std::string_view("done"),
                            std::string_view("closed"),    std::string_view("reopened"),
                            std::string_view("dropped")};
constexpr std::array verbs{std::string_view("own"),    std::string_view("schedule"),
                           std::string_view("finish"), std::string_view("close"),
                           std::string_view("reopen"), std::string_view("drop")};
constexpr std::array refusals{std::string_view("not_now"),      std::string_view("needs_owner"),
                              std::string_view("needs_day"),    std::string_view("needs_words"),
                              std::string_view("bad_done"),     std::string_view("week_not_over"),
                              std::string_view("contacts_stay")};

constexpr std::int64_t week_us = std::chrono::microseconds(week).count();

TimeSpan week_from(std::int64_t us) { return {UtcTime{us}, UtcTime{us + week_us}}; }

template <class Word, std::size_t n>
std::optional<Word> find(const std::array<std::string_view, n>& words, std::string_view text) {
    const auto* at = std::ranges::find(words, text);
    if (at == words.end()) return std::nullopt;
    return static_cast<Word>(at - words.begin());
}

/// What the command itself must bring.
std::optional<DefectRefusal> missing(const Defect& defect, const DefectCommand& command) {
    const bool needs_words = command.verb == DefectVerb::Reopen || command.verb == DefectVerb::Drop;
    if (needs_words && command.words.empty()) return DefectRefusal::NeedsWords;
    if (command.verb == DefectVerb::Own && command.owner.empty()) return DefectRefusal::NeedsOwner;
    const bool is_owners =
        command.verb == DefectVerb::Schedule || command.verb == DefectVerb::Finish;
    // One that was dropped before anybody had it, and taken up again.
    if (is_owners && defect.owner.empty()) return DefectRefusal::NeedsOwner;
    if (command.verb == DefectVerb::Schedule && !parse_day(command.due_on))
        return DefectRefusal::NeedsDay;
    if (command.verb == DefectVerb::Finish && command.done_at && *command.done_at > command.now)
        return DefectRefusal::BadDone;
    return std::nullopt;
}

void keep(Defect& defect, const DefectCommand& command) {
    switch (command.verb) {
        case DefectVerb::Own:
            defect.owner = command.owner;
            defect.partner = command.partner;
            break;
        case DefectVerb::Schedule:
            defect.due_on = command.due_on;
            break;
        case DefectVerb::Finish:
            defect.done_at = command.done_at.value_or(command.now);
            break;
        case DefectVerb::Reopen:
            // The day was that of a repair which was none.
            defect.due_on.clear();
            defect.done_at.reset();
            break;
        case DefectVerb::Close:
        case DefectVerb::Drop:
            break;
    }
}

}  // namespace

std::string_view word(DefectState state) { return states[static_cast<std::size_t>(state)]; }
std::string_view word(DefectVerb verb) { return verbs[static_cast<std::size_t>(verb)]; }
std::string_view word(DefectRefusal why) { return refusals[static_cast<std::size_t>(why)]; }
std::optional<DefectState> defect_state_from(std::string_view text) {
    return find<DefectState>(states, text);
}
std::optional<DefectVerb> defect_verb_from(std::string_view text) {
    return find<DefectVerb>(verbs, text);
}

FixWeeks weeks_of_fix(UtcTime done_at, UtcTime now) {
    FixWeeks out{week_from(done_at.us - week_us), std::nullopt, UtcTime{done_at.us + week_us}};
    const std::int64_t full = (now.us - done_at.us) / week_us;
    if (full >= 1) out.since = week_from(done_at.us + (full - 1) * week_us);
    return out;
}

FixWeeks weeks_up_to(UtcTime now) {
    return {week_from(now.us - 2 * week_us), week_from(now.us - week_us), now};
}

std::int64_t too_many_from(const Defect& defect, const WeekCounts& counts) {
    // The smallest whole number that is not below the share.
    constexpr std::int64_t whole = 100;
    return std::max<std::int64_t>(1,
                                  (counts.before * defect.close_below_percent + whole - 1) / whole);
}

std::optional<DefectRefusal> held_open(const Defect& defect, const WeekCounts& counts) {
    if (!next(defect.state, DefectVerb::Close)) return DefectRefusal::NotNow;
    if (!counts.since) return DefectRefusal::WeekNotOver;
    if (*counts.since >= too_many_from(defect, counts)) return DefectRefusal::NotFallen;
    return std::nullopt;
}

std::optional<DefectRefusal> on(Defect& defect, const DefectCommand& command,
                                const WeekCounts& counts) {
    const auto to = next(defect.state, command.verb);
    if (!to) return DefectRefusal::NotNow;
    if (const auto why = missing(defect, command)) return why;
    if (command.verb == DefectVerb::Close)
        if (const auto why = held_open(defect, counts)) return why;
    keep(defect, command);
    defect.state = *to;
    return std::nullopt;
}

}  // namespace ys::cases
