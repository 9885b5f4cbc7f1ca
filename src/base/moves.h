// SPDX-License-Identifier: Apache-2.0
// A state machine is a table of moves {from, on, to}; this looks one up.
#pragma once

#include <array>
#include <cstddef>
#include <optional>

namespace ys {

/// Where the table leads, or nothing when there is no such move.
template <class Move, std::size_t n>
constexpr auto next_in(const std::array<Move, n>& moves, decltype(Move::from) from,
                       decltype(Move::on) on) -> std::optional<decltype(Move::to)> {
    for (const Move& m : moves)
        if (m.from == from && m.on == on) return m.to;
    return std::nullopt;
}

/// One move for each state and event, so that the order of the table means nothing.
template <class Move, std::size_t n>
constexpr bool is_unambiguous(const std::array<Move, n>& moves) {
    for (const Move& a : moves)
        for (const Move& b : moves)
            if (&a != &b && a.from == b.from && a.on == b.on) return false;
    return true;
}

}  // namespace ys
