// SPDX-License-Identifier: Apache-2.0
// Several lambdas as one visitor.
#pragma once

namespace ys {

template <class... Ts>
struct overloaded : Ts... {
    using Ts::operator()...;
};
template <class... Ts>
overloaded(Ts...) -> overloaded<Ts...>;  // clang 14 needs the guide.

}  // namespace ys
