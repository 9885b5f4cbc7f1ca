// SPDX-License-Identifier: Apache-2.0
// A fact's body as the journal keeps it: its kind is the name of its struct, the rest is JSON.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "facts/facts.h"
#include "platform/json/described_json.h"

namespace ys::journal {

/// "CallArrived"
std::string_view kind_of(const facts::Body& body);
/// {"direction":"in",...}
json::value body_value(const facts::Body& body);
std::string body_json(const facts::Body& body);
/// The same, the values of Private fields marked for the database to seal; without_marks() of it is
/// body_json().
std::string marked_json(const facts::Body& body);
/// errors  invalid_argument when the kind is unknown or the JSON does not fit it
Result<facts::Body> body_from(std::string_view kind, std::string_view json);

/// As it is shown to who has no need of numbers and names.
void mask_private(facts::Body& body);

/// The whole fact as it is sent:
/// {"seq":..,"at":..,"centre":..,"interaction":..,"agent":..,"kind":..,"body":{..}}
json::object fact_value(const facts::Fact& fact, std::uint64_t seq);

}  // namespace ys::journal
