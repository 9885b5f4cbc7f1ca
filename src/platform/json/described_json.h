// SPDX-License-Identifier: Apache-2.0
// JSON in and out for any struct described with BOOST_DESCRIBE_STRUCT, and for what it is made of.
//
//   bool, integers, double, text (Private) as themselves (integers beyond the type are refused)
//   UtcTime                                RFC 3339 text
//   Id<Tag>                                number
//   described enum                         the enumerator's name
//   std::optional<T>                       null when empty; absent or null is read as empty
//   std::vector<T>, std::map<string, T>    array, object
//   described struct                       object; a key that is absent keeps the field's default,
//                                          a key that is not a field is ignored
//   boost::json::value                     kept as it is
//   Secret<T>                              can be read, never written
#pragma once

#include <cmath>
#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/id.h"
#include "base/private_text.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/time.h"
#include "platform/json/described_kinds.h"

namespace ys::json {

/// Parses text from outside: at most 32 levels deep, no extensions. The caller bounds the size.
/// errors  invalid_argument
Result<value> parse(std::string_view text);

template <class T>
value to_value(const T& t) {
    static_assert(!detail::is_a<T, Secret>, "a Secret is never written");
    if constexpr (std::same_as<T, value> || std::same_as<T, object> || std::same_as<T, array>) {
        return t;
    } else if constexpr (std::same_as<T, bool> || std::integral<T>) {
        return t;
    } else if constexpr (std::floating_point<T>) {
        return std::isfinite(t) ? value(static_cast<double>(t)) : value(nullptr);
    } else if constexpr (std::convertible_to<const T&, std::string_view>) {
        return boost::json::string(std::string_view(t));
    } else if constexpr (std::same_as<T, UtcTime>) {
        return boost::json::string(to_rfc3339(t));
    } else if constexpr (detail::is_a<T, Id>) {
        return t.value;
    } else if constexpr (detail::DescribedEnum<T>) {
        return boost::json::string(boost::describe::enum_to_string(t, "?"));
    } else if constexpr (detail::is_a<T, std::optional>) {
        return t ? to_value(*t) : value(nullptr);
    } else if constexpr (detail::is_a<T, std::vector>) {
        array out;
        out.reserve(t.size());
        for (const auto& each : t) out.push_back(to_value(each));
        return out;
    } else if constexpr (detail::is_text_map<T>) {
        object out;
        for (const auto& [key, each] : t) out[key] = to_value(each);
        return out;
    } else if constexpr (detail::Described<T>) {
        object out;
        boost::mp11::mp_for_each<detail::members_of<T>>(
            [&](auto member) { out[member.name] = to_value(t.*member.pointer); });
        return out;
    } else {
        static_assert(detail::unknown_type<T>, "describe this type with BOOST_DESCRIBE_STRUCT");
    }
}

/// errors  invalid_argument, the note naming the place: "expected a number at items.2.queue"
template <class T>
Result<T> from_value(const value& v, const std::string& path = {}) {
    using detail::refused;
    if constexpr (std::same_as<T, value>) {
        return v;
    } else if constexpr (std::same_as<T, object>) {
        if (!v.is_object()) return refused(path, "an object");
        return v.get_object();
    } else if constexpr (std::same_as<T, bool>) {
        if (!v.is_bool()) return refused(path, "true or false");
        return v.get_bool();
    } else if constexpr (std::integral<T>) {
        return detail::read_integer<T>(v, path);
    } else if constexpr (std::floating_point<T>) {
        if (!v.is_number()) return refused(path, "a number");
        return v.to_number<T>();
    } else if constexpr (std::same_as<T, std::string> || std::same_as<T, Private>) {
        if (!v.is_string()) return refused(path, "text");
        return T(std::string(std::string_view(v.get_string())));
    } else if constexpr (std::same_as<T, UtcTime>) {
        if (!v.is_string()) return refused(path, "a time");
        auto at = parse_rfc3339(std::string_view(v.get_string()));
        if (!at) return refused(path, "a time");
        return at;
    } else if constexpr (detail::is_a<T, Id>) {
        YS_TRY(const std::uint64_t n, detail::natural_at(v, path));
        return T{n};
    } else if constexpr (detail::is_a<T, Secret>) {
        YS_TRY(std::string text, from_value<std::string>(v, path));
        return T{std::move(text)};
    } else if constexpr (detail::DescribedEnum<T>) {
        T out{};
        if (!v.is_string() || !boost::describe::enum_from_string(v.get_string().c_str(), out))
            return refused(path, "one of the listed words");
        return out;
    } else if constexpr (detail::is_a<T, std::optional>) {
        if (v.is_null()) return T{};
        YS_TRY(typename T::value_type inside, from_value<typename T::value_type>(v, path));
        return T{std::move(inside)};
    } else if constexpr (detail::is_a<T, std::vector>) {
        if (!v.is_array()) return refused(path, "a list");
        T out;
        for (const value& each : v.get_array()) {
            YS_TRY(
                typename T::value_type inside,
                from_value<typename T::value_type>(each, path + '.' + std::to_string(out.size())));
            out.push_back(std::move(inside));
        }
        return out;
    } else if constexpr (detail::is_text_map<T>) {
        if (!v.is_object()) return refused(path, "an object");
        T out;
        for (const auto& [key, each] : v.get_object()) {
            YS_TRY(typename T::mapped_type inside,
                   from_value<typename T::mapped_type>(each, path + '.' + std::string(key)));
            out.emplace(key, std::move(inside));
        }
        return out;
    } else if constexpr (detail::Described<T>) {
        if (!v.is_object()) return refused(path, "an object");
        T out{};
        std::optional<Error> failed;
        boost::mp11::mp_for_each<detail::members_of<T>>([&](auto member) {
            const value* field = failed ? nullptr : v.get_object().if_contains(member.name);
            if (!field) return;
            using Field = std::remove_cvref_t<decltype(out.*member.pointer)>;
            auto got =
                from_value<Field>(*field, path.empty() ? member.name : path + '.' + member.name);
            if (got)
                out.*member.pointer = *std::move(got);
            else
                failed = got.error();
        });
        if (failed) return *failed;
        return out;
    } else {
        static_assert(detail::unknown_type<T>, "describe this type with BOOST_DESCRIBE_STRUCT");
    }
}

template <class T>
std::string to_json(const T& t) {
    return boost::json::serialize(to_value(t));
}

/// errors  invalid_argument
template <class T>
Result<T> from_json(std::string_view text) {
    YS_TRY(const value v, parse(text));
    return from_value<T>(v);
}

}  // namespace ys::json
