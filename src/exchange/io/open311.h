// SPDX-License-Identifier: Apache-2.0
// The words of Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2) between us and a partner.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "cases/case_file.h"
#include "cases/io/case_store.h"

namespace ys::exchange {

/// By what a request is called towards partners: "20261124-0217", the day's year before the number.
std::string request_id(const cases::CaseRow& row);
struct RequestNumber {
    std::string day;     ///< "2026-11-24"
    std::string number;  ///< "1124-0217"
    friend bool operator==(const RequestNumber&, const RequestNumber&) = default;
};
std::optional<RequestNumber> request_number_from(std::string_view id);

/// GeoReport knows two.
std::string_view request_status(cases::CaseState state);  ///< "open" "closed"

/// The form of POST requests.json, application/x-www-form-urlencoded. It names the person, whom
/// the partner must be able to reach, and our own number as `account_id`.
std::string request_form(const cases::CaseRow& row, std::string_view api_key);
/// Their number, out of the answer to it: [{"service_request_id": "…"}].
/// errors  invalid_argument
Result<std::string> their_id_from(std::string_view answer);

struct TheirRequest {
    std::string status;  ///< "open" "closed"
    std::string notes;   ///< what they did, for the citizen
};
/// Out of the answer of GET requests/{id}.json.
/// errors  invalid_argument
Result<TheirRequest> their_request_from(std::string_view answer);

}  // namespace ys::exchange
