// SPDX-License-Identifier: Apache-2.0
#include "outreach/message_book.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace ys::outreach {
namespace {

struct Variable {
    std::string_view name;
    std::string MessageValues::*value;
    std::size_t characters_max;  ///< it never says more
};
constexpr std::array variables{
    Variable{"number", &MessageValues::number, 16},
    Variable{"link", &MessageValues::link, 96},
    Variable{"code", &MessageValues::code, 8},
    Variable{"next", &MessageValues::next, 80},
    Variable{"until", &MessageValues::until, 20},
    Variable{"hotline", &MessageValues::hotline, 16},
    Variable{"name", &MessageValues::name, 24},
    Variable{"unit", &MessageValues::unit, 24},
    Variable{"words", &MessageValues::words, 90},
};

const Variable* variable_named(std::string_view name) {
    const auto it = std::ranges::find(variables, name, &Variable::name);
    return it == variables.end() ? nullptr : &*it;
}

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

std::size_t characters_of(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, begins_character));
}

/// Cut between characters, and marked as cut.
std::string shortened(std::string text, std::size_t characters) {
    if (characters_of(text) <= characters) return text;
    std::size_t end = 0, seen = 0;
    for (; end < text.size(); ++end)
        if (begins_character(text[end]) && ++seen == characters) break;
    text.resize(end);
    return text + "…";
}

struct Piece {
    std::string_view text;  ///< as it stands, when it is no variable
    const Variable* variable = nullptr;
    int part = 0;  ///< from 1 for what is in brackets
};
struct Pieces {
    std::vector<Piece> all;
    std::string fault;
};

/// The variable from its brace on; nothing when there is none of that name.
std::optional<Piece> variable_at(std::string_view text, std::size_t at, std::size_t& end) {
    end = text.find('}', at);
    if (end == std::string_view::npos) return std::nullopt;
    const Variable* variable = variable_named(text.substr(at + 1, end - at - 1));
    if (variable == nullptr) return std::nullopt;
    return Piece{{}, variable, 0};
}

Pieces pieces_of(std::string_view text) {
    Pieces out;
    int parts = 0;
    bool is_in_part = false;
    std::size_t from = 0;
    const auto keep_until = [&](std::size_t at) {
        if (at > from)
            out.all.push_back({text.substr(from, at - from), nullptr, is_in_part ? parts : 0});
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c != '{' && c != '}' && c != '[' && c != ']') continue;
        keep_until(at);
        if (c == '{') {
            std::size_t end = 0;
            auto piece = variable_at(text, at, end);
            if (!piece) {
                out.fault = "there is no variable at \"" + std::string(text.substr(at, 24)) + "\"";
                return out;
            }
            piece->part = is_in_part ? parts : 0;
            out.all.push_back(*piece);
            at = end;
        } else if ((c == '[') == is_in_part || c == '}') {
            out.fault = "brackets do not match";
            return out;
        } else {
            is_in_part = c == '[';
            if (is_in_part) ++parts;
        }
        from = at + 1;
    }
    if (is_in_part) out.fault = "brackets do not match";
    keep_until(text.size());
    return out;
}

std::string faults_of(const MessageTemplate& each) {
    const Pieces pieces = pieces_of(each.text);
    if (!pieces.fault.empty()) return pieces.fault;
    std::set<std::string_view> always;
    std::size_t characters = 0;
    for (const Piece& piece : pieces.all) {
        const bool is_next = piece.variable && piece.variable->name == "next";
        const std::string_view said = is_next ? std::string_view(each.next) : piece.text;
        characters +=
            piece.variable && !is_next ? piece.variable->characters_max : characters_of(said);
        if (piece.variable && piece.part == 0) always.insert(piece.variable->name);
    }
    for (const std::string_view name : {"number", "next", "hotline"})
        if (!always.contains(name)) return "it does not always say {" + std::string(name) + "}";
    if (each.next.empty()) return "`next` says nothing";
    if (characters > MessageBook::characters_max)
        return "it may be " + std::to_string(characters) + " characters long, " +
               std::to_string(MessageBook::characters_max) + " are the most";
    return "";
}

}  // namespace

Result<MessageBook> MessageBook::make(std::vector<MessageTemplate> templates) {
    std::string faults;
    std::set<std::string_view> reasons;
    for (const MessageTemplate& each : templates) {
        std::string fault = faults_of(each);
        if (each.reason.empty()) fault = "it has no reason";
        if (!reasons.insert(each.reason).second) fault = "the reason is there twice";
        if (fault.empty()) continue;
        faults += (faults.empty() ? "" : "\n") + ("message " + each.reason) + ": " + fault;
    }
    if (!faults.empty()) return Error{std::errc::invalid_argument, faults};
    MessageBook book;
    book.templates_ = std::move(templates);
    return book;
}

const MessageTemplate* MessageBook::find(std::string_view reason) const {
    const auto it = std::ranges::find(templates_, reason, &MessageTemplate::reason);
    return it == templates_.end() ? nullptr : &*it;
}

bool says(const MessageTemplate& form, std::string_view variable) {
    return form.text.find('{' + std::string(variable) + '}') != std::string::npos;
}

std::string fill(const MessageTemplate& from, MessageValues values) {
    values.next = from.next;
    for (const Variable& each : variables) {
        std::string& value = values.*each.value;
        const bool may_be_cut = each.name == "words" || each.name == "unit" || each.name == "name";
        if (may_be_cut) value = shortened(std::move(value), each.characters_max);
    }
    const Pieces pieces = pieces_of(from.text);
    std::set<int> silent;
    for (const Piece& piece : pieces.all)
        if (piece.variable && (values.*piece.variable->value).empty()) silent.insert(piece.part);
    std::string out;
    for (const Piece& piece : pieces.all) {
        if (piece.part > 0 && silent.contains(piece.part)) continue;
        if (piece.variable)
            out += values.*piece.variable->value;
        else
            out += piece.text;
    }
    return out;
}

}  // namespace ys::outreach
