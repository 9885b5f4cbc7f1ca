// SPDX-License-Identifier: Apache-2.0
#include "platform/words/toned_pinyin.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <span>

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include "base/text.h"
#include "platform/words/characters.h"

// The words are part of the program: it is installed offline, and a file beside it can be lost.
// NOLINTNEXTLINE(hicpp-no-assembler)
asm(".section .rodata\n"
    ".balign 16\n"
    "ys_pinyin_phrases: .incbin \"" YS_PHRASES
    "/phrases.tsv\"\n"
    "ys_pinyin_phrases_end:\n"
    ".previous\n");
extern "C" {
extern const char ys_pinyin_phrases[];      // NOLINT(modernize-avoid-c-arrays)
extern const char ys_pinyin_phrases_end[];  // NOLINT(modernize-avoid-c-arrays)
}

namespace ys::words {
namespace {

struct OwnWord {
    std::string_view text, pinyin;
};
/// Words of hotlines that the dictionary has not, and whose characters are mostly read otherwise.
constexpr std::array own_words{
    OwnWord{"供热", "gōng rè"},
    OwnWord{"供暖", "gōng nuǎn"},
    OwnWord{"供电", "gōng diàn"},
    OwnWord{"供水", "gōng shuǐ"},
    OwnWord{"供气", "gōng qì"},
    OwnWord{"供应", "gōng yìng"},
    OwnWord{"还款", "huán kuǎn"},
    OwnWord{"还车", "huán chē"},
    OwnWord{"退还", "tuì huán"},
    OwnWord{"转人工", "zhuǎn rén gōng"},
    OwnWord{"转账", "zhuǎn zhàng"},
    OwnWord{"转接", "zhuǎn jiē"},
    OwnWord{"转出", "zhuǎn chū"},
    OwnWord{"转入", "zhuǎn rù"},
    OwnWord{"重办", "chóng bàn"},
    OwnWord{"重写", "chóng xiě"},
    OwnWord{"重拨", "chóng bō"},
    OwnWord{"重输", "chóng shū"},
    OwnWord{"长按", "cháng àn"},
    OwnWord{"长途", "cháng tú"},
    OwnWord{"长期", "cháng qī"},
    OwnWord{"超长", "chāo cháng"},
    OwnWord{"延长", "yán cháng"},
    OwnWord{"班长", "bān zhǎng"},
    OwnWord{"站长", "zhàn zhǎng"},
    OwnWord{"区长", "qū zhǎng"},
    OwnWord{"家长", "jiā zhǎng"},
    OwnWord{"代扣", "dài kòu"},
    OwnWord{"央行", "yāng háng"},
    OwnWord{"行号", "háng hào"},
    OwnWord{"同行业", "tóng háng yè"},
    OwnWord{"调度", "diào dù"},
    OwnWord{"调档", "diào dàng"},
    OwnWord{"调取", "diào qǔ"},
    OwnWord{"调录像", "diào lù xiàng"},
    OwnWord{"调看", "diào kàn"},
    OwnWord{"调解", "tiáo jiě"},
    OwnWord{"参保", "cān bǎo"},
    OwnWord{"处罚", "chǔ fá"},
    OwnWord{"发卡", "fā kǎ"},
    OwnWord{"差额", "chā é"},
    OwnWord{"出差", "chū chāi"},
    OwnWord{"几号", "jǐ hào"},
    OwnWord{"几天", "jǐ tiān"},
    OwnWord{"几点", "jǐ diǎn"},
    OwnWord{"几次", "jǐ cì"},
    OwnWord{"车载", "chē zài"},
    OwnWord{"下载", "xià zài"},
    OwnWord{"载客", "zài kè"},
    OwnWord{"为您", "wèi nín"},
    OwnWord{"为准", "wéi zhǔn"},
    OwnWord{"视为", "shì wéi"},
    OwnWord{"分为", "fēn wéi"},
    OwnWord{"均为", "jūn wéi"},
    OwnWord{"只收", "zhǐ shōu"},
    OwnWord{"只能", "zhǐ néng"},
    OwnWord{"一只", "yì zhī"},
    OwnWord{"便民", "biàn mín"},
    OwnWord{"便捷", "biàn jié"},
    OwnWord{"不便", "bú biàn"},
    OwnWord{"说得", "shuō de"},
    OwnWord{"当日", "dàng rì"},
    OwnWord{"当天", "dàng tiān"},
    OwnWord{"当月", "dàng yuè"},
    OwnWord{"当场", "dāng chǎng"},
    OwnWord{"都可以", "dōu kě yǐ"},
    OwnWord{"都能", "dōu néng"},
    OwnWord{"都有", "dōu yǒu"},
    OwnWord{"都要", "dōu yào"},
    OwnWord{"都不", "dōu bù"},
    OwnWord{"盛水", "chéng shuǐ"},
    OwnWord{"卡住", "qiǎ zhù"},
    OwnWord{"住宿", "zhù sù"},
    OwnWord{"朝向", "cháo xiàng"},
    OwnWord{"没收", "mò shōu"},
    OwnWord{"角色", "jué sè"},
    OwnWord{"落户", "luò hù"},
    OwnWord{"切断", "qiē duàn"},
    OwnWord{"应当", "yīng dāng"},
    OwnWord{"应急", "yìng jí"},
    OwnWord{"应声", "yìng shēng"},
    OwnWord{"主干道", "zhǔ gàn dào"},
    OwnWord{"号码", "hào mǎ"},
    OwnWord{"谁", "shéi"},
    OwnWord{"哗", "huā"},
    OwnWord{"嗯", "èn"},
    OwnWord{"幺", "yāo"},
    OwnWord{"地", "dì"},
    OwnWord{"长", "cháng"},
    OwnWord{"得", "de"},
    OwnWord{"只", "zhǐ"},
    OwnWord{"还", "hái"},
    OwnWord{"好", "hǎo"},
};
constexpr float own_likely = -11.5F;        // e^-11.5 is 1e-5: before any word of the dictionary
constexpr float character_likely = -18.4F;  // 1e-8: two words beat one of three and a character
constexpr std::size_t word_max = 9;         ///< characters of the longest word

constexpr std::string_view numerals = "零一二三四五六七八九十百千万亿两幺点〇";

bool is_in(std::string_view list, std::string_view character) {
    return !character.empty() && list.find(character) != list.npos;
}

/// The character that begins here; a broken one is one byte.
std::string_view character_at(std::string_view text) {
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t n = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    return text.substr(0, std::min(n, text.size()));
}

char32_t han_of(std::string_view c) {
    if (c.size() != 3) return 0;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(c[i]); };
    return (byte(0) & 0x0Fu) << 12 | (byte(1) & 0x3Fu) << 6 | (byte(2) & 0x3Fu);
}

/// How 一 and 不 sound before the next syllable.
char tone_before(char next, char before_fourth, char else_) {
    return next == '4' ? before_fourth : else_;
}

}  // namespace

