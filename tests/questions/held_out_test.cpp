// SPDX-License-Identifier: Apache-2.0
// The questions are an exam only while nothing of them stands in what was learnt.
#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "platform/words/characters.h"
#include "question_files.h"

namespace ys::knowledge::testing {
namespace {

/// Runs of four Chinese characters, stop phrases cut out.
std::set<std::u32string> runs_of_four(const std::string& text,
                                      const std::vector<std::u32string>& stops) {
    std::u32string plain = words::characters(text);
    for (const std::u32string& stop : stops)
        for (auto at = plain.find(stop); at != plain.npos; at = plain.find(stop))
            plain.replace(at, stop.size(), U"|");
    std::set<std::u32string> out;
    for (std::size_t i = 0; i + 4 <= plain.size(); ++i)
        if (std::all_of(plain.begin() + static_cast<std::ptrdiff_t>(i),
                        plain.begin() + static_cast<std::ptrdiff_t>(i + 4), words::is_han))
            out.insert(plain.substr(i, 4));
    return out;
}

TEST(HeldOut, no_four_characters_of_a_question_stand_in_what_its_matter_knows) {
    std::vector<std::u32string> stops;
    for (const std::string& stop : stop_phrases()) stops.push_back(words::characters(stop));
    for (const char* name : hotlines) {
        const Hotline hotline = hotline_of(name);
        std::vector<std::set<std::u32string>> known;
        for (const Matter& matter : hotline.matters) {
            auto& runs = known.emplace_back(runs_of_four(matter.title, stops));
            runs.merge(runs_of_four(matter.scope, stops));
            for (const std::string& asking : matter.askings)
                runs.merge(runs_of_four(asking, stops));
        }
        for (const HeldOut& each : hotline.held_out)
            for (const std::u32string& run : runs_of_four(each.question, stops))
                EXPECT_FALSE(known[each.matter].contains(run))
                    << name << ' ' << hotline.matters[each.matter].code << ' ' << each.question;
    }
}

TEST(HeldOut, no_question_is_an_asking_of_its_matter) {
    for (const char* name : hotlines) {
        const Hotline hotline = hotline_of(name);
        for (const HeldOut& each : hotline.held_out) {
            const Matter& matter = hotline.matters[each.matter];
            for (const std::string& asking : matter.askings)
                EXPECT_NE(words::plain_text(asking), words::plain_text(each.question)) << name;
        }
    }
}

TEST(HeldOut, no_four_characters_of_a_strangers_line_stand_in_what_is_nobodys) {
    std::set<std::u32string> known;
    for (const std::string& other : other_askings()) known.merge(runs_of_four(other, {}));
    for (const OutOfDomain& each : out_of_domain())
        for (const std::u32string& run : runs_of_four(each.line, {}))
            EXPECT_FALSE(known.contains(run)) << each.line;
}

TEST(HeldOut, there_are_enough_of_each) {
    std::size_t matters = 0, questions = 0;
    for (const char* name : hotlines) {
        const Hotline hotline = hotline_of(name);
        matters += hotline.matters.size();
        questions += hotline.held_out.size();
        std::set<std::string> codes;
        for (const Matter& matter : hotline.matters) {
            EXPECT_TRUE(codes.insert(matter.code).second) << matter.code;
            EXPECT_GE(std::set(matter.askings.begin(), matter.askings.end()).size(), 5U)
                << name << ' ' << matter.code;
        }
        for (std::uint32_t i = 0; i < hotline.matters.size(); ++i)
            EXPECT_GE(std::ranges::count(hotline.held_out, i, &HeldOut::matter), 2)
                << name << ' ' << hotline.matters[i].code;
    }
    EXPECT_GE(matters, 300U);
    EXPECT_GE(questions, 1'500U);
    EXPECT_GE(out_of_domain().size(), 200U);
}

}  // namespace
}  // namespace ys::knowledge::testing
