// SPDX-License-Identifier: Apache-2.0
#include "voice/speech/mrcp/mrcp_message.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "voice/speech/errc.h"

namespace ys::speech {
namespace {

using State = MrcpMessage::State;

constexpr std::string_view version = "MRCP/2.0 ";
constexpr std::size_t length_digits_max = 19;  // RFC 6787 §5.1: message-length = 1*19DIGIT
constexpr std::size_t shortest = version.size() + 8;
constexpr std::size_t name_max = 64;

constexpr std::array states{std::pair{"PENDING", State::Pending},
                            std::pair{"IN-PROGRESS", State::InProgress},
                            std::pair{"COMPLETE", State::Complete}};

Error bad(const char* why) { return {Errc::failed, std::string("MRCP: ") + why}; }

bool is_name(std::string_view text) {
    if (text.empty() || text.size() > name_max) return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_' || c == '.';
    });
}

std::optional<std::uint32_t> request_id(std::string_view text) {
    const auto number = text.size() <= 10 ? parse_number(text) : std::nullopt;
    if (!number || *number > 0xFFFFFFFFU) return std::nullopt;
    return static_cast<std::uint32_t>(*number);
}

std::optional<State> state_of(std::string_view text) {
    for (const auto& [name, state] : states)
        if (text == name) return state;
    return std::nullopt;
}

std::string_view text_of(State wanted) {
    for (const auto& [name, state] : states)
        if (state == wanted) return name;
    return "COMPLETE";
}

/// Up to the next CRLF, taken off `text` together with it; nothing when there is none.
std::optional<std::string_view> take_line(std::string_view& text) {
    const std::size_t end = text.find("\r\n");
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 2);
    return line;
}

/// The three kinds are told apart by what follows the length: a number and a status, a name and a
/// number, or these and a state.
bool read_start(std::string_view line, MrcpMessage& out) {
    const auto words = split(line, ' ');
    if (words.size() < 4 || words.size() > 5) return false;
    if (const auto answered = request_id(words[2])) {
        const auto status = words[3].size() == 3 ? parse_number(words[3]) : std::nullopt;
        const auto state = words.size() == 5 ? state_of(words[4]) : std::nullopt;
        if (!status || *status < 100 || !state) return false;
        out.kind = MrcpMessage::Kind::Response;
        out.request = *answered;
        out.status = static_cast<int>(*status);
        out.state = *state;
        return true;
    }
    const auto id = request_id(words[3]);
    if (!is_name(words[2]) || !id) return false;
    out.name = words[2];
    out.request = *id;
    out.kind = MrcpMessage::Kind::Request;
    if (words.size() == 4) return true;
    const auto state = state_of(words[4]);
    if (!state) return false;
    out.kind = MrcpMessage::Kind::Event;
    out.state = *state;
    return true;
}

/// errors  what is wrong; an empty line ends the headers
Result<Done> read_headers(std::string_view& text, MrcpMessage& out) {
    while (true) {
        const auto line = take_line(text);
        if (!line) return bad("headers without end");
        if (line->empty()) return Done{};
        if (line->front() == ' ' || line->front() == '\t') {  // Folded, as in mail.
            if (out.headers.empty()) return bad("a folded line of no header");
            std::string& value = out.headers.back().second;
            value = std::string(trimmed(value.append(" ").append(trimmed(*line))));
            continue;
        }
        const std::size_t colon = line->find(':');
        if (colon == std::string_view::npos) return bad("a header without colon");
        const std::string_view name = trimmed(line->substr(0, colon));
        if (!is_name(name)) return bad("a header with no name");
        if (out.headers.size() == MrcpMessage::headers_max) return bad("too many headers");
        out.headers.emplace_back(name, trimmed(line->substr(colon + 1)));
    }
}

}  // namespace

std::string_view MrcpMessage::header(std::string_view wanted) const {
    for (const auto& each : headers)
        if (equals_ignoring_case(each.first, wanted)) return each.second;
    return {};
}

Result<std::optional<std::size_t>> mrcp_length(std::string_view begun) {
    const std::size_t known = std::min(begun.size(), version.size());
    if (begun.substr(0, known) != version.substr(0, known)) return bad("no start line");
    begun.remove_prefix(known);
    const std::size_t digits = std::min(begun.find_first_not_of("0123456789"), begun.size());
    if (digits > length_digits_max) return bad("a length without end");
    if (digits == begun.size()) return std::optional<std::size_t>{};
    const auto length = parse_number(begun.substr(0, digits));
    if (begun[digits] != ' ' || !length) return bad("no length");
    if (*length < shortest || *length > MrcpMessage::bytes_max) return bad("an impossible length");
    return std::optional(static_cast<std::size_t>(*length));
}

Result<MrcpMessage> parse_mrcp(std::string_view whole) {
    YS_TRY(const auto length, mrcp_length(whole));
    if (length != whole.size()) return bad("another length than it says");
    MrcpMessage out;
    const auto start = take_line(whole);
    if (!start || !read_start(*start, out)) return bad("no start line");
    YS_TRY(Done read, read_headers(whole, out));
    static_cast<void>(read);
    const std::string_view said = out.header("Content-Length");
    if (!said.empty() && parse_number(said) != whole.size())
        return bad("another Content-Length than its body has");
    std::erase_if(out.headers,
                  [](const auto& h) { return equals_ignoring_case(h.first, "Content-Length"); });
    out.body = whole;
    return out;
}

std::string format_mrcp(const MrcpMessage& message) {
    std::string rest = " ";
    const std::string id = std::to_string(message.request);
    if (message.kind == MrcpMessage::Kind::Response) {
        rest += id + ' ' + std::to_string(message.status) + ' ';
        rest += text_of(message.state);
    } else {
        rest += message.name + ' ' + id;
        if (message.kind == MrcpMessage::Kind::Event)
            rest.append(" ").append(text_of(message.state));
    }
    rest += "\r\n";
    for (const auto& [name, value] : message.headers) rest += name + ": " + value + "\r\n";
    if (!message.body.empty())
        rest += "Content-Length: " + std::to_string(message.body.size()) + "\r\n";
    rest += "\r\n" + message.body;
    // The length counts its own digits: the first number of digits that holds the sum.
    std::size_t digits = 1;
    std::string length;
    do {
        length = std::to_string(version.size() + digits + rest.size());
    } while (length.size() != digits++);
    return std::string(version) + length + rest;
}

}  // namespace ys::speech
