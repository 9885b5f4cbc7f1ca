// SPDX-License-Identifier: Apache-2.0
// Tables that people bring: .xlsx (ECMA-376 part 1, chapter 18) and text with separators.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ys::office {

struct Cell {
    std::string text{};  ///< of a formula, what it came to
    bool is_number = false;
    bool is_fault = false;  ///< "#N/A"
    bool operator==(const Cell&) const = default;
};

struct TableRow {
    std::size_t number = 0;     ///< as the program that wrote it shows it, from 1
    std::vector<Cell> cells{};  ///< by column, empty ones too
};

struct Table {
    std::string name{};  ///< of the sheet
    std::vector<TableRow> rows{};
    bool is_wider = false;  ///< has columns behind the last that is read
};

struct Tables {
    std::vector<Table> sheets{};
    std::string encoding{};             ///< of text: "UTF-8" "UTF-16" "GB18030"
    bool counts_from_1904 = false;      ///< numbers that are dates
    std::vector<std::string> hidden{};  ///< sheets that are not shown, and not read
};

inline constexpr std::size_t columns_max = 64, rows_max = 5'000;

/// errors  invalid_argument: no such file, or a broken one; operation_not_permitted: markup with a
///         document type; file_too_large
Result<Tables> read_workbook(std::string_view file);

/// errors  illegal_byte_sequence: in no encoding that we know; file_too_large; invalid_argument: a
///         quotation without an end
Result<Tables> read_separated(std::string_view file);

/// "AB7" for column 27 and row 7.
std::string cell_name(std::size_t column, std::size_t row);

}  // namespace ys::office
