// SPDX-License-Identifier: Apache-2.0
#include "knowledge/io/article_import.h"

#include <gtest/gtest.h>

#include "knowledge/io/import_parts.h"
#include "platform/office/testing/archive.h"

namespace ys::knowledge {
namespace {

using Texts = std::vector<std::string>;

ImportGround ground() {
    MatterRow cold;
    cold.code = "cold";
    cold.title = "室温不达标";
    return {{cold}, std::chrono::minutes(480), UserId{5}};
}

ImportReport read(const std::string& file) {
    const auto report = read_import(file, ground());
    EXPECT_TRUE(report) << report.error().note;
    return report ? *report : ImportReport{};
}

Texts said(const std::vector<ImportNote>& notes) {
    Texts out;
    for (const ImportNote& each : notes) out.push_back(each.place + " " + each.code);
    return out;
}

std::string paragraph(const std::string& text, int heading = 0) {
    const std::string level =
        heading == 0 ? "" : "<w:outlineLvl w:val=\"" + std::to_string(heading - 1) + "\"/>";
    return "<w:p><w:pPr>" + level + "</w:pPr><w:r><w:t>" + text + "</w:t></w:r></w:p>";
}
std::string docx(const std::string& body) {
    return office::testing::Archive()
        .add("word/document.xml",
             "<w:document xmlns:w=\"w\"><w:body>" + body + "</w:body></w:document>")
        .text();
}

TEST(import_parts, names_and_markers_are_known_as_people_write_them) {
    EXPECT_EQ(part_named("二、所需材料："), ImportPart::Materials);
    EXPECT_EQ(part_named("【 口 径 】"), ImportPart::Statement);
    EXPECT_EQ(part_named("(3) 办理流程"), ImportPart::Steps);
    EXPECT_EQ(part_named("材料准备好以后怎么办"), std::nullopt);
    EXPECT_EQ(part_and_text("口径：四小时内")->text, "四小时内");
    EXPECT_EQ(part_and_text("【依据】第三条")->part, ImportPart::Source);
    EXPECT_FALSE(part_and_text("注意：带原件"));
    for (const char* item : {"1、身份证", "1. 身份证", "（一）身份证", "(12)身份证", "③身份证",
                             "• 身份证", "十一、身份证", "身份证", "- 身份证"})
        EXPECT_EQ(without_marker(item), "身份证") << item;
    for (const char* text : {"1.5倍", "20平方米", "一次性告知", "2026年"})
        EXPECT_EQ(without_marker(text), text);
    EXPECT_EQ(regions_in("城关区、七里河区;安宁区"), (Texts{"城关区", "七里河区", "安宁区"}));
    EXPECT_EQ(regions_in("全市"), Texts{});
}

TEST(import_parts, days_are_days_of_the_centre) {
    const auto at = [](std::string_view text, bool is_end) {
        const auto minute = minute_in(text, std::chrono::minutes(480), is_end);
        return minute ? to_rfc3339(*minute).substr(0, 16) : "";
    };
    EXPECT_EQ(at("2026年12月31日", true), "2026-12-31T15:59");
    EXPECT_EQ(at("2026/12/31", false), "2026-12-30T16:00");
    EXPECT_EQ(at("2026-12-31 18:30", true), "2026-12-31T10:30");
    for (const char* wrong : {"明年", "2026-13-01", "2026-02-30", "12-31", "202612-31", "1999-1-1",
                              "2026-12-31 25:00", "99999999999999-1-1"})
        EXPECT_EQ(at(wrong, true), "") << wrong;
    const auto counted = minute_of(46'387, false, std::chrono::minutes(480), true);
    EXPECT_EQ(to_rfc3339(*counted).substr(0, 16), "2026-12-31T15:59");
    EXPECT_EQ(minute_of(46'387, false, {}, false), minute_of(46'387 - 1'462, true, {}, false));
    EXPECT_FALSE(minute_of(1e300, false, {}, false));
    EXPECT_FALSE(minute_of(-1, false, {}, false));
}

TEST(article_import, a_table_becomes_drafts_and_says_what_it_did_not_understand) {
    const ImportReport report = read(
        "供热知识,,,,,\n"
        "事项,标题,口径,材料清单,有效期至,电话转接,备注\n"
        "室温不达标,不热怎么办,四小时内联系,\"1、户号\n2、身份证\",2026-12-31,12345,旧\n"
        "没有的事项,停热退费,按天退,,明年,窗口,\n"
        ",,没有标题,,,,\n"
        "cold,不热怎么办,,,长期,,,多出来的\n");
    EXPECT_EQ(report.form, "csv");
    EXPECT_EQ(report.encoding, "UTF-8");
    ASSERT_EQ(report.items.size(), 3U);
    const ImportedArticle& first = report.items[0];
    EXPECT_EQ(first.place, "3");
    EXPECT_EQ(first.matter, "cold");
    EXPECT_EQ(first.content.materials, (Texts{"户号", "身份证"}));
    EXPECT_EQ(first.content.transfer, "12345");
    EXPECT_EQ(to_rfc3339(*first.content.valid_until).substr(0, 10), "2026-12-31");
    EXPECT_EQ(first.content.owner_id, UserId{5});
    EXPECT_TRUE(first.notes.empty());
    const ImportedArticle& second = report.items[1];
    EXPECT_EQ(second.matter, "");
    EXPECT_EQ(second.matter_said, "没有的事项");
    EXPECT_EQ(said(second.notes), (Texts{"A5 no_such_matter", "E5 no_date", "F5 no_number"}));
    EXPECT_EQ(said(report.notes),
              (Texts{"A1 above_header", "G2 unknown_column", "6 no_title", "H7 no_head"}));
}

TEST(article_import, a_document_becomes_articles_by_its_headings) {
    const ImportReport report = read(
        docx(paragraph("供热科整理") + paragraph("不热怎么办", 1) + paragraph("事项：室温不达标") +
             paragraph("先问楼层。") + paragraph("一、口径", 2) + paragraph("四小时内联系。") +
             paragraph("所需材料") + paragraph("1、户号") + paragraph("（2）身份证") +
             paragraph("领导批示", 2) + paragraph("尽快。") + "<w:tbl><w:tr><w:tc>" +
             paragraph("依据") + "</w:tc><w:tc>" + paragraph("第三条") + "</w:tc></w:tr></w:tbl>" +
             paragraph("停热退费", 1) + paragraph("市民版：按天退。<w:drawing/>")));
    ASSERT_EQ(report.items.size(), 2U);
    const ImportedArticle& first = report.items[0];
    EXPECT_EQ(first.place, "2");
    EXPECT_EQ(first.matter, "cold");
    EXPECT_EQ(first.content.statement, "四小时内联系。");
    EXPECT_EQ(first.content.texts.agent, "先问楼层。\n领导批示\n尽快。");
    EXPECT_EQ(first.content.materials, (Texts{"户号", "身份证"}));
    EXPECT_EQ(first.content.source, "第三条");
    EXPECT_EQ(said(first.notes), (Texts{"4 taken_as_agent_text", "10 unknown_heading"}));
    EXPECT_EQ(report.items[1].content.texts.citizen, "按天退。");
    EXPECT_EQ(said(report.notes), Texts{"1 before_title"});
}

TEST(article_import, questions_and_answers_without_headings_are_an_article_each) {
    const ImportReport report = read(docx(paragraph("问：几点上班？") + paragraph("答：九点。") +
                                          paragraph("问：几点下班？") + paragraph("答：五点。")));
    ASSERT_EQ(report.items.size(), 2U);
    EXPECT_EQ(report.items[1].content.title, "几点下班？");
    EXPECT_EQ(report.items[1].content.texts.citizen, "五点。");
    const ImportReport plain = read(docx(paragraph("只有标题") + paragraph("一段话")));
    ASSERT_EQ(plain.items.size(), 1U);
    EXPECT_EQ(plain.items[0].content.title, "只有标题");
    EXPECT_EQ(plain.items[0].content.texts.agent, "一段话");
}

TEST(article_import, what_no_draft_may_have_is_named_before_anything_is_made) {
    std::string title;
    for (int i = 0; i < 80; ++i) title += "长";
    const ImportReport report = read("标题,口径\n" + title + ",x\n");
    EXPECT_TRUE(report.items.empty());
    EXPECT_EQ(said(report.notes), Texts{"2 part_too_long"});
    EXPECT_EQ(report.notes[0].said, "title");
    EXPECT_EQ(said(read("甲,乙\n丙,丁\n").notes), Texts{" no_header"});
    std::string many = "标题,口径\n";
    for (int i = 0; i < 600; ++i) many += std::to_string(i) + ",x\n";
    const ImportReport bounded = read(many);
    EXPECT_EQ(bounded.items.size(), imported_max);
    EXPECT_EQ(said(bounded.notes), Texts{"502 too_many"});
}

TEST(article_import, what_is_no_such_file_is_said_by_name) {
    EXPECT_EQ(refused_as("\xD0\xCF\x11\xE0\xA1\xB1"), "import_old_office");
    EXPECT_EQ(refused_as("%PDF-1.7"), "import_pdf");
    EXPECT_EQ(refused_as(std::string_view("\x89PNG\0\0", 6)), "import_no_office");
    EXPECT_EQ(refused_as(""), "import_empty");
    EXPECT_EQ(refused_as("标题,口径"), "");
    EXPECT_FALSE(read_import("PK\x03\x04 broken", ground()));
    EXPECT_FALSE(
        read_import(office::testing::Archive().add("ppt/slides.xml", "x").text(), ground()));
}

}  // namespace
}  // namespace ys::knowledge
