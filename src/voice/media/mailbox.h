// SPDX-License-Identifier: Apache-2.0
// A bounded queue between threads that never locks (Vyukov's array queue).
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "base/panic.h"

namespace ys::media {

/// Any number of writers and readers. When full, push says so and the value stays with the caller.
template <class T>
class Mailbox {
public:
    /// capacity: a power of two
    explicit Mailbox(std::size_t capacity) : mask_(capacity - 1), cells_(new Cell[capacity]) {
        YS_ASSERT(capacity >= 2 && (capacity & mask_) == 0);
        for (std::size_t i = 0; i < capacity; ++i) cells_[i].turn.store(i, relaxed);
    }

    bool push(T& value) {
        std::size_t at = tail_.load(relaxed);
        while (true) {
            Cell& cell = cells_[at & mask_];
            const std::size_t turn = cell.turn.load(std::memory_order_acquire);
            const auto gap = static_cast<std::ptrdiff_t>(turn - at);
            if (gap < 0) return false;
            if (gap > 0) {
                at = tail_.load(relaxed);
            } else if (tail_.compare_exchange_weak(at, at + 1, relaxed)) {
                cell.value.emplace(std::move(value));
                cell.turn.store(at + 1, std::memory_order_release);
                return true;
            }
        }
    }

    std::optional<T> pop() {
        std::size_t at = head_.load(relaxed);
        while (true) {
            Cell& cell = cells_[at & mask_];
            const std::size_t turn = cell.turn.load(std::memory_order_acquire);
            const auto gap = static_cast<std::ptrdiff_t>(turn - (at + 1));
            if (gap < 0) return std::nullopt;
            if (gap > 0) {
                at = head_.load(relaxed);
            } else if (head_.compare_exchange_weak(at, at + 1, relaxed)) {
                std::optional<T> out(std::move(cell.value));
                cell.value.reset();
                cell.turn.store(at + mask_ + 1, std::memory_order_release);
                return out;
            }
        }
    }

private:
    static constexpr auto relaxed = std::memory_order_relaxed;
    struct Cell {
        std::atomic<std::size_t> turn{0};
        std::optional<T> value;
    };
    std::size_t mask_;
    std::unique_ptr<Cell[]> cells_;
    alignas(64) std::atomic<std::size_t> tail_{0};
    alignas(64) std::atomic<std::size_t> head_{0};
};

}  // namespace ys::media
