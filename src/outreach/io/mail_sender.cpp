// SPDX-License-Identifier: Apache-2.0
#include "outreach/io/mail_sender.h"

#include "outreach/io/smtp_transfer.h"

#include <algorithm>
#include <array>
#include <chrono>

#include <fmt/format.h>
#include <openssl/evp.h>

namespace ys::outreach {
namespace {

std::string base64(std::string_view text) {
    std::string out(4 * ((text.size() + 2) / 3) + 1, '\0');
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                     reinterpret_cast<const unsigned char*>(text.data()),
                                     static_cast<int>(text.size()));
    out.resize(static_cast<std::size_t>(size));
    return out;
}

/// RFC 2045 §6.8: lines of at most 76 characters.
std::string base64_lines(std::string_view text) {
    constexpr std::size_t line = 76;
    const std::string all = base64(text);
    std::string out;
    for (std::size_t at = 0; at < all.size(); at += line) out += all.substr(at, line) + "\r\n";
    return out;
}

/// RFC 2047 §2: encoded words of at most 75 characters, each of whole characters.
std::string header_words(std::string_view text) {
    constexpr std::size_t bytes_max = 39;  // With the longest header's name before it.
    std::string out;
    while (!text.empty()) {
        std::size_t size = std::min(bytes_max, text.size());
        while (size < text.size() && size > 1 &&
               (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U)
            --size;
        if (!out.empty()) out += "\r\n ";
        out += "=?UTF-8?B?" + base64(text.substr(0, size)) + "?=";
        text.remove_prefix(size);
    }
    return out;
}

std::string date_of(UtcTime now) {
    constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    using namespace std::chrono;
    const sys_seconds at{floor<seconds>(microseconds{now.us})};
    const sys_days day = floor<std::chrono::days>(at);
    const year_month_day d{day};
    const hh_mm_ss time{at - day};
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} +0000",
                       days[weekday{day}.c_encoding()], static_cast<unsigned>(d.day()),
                       months[static_cast<unsigned>(d.month()) - 1], static_cast<int>(d.year()),
                       time.hours().count(), time.minutes().count(), time.seconds().count());
}

}  // namespace

std::string mail_text(const std::string& from, const OutgoingMail& mail, UtcTime now) {
    const std::string host = from.substr(from.find('@') + 1);
    return "Date: " + date_of(now) + "\r\nFrom: " + header_words(mail.from_name) + " <" + from +
           ">\r\nTo: <" + mail.to + ">\r\nSubject: " + header_words(mail.subject) +
           "\r\nMessage-ID: <" + mail.key + "@" + host +
           ">\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
           "Content-Transfer-Encoding: base64\r\nAuto-Submitted: auto-generated\r\n\r\n" +
           base64_lines(mail.text);
}

MessageCommand send_mail(const MailSettings& settings, const OutgoingMail& mail, UtcTime now) {
    if (!is_mail_address(mail.to)) return RefusedBy{"no_address"};
    const SmtpAnswer answer = send({.url = settings.url,
                                    .user = settings.user,
                                    .password = settings.password,
                                    .from = settings.from,
                                    .to = mail.to,
                                    .text = mail_text(settings.from, mail, now)});
    if (answer.is_taken) return HandedOver{};
    if (answer.is_sign_in) return TryFailed{"sign_in"};
    const std::string why = answer.code > 0 ? "smtp_" + std::to_string(answer.code) : "unreachable";
    if (answer.code >= 500 && answer.code < 600) return RefusedBy{why};
    return TryFailed{why};
}

bool is_mail_address(std::string_view text) {
    constexpr std::size_t bytes_max = 254;
    const auto at = text.find('@');
    if (text.size() > bytes_max || at == 0 || at == std::string_view::npos) return false;
    if (text.find('@', at + 1) != std::string_view::npos || at + 1 == text.size()) return false;
    return std::ranges::all_of(text, [](char c) {
        constexpr std::string_view strange = "()<>[]\\,;:\"";
        return c > ' ' && c < '\x7f' && strange.find(c) == std::string_view::npos;
    });
}

}  // namespace ys::outreach
