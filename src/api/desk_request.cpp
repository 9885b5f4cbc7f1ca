// SPDX-License-Identifier: Apache-2.0
#include "api/desk_request.h"

#include "api/refusal.h"
#include "platform/json/described_json.h"

namespace ys::api {

Result<DeskRequest> parse_desk_request(std::string_view text) {
    YS_TRY(json::value parsed, json::parse(text));
    auto* object = parsed.if_object();
    if (!object) return refused("bad_request", RefusedAs::Unfit);
    const auto* type = object->if_contains("type");
    const auto* name = object->if_contains("name");
    const auto* id = object->if_contains("id");
    if (!type || !type->is_string()) return refused("bad_request", RefusedAs::Unfit);
    DeskRequest request;
    // The page may send its heartbeat as a type of its own.
    if (type->get_string() == "ping") {
        request.name = "ping";
        return request;
    }
    if (type->get_string() != "command" || !name || !name->is_string() ||
        name->get_string().size() > 32)
        return refused("bad_request", RefusedAs::Unfit);
    request.name = std::string_view(name->get_string());
    if (id && id->is_int64()) request.id = id->get_int64();
    if (auto* args = object->if_contains("args")) {
        if (!args->is_object()) return refused("bad_arguments", RefusedAs::Unfit);
        request.args = std::move(args->get_object());
    }
    return request;
}

}  // namespace ys::api
