// SPDX-License-Identifier: Apache-2.0
#include "platform/office/word_reader.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "base/text.h"
#include "platform/office/markup.h"
#include "platform/office/zip_reader.h"

namespace ys::office {
namespace {

constexpr std::size_t unpacked_max = 24U << 20U, blocks_max = 20'000, text_max = 4U << 20U;
constexpr std::array<std::string_view, 2> wanted{"word/document.xml", "word/styles.xml"};

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
    return std::ranges::find(names, name) != names.end();
}

/// What a paragraph is because of its style.
struct Style {
    int heading = 0;  ///< its level; 0: none
    bool is_item = false;
};

/// Levels are written from 0; 9 is body text.
int heading_of(std::string_view outline_level) {
    const auto level = parse_number(outline_level);
    return level && *level < 9 ? static_cast<int>(*level) + 1 : 0;
}

class Styles final : public MarkupListener {
public:
    void opened(std::string_view name, const Attributes& a) override {
        if (name == "style") id_ = attribute(a, "styleId");
        if (id_.empty()) return;
        if (name == "name") take_name(lowered(attribute(a, "val")));
        if (name == "outlineLvl")
            if (const int level = heading_of(attribute(a, "val"))) styles_[id_].heading = level;
    }
    void closed(std::string_view name) override {
        if (name == "style") id_.clear();
    }
    void text(std::string_view) override {}
    Style of(std::string_view id) const {
        const auto found = styles_.find(id);
        return found == styles_.end() ? Style{} : found->second;
    }

private:
    /// The names are English in every language of Word; the ids are not.
    void take_name(const std::string& name) {
        if (name == "title") styles_[id_].heading = 1;
        if (name.starts_with("heading "))
            if (const auto level = parse_number(name.substr(8)))
                styles_[id_].heading = static_cast<int>(std::min<unsigned long long>(*level, 9));
        if (name.starts_with("list bullet") || name.starts_with("list number"))
            styles_[id_].is_item = true;
    }
    std::string id_;
    std::map<std::string, Style, std::less<>> styles_;
};

class Body final : public MarkupListener {
public:
    explicit Body(const Styles& styles) : styles_(styles) {}

    void opened(std::string_view name, const Attributes& a) override {
        if (skipped_ > 0) {
            ++skipped_;
            return;
        }
        if (name == "p") begin_paragraph();
        if (name == "pStyle") style_ = styles_.of(attribute(a, "val"));
        // Number 0 takes a list's number away.
        if (name == "numId") style_.is_item = attribute(a, "val") != "0";
        if (name == "outlineLvl")
            if (const int level = heading_of(attribute(a, "val"))) style_.heading = level;
        if (name == "t") is_text_ = true;
        if (name == "tab") add(" ");
        if (name == "br" || name == "cr") add("\n");
        if (name == "tr" && ++rows_deep_ == 1) cells_.clear();
        if (name == "tc" && rows_deep_ == 1) cells_.emplace_back();
        skip(name);
    }
    void closed(std::string_view name) override {
        if (skipped_ > 0) {
            --skipped_;
            return;
        }
        if (name == "t") is_text_ = false;
        if (name == "p") end_paragraph();
        if (name == "tr" && rows_deep_ > 0 && --rows_deep_ == 0) end_row();
    }
    void text(std::string_view text) override {
        if (is_text_ && skipped_ == 0) add(text);
    }
    Result<Blocks> blocks() && {
        if (is_too_large_) return Error{std::errc::file_too_large, "a Word document's text"};
        return std::move(out_);
    }

private:
    void begin_paragraph() {
        ++place_;
        style_ = {};
        line_.clear();
    }
    void add(std::string_view text) {
        total_ += text.size();
        if (total_ > text_max) is_too_large_ = true;
        if (!is_too_large_) line_ += text;
    }
    void skip(std::string_view name) {
        // The fallback says again what the choice beside it said; deleted text is "delText".
        static constexpr std::array<std::string_view, 3> pictures{"drawing", "pict", "object"};
        static constexpr std::array<std::string_view, 3> unsaid{"Fallback", "instrText", "rPh"};
        static constexpr std::array<std::string_view, 2> changes{"del", "moveFrom"};
        static constexpr std::array<std::string_view, 2> notes{"footnoteReference",
                                                               "endnoteReference"};
        if (is_one_of(name, pictures)) unread("picture");
        if (is_one_of(name, changes)) unread("change");
        if (is_one_of(name, notes)) unread("footnote");
        if (is_one_of(name, pictures) || is_one_of(name, unsaid) || is_one_of(name, changes))
            skipped_ = 1;
    }
    void unread(std::string what) {
        Unread each{place_, std::move(what)};
        if (out_.unread.size() < blocks_max &&
            (out_.unread.empty() || !(out_.unread.back() == each)))
            out_.unread.push_back(std::move(each));
    }
    void end_paragraph() {
        const std::string text(trimmed(line_));
        line_.clear();
        if (text.empty()) return;
        if (rows_deep_ > 0) {
            if (cells_.empty()) cells_.emplace_back();
            cells_.back() += (cells_.back().empty() ? "" : "\n") + text;
            return;
        }
        const BlockKind kind = style_.heading > 0 ? BlockKind::Heading
                               : style_.is_item   ? BlockKind::Item
                                                  : BlockKind::Paragraph;
        put({kind, place_, style_.heading, text, {}});
    }
    void end_row() {
        std::string text;
        for (const std::string& cell : cells_)
            if (!cell.empty()) text += (text.empty() ? "" : " | ") + cell;
        if (!text.empty()) put({BlockKind::Row, place_, 0, text, std::move(cells_)});
        cells_.clear();
    }
    void put(Block block) {
        if (out_.items.size() >= blocks_max) is_too_large_ = true;
        if (!is_too_large_) out_.items.push_back(std::move(block));
    }

    const Styles& styles_;
    Blocks out_;
    Style style_;
    std::string line_;
    std::vector<std::string> cells_;
    std::size_t place_ = 0, total_ = 0, skipped_ = 0, rows_deep_ = 0;
    bool is_text_ = false, is_too_large_ = false;
};

}  // namespace

Result<Blocks> read_word(std::string_view file) {
    YS_TRY(const auto parts, read_zip_paths(file, wanted, unpacked_max));
    const auto document = parts.find("word/document.xml");
    if (document == parts.end()) return Error{std::errc::invalid_argument, "no Word document"};
    Styles styles;
    if (const auto there = parts.find("word/styles.xml"); there != parts.end()) {
        YS_TRY([[maybe_unused]] const Done done, read_xml(there->second, styles));
    }
    Body body(styles);
    YS_TRY([[maybe_unused]] const Done done, read_xml(document->second, body));
    return std::move(body).blocks();
}

}  // namespace ys::office
