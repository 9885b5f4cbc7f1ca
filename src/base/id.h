// SPDX-License-Identifier: Apache-2.0
// Names of things as types, so that an agent is never taken for a queue.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace ys {

/// An id is a word, not a number: it compares and hashes, but does not add or convert.
template <class Tag>
struct Id {
    std::uint64_t value = 0;  ///< 0 means "none"; real ids start at 1.
    constexpr Id() = default;
    constexpr explicit Id(std::uint64_t v) : value(v) {}
    constexpr explicit operator bool() const { return value != 0; }
    friend constexpr auto operator<=>(Id, Id) = default;
};

using CentreId = Id<struct CentreTag>;
using UserId = Id<struct UserTag>;
using AgentId =
    Id<struct AgentTag>;  ///< An agent is a user at work; the same number as its UserId.
using QueueId = Id<struct QueueTag>;
using SkillId = Id<struct SkillTag>;
using InteractionId = Id<struct InteractionTag>;
using LegId = Id<struct LegTag>;  ///< One side of a call; unique in the life of the process.
using PlayId = Id<struct PlayTag>;
using TimerId = Id<struct TimerTag>;
using RecordingId = Id<struct RecordingTag>;
using CustomerId = Id<struct CustomerTag>;
using CaseId = Id<struct CaseTag>;

}  // namespace ys

template <class Tag>
struct std::hash<ys::Id<Tag>> {
    std::size_t operator()(ys::Id<Tag> id) const noexcept {
        return std::hash<std::uint64_t>{}(id.value);
    }
};
