// SPDX-License-Identifier: Apache-2.0
// What goes with a citizen from one channel to the next: links that open once, and what they led
// to. Everything here runs on the control loop, what takes a Database on a reader thread.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "api/chat_port.h"

namespace ys::api {

/// What a citizen's page wants carried into a call. Of a form its page, the field somebody stands
/// at and what it said last; nothing else of a form is taken.
struct CarryForm {
    std::string token;  ///< of their conversation, or ""
    std::string page, field, fault;
};
BOOST_DESCRIBE_STRUCT(CarryForm, (), (token, page, field, fault))
struct CarryCode {
    std::string code;
    UtcTime expires_at;
};
BOOST_DESCRIBE_STRUCT(CarryCode, (), (code, expires_at))

/// What came with a call or belongs to a case.
struct CarriedView {
    std::uint64_t link = 0;  ///< 0: it became the case without one
    std::optional<UtcTime> made_at;
    std::string page, field, fault;
    std::optional<ChatStoryView> story;
};
BOOST_DESCRIBE_STRUCT(CarriedView, (), (link, made_at, page, field, fault, story))

struct CarryPort {
    virtual ~CarryPort() = default;
    /// A link that opens one call.
    /// errors  bad_request: neither a conversation nor a page; too_many_tries
    virtual void make(CarryForm wish, std::function<void(Result<CarryCode>)> then) = 0;
    /// "open" "used" "expired" "unknown"
    virtual Result<std::string> standing(sql::Database& db, std::string_view code) = 0;
    /// The call that begins until `called()` is the one this code was made for.
    virtual void calling(const std::string& code) = 0;
    virtual void called() = 0;

    virtual Result<std::vector<CarriedView>> of_call(sql::Database& db, const Scope& scope,
                                                     InteractionId call) = 0;
    /// call  in which the case was taken, or none
    virtual Result<std::vector<CarriedView>> of_case(sql::Database& db, const Scope& scope,
                                                     CaseId case_id, InteractionId call) = 0;
};

}  // namespace ys::api
