// SPDX-License-Identifier: Apache-2.0
#include "cases/io/case_sheet.h"

#include <fstream>

#include <xlsxwriter.h>

#include "base/text.h"

namespace ys::cases {
namespace {

constexpr std::size_t cell_bytes_max = 32'000;  ///< Excel takes 32,767 characters

bool is_digit(char c) { return '0' <= c && c <= '9'; }

}  // namespace

CaseSheet::CaseSheet(const std::filesystem::path& file, const std::vector<std::string>& titles,
                     const char* name)
    : folder_(file.parent_path().string()) {
    std::ofstream made(file, std::ios::binary | std::ios::trunc);
    made.close();
    std::error_code failed;
    std::filesystem::permissions(
        file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, failed);
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = folder_.data();
    book_ = workbook_new_opt(file.c_str(), &options);
    sheet_ = book_ ? workbook_add_worksheet(book_, name) : nullptr;
    has_failed_ = bool(failed) || sheet_ == nullptr;
    if (has_failed_) return;
    text_ = workbook_add_format(book_);
    format_set_num_format(text_, "@");
    worksheet_set_column(sheet_, 0, static_cast<lxw_col_t>(titles.size()), 18, text_);
    add(titles);
    worksheet_freeze_panes(sheet_, 1, 0);
}

CaseSheet::~CaseSheet() {
    if (book_ != nullptr) workbook_close(book_);
}

void CaseSheet::add(const std::vector<std::string>& cells) {
    lxw_col_t column = 0;
    for (const std::string& cell : cells) {
        // Never worksheet_write_formula: an inline string is not reckoned, whatever it begins with.
        const std::string shown = cleaned(cell, cell_bytes_max);
        if (!has_failed_ && !shown.empty())
            has_failed_ =
                worksheet_write_string(sheet_, row_, column, shown.c_str(), text_) != LXW_NO_ERROR;
        ++column;
    }
    ++row_;
}

Result<Done> CaseSheet::end() {
    if (book_ != nullptr && workbook_close(std::exchange(book_, nullptr)) != LXW_NO_ERROR)
        has_failed_ = true;
    if (has_failed_) return Error{std::errc::io_error, "writing a sheet"};
    return Done{};
}

std::string without_long_numbers(std::string_view text) {
    constexpr std::size_t long_digits = 7, shown = 2;
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && is_digit(text[end])) ++end;
        const std::size_t digits = end - at;
        if (digits < long_digits) {
            end = std::max(end, at + 1);
            out += text.substr(at, end - at);
        } else {
            out += text.substr(at, shown);
            out.append(digits - shown, '*');
        }
        at = end;
    }
    return out;
}

std::string without_house(std::string_view address) {
    const auto house = address.find_first_of("0123456789");
    if (house == address.npos) return std::string(address);
    return std::string(address.substr(0, house)) + "***";
}

}  // namespace ys::cases
