// SPDX-License-Identifier: Apache-2.0
#include "platform/http/syntax.h"

#include <algorithm>

#include "base/text.h"

namespace ys::http {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_unreserved(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

bool is_clean_path(std::string_view path) {
    if (!path.starts_with('/')) return false;
    const bool has_odd_byte = std::ranges::any_of(path, [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\\';
    });
    if (has_odd_byte) return false;
    return std::ranges::none_of(split(path, '/'),
                                [](std::string_view step) { return step == "." || step == ".."; });
}

/// Quality in thousandths of "gzip;q=0.5"; 1000 without one, 0 when it does not parse.
int quality_of(std::string_view parameters) {
    const auto at = parameters.find("q=");
    if (at == std::string_view::npos) return 1000;
    std::string_view text = trimmed(parameters.substr(at + 2));
    text = text.substr(0, text.find(';'));
    if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return 0;
    int thousandths = (text[0] - '0') * 1000;
    int unit = 100;
    if (text.size() > 1 && text[1] != '.') return 0;
    for (std::size_t i = 2; i < text.size(); ++i, unit /= 10) {
        if (text[i] < '0' || text[i] > '9') return 0;
        thousandths += (text[i] - '0') * unit;
    }
    return std::min(thousandths, 1000);
}

}  // namespace

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            if (i + 2 >= text.size()) return std::nullopt;
            const int high = hex_digit(text[i + 1]);
            const int low = hex_digit(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            c = static_cast<char>(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus_is_space) {
            c = ' ';
        }
        if (c == '\0') return std::nullopt;
        out.push_back(c);
    }
    return out;
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (is_unreserved(c)) {
            out.push_back(c);
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out.push_back('%');
        out.push_back(digits[byte >> 4]);
        out.push_back(digits[byte & 15]);
    }
    return out;
}

std::optional<Pairs> parse_query(std::string_view query) {
    Pairs out;
    if (query.empty()) return out;
    for (const std::string_view field : split(query, '&')) {
        if (field.empty()) continue;
        if (out.size() == query_fields_max) return std::nullopt;
        const auto equals = field.find('=');
        auto name = percent_decoded(field.substr(0, equals), true);
        auto value = equals == std::string_view::npos
                         ? std::optional<std::string>("")
                         : percent_decoded(field.substr(equals + 1), true);
        if (!name || !value) return std::nullopt;
        out.emplace_back(*std::move(name), *std::move(value));
    }
    return out;
}

std::optional<Target> parse_target(std::string_view target) {
    if (target.size() > target_max_bytes || target.find('#') != std::string_view::npos)
        return std::nullopt;
    const auto mark = target.find('?');
    auto path = percent_decoded(target.substr(0, mark));
    if (!path || !is_clean_path(*path)) return std::nullopt;
    auto query = parse_query(mark == std::string_view::npos ? "" : target.substr(mark + 1));
    if (!query) return std::nullopt;
    return Target{*std::move(path), *std::move(query)};
}

Pairs parse_cookies(std::string_view header) {
    Pairs out;
    for (const std::string_view piece : split(header, ';')) {
        const auto equals = piece.find('=');
        if (equals == std::string_view::npos || out.size() == cookies_max) continue;
        std::string_view value = trimmed(piece.substr(equals + 1));
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
            value = value.substr(1, value.size() - 2);
        out.emplace_back(trimmed(piece.substr(0, equals)), value);
    }
    return out;
}

RangeChoice choose_range(std::string_view header, std::uint64_t size) {
    constexpr std::string_view unit = "bytes=";
    if (header.size() < unit.size() || !equals_ignoring_case(header.substr(0, unit.size()), unit))
        return {};
    const std::string_view spec = trimmed(header.substr(unit.size()));
    const auto dash = spec.find('-');
    if (dash == std::string_view::npos || spec.find(',') != std::string_view::npos) return {};
    const auto first = parse_number(spec.substr(0, dash));
    const auto last = parse_number(spec.substr(dash + 1));
    if (dash == 0) {  // The last N bytes.
        if (!last) return {};
        if (*last == 0 || size == 0) return {RangeAnswer::Unsatisfiable, {}};
        return {RangeAnswer::Part, {size - std::min<std::uint64_t>(*last, size), size - 1}};
    }
    if (!first || (!last && dash + 1 != spec.size())) return {};
    if (last && *last < *first) return {};
    if (*first >= size) return {RangeAnswer::Unsatisfiable, {}};
    return {RangeAnswer::Part, {*first, std::min<std::uint64_t>(last.value_or(size), size - 1)}};
}

std::string_view preferred_language(std::string_view accept_language) {
    int chinese = 0;
    int english = 0;
    int rank = 0;
    for (const std::string_view piece : split(accept_language, ',')) {
        if (++rank > 32) break;
        const auto semicolon = piece.find(';');
        const std::string tag = lowered(trimmed(piece.substr(0, semicolon)));
        const int quality =
            semicolon == std::string_view::npos ? 1000 : quality_of(piece.substr(semicolon));
        // The earlier of two equals wins.
        const int score = quality > 0 ? quality * 64 - rank : 0;
        if (tag.starts_with("zh")) chinese = std::max(chinese, score);
        if (tag.starts_with("en")) english = std::max(english, score);
    }
    return english > chinese ? "en" : "zh";
}

bool accepts_encoding(std::string_view accept_encoding, std::string_view coding) {
    for (const std::string_view piece : split(accept_encoding, ',')) {
        const auto semicolon = piece.find(';');
        if (!equals_ignoring_case(trimmed(piece.substr(0, semicolon)), coding)) continue;
        return semicolon == std::string_view::npos || quality_of(piece.substr(semicolon)) > 0;
    }
    return false;
}

bool is_same_origin(std::string_view origin, std::string_view host) {
    const auto scheme_end = origin.find("://");
    if (scheme_end == std::string_view::npos || host.empty()) return false;
    const std::string_view scheme = origin.substr(0, scheme_end);
    if (scheme != "http" && scheme != "https") return false;
    return equals_ignoring_case(origin.substr(scheme_end + 3), host);
}

std::string attachment_named(std::string_view name) {
    std::string ascii;
    for (const char c : name) ascii.push_back(is_unreserved(c) ? c : '_');
    return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + percent_encoded(name);
}

}  // namespace ys::http
