// SPDX-License-Identifier: Apache-2.0
#include "exchange/io/open311.h"

#include <algorithm>
#include <cctype>

#include "base/text.h"
#include "platform/json/described_json.h"

namespace ys::exchange {
namespace {

constexpr std::size_t id_bytes_max = 64;
constexpr std::size_t notes_bytes_max = 4'000;

struct Answered {
    json::value service_request_id;  ///< text, but some servers send a number
    std::string status;
    std::optional<std::string> status_notes;
};
BOOST_DESCRIBE_STRUCT(Answered, (), (service_request_id, status, status_notes))

Result<Answered> first_of(std::string_view answer) {
    YS_TRY(const json::value parsed, json::parse(answer));
    YS_TRY(const auto all, json::from_value<std::vector<Answered>>(parsed));
    if (all.empty()) return Error{std::errc::invalid_argument, "an Open311 answer of nothing"};
    return all.front();
}

/// RFC 3986, everything but unreserved characters.
std::string escaped(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) || c == '-' || c == '.' || c == '_' || c == '~') {
            out += c;
        } else {
            out += '%';
            out += digits[byte >> 4];
            out += digits[byte & 15];
        }
    }
    return out;
}

}  // namespace

std::string request_id(const cases::CaseRow& row) { return row.day.substr(0, 4) + row.number; }

std::optional<RequestNumber> request_number_from(std::string_view id) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto dash = id.find('-');
    if (dash != 8 || id.size() < 13 || id.size() > id_bytes_max) return std::nullopt;
    const std::string_view day = id.substr(0, 8), serial = id.substr(9);
    if (!std::ranges::all_of(day, is_digit) || !std::ranges::all_of(serial, is_digit))
        return std::nullopt;
    RequestNumber out;
    out.day = std::string(day.substr(0, 4)) + '-' + std::string(day.substr(4, 2)) + '-' +
              std::string(day.substr(6, 2));
    out.number = id.substr(4);
    return out;
}

std::string_view request_status(cases::CaseState state) {
    return cases::is_final(state) ? "closed" : "open";
}

std::string request_form(const cases::CaseRow& row, std::string_view api_key) {
    std::string description = row.title;
    if (!row.detail.empty() && row.detail != row.title)
        description += (description.empty() ? "" : "\n") + row.detail;
    const auto field = [](std::string_view name, std::string_view text) {
        return text.empty() ? std::string{} : '&' + std::string(name) + '=' + escaped(text);
    };
    return "service_code=" + escaped(row.kind) + field("description", description) +
           field("address_string", row.address) + field("last_name", row.name) +
           field("phone", row.phone) + field("account_id", request_id(row)) +
           field("api_key", api_key);
}

Result<std::string> their_id_from(std::string_view answer) {
    YS_TRY(const Answered first, first_of(answer));
    std::string id;
    if (first.service_request_id.is_string())
        id = first.service_request_id.as_string();
    else if (first.service_request_id.is_int64())
        id = std::to_string(first.service_request_id.as_int64());
    id = cleaned(id, id_bytes_max + 1);
    if (id.empty() || id.size() > id_bytes_max || id.find('/') != std::string::npos)
        return Error{std::errc::invalid_argument, "an Open311 answer without a number"};
    return id;
}

Result<TheirRequest> their_request_from(std::string_view answer) {
    YS_TRY(const Answered first, first_of(answer));
    if (first.status != "open" && first.status != "closed")
        return Error{std::errc::invalid_argument, "an Open311 answer without a status"};
    return TheirRequest{first.status, cleaned(first.status_notes.value_or(""), notes_bytes_max)};
}

}  // namespace ys::exchange
