// SPDX-License-Identifier: Apache-2.0
#include "knowledge/io/article_import.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <map>
#include <set>

#include "base/text.h"
#include "knowledge/io/import_draft.h"
#include "platform/office/table_reader.h"
#include "platform/office/word_reader.h"
#include "platform/sql/described_rows.h"
#include "platform/sql/where.h"

namespace ys::knowledge {
namespace {

using office::Block;
using office::BlockKind;

constexpr std::size_t said_max = 120, notes_max = 2'000, header_rows = 10;

void add_note(ImportReport& to, std::string place, std::string code, std::string_view said) {
    if (to.notes.size() < notes_max)
        to.notes.push_back({std::move(place), std::move(code), cleaned(said, said_max)});
}

/// False when the file has more than we take; that is noted once.
bool add_item(ImportReport& to, ImportDraft draft) {
    auto item = std::move(draft).end(to.notes);
    if (!item) return true;
    if (to.items.size() >= imported_max) {
        add_note(to, item->place, "too_many", item->content.title);
        return false;
    }
    to.items.push_back(*std::move(item));
    return true;
}

// A table.

struct Header {
    std::size_t row = 0;  ///< its place among the rows
    std::map<std::size_t, ImportPart> columns{};
};

std::optional<Header> header_of(const office::Table& table) {
    for (std::size_t i = 0; i < std::min(header_rows, table.rows.size()); ++i) {
        Header out{.row = i};
        std::set<ImportPart> known;
        const auto& cells = table.rows[i].cells;
        for (std::size_t column = 0; column < cells.size(); ++column)
            if (const auto part = part_named(cells[column].text);
                part && known.insert(*part).second)
                out.columns[column] = *part;
        if (known.contains(ImportPart::Title) && known.size() > 1) return out;
    }
    return std::nullopt;
}

/// "13800138000" of 1.3800138E10.
std::string text_of_number(const std::string& text, double number) {
    constexpr double exact = 1e15;
    return number == std::floor(number) && std::abs(number) < exact
               ? std::to_string(static_cast<long long>(number))
               : text;
}

void put_cell(ImportDraft& draft, const office::Tables& file, const office::Cell& cell,
              ImportPart part, const std::string& place) {
    if (cell.text.empty()) return;
    if (cell.is_fault) return draft.note(place, "cell_fault", cell.text);
    if (!cell.is_number) return draft.put(part, cell.text, place);
    const double number = std::strtod(cell.text.c_str(), nullptr);
    if (!draft.put_days(part, number, file.counts_from_1904, place))
        draft.put(part, text_of_number(cell.text, number), place);
}

bool is_empty(const office::TableRow& row) {
    return std::ranges::all_of(row.cells,
                               [](const auto& cell) { return trimmed(cell.text).empty(); });
}

/// Words of a row that stand in no column we know.
void note_strays(ImportReport& to, const std::string& sheet, const office::TableRow& row,
                 const Header& header, std::size_t headed) {
    for (std::size_t column = headed; column < row.cells.size(); ++column)
        if (!trimmed(row.cells[column].text).empty() && !header.columns.contains(column))
            add_note(to, sheet + office::cell_name(column, row.number), "no_head",
                     row.cells[column].text);
}

void read_table(ImportReport& to, const office::Tables& file, const office::Table& table,
                const ImportGround& ground) {
    const std::string sheet = file.sheets.size() > 1 ? table.name + "!" : "";
    const auto header = header_of(table);
    if (!header) {
        if (!std::ranges::all_of(table.rows, is_empty))
            add_note(to, sheet, "no_header", table.name);
        return;
    }
    const office::TableRow& heads = table.rows[header->row];
    for (std::size_t i = 0; i < header->row; ++i)
        if (!is_empty(table.rows[i]))
            add_note(to, sheet + office::cell_name(0, table.rows[i].number), "above_header",
                     table.rows[i].cells.front().text);
    for (std::size_t column = 0; column < heads.cells.size(); ++column)
        if (!trimmed(heads.cells[column].text).empty() && !header->columns.contains(column))
            add_note(to, sheet + office::cell_name(column, heads.number), "unknown_column",
                     heads.cells[column].text);
    if (table.is_wider) add_note(to, sheet, "too_many_columns", "");
    for (std::size_t i = header->row + 1; i < table.rows.size(); ++i) {
        const office::TableRow& row = table.rows[i];
        if (is_empty(row)) continue;
        note_strays(to, sheet, row, *header, heads.cells.size());
        ImportDraft draft(ground, sheet + std::to_string(row.number));
        for (const auto& [column, part] : header->columns)
            if (column < row.cells.size())
                put_cell(draft, file, row.cells[column], part,
                         sheet + office::cell_name(column, row.number));
        if (!add_item(to, std::move(draft))) return;
    }
}

ImportReport report_of(const office::Tables& file, const ImportGround& ground, std::string form) {
    ImportReport out;
    out.form = std::move(form);
    out.encoding = file.encoding;
    for (const std::string& name : file.hidden) add_note(out, "", "hidden_sheet", name);
    for (const office::Table& each : file.sheets) read_table(out, file, each, ground);
    return out;
}

// A document.

class DocumentReader {
public:
    DocumentReader(const office::Blocks& blocks, const ImportGround& ground)
        : blocks_(blocks), ground_(ground) {
        // A document without headings is one article, and its first line is the title.
        for (const Block& each : blocks.items)
            if (each.kind == BlockKind::Heading && !part_named(each.text))
                title_level_ = title_level_ == 0 ? each.level : std::min(title_level_, each.level);
    }

