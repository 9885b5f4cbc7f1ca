// SPDX-License-Identifier: Apache-2.0
#include "platform/http/router.h"

#include "base/panic.h"
#include "base/text.h"

namespace ys::http {
namespace {

bool is_name(std::string_view step) { return step.starts_with('{') && step.ends_with('}'); }

std::vector<std::string> steps_of(std::string_view path) {
    std::vector<std::string> out;
    for (const std::string_view step : split(path, '/')) out.emplace_back(step);
    return out;
}

bool matches(const std::vector<std::string>& pattern, const std::vector<std::string>& path) {
    if (pattern.size() != path.size()) return false;
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (is_name(pattern[i]) ? path[i].empty() : pattern[i] != path[i]) return false;
    }
    return true;
}

}  // namespace

std::size_t Router::add(std::string_view method, std::string_view pattern) {
    Route route{std::string(method), steps_of(pattern), 0};
    for (const std::string& step : route.steps) route.names += is_name(step) ? 1 : 0;
    for (const Route& other : routes_)
        YS_ASSERT(other.method != method || other.steps != route.steps);
    routes_.push_back(std::move(route));
    return routes_.size() - 1;
}

Router::Match Router::match(std::string_view method, std::string_view path) const {
    const std::string_view wanted = method == "HEAD" ? "GET" : method;
    const auto steps = steps_of(path);
    Match best;
    std::size_t best_names = steps.size() + 1;
    for (std::size_t i = 0; i < routes_.size(); ++i) {
        const Route& route = routes_[i];
        if (!matches(route.steps, steps)) continue;
        if (route.method != wanted) {
            if (best.outcome == Outcome::NoSuchPath) best.outcome = Outcome::NoSuchMethod;
            best.allow += (best.allow.empty() ? "" : ", ") + route.method;
            continue;
        }
        if (route.names >= best_names) continue;
        best_names = route.names;
        best.outcome = Outcome::Found;
        best.route = i;
    }
    if (best.outcome != Outcome::Found) return best;
    const Route& found = routes_[best.route];
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const std::string& name = found.steps[i];
        if (is_name(name)) best.params.emplace_back(name.substr(1, name.size() - 2), steps[i]);
    }
    return best;
}

}  // namespace ys::http
