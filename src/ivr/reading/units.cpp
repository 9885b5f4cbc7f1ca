// SPDX-License-Identifier: Apache-2.0
#include "ivr/reading/units.h"

#include <algorithm>
#include <array>
#include <span>

#include "ivr/reading/code_points.h"

namespace ys::ivr {
namespace {

struct Sign {
    std::u32string_view written, said;
    Two two = Two::Liang;
};
/// Longer before shorter where one begins with the other. A (安), S and G are too often something
/// else: 4S店, 5G.
constexpr std::array signs{
    Sign{U"km/h", U"公里每小时"},
    Sign{U"kWh", U"千瓦时"},
    Sign{U"kW·h", U"千瓦时"},
    Sign{U"kw·h", U"千瓦时"},
    Sign{U"km²", U"平方公里"},
    Sign{U"km2", U"平方公里"},
    Sign{U"㎢", U"平方公里"},
    Sign{U"km", U"公里"},
    Sign{U"KM", U"公里"},
    Sign{U"㎞", U"公里"},
    Sign{U"kg", U"公斤"},
    Sign{U"KG", U"公斤"},
    Sign{U"㎏", U"公斤"},
    Sign{U"kVA", U"千伏安"},
    Sign{U"kV", U"千伏"},
    Sign{U"kW", U"千瓦"},
    Sign{U"KW", U"千瓦"},
    Sign{U"kPa", U"千帕"},
    Sign{U"MPa", U"兆帕"},
    Sign{U"Pa", U"帕"},
    Sign{U"mm", U"毫米"},
    Sign{U"㎜", U"毫米"},
    Sign{U"cm", U"厘米"},
    Sign{U"㎝", U"厘米"},
    Sign{U"mg", U"毫克"},
    Sign{U"mL", U"毫升"},
    Sign{U"ml", U"毫升"},
    Sign{U"μg", U"微克"},
    Sign{U"µg", U"微克"},
    Sign{U"min", U"分钟"},
    Sign{U"m²", U"平方米"},
    Sign{U"m2", U"平方米"},
    Sign{U"㎡", U"平方米"},
    Sign{U"m³", U"立方米"},
    Sign{U"m3", U"立方米"},
    Sign{U"㎥", U"立方米"},
    Sign{U"m", U"米"},
    Sign{U"MHz", U"兆赫"},
    Sign{U"kHz", U"千赫"},
    Sign{U"Hz", U"赫兹"},
    Sign{U"dB", U"分贝"},
    Sign{U"ha", U"公顷"},
    Sign{U"t", U"吨"},
    Sign{U"L", U"升"},
    Sign{U"g", U"克"},
    Sign{U"h", U"小时"},
    Sign{U"s", U"秒"},
    Sign{U"V", U"伏"},
    Sign{U"W", U"瓦"},
    Sign{U"℃", U"摄氏度", Two::Er},
    Sign{U"°C", U"摄氏度", Two::Er},
    Sign{U"℉", U"华氏度", Two::Er},
    Sign{U"°F", U"华氏度", Two::Er},
    Sign{U"°", U"度", Two::Er},
};

/// What is counted or measured: 2 before it is 两. Blanks divide.
constexpr std::u32string_view counted =
    U" 个 天 年 周 次 人 名 位 件 份 张 套 户 家 条 项 种 类 辆 台 处 间 本 部 口 分钟 分 小时"
    U" 秒钟 秒 元 角 块 毛 美元 欧元 英镑 港元 米 公里 千米 里 吨 公斤 千克 斤 克 升 毫升 毫米"
    U" 厘米 平方公里 平方米 平方 立方米 立方 平米 亩 公顷 倍 成 岁 周岁 页 字 代 对 双 组 批 轮"
    U" 场 趟 步 把 支 只 头 匹 根 片 颗 粒 瓶 箱 袋 包 桶 盒 顿 句 段 篇 封 笔 宗 起 例 期 票"
    U" 股 枚 扇 架 艘 节 排 行 刻钟 刻 点 时 夜 晚 样 半 盏 床 餐 道 遍 回 面 届 万 千 亿 星期"
    U" 工作日 个工作日 自然日 日内 钟头 伏 瓦 千瓦时 千瓦 千伏 兆 度 车道 人次 车次 室 厅 卫 折"
    U" 副 幅 缕 滴 阵 声 门课 ";

/// What numbers are names of or have their place in: 2 before it stays 二.
constexpr std::u32string_view named =
    U" 月 月份 日 号 号线 号楼 号院 号门 层 楼 栋 幢 座 单元 级 等 路 线 区 环 季度 手 胎 孩 审"
    U" 维 年级 班 中 院 厂 队 所 村 社 学年 年度 摄氏度 ";

/// Words that only begin like a measure word.
constexpr std::u32string_view other_words =
    U" 人工 人员 人民 人社 人大 位于 位置 本人 本市 本月 本次 本地 部门 条件 次日 代表 代办"
    U" 代理 对应 对于 组织 家庭 家电 家政 处理 成功 成为 项目 面向 面对 门户 门口 起诉 起点"
    U" 号码 点击 点此 时间 时刻 时候 分机 分享 分类 分别 分局 分行 道路 名称 名单 日前 元旦"
    U" 级别 天然 户口 户籍 户号 件数 头像 把握 批准 口头 线路 行政 行人 年审 年检 中心 中国"
    U" 中文 等待 等候 等候中 等部 区号 里面 路灯 路口 路段 字样 节假 节日 半夜 会议 社区 社保"
    U" 所有 所以 所在 院内 级以 台风 轮候 排队 审核 审批 场所 度假 支持 只有 只能 只准 只收"
    U" 只要 只是 只可 只在 只对 只需 只限 只办 只接 只用 段落 班主 ";

/// Behind these a number is a name made of digits.
constexpr std::array<std::u32string_view, 40> cues{
    U"电话", U"热线",   U"拨打",   U"致电",   U"拨",   U"手机", U"号码", U"代码",
    U"编码", U"验证码", U"密码",   U"邮编",   U"传真", U"分机", U"转",   U"尾号",
    U"后四", U"四位",   U"身份证", U"信箱",   U"呼叫", U"发送", U"工单", U"案件",
    U"单元", U"号楼",   U"栋",     U"幢",     U"微信", U"QQ",   U"qq",   U"Tel",
    U"TEL",  U"客服",   U"监督台", U"服务台", U"短号", U"总机", U"座机", U"来电"};

consteval std::size_t count_words(std::u32string_view list) {
    return static_cast<std::size_t>(std::ranges::count(list, U' ')) - 1;
}

/// The words of a list in their order, found out while compiling.
template <const std::u32string_view& list>
constexpr auto sorted_words = [] {
    std::array<std::u32string_view, count_words(list)> words;
    std::size_t begin = 1;
    for (auto& word : words) {
        const std::size_t end = list.find(U' ', begin);
        word = list.substr(begin, end - begin);
        begin = end + 1;
    }
    std::ranges::sort(words);
    return words;
}();

/// The length of the longest of these words that the text has at this place.
std::size_t longest_of(std::span<const std::u32string_view> words, std::u32string_view text,
                       std::size_t at) {
    constexpr std::size_t word_max = 4;
    std::size_t longest = 0;
    for (std::size_t n = 1; n <= word_max && at + n <= text.size(); ++n) {
        if (!is_han(text[at + n - 1])) break;
        if (std::ranges::binary_search(words, text.substr(at, n))) longest = n;
    }
    return longest;
}

bool ends_with_cue(std::u32string_view text) {
    // 左转200, 流转3000: another 转.
    if (text.ends_with(U"转") && text.size() > 1 &&
        std::u32string_view(U"左右周旋逆运流翻").find(text[text.size() - 2]) != text.npos)
        return false;
    return std::ranges::any_of(cues, [&](std::u32string_view cue) { return text.ends_with(cue); });
}

}  // namespace

Unit sign_at(std::u32string_view text, std::size_t at) {
    const char32_t c = at_or_none(text, at);
    if (is_han(c) || (c < 0x80 && !is_letter(c))) return {};
    for (const Sign& sign : signs) {
        if (!text.substr(std::min(at, text.size())).starts_with(sign.written)) continue;
        const std::size_t end = at + sign.written.size();
        if (is_letter(sign.written.back()) && is_word(at_or_none(text, end))) continue;
        return {sign.written.size(), sign.said, sign.two, false, true};
    }
    return {};
}

Unit measure_at(std::u32string_view text, std::size_t at) {
    const auto count = longest_of(sorted_words<counted>, text, at);
    const auto name = longest_of(sorted_words<named>, text, at);
    const auto length = std::max(count, name);
    if (length == 0 || longest_of(sorted_words<other_words>, text, at) > length) return {};
    const bool is_name = name > count;
    return {length, {}, is_name ? Two::Er : Two::Liang, is_name, false};
}

Unit unit_at(std::u32string_view text, std::size_t at) {
    const std::size_t blanks = is_blank(at_or_none(text, at)) ? 1 : 0;
    Unit unit = sign_at(text, at + blanks);
    if (!unit) unit = measure_at(text, at + blanks);
    if (unit) unit.length += blanks;
    return unit;
}

bool wants_digits(std::u32string_view text, std::size_t at) {
    constexpr std::u32string_view between = U"：:为是“\"（( ";
    std::u32string_view before = text.substr(0, std::min(at, text.size()));
    const std::size_t all = before.size();
    while (!before.empty() && all - before.size() < 4 &&
           between.find(before.back()) != between.npos)
        before.remove_suffix(1);
    if (ends_with_cue(before)) return true;
    // 户号：12345678, 受理号为1027, but 12号3点: there 号 is the day.
    constexpr std::u32string_view numerals = U"一二三四五六七八九十零〇";
    return before.size() > 1 && before.back() == U'号' && is_han(before[before.size() - 2]) &&
           numerals.find(before[before.size() - 2]) == numerals.npos;
}

bool is_service_number(std::u32string_view digits) {
    constexpr std::u32string_view three = U" 110 112 114 117 118 119 120 121 122 123 ";
    if (digits.size() == 3) {
        std::u32string word = U" ";
        word.append(digits).append(U" ");
        return three.find(word) != three.npos;
    }
    if (digits.ends_with(U"000")) return false;
    if (digits.size() == 5)
        return digits.starts_with(U"12") || digits.starts_with(U"100") ||
               digits.starts_with(U"95") || digits.starts_with(U"96");
    return digits.size() == 6 && (digits.starts_with(U"95") || digits.starts_with(U"96"));
}

bool is_province(char32_t c) {
    constexpr std::u32string_view provinces =
        U"京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
    return provinces.find(c) != provinces.npos;
}

}  // namespace ys::ivr
