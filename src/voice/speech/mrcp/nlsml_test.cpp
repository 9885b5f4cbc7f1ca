// SPDX-License-Identifier: Apache-2.0
#include "voice/speech/mrcp/nlsml.h"

#include <string>

#include <gtest/gtest.h>

#include "voice/speech/errc.h"

namespace ys::speech {
namespace {

std::string result(const std::string& inside) {
    return "<?xml version=\"1.0\"?>\r\n<result xmlns=\"urn:ietf:params:xml:ns:mrcpv2\">" + inside +
           "</result>\r\n";
}

void expect_words(const std::string& xml, const std::string& words) {
    const auto read = words_of_nlsml(xml);
    ASSERT_TRUE(read) << xml << ": " << read.error().note;
    EXPECT_EQ(read->text, words) << xml;
}

void expect_error(const std::string& xml, Errc code) {
    const auto read = words_of_nlsml(xml);
    ASSERT_FALSE(read) << xml;
    EXPECT_EQ(read.error().code, code) << xml << ": " << read.error().note;
}

TEST(nlsml, reads_the_words_of_the_first_interpretation_and_its_confidence) {
    const auto read = words_of_nlsml(result(
        "<!-- of the RFC -->\n<interpretation grammar=\"builtin:speech/transcribe\" "
        "confidence=\"0.75\"><instance><ex:Person><ex:Name>x</ex:Name></ex:Person></instance>"
        "<input mode=\"speech\">\n  公积金\n 怎么提取 </input></interpretation>"
        "<interpretation confidence=\"0.5\"><input>公鸡</input></interpretation>"));
    ASSERT_TRUE(read) << read.error().note;
    EXPECT_EQ(read->text, "公积金 怎么提取");
    EXPECT_EQ(read->certainty, 0.75);
}

TEST(nlsml, reads_what_other_servers_make_of_it) {
    expect_words(result("<mrcp:interpretation><mrcp:input>是</mrcp:input></mrcp:interpretation>"),
                 "是");
    expect_words(result("<interpretation><input><input mode=\"dtmf\">12<noinput/></input>"
                        "<input mode='speech' confidence='0.9'>好</input></input>"
                        "</interpretation>"),
                 "好");
    expect_words(result("<interpretation><instance>好</instance></interpretation>"), "好");
    expect_words(result("<interpretation><instance><![CDATA[a<b]]></instance></interpretation>"),
                 "a<b");
    expect_words(result("<interpretation><input>a&lt;b&amp;&#x597D;&#22909;</input>"
                        "</interpretation>"),
                 "a<b&好好");
    expect_words(result("<interpretation grammar=\"a>b\"><input>好</input></interpretation>"),
                 "好");
}

TEST(nlsml, confidence_of_the_drafts_is_a_percentage_and_nonsense_is_none) {
    const auto certainty = [](const std::string& text) {
        const auto read = words_of_nlsml(result("<interpretation confidence=\"" + text +
                                                "\"><input>好</input></interpretation>"));
        return read ? read->certainty : std::optional<double>{-1};
    };
    EXPECT_EQ(certainty("80"), 0.8);
    EXPECT_EQ(certainty("1.0"), 1.0);
    for (const char* text : {"", "-1", "101", "nan", "inf", "0.5x", "1e400"})
        EXPECT_FALSE(certainty(text)) << text;
}

TEST(nlsml, no_words_are_not_understood) {
    expect_error(result(""), Errc::not_understood);
    expect_error(result("<interpretation/>"), Errc::not_understood);
    expect_error(result("<interpretation><instance/><input><nomatch/></input></interpretation>"),
                 Errc::not_understood);
    expect_error(result("<interpretation><input><noinput/></input></interpretation>"),
                 Errc::not_understood);
    expect_error(result("<interpretation><input mode=\"dtmf\">12</input></interpretation>"),
                 Errc::not_understood);
    expect_error(result("<interpretation><instance><a>b</a>c</instance></interpretation>"),
                 Errc::not_understood);
}

TEST(nlsml, hostile_xml_is_refused) {
    for (const char* xml : {"",
                            "words",
                            "<a/>",
                            "<result>",
                            "<result></resul>",
                            "<result></result></result>",
                            "<result/><result/>",
                            "x<result/>",
                            "<result/>x",
                            "<result",
                            "<result a=\"></result>",
                            "<result><input></result></input>",
                            "<result>&bomb;</result>",
                            "<result>&</result>",
                            "<result>&#0;</result>",
                            "<result>&#x110000;</result>",
                            "<result>&#xFFFFFFFFFF;</result>",
                            "<!DOCTYPE result [<!ENTITY a \"b\">]><result/>",
                            "<result><![CDATA[</result>",
                            "<![CDATA[a]]>",
                            "<result><></result>",
                            "<result></></result>",
                            "<result><!-- "})
        expect_error(xml, Errc::failed);
    std::string deep = "<result>";
    for (int i = 0; i < 100'000; ++i) deep += "<a>";
    expect_error(deep, Errc::failed);
}

TEST(nlsml, what_is_read_is_bounded_and_clean) {
    const auto read = words_of_nlsml(
        result("<interpretation><input>" + std::string(50'000, 'a') + "</input></interpretation>"));
    ASSERT_TRUE(read);
    EXPECT_LE(read->text.size(), AsrEngine::text_bytes_max);
    expect_words(result("<interpretation><input>a&#x202E;b&#1;</input></interpretation>"), "ab");
}

}  // namespace
}  // namespace ys::speech
