// SPDX-License-Identifier: Apache-2.0
#include "outreach/io/smtp_transfer.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <string_view>

#include <curl/curl.h>

namespace ys::outreach {
namespace {

struct Closer {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

/// Once, before the first handle; thread-safe as every local static.
bool is_curl_ready() {
    static const bool is_ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    return is_ready;
}

std::size_t give_text(char* into, std::size_t one, std::size_t count, void* from) {
    auto& left = *static_cast<std::string_view*>(from);
    const std::size_t size = std::min(one * count, left.size());
    std::memcpy(into, left.data(), size);
    left.remove_prefix(size);
    return size;
}

}  // namespace

SmtpAnswer send(const SmtpMail& mail) {
    const std::unique_ptr<CURL, Closer> handle{is_curl_ready() ? curl_easy_init() : nullptr};
    if (!handle) return {};
    CURL* c = handle.get();
    const std::string from = "<" + mail.from + ">", to = "<" + mail.to + ">";
    const std::unique_ptr<curl_slist, Closer> receivers{curl_slist_append(nullptr, to.c_str())};
    std::string_view left = mail.text;
    curl_easy_setopt(c, CURLOPT_URL, mail.url.c_str());
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(c, CURLOPT_PROXY, "");
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, static_cast<long>(Millis(mail.within).count()));
    curl_easy_setopt(c, CURLOPT_MAIL_FROM, from.c_str());
    curl_easy_setopt(c, CURLOPT_MAIL_RCPT, receivers.get());
    curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(c, CURLOPT_READFUNCTION, give_text);
    curl_easy_setopt(c, CURLOPT_READDATA, &left);
    // A password never goes in clear; without one, TLS when the server has it.
    const long tls = mail.user.empty() ? CURLUSESSL_TRY : CURLUSESSL_ALL;
    curl_easy_setopt(c, CURLOPT_USE_SSL, tls);
    if (!mail.user.empty()) {
        curl_easy_setopt(c, CURLOPT_USERNAME, mail.user.c_str());
        curl_easy_setopt(c, CURLOPT_PASSWORD, mail.password.reveal().c_str());
    }
    const CURLcode done = curl_easy_perform(c);
    long code = 0;
    curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &code);
    return {static_cast<int>(code), done == CURLE_OK, done == CURLE_LOGIN_DENIED};
}

}  // namespace ys::outreach