std::string with_tone_number(std::string_view syllable) {
    // ü is typed as v. Rows are vowels, columns the tones 1 to 4.
    static constexpr std::array<std::string_view, 6> marked{"āáǎà", "ēéěè", "īíǐì",
                                                            "ōóǒò", "ūúǔù", "ǖǘǚǜ"};
    constexpr std::string_view vowels = "aeiouv";
    std::string out;
    char tone = '5';
    while (!syllable.empty()) {
        const auto c = character_at(syllable);
        syllable.remove_prefix(c.size());
        if (c.size() == 1 && 'a' <= c[0] && c[0] <= 'z') {
            out += c[0];
            continue;
        }
        if (c == "ü") {
            out += 'v';
            continue;
        }
        const auto row = std::ranges::find_if(
            marked, [&](std::string_view each) { return each.find(c) != each.npos; });
        if (row == marked.end() || c.size() != 2) return {};
        out += vowels[static_cast<std::size_t>(row - marked.begin())];
        tone = static_cast<char>('1' + row->find(c) / 2);
    }
    return out.empty() ? out : out + tone;
}

TonedPinyin::~TonedPinyin() = default;

Result<std::unique_ptr<TonedPinyin>> TonedPinyin::make() {
    std::unique_ptr<TonedPinyin> made(new TonedPinyin);
    YS_TRY([[maybe_unused]] const Done learned, made->learn_characters());
    made->learn_words();
    return made;
}

