// SPDX-License-Identifier: Apache-2.0
#include "backoffice/simulators/csv_table.h"

#include <algorithm>

#include "base/text.h"

namespace ys::backoffice {

Error CsvTable::wrong(std::string_view what) const {
    return {std::errc::invalid_argument,
            name_ + ", row " + std::to_string(row_) + ": " + std::string(what)};
}

Result<CsvTable> CsvTable::open(std::string name, std::string_view text,
                                std::vector<std::string_view> required,
                                std::vector<std::string_view> optional) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    CsvTable table(std::move(name), text);
    YS_TRY(const bool has_head, table.read_row());
    if (!has_head) return table.wrong("no columns");
    const auto place_of = [&](std::string_view column) -> std::optional<std::size_t> {
        for (std::size_t i = 0; i < table.fields_.size(); ++i)
            if (trimmed(table.fields_[i]) == column) return i;
        return std::nullopt;
    };
    for (const std::string_view column : required) {
        table.columns_.push_back(place_of(column));
        if (!table.columns_.back()) return table.wrong("no column " + std::string(column));
    }
    for (const std::string_view column : optional) table.columns_.push_back(place_of(column));
    return table;
}

Result<bool> CsvTable::next() {
    while (true) {
        YS_TRY(const bool is_there, read_row());
        if (!is_there) return false;
        const bool is_blank = fields_.size() == 1 && trimmed(fields_[0]).empty();
        if (!is_blank) return true;
    }
}

std::string_view CsvTable::at(std::size_t i) const {
    const auto column = columns_.at(i);
    return column && *column < fields_.size() ? trimmed(fields_[*column]) : std::string_view{};
}

Result<bool> CsvTable::read_row() {
    if (at_ >= text_.size()) return false;
    if (++row_ > rows_max) return wrong("too many rows");
    std::size_t count = 0;
    while (true) {
        if (count == fields_max) return wrong("too many fields");
        if (fields_.size() <= count) fields_.emplace_back();
        YS_TRY([[maybe_unused]] const Done done, read_field(fields_[count++]));
        if (at_ >= text_.size()) break;
        if (text_[at_++] == '\n') break;  // Else it was a comma.
    }
    fields_.resize(count);
    return true;
}

/// Up to a comma or a line's end, which stays.
Result<Done> CsvTable::read_field(std::string& field) {
    field.clear();
    bool is_quoted = at_ < text_.size() && text_[at_] == '"';
    if (is_quoted) ++at_;
    while (at_ < text_.size()) {
        const char c = text_[at_];
        if (is_quoted && c == '"') {
            ++at_;
            is_quoted = at_ < text_.size() && text_[at_] == '"';
            if (!is_quoted) continue;
        } else if (!is_quoted && (c == ',' || c == '\n')) {
            break;
        }
        if (c == '\0') return wrong("a NUL");
        if (field.size() == field_max_bytes) return wrong("a field is too long");
        field += c;
        ++at_;
    }
    if (is_quoted) return wrong("a quote without its end");
    if (field.ends_with('\r')) field.pop_back();
    return Done{};
}

}  // namespace ys::backoffice