    ImportReport report() && {
        out_.form = "docx";
        for (const Block& each : blocks_.items) {
            while (unread_ < blocks_.unread.size() && blocks_.unread[unread_].place <= each.place &&
                   draft_)
                take_unread();
            take(each);
        }
        while (unread_ < blocks_.unread.size()) take_unread();
        finish();
        return std::move(out_);
    }

private:
    static std::string place_of(const Block& block) { return std::to_string(block.place); }

    /// What follows "事项：室温不达标" is no matter any more.
    static bool is_of_one_line(ImportPart part) {
        return part == ImportPart::Matter || part == ImportPart::Title ||
               part == ImportPart::Transfer || part == ImportPart::ValidUntil ||
               part == ImportPart::ReviewBy;
    }
    void take_unread() {
        const office::Unread& each = blocks_.unread[unread_++];
        if (draft_)
            draft_->note(std::to_string(each.place), each.what, "");
        else
            add_note(out_, std::to_string(each.place), each.what, "");
    }
    void begin(const Block& block, std::string_view title) {
        finish();
        draft_.emplace(ground_, place_of(block));
        draft_->put(ImportPart::Title, title, place_of(block));
        part_.reset();
        is_told_ = false;
    }
    void finish() {
        if (draft_ && is_open_) is_open_ = add_item(out_, *std::move(draft_));
        draft_.reset();
    }
    void take(const Block& block) {
        const auto named = part_and_text(block.text);
        const auto part = block.kind == BlockKind::Row ? std::nullopt : part_named(block.text);
        if (block.kind == BlockKind::Heading && !part && !named && block.level == title_level_)
            return begin(block, block.text);
        // "问：…" and "答：…" under each other are an article each time.
        if (named && named->part == ImportPart::Title) return begin(block, named->text);
        if (!draft_) {
            if (title_level_ == 0 && !part && !named && block.kind != BlockKind::Row)
                return begin(block, block.text);
            // What stands before the first heading belongs to no article.
            if (title_level_ > 0)
                return add_note(out_, place_of(block), "before_title", block.text);
            draft_.emplace(ground_, place_of(block));
        }
        if (block.kind == BlockKind::Row) return take_row(block);
        if (part) {
            part_ = *part;
            return;
        }
        if (named) return take_named(*named, block);
        if (block.kind == BlockKind::Heading) {
            part_.reset();
            draft_->note(place_of(block), "unknown_heading", block.text);
            return draft_->put(ImportPart::AgentText, block.text, place_of(block));
        }
        take_text(block, block.text);
    }
    void take_named(const NamedText& named, const Block& block) {
        part_ = named.part;
        draft_->put(named.part, named.text, place_of(block));
        if (!named.text.empty() && is_of_one_line(named.part)) part_.reset();
    }
    /// Words under no name are the agent's, and that is said once.
    void take_text(const Block& block, std::string_view text) {
        if (!part_ && !is_told_) {
            draft_->note(place_of(block), "taken_as_agent_text", text);
            is_told_ = true;
        }
        draft_->put(part_.value_or(ImportPart::AgentText), text, place_of(block));
    }
    /// A name and what belongs to it, side by side; other rows are lines.
    void take_row(const Block& block) {
        const auto part = part_named(block.cells.front());
        if (part && block.cells.size() == 2) {
            draft_->put(*part, block.cells[1], place_of(block));
            return;
        }
        draft_->note(place_of(block), "table_row", block.text);
        std::string line = block.text;
        std::ranges::replace(line, '\n', ' ');
        take_text(block, line);
    }