Result<Done> TonedPinyin::learn_characters() {
    UErrorCode failed = U_ZERO_ERROR;
    const std::unique_ptr<icu::Transliterator> latin(
        icu::Transliterator::createInstance("Han-Latin; Lower; NFC", UTRANS_FORWARD, failed));
    if (U_FAILURE(failed) || !latin)
        return Error{std::errc::not_enough_memory, "reading how characters are read"};
    icu::UnicodeString all;
    for (char32_t c = first_han; c <= last_han; ++c) {
        all.append(static_cast<UChar32>(c));
        all.append(static_cast<UChar32>('\n'));
    }
    latin->transliterate(all);
    std::string text;
    all.toUTF8String(text);
    of_character_.reserve(last_han - first_han + 1);
    for (const std::string_view line : split(text, '\n'))
        of_character_.push_back(with_tone_number(trimmed(line)));
    of_character_.resize(last_han - first_han + 1);
    return Done{};
}

void TonedPinyin::learn_words() {
    const std::string_view all(ys_pinyin_phrases, ys_pinyin_phrases_end);
    for (const OwnWord& own : own_words) words_.push_back({own.text, own.pinyin, own_likely});
    for (const std::string_view line : split(all, '\n')) {
        const auto columns = split(line, '\t');
        double likely = 0;
        if (columns.size() != 3) continue;
        const auto end = columns[2].data() + columns[2].size();
        if (std::from_chars(columns[2].data(), end, likely).ec != std::errc{} || likely <= 0)
            continue;
        words_.push_back({columns[0], columns[1], std::log(static_cast<float>(likely))});
    }
    // Of two readings of one word the own one stays: it came first.
    std::ranges::stable_sort(words_, {}, &Word::text);
    const auto twice = [](const Word& a, const Word& b) { return a.text == b.text; };
    words_.erase(std::unique(words_.begin(), words_.end(), twice), words_.end());
}

const TonedPinyin::Word* TonedPinyin::word_at(std::string_view text) const {
    const auto at = std::ranges::lower_bound(words_, text, {}, &Word::text);
    return at != words_.end() && at->text == text ? &*at : nullptr;
}

/// The likeliest way to cut the characters into words, each read as the dictionary has it.
std::vector<std::string> TonedPinyin::spell(const std::vector<std::string_view>& characters) const {
    const std::size_t n = characters.size();
    struct Best {
        float likely = -1e30F;
        std::size_t begin = 0;
        const Word* word = nullptr;
    };
    std::vector<Best> best(n + 1);
    best[0].likely = 0;
    for (std::size_t begin = 0; begin < n; ++begin) {
        const char* const first = characters[begin].data();
        for (std::size_t end = begin + 1; end <= std::min(n, begin + word_max); ++end) {
            const auto& last = characters[end - 1];
            const auto length = static_cast<std::size_t>(last.data() + last.size() - first);
            const Word* const word = word_at({first, length});
            if (word == nullptr && end > begin + 1) continue;
            // A single character is only as likely as any other, its reading may be an own one.
            const float gain = end == begin + 1 ? character_likely : word->likely;
            const float likely = best[begin].likely + gain;
            if (likely > best[end].likely) best[end] = {likely, begin, word};
        }
    }
    std::vector<std::string> out(n);
    for (std::size_t end = n; end > 0; end = best[end].begin) {
        const Best& step = best[end];
        if (step.word == nullptr) {
            const char32_t c = han_of(characters[step.begin]);
            if (is_han(c)) out[step.begin] = of_character_[c - first_han];
            continue;
        }
        std::size_t i = step.begin;
        for (const std::string_view syllable : split(step.word->pinyin, ' '))
            if (i < end) out[i++] = with_tone_number(syllable);
    }
    // 一 and 不 by themselves sound as the next syllable wants it.
    for (std::size_t i = 0; i < n; ++i) {
        const char next = i + 1 < n && !out[i + 1].empty() ? out[i + 1].back() : '\0';
        if (next == '\0') continue;
        if (characters[i] == "不") out[i] = std::string("bu") + tone_before(next, '2', '4');
        const bool is_date = i > 0 && characters[i - 1] == "月";
        if (characters[i] == "一" && out[i].starts_with("yi") && is_date)
            out[i] = "yi1";
        else if (characters[i] == "一" && out[i] == "yi1" &&
                 !is_in("月号楼层级等班期线路区", characters[i + 1]))
            out[i] = std::string("yi") + tone_before(next, '2', '4');
    }
    return out;
}

