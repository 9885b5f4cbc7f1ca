// SPDX-License-Identifier: Apache-2.0
#include "platform/journal/fact_json.h"

#include <algorithm>
#include <array>
#include <concepts>

#include "base/phone_number.h"
#include "base/private_text.h"
#include "platform/json/type_name.h"

namespace ys::journal {
namespace {

using Read = Result<facts::Body> (*)(std::string_view json);
struct Kind {
    std::string_view name;
    Read read;
};

template <class T>
Result<facts::Body> read_as(std::string_view text) {
    YS_TRY(T body, json::from_json<T>(text));
    return facts::Body{std::move(body)};
}

template <class... Ts>
constexpr auto kinds_of(const std::variant<Ts...>*) {
    return std::array{Kind{json::type_name<Ts>(), &read_as<Ts>}...};
}
constexpr auto kinds = kinds_of(static_cast<const facts::Body*>(nullptr));

template <class T>
std::string marked(const T& body) {
    std::string out = "{";
    boost::mp11::mp_for_each<json::detail::members_of<T>>([&](auto member) {
        const auto& field = body.*member.pointer;
        if (out.size() > 1) out += ',';
        out += '"' + std::string(member.name) + "\":";
        std::string value = boost::json::serialize(json::to_value(field));
        // Between the quotes: what is sealed is the text as JSON writes it.
        if constexpr (std::same_as<std::remove_cvref_t<decltype(field)>, Private>)
            if (!field.empty())
                value = '"' + hidden(value.substr(1, value.size() - 2), Hidden::Sealed) + '"';
        out += value;
    });
    return out + '}';
}

/// A number by itself, or the numbers inside what it says: "number:13800138000".
void mask(Private& text) {
    const bool is_number =
        std::ranges::all_of(text, [](char c) { return ('0' <= c && c <= '9') || c == '+'; });
    text = is_number ? masked(std::string_view(text)) : with_numbers_masked(text);
}

}  // namespace

void mask_private(facts::Body& body) {
    std::visit(
        []<class T>(T& each) {
            boost::mp11::mp_for_each<json::detail::members_of<T>>([&](auto member) {
                auto& field = each.*member.pointer;
                if constexpr (std::same_as<std::remove_cvref_t<decltype(field)>, Private>)
                    mask(field);
            });
        },
        body);
}

std::string_view kind_of(const facts::Body& body) { return kinds[body.index()].name; }

json::value body_value(const facts::Body& body) {
    return std::visit([](const auto& each) { return json::to_value(each); }, body);
}

std::string marked_json(const facts::Body& body) {
    return std::visit([](const auto& each) { return marked(each); }, body);
}

std::string body_json(const facts::Body& body) { return boost::json::serialize(body_value(body)); }

Result<facts::Body> body_from(std::string_view kind, std::string_view json) {
    for (const Kind& each : kinds)
        if (each.name == kind) return each.read(json);
    return Error{std::errc::invalid_argument, "reading a fact of kind " + std::string(kind)};
}

json::object fact_value(const facts::Fact& fact, std::uint64_t seq) {
    return {{"seq", seq},
            {"at", to_rfc3339(fact.at)},
            {"centre", fact.centre.value},
            {"interaction", fact.interaction.value},
            {"agent", fact.agent.value},
            {"kind", boost::json::string(kind_of(fact.body))},
            {"body", body_value(fact.body)}};
}

}  // namespace ys::journal
