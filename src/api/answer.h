// SPDX-License-Identifier: Apache-2.0
// Reading what a request says and making answers of described structs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/refusal.h"
#include "api/route.h"
#include "platform/json/described_json.h"

namespace ys::api {

inline http::Response json_response(const json::value& body, int status = 200) {
    return http::text_response(status, boost::json::serialize(body),
                               "application/json; charset=utf-8");
}
template <class T>
http::Response answer_with(const T& t, int status = 200) {
    return json_response(json::to_value(t), status);
}
template <class T>
http::Response answer_with_page(const std::vector<T>& items, std::string_view next = {}) {
    return json_response(json::object{{"items", json::to_value(items)}, {"next", next}});
}
inline http::Response nothing_to_say() {
    http::Response response;
    response.status = 204;
    return response;
}

/// The body as T. errors  bad_json, bad_field
template <class T>
Result<T> body_of(const Call& call) {
    return json::from_json<T>(call.request.body);
}

/// A number in the path or the query. errors  not_found for the path, bad_field for the query
template <class IdType>
Result<IdType> id_in_path(const Call& call, std::string_view name);
Result<std::uint64_t> number_in_path(const Call& call, std::string_view name);
template <class IdType>
Result<IdType> id_in_path(const Call& call, std::string_view name) {
    YS_TRY(const std::uint64_t n, number_in_path(call, name));
    return IdType{n};
}
/// 0 when absent.
Result<std::uint64_t> number_argument(const Call& call, std::string_view name);
/// Nothing when absent.
Result<std::optional<UtcTime>> time_argument(const Call& call, std::string_view name);
/// ?limit=, 1 to 200, 50 when absent.
Result<std::size_t> limit_of(const Call& call);

/// Text from a form: control characters go, line breaks stay when `lines` says so.
/// errors  too_long:<field>
enum class Lines { One, Many };
Result<std::string> form_text(std::string_view text, std::size_t limit_bytes,
                              std::string_view field, Lines lines = Lines::One);

}  // namespace ys::api
