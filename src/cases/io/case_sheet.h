// SPDX-License-Identifier: Apache-2.0
// Rows into an .xlsx file, one at a time: nothing but the row at hand is in memory.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

struct lxw_format;
struct lxw_workbook;
struct lxw_worksheet;

namespace ys::cases {

/// Every cell is text, also one that begins with = + - @ and would be a formula in a table made of
/// bare text: what a citizen says never runs on the machine of who opens it.
class CaseSheet {
public:
    /// file  made anew, readable by its owner only; what is written on the way lies beside it
    CaseSheet(const std::filesystem::path& file, const std::vector<std::string>& titles,
              const char* name = "工单");
    ~CaseSheet();
    CaseSheet(const CaseSheet&) = delete;
    CaseSheet& operator=(const CaseSheet&) = delete;

    void add(const std::vector<std::string>& cells);
    std::uint32_t rows() const { return row_ - 1; }
    /// The file is whole. errors  io_error
    Result<Done> end();

private:
    std::string folder_;
    lxw_workbook* book_ = nullptr;
    lxw_worksheet* sheet_ = nullptr;
    lxw_format* text_ = nullptr;
    std::uint32_t row_ = 0;
    bool has_failed_ = false;
};

/// "工单 13*********" : runs of seven digits and more show their first two.
std::string without_long_numbers(std::string_view text);
/// "北桥区听松里***": without the house.
std::string without_house(std::string_view address);

}  // namespace ys::cases
