// SPDX-License-Identifier: Apache-2.0
#include "platform/words/pinyin.h"

#include <algorithm>
#include <memory>

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include "base/text.h"
#include "platform/words/characters.h"

namespace ys::words {
namespace {

struct OtherReading {
    char32_t character;
    std::string_view pinyin;
};
/// ICU knows one reading of each character; these are often read otherwise in names of places and
/// of things people complain about.
constexpr OtherReading other_readings[]{
    {U'行', "hang"}, {U'重', "chong"}, {U'重', "zhong"}, {U'长', "chang"}, {U'长', "zhang"},
    {U'乐', "yue"},  {U'乐', "le"},    {U'厦', "sha"},   {U'厦', "xia"},   {U'朝', "chao"},
    {U'朝', "zhao"}, {U'曾', "zeng"},  {U'单', "shan"},  {U'藏', "zang"},  {U'调', "tiao"},
    {U'调', "diao"}, {U'还', "huan"},  {U'六', "lu"},    {U'省', "xing"},  {U'车', "che"},
    {U'会', "kuai"}, {U'大', "dai"},   {U'地', "di"},    {U'都', "du"},    {U'都', "dou"},
    {U'区', "ou"},   {U'区', "qu"},    {U'解', "xie"},   {U'传', "zhuan"}, {U'圈', "juan"},
    {U'差', "chai"}, {U'供', "gong"},  {U'场', "chang"}, {U'弄', "long"},  {U'弄', "nong"}};

}  // namespace

Pinyin::Pinyin() {
    UErrorCode failed = U_ZERO_ERROR;
    const std::unique_ptr<icu::Transliterator> latin(icu::Transliterator::createInstance(
        "Han-Latin; Latin-ASCII; Lower", UTRANS_FORWARD, failed));
    if (U_FAILURE(failed) || !latin) return;
    icu::UnicodeString all;
    for (char32_t c = first_han; c <= last_han; ++c) {
        all.append(static_cast<UChar32>(c));
        all.append(static_cast<UChar32>('\n'));
    }
    latin->transliterate(all);
    std::string text;
    all.toUTF8String(text);
    readings_.resize(last_han - first_han + 1);
    std::size_t i = 0;
    for (const std::string_view line : split(text, '\n')) {
        if (i >= readings_.size()) break;
        add(i++, trimmed(line));
    }
    for (const OtherReading& other : other_readings) add(other.character - first_han, other.pinyin);
}

std::span<const std::string> Pinyin::of(char32_t c) const {
    if (readings_.empty() || !is_han(c)) return {};
    return readings_[c - first_han];
}

void Pinyin::add(std::size_t i, std::string_view pinyin) {
    const bool is_plain =
        !pinyin.empty() && std::ranges::all_of(pinyin, [](char c) { return 'a' <= c && c <= 'z'; });
    if (!is_plain || std::ranges::find(readings_[i], pinyin) != readings_[i].end()) return;
    readings_[i].emplace_back(pinyin);
    syllables_.emplace(pinyin);
}

const Pinyin& pinyin() {
    static const Pinyin it;
    return it;
}

}  // namespace ys::words