std::vector<std::string> TonedPinyin::read(const std::vector<std::string_view>& characters) const {
    std::vector<std::string> out;
    const std::size_t n = characters.size();
    for (std::size_t at = 0; at < n;) {
        std::size_t end = at;
        while (end < n && is_in(numerals, characters[end])) ++end;
        // 九点: the hour's 点 is no part of the number, nor is 一 of 一点.
        if (end > at && characters[end - 1] == "点") --end;
        const bool is_ordinal = at > 0 && characters[at - 1] == "第";
        if (end > at + 1 || (end > at && is_ordinal)) {
            for (; at < end; ++at) {
                const auto c = characters[at];
                const auto next = at + 1 < end ? characters[at + 1] : std::string_view{};
                if (c != "一")
                    out.push_back(spell({c}).front());
                else if (next == "百" || next == "千")
                    out.emplace_back("yi4");
                else
                    out.emplace_back(next == "万" || next == "亿" ? "yi2" : "yi1");
            }
            continue;
        }
        // Words up to the next number of more than one character.
        std::size_t stop = std::max(end, at + 1);
        while (stop < n &&
               !(is_in(numerals, characters[stop]) && stop + 1 < n &&
                 is_in(numerals, characters[stop + 1]) && characters[stop] != "点" &&
                 characters[stop + 1] != "点") &&
               !(characters[stop - 1] == "第" && is_in(numerals, characters[stop])))
            ++stop;
        const std::vector<std::string_view> words(
            characters.begin() + static_cast<std::ptrdiff_t>(at),
            characters.begin() + static_cast<std::ptrdiff_t>(stop));
        for (std::string& syllable : spell(words)) out.push_back(std::move(syllable));
        at = stop;
    }
    return out;
}

std::string TonedPinyin::line(std::string_view text) const {
    std::string out;
    std::vector<std::string_view> run;
    const auto add = [&](std::string_view word) {
        if (word.empty()) return;
        if (!out.empty()) out += ' ';
        out += word;
    };
    const auto flush = [&] {
        for (const std::string& syllable : read(run)) add(syllable);
        run.clear();
    };
    const auto pause = [&](char mark) {
        const bool has_pause = out.empty() || is_in(",.!?", out.substr(out.size() - 1));
        if (!has_pause) out += mark;
    };
    while (!text.empty()) {
        const auto c = character_at(text);
        text.remove_prefix(c.size());
        if (is_han(han_of(c)) || c == "〇") {
            run.push_back(c);
            continue;
        }
        flush();
        if (c.size() == 1 && is_letter(static_cast<char32_t>(lowered(c)[0]))) {
            const std::string letter(1, static_cast<char>(c[0] & ~0x20));
            // A fourth of the same letters in one breath is taken for a drawn line and not said.
            if (out.ends_with(letter + ' ' + letter + ' ' + letter)) pause(',');
            add(letter);
        } else if (is_in("、，：,:", c))
            pause(',');
        else if (is_in("；。;.", c))
            pause('.');
        else if (is_in("！!", c))
            pause('!');
        else if (is_in("？?", c))
            pause('?');
    }
    flush();
    return out;
}

}  // namespace ys::words
