// SPDX-License-Identifier: Apache-2.0
// Copies what the house needs out of sofia's structures; all of it is text from outside.
#include "voice/sip/request_view.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <fmt/format.h>

#include "base/text.h"
#include "voice/sip/digest.h"

namespace ys::sip {
namespace {

constexpr std::size_t reason_max = 200;

std::optional<int> hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return std::nullopt;
}

bool is_anonymous(const sip_addr_t* address) {
    const char* host = address->a_url->url_host;
    const std::string user = user_of(address->a_url);
    return equals_ignoring_case(user, "anonymous") ||
           (host && equals_ignoring_case(host, "anonymous.invalid"));
}

bool asks_for_privacy(const sip_t* sip) {
    if (!sip->sip_privacy || !sip->sip_privacy->priv_values) return false;
    for (const msg_param_t* v = sip->sip_privacy->priv_values; *v; ++v)
        if (equals_ignoring_case(*v, "id") || equals_ignoring_case(*v, "user") ||
            equals_ignoring_case(*v, "header"))
            return true;
    return false;
}

/// First P-Asserted-Identity that is a sip, sips or tel URI.
std::optional<Caller> asserted(const sip_t* sip) {
    for (const sip_unknown_t* h = sip->sip_unknown; h; h = h->un_next) {
        if (!h->un_name || !h->un_value) continue;
        if (!equals_ignoring_case(h->un_name, "P-Asserted-Identity")) continue;
        su_home_t home[1] = {SU_HOME_INIT(home)};
        su_home_init(home);
        std::optional<Caller> found;
        // A Contact has the same grammar and, unlike From, may be a list (RFC 3325 §9.1).
        for (sip_contact_t* m = sip_contact_make(home, h->un_value); m && !found; m = m->m_next) {
            const auto type = static_cast<url_type_e>(m->m_url->url_type);
            if (type != url_sip && type != url_sips && type != url_tel) continue;
            found = Caller{user_of(m->m_url), m->m_display ? m->m_display : ""};
        }
        su_home_deinit(home);
        if (found) return found;
    }
    return std::nullopt;
}

/// Cuts the application/sdp part out of a multipart body.
std::string sdp_part(std::string_view body, std::string_view boundary) {
    const std::string mark = "--" + std::string{boundary};
    std::size_t at = body.find(mark);
    while (at != std::string_view::npos) {
        const std::size_t start = at + mark.size();
        const std::size_t next = body.find("\r\n" + mark, start);
        if (next == std::string_view::npos) return {};
        const std::string_view part = body.substr(start, next - start);
        const std::size_t blank = part.find("\r\n\r\n");
        if (blank != std::string_view::npos) {
            const std::string head = lowered(part.substr(0, blank));
            if (head.find("application/sdp") != std::string::npos)
                return std::string{part.substr(blank + 4)} + "\r\n";
        }
        at = next + 2;
    }
    return {};
}

std::string_view unquoted(std::string_view text) {
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
        return text.substr(1, text.size() - 2);
    return text;
}

}  // namespace

FarAddress far_address(msg_t* msg) {
    const su_sockaddr_t* from = msg_addr(msg);
    char text[INET6_ADDRSTRLEN] = "";
    if (from->su_family == AF_INET6) {
        const in6_addr& six = from->su_sin6.sin6_addr;
        if (IN6_IS_ADDR_V4MAPPED(&six)) {
            inet_ntop(AF_INET, &six.s6_addr[12], text, sizeof text);
            return {text, fmt::format("{}:{}", text, ntohs(from->su_port))};
        }
        inet_ntop(AF_INET6, &six, text, sizeof text);
        return {text, fmt::format("[{}]:{}", text, ntohs(from->su_port))};
    }
    inet_ntop(AF_INET, &from->su_sin.sin_addr, text, sizeof text);
    return {text, fmt::format("{}:{}", text, ntohs(from->su_port))};
}

std::string unescaped(const char* text) {
    std::string out;
    for (const char* p = text; p && *p; ++p) {
        if (*p == '%' && p[1] && p[2]) {
            const auto high = hex_digit(p[1]), low = hex_digit(p[2]);
            if (high && low) {
                out.push_back(static_cast<char>(*high << 4 | *low));
                p += 2;
                continue;
            }
        }
        out.push_back(*p);
    }
    return out;
}

