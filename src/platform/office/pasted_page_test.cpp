// SPDX-License-Identifier: Apache-2.0
#include "platform/office/pasted_page.h"

#include <array>

#include <gtest/gtest.h>

#include "base/dice.h"

namespace ys::office {
namespace {

std::vector<std::string> texts(std::string_view html) {
    const auto read = read_page(html);
    std::vector<std::string> out;
    if (!read) return {"refused"};
    for (const Block& each : read->items) out.push_back(each.text);
    return out;
}
using Texts = std::vector<std::string>;

TEST(pasted_page, what_word_puts_on_the_clipboard_becomes_blocks) {
    const auto read = read_page(
        R"(<html xmlns:o="x"><head><meta charset=gb2312><style>p{color:red}</style></head><body>
<!--StartFragment--><h2>所需材料<o:p></o:p></h2>
<p class=MsoListParagraph style='margin-left:21.0pt; mso-list: l0 level1 lfo1'>
<![if !supportLists]><span
 style='mso-list:Ignore'>1.<span
 style='font:7.0pt'>&nbsp;&nbsp; </span></span><![endif]><b>身份证</b>
原件</p><p>第一句<br>第二句&nbsp;&lt;注&gt;</p>
<table><tr><td><p>材料</p></td><td>份数</td></tr></table>
<ul><li>甲<li>乙</ul><!--EndFragment--></body></html>)");
    ASSERT_TRUE(read);
    const auto& b = read->items;
    ASSERT_EQ(b.size(), 6U);
    EXPECT_EQ(b[0], (Block{BlockKind::Heading, 1, 2, "所需材料", {}}));
    EXPECT_EQ(b[1], (Block{BlockKind::Item, 2, 0, "身份证 原件", {}}));
    EXPECT_EQ(b[2].text, "第一句\n第二句 <注>");
    EXPECT_EQ(b[3].cells, (Texts{"材料", "份数"}));
    EXPECT_EQ(b[4].kind, BlockKind::Item);
    EXPECT_EQ(b[5].text, "乙");
    EXPECT_TRUE(read->unread.empty());
}

TEST(pasted_page, only_text_comes_out_whatever_the_markup) {
    constexpr std::array hostile{
        "<p>好<script>alert(1)</script></p>",
        "<p onclick=alert(1) style=\"background:url(javascript:alert(1))\">好</p>",
        "<p>好<img src=x onerror=alert(1)></p>",
        "<a href=\"javascript:alert(1)\">好</a>",
        "<a href=\"jav&#x09;ascript:alert(1)\">好</a>",
        "<svg><script>alert(1)</script><p>alert(1)</p></svg><p>好</p>",
        "<math><mtext><table><mglyph><style><img src=x "
        "onerror=alert(1)></style></mglyph></table></mtext></math><p>好</p>",
        "<p>好<iframe srcdoc=\"<script>alert(1)</script>\">alert(1)</iframe></p>",
        "<object data=\"javascript:alert(1)\"><p>alert(1)</p></object><p>好</p>",
        "<style>@import 'javascript:alert(1)';</style><p>好</p>",
        "<p style=\"display: none\">alert(1)</p><p hidden>alert(1)</p><p>好</p>",
        "<!-- <p>alert(1)</p> --><p>好</p><![CDATA[ ]]>",
        "<template><p>alert(1)</p></template><p>好</p>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript><p>好</p>",
        "<form action=javascript:alert(1)><input value=alert(1)><button "
        "formaction=javascript:alert(1)>alert(1)</button><p>好</p></form>",
        "<base href=\"javascript:alert(1)//\"><p>好</p>",
        "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\"><p>好</p>",
        "<p>好<textarea></textarea><xml><x>alert(1)</x></xml></p>",
        "<p>好</p><scr<script>ipt>alert(1)</script>",
    };
    for (const char* html : hostile) {
        const Texts out = texts(html);
        std::string all;
        for (const std::string& each : out) all += each;
        EXPECT_NE(all.find("好"), std::string::npos) << html;
        for (const char* sign : {"onerror", "onclick", "javascript:", "<script", "<img", "style="})
            EXPECT_EQ(all.find(sign), std::string::npos) << html << "\n" << all;
    }
    // Text that looks like markup is text.
    EXPECT_EQ(texts("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
              Texts{"<script>alert(1)</script>"});
}

TEST(pasted_page, what_is_left_out_is_named) {
    const auto read =
        read_page("<p>一<img src=a></p><script>1</script><video src=x></video><p>二</p>");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->unread, (std::vector<Unread>{{1, "picture"}, {2, "script"}, {2, "media"}}));
}

TEST(pasted_page, it_is_bounded) {
    std::string deep, many;
    for (int i = 0; i < 100'000; ++i) deep += "<b>";
    EXPECT_EQ(texts(deep + "x"), Texts{"refused"});
    for (int i = 0; i < 6'000; ++i) many += "<p>x</p>";
    EXPECT_EQ(texts(many), Texts{"refused"});
    EXPECT_EQ(texts(""), Texts{});
    EXPECT_EQ(texts("只有文字"), Texts{"只有文字"});
    const std::string good =
        "<div><ul><li>a<li>b</ul><table><tr><td>c<td>d</table><h1>e</h1></div>";
    Dice dice(3);
    for (int i = 0; i < 5'000; ++i) {
        std::string bad = good;
        for (int n = 0; n < 4; ++n)
            bad[dice.below(bad.size())] = "<>/&;=\"'!-\0pt\xE5"[dice.below(14)];
        (void)read_page(bad);
    }
}

}  // namespace
}  // namespace ys::office
