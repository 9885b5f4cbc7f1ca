// SPDX-License-Identifier: Apache-2.0
// A table of comma-separated text (RFC 4180) from outside, read row by row: named columns, quotes,
// a byte order mark, either line ending; bounded rows, fields and lengths.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ys::backoffice {

class CsvTable {
public:
    static constexpr std::size_t rows_max = 2'000'000;
    static constexpr std::size_t fields_max = 64;
    static constexpr std::size_t field_max_bytes = 1'000;

    /// name      of the file, for what is said of it
    /// text      outlives the table
    /// required  columns that must be there; `optional` ones are "" when they are not
    /// errors    invalid_argument
    static Result<CsvTable> open(std::string name, std::string_view text,
                                 std::vector<std::string_view> required,
                                 std::vector<std::string_view> optional = {});

    /// False behind the last row.
    /// errors  invalid_argument, naming file and row
    Result<bool> next();
    /// The field of this row in the i-th column that was asked for, optional ones last.
    std::string_view at(std::size_t i) const;
    /// "stop_times.txt, row 7: what"
    Error wrong(std::string_view what) const;

private:
    CsvTable(std::string name, std::string_view text) : name_(std::move(name)), text_(text) {}
    Result<bool> read_row();
    Result<Done> read_field(std::string& field);

    std::string name_;
    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t row_ = 0;
    std::vector<std::string> fields_;
    std::vector<std::optional<std::size_t>> columns_;
};

}  // namespace ys::backoffice
