// SPDX-License-Identifier: Apache-2.0
#include "platform/journal/fact_json.h"

#include <array>

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

}  // namespace

std::string_view kind_of(const facts::Body& body) { return kinds[body.index()].name; }

json::value body_value(const facts::Body& body) {
    return std::visit([](const auto& each) { return json::to_value(each); }, body);
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