    const office::Blocks& blocks_;
    const ImportGround& ground_;
    ImportReport out_;
    std::optional<ImportDraft> draft_;
    std::optional<ImportPart> part_;
    std::size_t unread_ = 0;
    int title_level_ = 0;
    bool is_told_ = false, is_open_ = true;
};

struct TitleRow {
    ArticleId id{};
    std::string matter{}, title{};
};
BOOST_DESCRIBE_STRUCT(TitleRow, (), (id, matter, title))

bool says_the_same(const KnownArticle& known, const ContentText& content, UtcTime now) {
    const ArticleVersion* version = known.article.in_force(now);
    if (version == nullptr && !known.article.versions().empty())
        version = &known.article.versions().back();
    if (version == nullptr) return false;
    ArticleContent ours = content_of(content);
    ours.owner = version->content.owner;
    return ours == version->content;
}

}  // namespace

std::string_view refused_as(std::string_view file) {
    if (file.starts_with("\xD0\xCF\x11\xE0")) return "import_old_office";
    if (file.starts_with("%PDF")) return "import_pdf";
    // Only what begins as an archive is opened as one; pictures and programs have zeros early on.
    const bool is_wide = file.starts_with("\xFF\xFE") || file.starts_with("\xFE\xFF");
    if (!file.starts_with("PK\x03\x04") && !is_wide && file.find('\0') != std::string_view::npos)
        return "import_no_office";
    return file.empty() ? "import_empty" : "";
}

Result<ImportReport> read_import(std::string_view file, const ImportGround& ground) {
    if (!file.starts_with("PK\x03\x04")) {
        YS_TRY(const office::Tables tables, office::read_separated(file));
        return report_of(tables, ground, "csv");
    }
    // Names in the archive's directory stand as they are.
    if (file.find("word/document.xml") != std::string_view::npos) {
        YS_TRY(const office::Blocks blocks, office::read_word(file));
        return DocumentReader(blocks, ground).report();
    }
    YS_TRY(const office::Tables tables, office::read_workbook(file));
    return report_of(tables, ground, "xlsx");
}

Result<Done> find_twins(sql::Database& db, const Scope& scope, UtcTime now, ImportReport& report) {
    const sql::Where where(scope, "centre_id");
    YS_TRY(const auto rows,
           sql::select_with<TitleRow>(db, "FROM articles" + where.text(), where.values()));
    std::map<std::string, const TitleRow*> by_title;
    for (const TitleRow& row : rows) by_title.emplace(title_key(row.title), &row);
    std::set<std::string> seen;
    std::vector<ArticleId> twins;
    for (ImportedArticle& item : report.items) {
        const std::string key = title_key(item.content.title);
        item.is_repeated = !seen.insert(key).second;
        const auto twin = by_title.find(key);
        if (twin == by_title.end()) continue;
        item.twin = twin->second->id;
        item.twin_matter = twin->second->matter;
        twins.push_back(item.twin);
    }
    if (twins.empty()) return Done{};
    YS_TRY(const auto known, ArticleStore::some(db, scope, twins));
    for (ImportedArticle& item : report.items) {
        const auto found = std::ranges::find(known, item.twin, &KnownArticle::id);
        item.is_same = found != known.end() && says_the_same(*found, item.content, now);
    }
    return Done{};
}

Result<bool> is_there(sql::Database& db, CentreId centre, std::string_view matter,
                      std::string_view title) {
    sql::Where where(Scope::of(centre), "centre_id");
    where.also("matter = ?", std::string(matter));
    where.also("title = ?", std::string(title));
    YS_TRY(const auto rows, sql::select_with<TitleRow>(
                                db, "FROM articles" + where.text() + " LIMIT 1", where.values()));
    return !rows.empty();
}

std::vector<std::string> import_columns() {
    return {"事项", "标题",     "口径", "坐席版",   "市民版",   "语音版",  "材料清单",
            "步骤", "适用地区", "依据", "有效期至", "复核日期", "电话转接"};
}

}  // namespace ys::knowledge
