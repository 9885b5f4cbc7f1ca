// SPDX-License-Identifier: Apache-2.0
#include "platform/web_client/web_client.h"

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <string_view>

#include <curl/curl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace ys::web_client {
namespace {

struct Closer {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

/// What the callbacks of one request share.
struct Going {
    const WebRequest& request;
    const AddressGuard& guard;
    WebAnswer answer{};
    bool is_too_long = false;
    bool is_forbidden = false;
};

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* going_now) {
    auto& going = *static_cast<Going*>(going_now);
    const std::size_t bytes = size * count;
    if (going.answer.body.size() + bytes > going.request.answer_max) {
        going.is_too_long = true;
        return 0;
    }
    going.answer.body.append(data, bytes);
    return bytes;
}

std::size_t on_header(char* data, std::size_t size, std::size_t count, void* going_now) {
    constexpr std::string_view location = "location:";
    constexpr std::size_t location_max = 2'000;
    auto& going = *static_cast<Going*>(going_now);
    std::string_view line(data, size * count);
    const auto same = [](char a, char b) { return (a | 0x20) == b; };
    if (line.size() > location.size() && line.size() < location_max &&
        std::equal(location.begin(), location.end(), line.begin(),
                   [&](char b, char a) { return a == b || same(a, b); })) {
        line.remove_prefix(location.size());
        while (!line.empty() && (line.front() == ' ' || line.front() == '\t'))
            line.remove_prefix(1);
        while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
        going.answer.location = line;
    }
    return size * count;
}

curl_socket_t on_socket(void* going_now, curlsocktype, curl_sockaddr* address) {
    auto& going = *static_cast<Going*>(going_now);
    if (!going.guard.allows(address->addr)) {
        going.is_forbidden = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

bool has_line_break(std::string_view text) {
    return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

Result<std::unique_ptr<curl_slist, Closer>> header_list(const WebRequest& request) {
    std::unique_ptr<curl_slist, Closer> list;
    const auto add = [&](const std::string& line) {
        list.reset(curl_slist_append(list.release(), line.c_str()));
    };
    add("Expect:");  // No waiting for 100 Continue.
    for (const auto& [name, value] : request.headers) {
        if (name.empty() || has_line_break(name) || has_line_break(value))
            return Error{std::errc::invalid_argument, "a header of a request"};
        add(name + ": " + value);
    }
    return list;
}

/// Without its query, which may hold a key: this goes to logs.
std::string named(const WebRequest& request) {
    return request.url.substr(0, request.url.find('?'));
}

Error error_of(CURLcode code, const Going& going, const char* words) {
    if (going.is_forbidden)
        return {std::errc::permission_denied, "the address of " + named(going.request)};
    if (going.is_too_long) return {std::errc::message_size, "answer of " + named(going.request)};
    if (code == CURLE_OPERATION_TIMEDOUT)
        return {std::errc::timed_out, "asking " + named(going.request)};
    if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL)
        return {std::errc::invalid_argument, "the URL " + named(going.request)};
    const std::string said = *words != '\0' ? words : curl_easy_strerror(code);
    return {std::errc::io_error, "asking " + named(going.request) + ": " + said};
}

void set_up(CURL* handle, Going& going, curl_slist* headers, char* words) {
    const WebRequest& request = going.request;
    curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_PROXY, "");
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    if (!request.body.empty()) {
        curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
        curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.data());
    } else if (request.method == "HEAD") {
        curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);
    }
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS,
                     static_cast<long>(std::chrono::milliseconds(request.within).count()));
    curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, words);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &going);
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, &going);
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, on_socket);
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, &going);
}

}  // namespace

Result<WebAnswer> send(const WebRequest& request, const AddressGuard& guard) {
    static std::once_flag once;  // libcurl's own set-up is not for several threads at once
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    if (has_line_break(request.url) || has_line_break(request.method))
        return Error{std::errc::invalid_argument, "the URL of a request"};
    YS_TRY(const auto headers, header_list(request));
    const std::unique_ptr<CURL, Closer> handle{curl_easy_init()};
    if (!handle) return Error{std::errc::not_enough_memory, "asking " + named(request)};
    Going going{request, guard};
    std::array<char, CURL_ERROR_SIZE> words{};
    set_up(handle.get(), going, headers.get(), words.data());
    const CURLcode code = curl_easy_perform(handle.get());
    if (code != CURLE_OK) return error_of(code, going, words.data());
    long status = 0;
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
    going.answer.status = static_cast<int>(status);
    return std::move(going.answer);
}

}  // namespace ys::web_client
