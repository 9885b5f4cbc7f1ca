// SPDX-License-Identifier: Apache-2.0
#include "ivr/flow_comments.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "ivr/flow_text.h"

namespace ys::ivr {
namespace {

constexpr std::size_t comment_bytes_max = 400;

/// As the canonical text spaces it: "key 1 -> desk".
std::string words_of(std::string_view line) {
    std::string out;
    for (const char c : trimmed(line)) {
        const bool is_space = c == ' ' || c == '\t';
        if (is_space && out.ends_with(' ')) continue;
        out += is_space ? ' ' : c;
    }
    return out;
}

/// The node that a line of a text begins, "" when it begins none.
std::string node_of(const std::string& words) {
    if (!words.starts_with("node ")) return "";
    return std::string(split(words, ' ')[1]);
}

std::string comment_in(std::string_view line) {
    line.remove_prefix(1);
    if (line.starts_with(' ')) line.remove_prefix(1);
    return cleaned(trimmed(line), comment_bytes_max);
}

void write(std::string& out, std::string_view margin, std::string_view comment) {
    out += std::string(margin) + (comment.empty() ? "#" : "# ") + std::string(comment) + "\n";
}

/// One node, or the head, with its comments above the lines they belong to.
void write_piece(std::string& out, const std::vector<std::string>& lines,
                 const std::vector<FlowComments::Comment>& comments) {
    const auto is_there = [&](const FlowComments::Comment& c) {
        return std::ranges::any_of(lines, [&](const auto& l) { return words_of(l) == c.above; });
    };
    for (const auto& each : comments)
        if (!is_there(each)) write(out, "", each.text);
    std::vector<bool> is_written(comments.size());
    for (const std::string& line : lines) {
        const std::string words = words_of(line);
        const std::string_view margin = line.starts_with("  ") ? "  " : "";
        for (std::size_t i = 0; i < comments.size(); ++i)
            if (!is_written[i] && comments[i].above == words) {
                write(out, margin, comments[i].text);
                is_written[i] = true;
            }
        out += line + "\n";
    }
}

}  // namespace

std::string FlowComments::text_of(const std::string& node) const {
    std::string out;
    const auto it = of.find(node);
    if (it == of.end()) return out;
    for (const Comment& each : it->second) out += (out.empty() ? "" : "\n") + each.text;
    return out;
}

FlowComments comments_of(std::string_view text) {
    FlowComments out;
    std::vector<std::string> waiting;
    std::string piece;
    for (const std::string_view line : split(text, '\n')) {
        const std::string_view bare = trimmed(line);
        if (bare.empty()) continue;
        if (bare.starts_with('#')) {
            waiting.push_back(comment_in(bare));
            continue;
        }
        const std::string words = words_of(bare);
        const std::string begun = line.starts_with(' ') ? "" : node_of(words);
        if (!begun.empty()) piece = begun;
        for (std::string& comment : std::exchange(waiting, {}))
            out.of[piece].push_back({std::move(comment), begun.empty() ? words : ""});
    }
    out.last = std::move(waiting);
    return out;
}

std::string to_text(const Flow& flow, const FlowComments& comments) {
    std::string out, piece;
    std::vector<std::string> lines;
    const auto end_piece = [&] {
        const auto it = comments.of.find(piece);
        write_piece(out, lines,
                    it == comments.of.end() ? std::vector<FlowComments::Comment>{} : it->second);
        lines.clear();
    };
    const std::string text = to_text(flow);
    for (const std::string_view line : split(text, '\n')) {
        if (line.empty()) continue;
        if (const std::string begun = node_of(std::string(line)); !begun.empty()) {
            end_piece();
            out += "\n";
            piece = begun;
        }
        lines.emplace_back(line);
    }
    end_piece();
    if (!comments.last.empty()) out += "\n";
    for (const std::string& each : comments.last) write(out, "", each);
    return out;
}

}  // namespace ys::ivr