std::string escaped_user(std::string_view user) {
    std::string out;
    for (char c : user) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                           (c >= 'A' && c <= 'Z') ||
                           std::string_view{"-_.!~*'()&=+$,"}.find(c) != std::string_view::npos;
        if (plain)
            out.push_back(c);
        else
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

std::string user_of(const url_t* url) {
    if (!url || !url->url_user) return {};
    std::string user = unescaped(url->url_user);
    // RFC 3261 §19.1.6: telephone-subscriber parameters may follow the number.
    if (const std::size_t semicolon = user.find(';'); semicolon != std::string::npos && semicolon)
        user.resize(semicolon);
    return user;
}

Caller caller_of(const sip_t* sip, Trust trust) {
    Caller caller;
    if (trust == Trust::AssertedIdentity) {
        if (auto sure = asserted(sip)) {
            if (asks_for_privacy(sip)) return {};
            return *sure;
        }
    }
    const sip_from_t* from = sip->sip_from;
    if (!from || is_anonymous(from) || asks_for_privacy(sip)) return {};
    return {user_of(from->a_url), from->a_display ? from->a_display : ""};
}

std::string sdp_of(const sip_t* sip) {
    const sip_payload_t* body = sip->sip_payload;
    const sip_content_type_t* type = sip->sip_content_type;
    if (!body || !body->pl_data || body->pl_len == 0 || !type || !type->c_type) return {};
    if (equals_ignoring_case(type->c_type, "application/sdp"))
        return std::string{body->pl_data, body->pl_len};
    if (!lowered(type->c_type).starts_with("multipart/")) return {};
    const char* boundary = msg_params_find(type->c_params, "boundary=");
    if (!boundary || !*boundary) return {};
    return sdp_part({body->pl_data, body->pl_len}, unquoted(boundary));
}

std::vector<std::string> auth_values(const msg_auth_t* header) {
    std::vector<std::string> values;
    for (; header && values.size() < 8; header = header->au_next) {
        if (!header->au_scheme) continue;
        std::string value = header->au_scheme;
        const char* between = " ";
        for (const msg_param_t* p = header->au_params; p && *p; ++p) {
            value += between;
            value += *p;
            between = ", ";
        }
        values.push_back(std::move(value));
    }
    return values;
}

std::string reason_of(const sip_t* sip, std::string otherwise) {
    const sip_reason_t* reason = sip ? sip->sip_reason : nullptr;
    if (!reason) return otherwise;
    if (reason->re_text) return cleaned(unquoted(reason->re_text), reason_max);
    if (reason->re_cause && reason->re_protocol)
        return cleaned(fmt::format("{} {}", reason->re_protocol, reason->re_cause), reason_max);
    return otherwise;
}

std::string reason_value(const std::string& reason) {
    const std::string text = cleaned(reason, reason_max);
    if (text.starts_with("SIP;") || text.starts_with("Q.850;")) return text;
    if (text.empty()) return "SIP;cause=200";
    return "SIP;cause=200;text=" + quoted(text);
}

std::optional<std::string> replaces_in(const url_t* refer_to) {
    if (!refer_to || !refer_to->url_headers) return std::nullopt;
    for (std::string_view piece : split(refer_to->url_headers, '&')) {
        const std::size_t equals = piece.find('=');
        if (equals == std::string_view::npos) continue;
        if (!equals_ignoring_case(piece.substr(0, equals), "Replaces")) continue;
        return unescaped(std::string{piece.substr(equals + 1)}.c_str());
    }
    return std::nullopt;
}

char info_key(const sip_t* sip) {
    const sip_content_type_t* type = sip->sip_content_type;
    const sip_payload_t* body = sip->sip_payload;
    if (!type || !type->c_type || !body || !body->pl_data) return 0;
    std::string_view text{body->pl_data, std::min<std::size_t>(body->pl_len, 200)};
    if (equals_ignoring_case(type->c_type, "application/dtmf-relay")) {
        for (std::string_view line : split(text, '\n')) {
            const std::size_t equals = line.find('=');
            if (equals == std::string_view::npos) continue;
            if (!equals_ignoring_case(trimmed(line.substr(0, equals)), "Signal")) continue;
            text = line.substr(equals + 1);
            break;
        }
    } else if (!equals_ignoring_case(type->c_type, "application/dtmf")) {
        return 0;
    }
    text = trimmed(text);
    if (text == "10") return '*';  // Some phones send the event number of RFC 4733 instead.
    if (text == "11") return '#';
    if (text.size() != 1) return 0;
    const char c = text[0] >= 'a' && text[0] <= 'd' ? static_cast<char>(text[0] - 32) : text[0];
    return std::string_view{"0123456789*#ABCD"}.find(c) != std::string_view::npos ? c : '\0';
}

}  // namespace ys::sip
