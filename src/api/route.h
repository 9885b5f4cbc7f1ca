// SPDX-License-Identifier: Apache-2.0
// A route: where it is, who may use it, what it takes and gives, and the function that answers.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/session_user.h"
#include "cases/case_pass.h"
#include "platform/http/message.h"
#include "platform/json/schema.h"
#include "platform/task/task.h"

namespace ys::api {

class Api;

/// One request on its way. Lives until the answer is made.
struct Call {
    http::Request request;
    std::optional<SessionUser> session;   ///< set on every route that is not public
    std::optional<cases::CasePass> pass;  ///< set on every route for citizens
    std::string_view language;            ///< "zh" or "en"

    const SessionUser& user() const {
        YS_ASSERT(session.has_value());
        return *session;
    }
    const cases::CasePass& citizen() const {
        YS_ASSERT(pass.has_value());
        return *pass;
    }
};

/// A coroutine function, not a lambda. An Error becomes problem+json by the table of problem.cpp.
using Handler = Task<http::Response> (*)(Api& api, Call& call);

enum class Access {
    Public,    ///< no session
    Citizen,   ///< who holds the pass of one case, in the header x-case-pass
    SignedIn,  ///< any user
    Right,     ///< a user with `action`, at whatever reach; the handler looks at the thing
};

using SchemaOf = json::value (*)(json::SchemaBook& book);

struct Route {
    std::string_view method;
    std::string_view pattern;
    std::string_view summary;
    Access access = Access::SignedIn;
    centres::Action action{};  ///< with Access::Right
    Handler handler = nullptr;
    std::vector<std::string_view> query{};  ///< names of query arguments
    SchemaOf takes = nullptr;
    SchemaOf gives = nullptr;

    bool needs_session() const { return access == Access::SignedIn || access == Access::Right; }
    /// Whatever changes something needs the session's own header; signing in has no session yet,
    /// and a pass is a header itself, which no other site can send.
    bool needs_csrf() const { return method != "GET" && needs_session(); }
};

template <class T>
json::value schema_for(json::SchemaBook& book) {
    return book.of<T>();
}
/// {items:[T], next:""}
template <class T>
json::value page_schema_for(json::SchemaBook& book) {
    json::object items{{"type", "array"}};
    items["items"] = book.of<T>();
    json::object properties;
    properties["items"] = std::move(items);
    properties["next"] = json::object{{"type", "string"}};
    return json::object{{"type", "object"},
                        {"properties", std::move(properties)},
                        {"required", json::array{"items", "next"}}};
}

}  // namespace ys::api
