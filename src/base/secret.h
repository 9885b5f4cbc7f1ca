// SPDX-License-Identifier: Apache-2.0
// A value that cannot be printed, logged or serialised by accident.
#pragma once

#include <utility>

namespace ys {

template <class T>
class Secret {
public:
    Secret() = default;
    explicit Secret(T value) : value_(std::move(value)) {}
    /// The one way out; grep for it to see every use.
    const T& reveal() const { return value_; }

private:
    T value_{};
};

}  // namespace ys
