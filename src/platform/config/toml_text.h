// SPDX-License-Identifier: Apache-2.0
// TOML into any described struct, strictly: a key that is not a field is a fault.
#pragma once

#include <string>
#include <string_view>

#include "platform/json/described_json.h"

namespace ys::config {

inline constexpr std::size_t toml_bytes_max = 4 * 1024 * 1024;

/// errors  invalid_argument: too long, or where and why it does not read; `name` is that of the
/// file
Result<json::value> toml_as_json(std::string_view text, std::string_view name);

/// Keys of `given` that `understood` does not have, words a typing error made; one a line.
std::string strange_keys(const json::value& given, const json::value& understood);

template <class T>
Result<T> read_toml(std::string_view text, std::string_view name) {
    YS_TRY(const json::value given, toml_as_json(text, name));
    auto read = json::from_value<T>(given);
    const std::string where = std::string{name} + ": ";
    if (!read) return Error{std::errc::invalid_argument, where + read.error().note};
    const std::string faults = strange_keys(given, json::to_value(*read));
    if (!faults.empty()) return Error{std::errc::invalid_argument, where + faults};
    return read;
}

}  // namespace ys::config
