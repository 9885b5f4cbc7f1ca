// SPDX-License-Identifier: Apache-2.0
#include "app/outbound.h"

#include <utility>

namespace ys::app {

OutboundRules::OutboundRules(std::vector<OutboundRule> rules, std::string shown_number,
                             Seconds utc_offset)
    : rules_(std::move(rules)), shown_number_(std::move(shown_number)), utc_offset_(utc_offset) {}

bool OutboundRules::allows(CentreId centre, std::string_view number, UtcTime at) const {
    constexpr std::int64_t day_s = 24 * 60 * 60;
    const std::int64_t local_s = at.us / 1'000'000 + utc_offset_.count();
    const auto hour = static_cast<int>((local_s % day_s + day_s) % day_s / 3600);
    const OutboundRule* best = nullptr;
    for (const OutboundRule& rule : rules_) {
        const bool fits = rule.centre == centre && number.starts_with(rule.prefix) &&
                          hour >= rule.from_hour && hour < rule.to_hour;
        if (!fits) continue;
        const bool is_closer = !best || rule.prefix.size() > best->prefix.size();
        const bool is_stricter =
            best && rule.prefix.size() == best->prefix.size() && !rule.allow;
        if (is_closer || is_stricter) best = &rule;
    }
    return best && best->allow;
}

}  // namespace ys::app
