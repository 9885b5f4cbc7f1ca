// SPDX-License-Identifier: Apache-2.0
// Why something was not done to a case: a code to branch on, a word for the message files and a
// plain sentence.
#pragma once

#include <string_view>
#include <system_error>

namespace ys::cases {

enum class Errc {
    // Clocks.
    PromiseDoesNotRead = 1,
    NeverOpen,
    ClockStopped,
    ClockRests,
    AlreadyPaused,
    NotPaused,
    PauseNeedsEnd,
    PauseTooLong,
    ExtendedBefore,
    PastDeadline,
    TimeRunsBack,
    // Data: types, workflows, duties.
    DataDoesNotRead,
    DataBreaksARule,
    VersionIsTaken,
    // Commands.
    NotNow,
    NotYourRole,
    NotYourCase,
    NeedsWords,
    NeedsDemand,
    NeedsUnit,
    UnknownUnit,
    OwnComplaint,
    NobodyMayOwn,
    ReturnedBefore,
    AssignedForGood,
    NotAboveUnit,
    HandledBefore,
    UrgedJustNow,
    LadderEnds,
    PartIsThere,
    NoSuchPart,
    PartsMissing,
    DemandUnanswered,
    ReviewedByReplier,
    NeedsSecondPerson,
    NotConfirmed,
    NeedsLegalBasis,
    LinkedToItself,
    LinkedBefore,
    AlreadyFiled,
    NotFiled,
};

std::error_code make_error_code(Errc code);

/// "past_deadline": the key of the message files; "" for no code of this enum.
std::string_view word(Errc code);

}  // namespace ys::cases

template <>
struct std::is_error_code_enum<ys::cases::Errc> : std::true_type {};
