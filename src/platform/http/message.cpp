// SPDX-License-Identifier: Apache-2.0
#include "platform/http/message.h"

#include "base/text.h"

namespace ys::http {
namespace {

std::string_view first_of(const Pairs& pairs, std::string_view name) {
    for (const auto& [key, value] : pairs)
        if (key == name) return value;
    return {};
}

}  // namespace

std::string_view Request::header(std::string_view lower_name) const {
    return first_of(headers, lower_name);
}
std::string_view Request::cookie(std::string_view name) const { return first_of(cookies, name); }
std::string_view Request::param(std::string_view name) const { return first_of(params, name); }
std::string_view Request::argument(std::string_view name) const { return first_of(query, name); }

bool Response::has(std::string_view lower_name) const {
    for (const auto& [key, value] : headers)
        if (equals_ignoring_case(key, lower_name)) return true;
    return false;
}

Response text_response(int status, std::string body, std::string_view content_type) {
    Response response;
    response.status = status;
    response.body = std::move(body);
    response.with("Content-Type", std::string(content_type));
    return response;
}

std::string_view reason_of(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 206:
            return "Partial Content";
        case 301:
            return "Moved Permanently";
        case 304:
            return "Not Modified";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 409:
            return "Conflict";
        case 411:
            return "Length Required";
        case 412:
            return "Precondition Failed";
        case 413:
            return "Content Too Large";
        case 415:
            return "Unsupported Media Type";
        case 416:
            return "Range Not Satisfiable";
        case 422:
            return "Unprocessable Content";
        case 426:
            return "Upgrade Required";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 503:
            return "Service Unavailable";
        default:
            return "Unknown";
    }
}

}  // namespace ys::http
