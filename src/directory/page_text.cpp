// SPDX-License-Identifier: Apache-2.0
#include "directory/page_text.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/text.h"

namespace ys::directory {
namespace {

constexpr std::array<std::string_view, 16> line_tags{
    "p",  "div", "br", "li", "tr",      "h1",     "h2",     "h3",
    "h4", "h5",  "dt", "dd", "section", "footer", "header", "title"};
constexpr std::array<std::string_view, 3> unseen_tags{"script", "style", "template"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool starts_at(std::string_view text, std::size_t at, std::string_view word) {
    if (text.size() - at < word.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i)
        if (lower(text[at + i]) != word[i]) return false;
    return true;
}

bool begins_tag(std::string_view text, std::size_t at) {
    if (at + 1 >= text.size()) return false;
    const char c = lower(text[at + 1]);
    return (c >= 'a' && c <= 'z') || c == '/' || c == '!';
}

/// "p" of "<p class=…>" and "</p>"
std::string name_of(std::string_view tag) {
    std::size_t at = tag.size() > 1 && tag[1] == '/' ? 2 : 1;
    std::string out;
    while (at < tag.size() && std::isalnum(static_cast<unsigned char>(tag[at])) != 0)
        out.push_back(lower(tag[at++]));
    return out;
}

/// Where the tag that opens at `at` ends, the sign included; a quoted ">" does not end it.
std::size_t end_of_tag(std::string_view text, std::size_t at) {
    if (text.substr(at, 4) == "<!--") {
        const auto end = text.find("-->", at);
        return end == text.npos ? text.size() : end + 3;
    }
    char quote = 0;
    for (std::size_t i = at; i < text.size(); ++i) {
        if (quote != 0)
            quote = text[i] == quote ? '\0' : quote;
        else if (text[i] == '"' || text[i] == '\'')
            quote = text[i];
        else if (text[i] == '>')
            return i + 1;
    }
    return text.size();
}

/// Past the end of `</script>`, for what is not shown.
std::size_t end_of_unseen(std::string_view text, std::size_t from, const std::string& name) {
    for (auto at = text.find("</", from); at != text.npos; at = text.find("</", at + 2))
        if (starts_at(text, at + 2, name)) return end_of_tag(text, at);
    return text.size();
}

void add_telephone(std::string& out, std::string_view tag) {
    for (std::size_t at = 0; at + 4 < tag.size(); ++at) {
        if (!starts_at(tag, at, "tel:")) continue;
        const auto from = at + 4;
        const auto end = std::min(tag.find_first_of("\"'> ;", from), tag.size());
        out += " tel:" + std::string(tag.substr(from, end - from)) + " ";
        return;
    }
}

}  // namespace

std::string page_text(std::string_view page) {
    std::string out;
    std::size_t at = 0;
    while (at < page.size()) {
        if (page[at] == '<' && begins_tag(page, at)) {
            const std::size_t end = end_of_tag(page, at);
            const std::string_view tag = page.substr(at, end - at);
            const std::string name = name_of(tag);
            add_telephone(out, tag);
            const bool is_line = std::ranges::find(line_tags, name) != line_tags.end();
            out.push_back(is_line ? '\n' : ' ');
            at = end;
            if (!tag.starts_with("</") && std::ranges::find(unseen_tags, name) != unseen_tags.end())
                at = end_of_unseen(page, end, name);
            continue;
        }
        if (starts_at(page, at, "&nbsp;")) {
            out.push_back(' ');
            at += 6;
            continue;
        }
        out.push_back(page[at++]);
    }
    return out;
}

}  // namespace ys::directory
