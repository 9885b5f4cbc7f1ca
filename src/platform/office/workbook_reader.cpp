// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "base/text.h"
#include "platform/office/markup.h"
#include "platform/office/table_reader.h"
#include "platform/office/zip_reader.h"

namespace ys::office {
namespace {

constexpr std::size_t unpacked_max = 32U << 20U, strings_max = 200'000, sheets_max = 20,
                      cell_max = 64U << 10U, text_max = 16U << 20U;
constexpr std::array<std::string_view, 4> wanted{"xl/workbook.xml", "xl/_rels/workbook.xml.rels",
                                                 "xl/sharedStrings.xml", "xl/worksheets/*"};

Error too_large() { return {std::errc::file_too_large, "a workbook's text"}; }

struct SheetName {
    std::string name, relation;
    bool is_hidden = false;
};

class Workbook final : public MarkupListener {
public:
    void opened(std::string_view name, const Attributes& a) override {
        if (name == "sheet" && sheets.size() < sheets_max)
            sheets.push_back(
                {cleaned(attribute(a, "name"), 200), std::string(attribute(a, "id")),
                 !attribute(a, "state").empty() && attribute(a, "state") != "visible"});
        if (name == "workbookPr") {
            const std::string_view from = attribute(a, "date1904");
            counts_from_1904 = from == "1" || from == "true";
        }
    }
    void closed(std::string_view) override {}
    void text(std::string_view) override {}
    std::vector<SheetName> sheets;
    bool counts_from_1904 = false;
};

class Relations final : public MarkupListener {
public:
    void opened(std::string_view name, const Attributes& a) override {
        if (name == "Relationship" && targets.size() < 1'000)
            targets[std::string(attribute(a, "Id"))] = std::string(attribute(a, "Target"));
    }
    void closed(std::string_view) override {}
    void text(std::string_view) override {}
    std::map<std::string, std::string> targets;
};

class SharedStrings final : public MarkupListener {
public:
    void opened(std::string_view name, const Attributes&) override {
        if (name == "si") strings.emplace_back();
        // How a word is read stands beside it, and would be said twice.
        if (name == "rPh") is_reading_ = true;
        is_text_ = name == "t" && !is_reading_;
    }
    void closed(std::string_view name) override {
        is_text_ = false;
        if (name == "rPh") is_reading_ = false;
        if (strings.size() > strings_max) is_too_large = true;
    }
    void text(std::string_view text) override {
        if (is_text_ && !strings.empty() && !is_too_large) strings.back() += text;
    }
    std::vector<std::string> strings;
    bool is_too_large = false;

private:
    bool is_text_ = false, is_reading_ = false;
};

/// The column of "AB7"; nothing for none.
std::optional<std::size_t> column_of(std::string_view name) {
    std::size_t out = 0, letters = 0;
    for (; letters < name.size() && name[letters] >= 'A' && name[letters] <= 'Z'; ++letters) {
        if (letters == 3) return std::nullopt;
        out = out * 26 + static_cast<std::size_t>(name[letters] - 'A' + 1);
    }
    if (letters == 0) return std::nullopt;
    return out - 1;
}

class SheetReader final : public MarkupListener {
public:
    SheetReader(Table& table, const std::vector<std::string>& strings, std::size_t& total)
        : table_(table), strings_(strings), total_(total) {}

    void opened(std::string_view name, const Attributes& a) override {
        if (name == "row") begin_row(a);
        if (name == "c") begin_cell(a);
        is_text_ = name == "v" || (name == "t" && kind_ == "inlineStr" && !is_reading_);
        if (name == "rPh") is_reading_ = true;
    }
    void closed(std::string_view name) override {
        is_text_ = false;
        if (name == "rPh") is_reading_ = false;
        if (name == "c") end_cell();
    }
    void text(std::string_view text) override {
        if (is_text_ && value_.size() + text.size() <= cell_max)
            value_ += text;
        else if (is_text_)
            is_too_large = true;
    }
    bool is_too_large = false;

private:
    void begin_row(const Attributes& a) {
        const auto said = parse_number(attribute(a, "r"));
        number_ = said ? *said : number_ + 1;
        next_column_ = 0;
        if (table_.rows.size() >= rows_max) is_too_large = true;
        if (!is_too_large) table_.rows.push_back({static_cast<std::size_t>(number_), {}});
    }
    void begin_cell(const Attributes& a) {
        column_ = column_of(attribute(a, "r")).value_or(next_column_);
        next_column_ = column_ + 1;
        kind_ = attribute(a, "t");
        value_.clear();
    }
    void end_cell() {
        if (value_.empty() || is_too_large || table_.rows.empty()) return;
        if (column_ >= columns_max) {
            table_.is_wider = true;
            return;
        }
        Cell cell{value_, kind_.empty() || kind_ == "n", kind_ == "e"};
        if (kind_ == "s") {
            const auto at = parse_number(value_);
            cell.text = at && *at < strings_.size() ? strings_[*at] : "";
        }
        if (kind_ == "b") cell.text = value_ == "1" ? "TRUE" : "FALSE";
        total_ += cell.text.size();
        if (cell.text.size() > cell_max || total_ > text_max) {
            is_too_large = true;
            return;
        }
        auto& cells = table_.rows.back().cells;
        if (cells.size() <= column_) cells.resize(column_ + 1);
        cells[column_] = std::move(cell);
    }

    Table& table_;
    const std::vector<std::string>& strings_;
    std::size_t& total_;  ///< of all sheets: one text may be said by a million cells
    std::string kind_, value_;
    unsigned long long number_ = 0;
    std::size_t column_ = 0, next_column_ = 0;
    bool is_text_ = false, is_reading_ = false;
};

using Parts = std::map<std::string, std::string>;

Result<Done> read_part(const Parts& parts, const std::string& path, MarkupListener& to) {
    const auto part = parts.find(path);
    return part == parts.end() ? Result<Done>(Done{}) : read_xml(part->second, to);
}

/// Targets are beside the workbook, or from the root.
std::string path_of(const std::string& target) {
    return target.starts_with('/') ? target.substr(1) : "xl/" + target;
}

}  // namespace

Result<Tables> read_workbook(std::string_view file) {
    YS_TRY(const Parts parts, read_zip_paths(file, wanted, unpacked_max));
    if (!parts.contains("xl/workbook.xml"))
        return Error{std::errc::invalid_argument, "no workbook"};
    Workbook book;
    Relations relations;
    SharedStrings shared;
    YS_TRY(Done done, read_part(parts, "xl/workbook.xml", book));
    YS_TRY(done, read_part(parts, "xl/_rels/workbook.xml.rels", relations));
    YS_TRY(done, read_part(parts, "xl/sharedStrings.xml", shared));
    if (shared.is_too_large) return too_large();
    Tables out;
    out.counts_from_1904 = book.counts_from_1904;
    std::size_t total = 0;
    for (const SheetName& each : book.sheets) {
        if (each.is_hidden) {
            out.hidden.push_back(each.name);
            continue;
        }
        Table table{each.name, {}, false};
        SheetReader reader(table, shared.strings, total);
        YS_TRY(done, read_part(parts, path_of(relations.targets[each.relation]), reader));
        if (reader.is_too_large) return too_large();
        out.sheets.push_back(std::move(table));
    }
    return out;
}

std::string cell_name(std::size_t column, std::size_t row) {
    std::string out;
    for (std::size_t n = column + 1; n > 0; n = (n - 1) / 26)
        out.insert(out.begin(), static_cast<char>('A' + (n - 1) % 26));
    return out + std::to_string(row);
}

}  // namespace ys::office
