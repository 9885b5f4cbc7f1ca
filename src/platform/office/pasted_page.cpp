// SPDX-License-Identifier: Apache-2.0
#include "platform/office/pasted_page.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "platform/office/markup.h"

namespace ys::office {
namespace {

constexpr std::size_t blocks_max = 5'000;

struct Skipped {
    std::string_view name, said_as;
};
// With everything in them; what has a name is told, the others are nothing that one reads.
constexpr std::array skipped_elements{
    Skipped{"script", "script"}, Skipped{"noscript", ""},     Skipped{"style", ""},
    Skipped{"head", ""},         Skipped{"title", ""},        Skipped{"template", ""},
    Skipped{"xml", ""},          Skipped{"img", "picture"},   Skipped{"image", "picture"},
    Skipped{"svg", "drawing"},   Skipped{"math", "drawing"},  Skipped{"canvas", "drawing"},
    Skipped{"iframe", "frame"},  Skipped{"frame", "frame"},   Skipped{"frameset", "frame"},
    Skipped{"noframes", ""},     Skipped{"object", "media"},  Skipped{"embed", "media"},
    Skipped{"applet", "media"},  Skipped{"audio", "media"},   Skipped{"video", "media"},
    Skipped{"input", "form"},    Skipped{"textarea", "form"}, Skipped{"select", "form"},
    Skipped{"button", "form"},
};
constexpr std::array<std::string_view, 22> own_lines{
    "p",   "div",  "section", "article", "header", "footer", "main", "aside",
    "nav", "form", "ul",      "ol",      "dl",     "dd",     "dt",   "blockquote",
    "pre", "hr",   "table",   "center",  "figure", "address"};

/// "DISPLAY : none;" as "display:none;".
std::string compact(std::string_view style) {
    std::string out = lowered(style);
    std::erase(out, ' ');
    return out;
}

int heading_of(std::string_view name) {
    return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6' ? name[1] - '0'
                                                                                  : 0;
}

class Page final : public MarkupListener {
public:
    void opened(std::string_view name, const Attributes& a) override {
        if (skipped_ > 0 || is_left_out(name, a)) {
            ++skipped_;
            return;
        }
        if (name == "br") {
            line_ += "\n";
            return;
        }
        if (name == "td" || name == "th") begin_cell();
        if (name == "tr") begin_row();
        if (has_own_lines(name)) end_block();
        if (name == "li") ++items_deep_;
        if (const int level = heading_of(name)) heading_ = level;
        if (name == "p")
            is_item_of_word_ =
                compact(attribute(a, "style")).find("mso-list:") != std::string::npos;
    }
    void closed(std::string_view name) override {
        if (skipped_ > 0) {
            --skipped_;
            return;
        }
        if (has_own_lines(name)) end_block();
        if (name == "li" && items_deep_ > 0) --items_deep_;
        if (heading_of(name) > 0) heading_ = 0;
        if (name == "p") is_item_of_word_ = false;
        if (name == "tr" && rows_deep_ > 0 && --rows_deep_ == 0) end_row();
    }
    void text(std::string_view text) override {
        if (skipped_ == 0) add_line(text);
    }
    Result<Blocks> blocks() && {
        end_block();
        if (is_too_large_) return Error{std::errc::file_too_large, "a pasted page"};
        return std::move(out_);
    }

private:
    static bool has_own_lines(std::string_view name) {
        return heading_of(name) > 0 || name == "li" || name == "tr" || name == "td" ||
               name == "th" || std::ranges::find(own_lines, name) != own_lines.end();
    }
    bool is_left_out(std::string_view name, const Attributes& a) {
        const auto found = std::ranges::find(skipped_elements, name, &Skipped::name);
        if (found != skipped_elements.end()) {
            if (!found->said_as.empty()) unread(std::string(found->said_as));
            return true;
        }
        const std::string style = compact(attribute(a, "style"));
        // A list item that Word wrote has its number in the text, marked so.
        for (const char* hidden : {"display:none", "mso-hide:all", "mso-list:ignore"})
            if (style.find(hidden) != std::string::npos) return true;
        return std::ranges::any_of(a, [](const auto& each) { return each.first == "hidden"; });
    }
    /// Line breaks of the source are spaces, those of <br> are lines; spaces do not add up.
    void add_line(std::string_view text) {
        constexpr std::string_view no_break = "\xC2\xA0", spaces = " \t\r\n";
        for (std::size_t i = 0; i < text.size(); ++i) {
            const bool is_no_break = text.substr(i, 2) == no_break;
            if (is_no_break) ++i;
            if (!is_no_break && spaces.find(text[i]) == std::string_view::npos)
                line_ += text[i];
            else if (!line_.empty() && line_.back() != ' ' && line_.back() != '\n')
                line_ += ' ';
        }
    }
    void unread(std::string what) {
        Unread each{out_.items.size() + 1, std::move(what)};
        if (out_.unread.size() < blocks_max &&
            (out_.unread.empty() || !(out_.unread.back() == each)))
            out_.unread.push_back(std::move(each));
    }
    void begin_row() {
        if (rows_deep_++ == 0) {
            end_block();
            cells_.clear();
        }
    }
    void begin_cell() {
        if (rows_deep_ != 1) return;
        end_block();
        cells_.emplace_back();
    }
    void end_block() {
        const std::string text(trimmed(line_));
        line_.clear();
        if (text.empty()) return;
        if (rows_deep_ > 0) {
            if (cells_.empty()) cells_.emplace_back();
            cells_.back() += (cells_.back().empty() ? "" : "\n") + text;
            return;
        }
        const BlockKind kind = heading_ > 0                          ? BlockKind::Heading
                               : items_deep_ > 0 || is_item_of_word_ ? BlockKind::Item
                                                                     : BlockKind::Paragraph;
        put({kind, 0, heading_, text, {}});
    }
    void end_row() {
        std::erase(cells_, "");
        if (cells_.size() == 1) {
            put({BlockKind::Paragraph, 0, 0, cells_.front(), {}});
        } else if (!cells_.empty()) {
            std::string text;
            for (const std::string& cell : cells_) text += (text.empty() ? "" : " | ") + cell;
            put({BlockKind::Row, 0, 0, text, std::move(cells_)});
        }
        cells_.clear();
    }
    void put(Block block) {
        if (out_.items.size() >= blocks_max) is_too_large_ = true;
        if (is_too_large_) return;
        block.place = out_.items.size() + 1;
        out_.items.push_back(std::move(block));
    }

    Blocks out_;
    std::string line_;
    std::vector<std::string> cells_;
    std::size_t skipped_ = 0, items_deep_ = 0, rows_deep_ = 0;
    int heading_ = 0;
    bool is_item_of_word_ = false, is_too_large_ = false;
};

/// Without "<![if !supportLists]>" and its kin, which Word writes and libxml2 takes for text.
std::string without_conditions(std::string_view html) {
    std::string out;
    for (std::size_t at = 0; at < html.size();) {
        const std::size_t next = std::min(html.find("<![", at), html.size());
        out += html.substr(at, next - at);
        const std::size_t end = html.find('>', next);
        at = end == std::string_view::npos ? html.size() : end + 1;
    }
    return out;
}

}  // namespace

Result<Blocks> read_page(std::string_view html) {
    Page page;
    YS_TRY([[maybe_unused]] const Done done, read_html(without_conditions(html), page));
    return std::move(page).blocks();
}

}  // namespace ys::office
