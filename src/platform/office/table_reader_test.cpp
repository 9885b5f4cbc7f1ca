// SPDX-License-Identifier: Apache-2.0
#include "platform/office/table_reader.h"

#include <gtest/gtest.h>

#include "platform/office/testing/archive.h"

namespace ys::office {
namespace {

using testing::Archive;

constexpr const char* book =
    R"(<workbook xmlns:r="r"><sheets><sheet name="一" sheetId="1" r:id="r1"/><sheet name="藏" sheetId="2" state="hidden" r:id="r2"/></sheets></workbook>)";
constexpr const char* relations =
    R"(<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Target="../../../etc/passwd"/></Relationships>)";

std::string xlsx(const std::string& rows, const std::string& strings = "") {
    return Archive()
        .add("xl/workbook.xml", book)
        .add("xl/_rels/workbook.xml.rels", relations)
        .add("xl/sharedStrings.xml", "<sst>" + strings + "</sst>")
        .add("xl/worksheets/sheet1.xml",
             "<worksheet><sheetData>" + rows + "</sheetData></worksheet>")
        .text();
}
std::vector<std::string> texts(const TableRow& row) {
    std::vector<std::string> out;
    for (const Cell& each : row.cells) out.push_back(each.text);
    return out;
}
using Texts = std::vector<std::string>;

TEST(workbook_reader, cells_of_every_kind_stand_in_their_columns) {
    const auto read = read_workbook(xlsx(
        R"(<row r="2"><c r="A2" t="s"><v>1</v></c><c r="C2" t="inlineStr"><is><t>直接</t></is></c><c r="D2"><v>45.5</v></c>)"
        R"(<c r="E2" t="str"><f>A1&amp;"x"</f><v>算出</v></c><c r="F2" t="e"><v>#N/A</v></c><c r="G2" t="b"><v>1</v></c></row>)"
        R"(<row r="7"><c r="B7" t="s"><v>99</v></c></row>)",
        "<si><t>零</t></si><si><r><t>一</t></r><r><t>二</t></r><rPh><t>yi</t></rPh></si>"));
    ASSERT_TRUE(read) << read.error().note;
    ASSERT_EQ(read->sheets.size(), 1U);
    EXPECT_EQ(read->hidden, Texts{"藏"});
    const auto& rows = read->sheets[0].rows;
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(texts(rows[0]), (Texts{"一二", "", "直接", "45.5", "算出", "#N/A", "TRUE"}));
    EXPECT_TRUE(rows[0].cells[3].is_number);
    EXPECT_TRUE(rows[0].cells[5].is_fault);
    EXPECT_EQ(rows[1].number, 7U);
    EXPECT_EQ(cell_name(27, 7), "AB7");
}

TEST(workbook_reader, hostile_ones_end_in_an_error) {
    const auto code = [](const std::string& file) { return read_workbook(file).error().code; };
    // One text that a hundred thousand cells say again.
    std::string rows;
    for (int i = 0; i < 3'000; ++i) {
        rows += "<row>";
        for (int n = 0; n < 40; ++n) rows += R"(<c t="s"><v>0</v></c>)";
        rows += "</row>";
    }
    EXPECT_EQ(code(xlsx(rows, "<si><t>" + std::string(60'000, 'a') + "</t></si>")),
              std::make_error_code(std::errc::file_too_large));
    std::string many;
    for (int i = 0; i < 5'001; ++i) many += "<row><c><v>1</v></c></row>";
    EXPECT_EQ(code(xlsx(many)), std::make_error_code(std::errc::file_too_large));
    EXPECT_EQ(code(xlsx("<row><c t=\"inlineStr\"><is><t>" + std::string(40U << 20U, ' '))),
              std::make_error_code(std::errc::file_too_large));
    EXPECT_EQ(code(Archive().add("xl/workbook.xml", "<!DOCTYPE a><workbook/>").text()),
              std::make_error_code(std::errc::operation_not_permitted));
    EXPECT_EQ(code(Archive().add("other.xml", "x").text()),
              std::make_error_code(std::errc::invalid_argument));
    const auto wide =
        read_workbook(xlsx(R"(<row><c r="XFD1"><v>1</v></c><c r="ZZZZ1"><v>2</v></c></row>)"));
    ASSERT_TRUE(wide);
    EXPECT_TRUE(wide->sheets[0].is_wider);
}

TEST(separated_reader, every_encoding_that_chinese_excel_writes) {
    const auto rows = [](std::string_view file) {
        const auto read = read_separated(file);
        EXPECT_TRUE(read);
        return read ? read->encoding + ":" + read->sheets[0].rows.at(1).cells.at(1).text : "";
    };
    EXPECT_EQ(rows("标题,口径\n甲,乙\n"), "UTF-8:乙");
    EXPECT_EQ(rows("\xEF\xBB\xBF标题,口径\r\n甲,乙"), "UTF-8:乙");
    EXPECT_EQ(rows("\xB1\xEA\xCC\xE2,\xBF\xDA\xBE\xB6\r\n\xBC\xD7,\xD2\xD2\r\n"), "GB18030:乙");
    // Four bytes: a character that GBK has not.
    EXPECT_EQ(rows("a,b\n\xBC\xD7,\x81\x39\xEF\x31\n"), "GB18030:㐂");
    EXPECT_EQ(rows(std::string_view("\xFF\xFE"
                                    "a\0\t\0b\0\n\0\x32\x75\t\0\x59\x4E\n\0",
                                    18)),
              "UTF-16:乙");
}

TEST(separated_reader, quotes_lines_and_separators_are_read_as_they_were_meant) {
    const auto read = read_separated("标题;口径\n\n\"a;\"\"b\"\"\n第二行\";c\r\n");
    ASSERT_TRUE(read);
    const auto& rows = read->sheets[0].rows;
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[1].number, 3U);
    EXPECT_EQ(texts(rows[1]), (Texts{"a;\"b\"\n第二行", "c"}));
}

TEST(separated_reader, what_is_no_text_is_refused) {
    EXPECT_EQ(read_separated("a,b\n\xFF\xFF,\x80").error().code,
              std::make_error_code(std::errc::illegal_byte_sequence));
    EXPECT_EQ(read_separated(std::string_view("a\0b", 3)).error().code,
              std::make_error_code(std::errc::illegal_byte_sequence));
    EXPECT_EQ(read_separated("a,\"b\nc").error().code,
              std::make_error_code(std::errc::invalid_argument));
    std::string many;
    for (int i = 0; i < 5'001; ++i) many += "x\n";
    EXPECT_EQ(read_separated(many).error().code, std::make_error_code(std::errc::file_too_large));
}

}  // namespace
}  // namespace ys::office
