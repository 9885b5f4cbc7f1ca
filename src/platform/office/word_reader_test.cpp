// SPDX-License-Identifier: Apache-2.0
#include "platform/office/word_reader.h"

#include <gtest/gtest.h>

#include "base/dice.h"
#include "platform/office/testing/archive.h"

namespace ys::office {
namespace {

using testing::Archive;

constexpr const char* styles =
    R"(<w:styles xmlns:w="w"><w:style w:styleId="1"><w:name w:val="heading 1"/>
</w:style><w:style w:styleId="a3"><w:name w:val="List Bullet"/></w:style></w:styles>)";

std::string docx(const std::string& body, const std::string& before = "") {
    return Archive()
        .add("[Content_Types].xml", "<Types/>")
        .add("word/styles.xml", styles)
        .add("word/document.xml", before + R"(<w:document xmlns:w="w" xmlns:mc="mc"><w:body>)" +
                                      body + "</w:body></w:document>")
        .text();
}
std::string paragraph(const std::string& text, const std::string& properties = "") {
    return "<w:p><w:pPr>" + properties + "</w:pPr><w:r><w:t>" + text + "</w:t></w:r></w:p>";
}

TEST(word_reader, headings_paragraphs_items_and_rows_are_told_apart) {
    const auto read = read_word(
        docx(paragraph("退费", R"(<w:pStyle w:val="1"/>)") + paragraph("一 &amp; 二 &lt;b&gt;") +
             paragraph("身份证", R"(<w:numPr><w:numId w:val="3"/></w:numPr>)") +
             paragraph("户口本", R"(<w:pStyle w:val="a3"/>)") + "<w:tbl><w:tr><w:tc>" +
             paragraph("口径") + "</w:tc><w:tc>" + paragraph("第一行") + paragraph("第二行") +
             "</w:tc></w:tr></w:tbl>" + paragraph("小题", R"(<w:outlineLvl w:val="1"/>)")));
    ASSERT_TRUE(read) << read.error().note;
    const auto& b = read->items;
    ASSERT_EQ(b.size(), 6U);
    EXPECT_EQ(b[0], (Block{BlockKind::Heading, 1, 1, "退费", {}}));
    EXPECT_EQ(b[1], (Block{BlockKind::Paragraph, 2, 0, "一 & 二 <b>", {}}));
    EXPECT_EQ(b[2].kind, BlockKind::Item);
    EXPECT_EQ(b[3].kind, BlockKind::Item);
    EXPECT_EQ(b[4].kind, BlockKind::Row);
    EXPECT_EQ(b[4].cells, (std::vector<std::string>{"口径", "第一行\n第二行"}));
    EXPECT_EQ(b[5].level, 2);
}

TEST(word_reader, deleted_words_pictures_and_boxes_are_left_out_and_named) {
    const auto read = read_word(docx(
        "<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></"
        "w:ins>"
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>" +
        paragraph("框里的字") + "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict>" +
        paragraph("框里的字") + "</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"));
    ASSERT_TRUE(read);
    ASSERT_EQ(read->items.size(), 1U);
    EXPECT_EQ(read->items[0].text, "新");
    EXPECT_EQ(read->unread, (std::vector<Unread>{{1, "change"}, {1, "picture"}}));
}

TEST(word_reader, hostile_files_end_in_an_error) {
    const auto refused = [](const std::string& file, std::errc code) {
        const auto read = read_word(file);
        ASSERT_FALSE(read);
        EXPECT_EQ(read.error().code, std::make_error_code(code)) << read.error().note;
    };
    // Entities of the document's own: files of this machine, and a billion laughs.
    refused(docx(paragraph("&x;"), R"(<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>)"),
            std::errc::operation_not_permitted);
    refused(docx(paragraph("&b;"), R"(<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>)"),
            std::errc::operation_not_permitted);
    refused(docx(paragraph("x"), R"(<!DOCTYPE d SYSTEM "http://127.0.0.1:1/d.dtd">)"),
            std::errc::operation_not_permitted);
    refused(docx(std::string(100'000, ' ').append("<w:p><w:r>")), std::errc::invalid_argument);
    std::string deep;
    for (int i = 0; i < 5'000; ++i) deep += "<w:p>";
    refused(docx(deep), std::errc::invalid_argument);
    refused(docx(paragraph(std::string(30U << 20U, 'a'))), std::errc::file_too_large);
    refused(docx(paragraph(std::string(5U << 20U, 'a'))), std::errc::file_too_large);
    refused(Archive().add("word/other.xml", "x").text(), std::errc::invalid_argument);
    refused("PK\x03\x04 and nothing more", std::errc::invalid_argument);
}

TEST(word_reader, whatever_bytes_change_nothing_breaks) {
    const std::string body = paragraph("退费", R"(<w:pStyle w:val="1"/>)") + paragraph("文字");
    const std::string xml = "<w:document xmlns:w=\"w\"><w:body>" + body + "</w:body></w:document>";
    Dice dice(7);
    for (int i = 0; i < 3'000; ++i) {
        std::string bad = xml;
        for (int n = 0; n < 4; ++n)
            bad[dice.below(bad.size())] = static_cast<char>(dice.below(256));
        (void)read_word(Archive().add("word/document.xml", bad, false).text());
    }
}

}  // namespace
}  // namespace ys::office
