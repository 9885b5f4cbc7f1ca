// SPDX-License-Identifier: Apache-2.0
// Which route a method and path lead to. Patterns are paths whose steps may be "{name}".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/message.h"

namespace ys::http {

class Router {
public:
    enum class Outcome { Found, NoSuchPath, NoSuchMethod };
    struct Match {
        Outcome outcome = Outcome::NoSuchPath;
        std::size_t route = 0;  ///< the number `add` gave
        Pairs params;
        std::string allow;  ///< NoSuchMethod: for the header Allow
    };

    /// Routes are numbered from 0. Two routes that match the same path are a bug (asserted), except
    /// that a plain step is preferred to a "{name}".
    std::size_t add(std::string_view method, std::string_view pattern);
    /// HEAD is answered by GET's route.
    Match match(std::string_view method, std::string_view path) const;

private:
    struct Route {
        std::string method;
        std::vector<std::string> steps;
        std::size_t names = 0;
    };
    std::vector<Route> routes_;
};

}  // namespace ys::http
