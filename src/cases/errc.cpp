// SPDX-License-Identifier: Apache-2.0
// A word and a sentence for each error of errc.h.
#include "cases/errc.h"

#include <array>
#include <string>

namespace ys::cases {
namespace {

struct Meaning {
    Errc code;
    std::string_view word;
    std::string_view sentence;
};

// clang-format off
constexpr std::array meanings{
    Meaning{Errc::PromiseDoesNotRead, "promise_does_not_read", "The text names no length of time."},
    Meaning{Errc::NeverOpen,         "never_open",          "By these office hours the work would never be due."},
    Meaning{Errc::ClockStopped,      "clock_stopped",       "The clock has stopped already."},
    Meaning{Errc::ClockRests,        "clock_rests",         "The clock rests; it must go on first."},
    Meaning{Errc::AlreadyPaused,     "already_paused",      "The clock is paused already."},
    Meaning{Errc::NotPaused,         "not_paused",          "The clock is not paused."},
    Meaning{Errc::PauseNeedsEnd,     "pause_needs_end",     "A pause needs an end after its beginning."},
    Meaning{Errc::PauseTooLong,      "pause_too_long",      "A pause may not be that long."},
    Meaning{Errc::ExtendedBefore,    "extended_before",     "The time was extended once already."},
    Meaning{Errc::PastDeadline,      "past_deadline",       "The deadline has passed; it can no longer be extended."},
    Meaning{Errc::TimeRunsBack,      "time_runs_back",      "This would happen before what happened last."},
    Meaning{Errc::DataDoesNotRead,   "data_does_not_read",  "The text cannot be read; the note names line and cause."},
    Meaning{Errc::DataBreaksARule,   "data_breaks_a_rule",  "The data breaks a rule; the note names it."},
    Meaning{Errc::VersionIsTaken,    "version_is_taken",    "This version exists with other contents."},
    Meaning{Errc::NotNow,            "not_now",             "The case is not in a state where this can be done."},
    Meaning{Errc::NotYourRole,       "not_your_role",       "Somebody in another role does this."},
    Meaning{Errc::NotYourCase,       "not_your_case",       "The case is with another unit."},
    Meaning{Errc::NeedsWords,        "needs_words",         "A reason is missing."},
    Meaning{Errc::NeedsDemand,       "needs_demand",        "The case says nothing that is wanted."},
    Meaning{Errc::NeedsUnit,         "needs_unit",          "A unit is missing."},
    Meaning{Errc::UnknownUnit,       "unknown_unit",        "There is no such unit."},
    Meaning{Errc::OwnComplaint,      "own_complaint",       "A unit never handles a complaint about itself."},
    Meaning{Errc::NobodyMayOwn,      "nobody_may_own",      "Every unit that could own this case is complained of."},
    Meaning{Errc::ReturnedBefore,    "returned_before",     "This unit has returned the case already."},
    Meaning{Errc::AssignedForGood,   "assigned_for_good",   "The superior has assigned the case; it cannot be returned."},
    Meaning{Errc::NotAboveUnit,      "not_above_unit",      "Only a unit above the one concerned decides this."},
    Meaning{Errc::HandledBefore,     "handled_before",      "A second handling is never by a unit that handled it before."},
    Meaning{Errc::UrgedJustNow,      "urged_just_now",      "The case was urged a short time ago."},
    Meaning{Errc::LadderEnds,        "ladder_ends",         "The case is supervised at the highest level already."},
    Meaning{Errc::PartIsThere,       "part_is_there",       "This unit handles the case already."},
    Meaning{Errc::NoSuchPart,        "no_such_part",        "This unit has no open part in the case."},
    Meaning{Errc::PartsMissing,      "parts_missing",       "A unit has not replied its part yet."},
    Meaning{Errc::DemandUnanswered,  "demand_unanswered",   "A demand of the citizen has no answer; the note names it."},
    Meaning{Errc::ReviewedByReplier, "reviewed_by_replier", "Nobody reviews their own reply."},
    Meaning{Errc::NeedsSecondPerson, "needs_second_person", "Somebody else must approve this."},
    Meaning{Errc::NotConfirmed,      "not_confirmed",       "Neither has the citizen confirmed nor were they tried to be reached often enough."},
    Meaning{Errc::NeedsLegalBasis,   "needs_legal_basis",   "A legal basis is missing."},
    Meaning{Errc::LinkedToItself,    "linked_to_itself",    "A case is no duplicate of itself."},
    Meaning{Errc::LinkedBefore,      "linked_before",       "The two cases are linked already."},
    Meaning{Errc::AlreadyFiled,      "already_filed",       "The case is filed already."},
    Meaning{Errc::NotFiled,          "not_filed",           "The case is not filed yet."},
};
// clang-format on

const Meaning* find(Errc code) {
    for (const Meaning& m : meanings)
        if (m.code == code) return &m;
    return nullptr;
}

struct Category final : std::error_category {
    const char* name() const noexcept override { return "cases"; }
    std::string message(int code) const override {
        const Meaning* m = find(static_cast<Errc>(code));
        return m ? std::string(m->sentence) : "Unknown case error.";
    }
};

}  // namespace

std::error_code make_error_code(Errc code) {
    static const Category category;
    return {static_cast<int>(code), category};
}

std::string_view word(Errc code) {
    const Meaning* m = find(code);
    return m ? m->word : std::string_view{};
}

}  // namespace ys::cases
