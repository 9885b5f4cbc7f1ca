// SPDX-License-Identifier: Apache-2.0
// Text with separators as RFC 4180 has it, and as Excel writes it in China.
#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include "platform/office/table_reader.h"

namespace ys::office {
namespace {

constexpr std::size_t cell_max = 64U << 10U;

struct Closed {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
};

/// Nothing when a byte is wrong in this encoding.
std::optional<std::string> decoded(std::string_view bytes, const char* encoding) {
    UErrorCode failed = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, Closed> converter(ucnv_open(encoding, &failed));
    if (U_FAILURE(failed)) return std::nullopt;
    ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr,
                        &failed);
    const icu::UnicodeString text(bytes.data(), static_cast<int32_t>(bytes.size()), converter.get(),
                                  failed);
    if (U_FAILURE(failed)) return std::nullopt;
    std::string out;
    text.toUTF8String(out);
    return out;
}

struct Decoded {
    std::string text, encoding;
};

Result<Decoded> decoded(std::string_view file) {
    // Signs that no text has; UTF-16 has its own mark.
    const bool is_wide = file.starts_with("\xFF\xFE") || file.starts_with("\xFE\xFF");
    if (is_wide) {
        if (auto text = decoded(file, "UTF-16")) return Decoded{*std::move(text), "UTF-16"};
    } else if (file.find('\0') == std::string_view::npos) {
        if (file.starts_with("\xEF\xBB\xBF")) file.remove_prefix(3);
        if (auto text = decoded(file, "UTF-8")) return Decoded{*std::move(text), "UTF-8"};
        if (auto text = decoded(file, "GB18030")) return Decoded{*std::move(text), "GB18030"};
    }
    return Error{std::errc::illegal_byte_sequence, "a text of no known encoding"};
}

/// What stands oftenest in the first line.
char separator_of(std::string_view text) {
    const std::string_view line = text.substr(0, text.find('\n'));
    return std::ranges::max(std::array{',', '\t', ';'}, {},
                            [line](char each) { return std::ranges::count(line, each); });
}

class Reader {
public:
    explicit Reader(std::string_view text) : text_(text), separator_(separator_of(text)) {}

    Result<Table> table() {
        while (at_ < text_.size()) {
            TableRow row{line_, {}};
            YS_TRY([[maybe_unused]] const Done done, read_row(row));
            if (std::ranges::all_of(row.cells, [](const Cell& c) { return c.text.empty(); }))
                continue;
            if (out_.rows.size() >= rows_max)
                return Error{std::errc::file_too_large, "a table's rows"};
            out_.rows.push_back(std::move(row));
        }
        return std::move(out_);
    }

private:
    Result<Done> read_row(TableRow& row) {
        for (;;) {
            Cell cell;
            YS_TRY([[maybe_unused]] const Done done, read_cell(cell.text));
            if (row.cells.size() < columns_max)
                row.cells.push_back(std::move(cell));
            else
                out_.is_wider = true;
            if (at_ >= text_.size()) return Done{};
            if (text_[at_++] == separator_) continue;
            // The end of the line: \n, \r or both.
            if (text_[at_ - 1] == '\r' && at_ < text_.size() && text_[at_] == '\n') ++at_;
            ++line_;
            return Done{};
        }
    }
    bool is_end(char c) const { return c == separator_ || c == '\n' || c == '\r'; }
    Result<Done> read_cell(std::string& cell) {
        if (at_ < text_.size() && text_[at_] == '"') {
            YS_TRY([[maybe_unused]] const Done done, read_quoted(cell));
        }
        while (at_ < text_.size() && !is_end(text_[at_])) cell += text_[at_++];
        if (cell.size() > cell_max) return Error{std::errc::file_too_large, "a table's cell"};
        return Done{};
    }
    Result<Done> read_quoted(std::string& cell) {
        for (++at_; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            if (c == '"') {
                ++at_;
                if (at_ >= text_.size() || text_[at_] != '"') return Done{};
            }
            if (c == '\n') ++line_;
            if (c != '\r') cell += c;
        }
        return Error{std::errc::invalid_argument, "a quotation without an end"};
    }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0, line_ = 1;
    Table out_;
};

}  // namespace

Result<Tables> read_separated(std::string_view file) {
    YS_TRY(const Decoded decoded_file, decoded(file));
    YS_TRY(Table table, Reader(decoded_file.text).table());
    Tables out;
    out.encoding = decoded_file.encoding;
    out.sheets.push_back(std::move(table));
    return out;
}

}  // namespace ys::office
