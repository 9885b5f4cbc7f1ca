// SPDX-License-Identifier: Apache-2.0
#include "cases/io/case_sheet.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>

#include <gtest/gtest.h>
#include <zlib.h>

namespace ys::cases {
namespace {

std::uint32_t number(const std::string& bytes, std::size_t at, std::size_t length) {
    std::uint32_t n = 0;
    for (std::size_t i = length; i-- > 0;) n = n << 8 | static_cast<unsigned char>(bytes[at + i]);
    return n;
}

std::string inflated(const std::string& packed, std::size_t length) {
    std::string out(length, '\0');
    z_stream z{};
    EXPECT_EQ(inflateInit2(&z, -MAX_WBITS), Z_OK);
    std::string in = packed;
    z.next_in = reinterpret_cast<Bytef*>(in.data());
    z.avail_in = static_cast<uInt>(in.size());
    z.next_out = reinterpret_cast<Bytef*>(out.data());
    z.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(inflate(&z, Z_FINISH), Z_STREAM_END);
    inflateEnd(&z);
    return out;
}

/// The files of a zip archive, by its central directory (APPNOTE.TXT 4.3.12).
std::map<std::string, std::string> unzipped(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    const std::string all{std::istreambuf_iterator<char>(in), {}};
    std::map<std::string, std::string> out;
    for (auto at = all.find("PK\1\2"); at != all.npos; at = all.find("PK\1\2", at + 4)) {
        const auto packed = number(all, at + 20, 4), length = number(all, at + 24, 4);
        const auto local = number(all, at + 42, 4);
        const auto data = local + 30 + number(all, local + 26, 2) + number(all, local + 28, 2);
        const std::string bytes = all.substr(data, packed);
        out[all.substr(at + 46, number(all, at + 28, 2))] =
            number(all, at + 10, 2) == 0 ? bytes : inflated(bytes, length);
    }
    return out;
}

class CaseSheet_ : public ::testing::Test {
protected:
    CaseSheet_() { std::filesystem::create_directories(folder); }
    ~CaseSheet_() override { std::filesystem::remove_all(folder); }
    const std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("ys_sheet_" + std::to_string(::getpid()));
    const std::filesystem::path file = folder / "cases.xlsx";
};

TEST_F(CaseSheet_, a_sheet_opens_and_holds_what_was_added) {
    CaseSheet sheet(file, {"工单号", "标题"});
    sheet.add({"1124-0001", "暖气不热 & <停热>"});
    ASSERT_TRUE(sheet.end());
    EXPECT_EQ(sheet.rows(), 1U);
    const auto parts = unzipped(file);
    ASSERT_TRUE(parts.contains("[Content_Types].xml"));
    const std::string& rows = parts.at("xl/worksheets/sheet1.xml");
    EXPECT_NE(rows.find("1124-0001"), std::string::npos);
    EXPECT_NE(rows.find("暖气不热 &amp; &lt;停热&gt;"), std::string::npos);
    EXPECT_EQ(std::filesystem::status(file).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
}

TEST_F(CaseSheet_, no_cell_is_a_formula_whatever_it_begins_with) {
    CaseSheet sheet(file, {"标题"});
    for (const char* cell : {"=HYPERLINK(\"http://x\",\"y\")", "+1+1", "-1", "@SUM(1)", "\t=1+1",
                             "\r=1+1", "=cmd|' /C calc'!A0"})
        sheet.add({cell});
    ASSERT_TRUE(sheet.end());
    const std::string rows = unzipped(file).at("xl/worksheets/sheet1.xml");
    EXPECT_EQ(rows.find("<f>"), std::string::npos) << rows;
    std::size_t strings = 0, cells = 0;
    for (auto at = rows.find("<c "); at != rows.npos; at = rows.find("<c ", at + 1)) {
        ++cells;
        const std::string cell = rows.substr(at, rows.find('>', at) - at);
        strings += cell.find("t=\"inlineStr\"") != cell.npos || cell.find("t=\"s\"") != cell.npos;
    }
    EXPECT_EQ(cells, 8U);
    EXPECT_EQ(strings, cells) << "every cell is a string";
}

TEST_F(CaseSheet_, ten_thousand_rows_are_all_there) {
    CaseSheet sheet(file, {"工单号"});
    for (int i = 0; i < 10'000; ++i) sheet.add({std::to_string(i)});
    ASSERT_TRUE(sheet.end());
    EXPECT_EQ(sheet.rows(), 10'000U);
    EXPECT_NE(unzipped(file).at("xl/worksheets/sheet1.xml").find("9999"), std::string::npos);
}

TEST_F(CaseSheet_, a_folder_that_is_not_there_is_an_error) {
    CaseSheet sheet(folder / "none" / "x.xlsx", {"工单号"});
    sheet.add({"1"});
    EXPECT_FALSE(sheet.end());
}

TEST(MaskedCells, long_numbers_and_houses_are_not_exported) {
    EXPECT_EQ(without_long_numbers("回电13900000002，3号楼"), "回电13*********，3号楼");
    EXPECT_EQ(without_long_numbers("402"), "402");
    EXPECT_EQ(without_house("北桥区听松里3号楼402"), "北桥区听松里***");
    EXPECT_EQ(without_house("北桥区"), "北桥区");
}

}  // namespace
}  // namespace ys::cases
