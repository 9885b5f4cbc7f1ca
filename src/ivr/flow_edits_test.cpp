// SPDX-License-Identifier: Apache-2.0
// Random edits of every flow that ships: what the checker lets pass is walked by every caller, so
// an edit that takes a person away from some node must have been refused.
#include <map>
#include <set>

#include "base/dice.h"
#include "base/text.h"
#include "ivr/checker.h"
#include "ivr/flow_text.h"
#include "ivr/testing/flow_files.h"
#include "ivr/testing/people_walk.h"

namespace ys::ivr {
namespace {

using K = FaultKind;
using testing::content;
using testing::flow_files;
using testing::met_by_callers;
using Lines = std::vector<std::string>;

constexpr int edits_each = 200;

/// Nodes an edit may lead to besides the flow's own; each is added when something leads there.
const std::map<std::string, std::string> strangers{
    {"x-bye", "node x-bye hang-up\n  say bye"},
    {"x-box", "node x-box voicemail\n  say leave-message"},
    {"x-news", "node x-news play\n  say news\n  -> x-desk"},
    {"x-menu", "node x-menu choose\n  say menu\n  key 1 -> x-desk\n  key 2 -> x-bye"},
    {"x-desk", "node x-desk queue\n  queue stranger"},
};

/// Hands out edits of one flow's text; what reads no more is thrown again.
class Editor {
public:
    Editor(const std::string& text, std::uint64_t seed) : dice_(seed) {
        for (const std::string_view line : split(text, '\n')) {
            const bool is_calendar = line.starts_with("holiday") || line.starts_with("workday");
            const bool is_said = !trimmed(line).empty() && !line.starts_with('#');
            // One special day of each kind is enough for any rule, and walks are quicker.
            if (is_said && (!is_calendar || special_days_.emplace(line.substr(0, 7)).second))
                lines_.emplace_back(line);
        }
        shipped_ = to_text(*parse_flow(whole(lines_)));
    }

    Flow edited() {
        for (;;) {
            Lines lines = lines_;
            const int edits = dice_.chance(0.75) ? 1 : 2;
            for (int i = 0; i < edits; ++i) edit(lines);
            auto flow = parse_flow(whole(lines));
            if (flow && to_text(*flow) != shipped_) return *flow;
        }
    }

private:
    static std::string whole(Lines lines) {
        for (std::size_t i = 0; i < lines.size(); ++i)  // What is added may lead to more.
            for (const auto& [name, text] : strangers)
                if (lines[i].ends_with(" " + name) || lines[i].find(" " + name + "\n") != npos)
                    if (std::ranges::find(lines, text) == lines.end()) lines.push_back(text);
        std::string out;
        for (const std::string& line : lines) out += line + "\n";
        return out;
    }
    static constexpr auto npos = std::string::npos;

    std::string any_node(const Lines& lines) {
        std::vector<std::string> names;
        for (const std::string& line : lines)
            if (line.starts_with("node ")) names.emplace_back(split(line, ' ')[1]);
        // As often a stranger as one of the flow's own.
        if (names.empty() || dice_.chance(0.5))
            return std::next(strangers.begin(), static_cast<long>(dice_.below(strangers.size())))
                ->first;
        return names[dice_.below(names.size())];
    }
    /// A line that `fits`, or nothing.
    template <class Fits>
    std::string* any_line(Lines& lines, Fits fits) {
        std::vector<std::string*> all;
        for (std::string& line : lines)
            if (fits(line)) all.push_back(&line);
        return all.empty() ? nullptr : all[dice_.below(all.size())];
    }

    void edit(Lines& lines) {
        switch (dice_.below(8)) {
            case 0:
            case 1:
                return lead_elsewhere(lines);
            case 2:
                return lose_a_line(lines);
            case 3:
                return lead_the_flow_elsewhere(lines);
            case 4:
                return replace_an_end(lines);
            case 5:
                return swap_lines(lines);
            default:
                return add_a_line(lines);
        }
    }

    void lead_elsewhere(Lines& lines) {
        std::string* line = any_line(lines, [](const auto& l) { return l.find("-> ") != npos; });
        if (line != nullptr) *line = line->substr(0, line->find("-> ") + 3) + any_node(lines);
    }
    void lose_a_line(Lines& lines) {
        const std::string* line = any_line(lines, [](const auto& l) {
            return l.starts_with(' ') || l.starts_with("must-hear") || l.starts_with("fallback") ||
                   l.starts_with("hours");
        });
        if (line != nullptr) lines.erase(lines.begin() + (line - lines.data()));
    }
    void lead_the_flow_elsewhere(Lines& lines) {
        std::string* line = any_line(lines, [](const auto& l) {
            return l.starts_with("person ") || l.starts_with("start ") ||
                   l.starts_with("fallback ");
        });
        if (line != nullptr) *line = line->substr(0, line->find(' ') + 1) + any_node(lines);
    }
    /// A queue, recorder or hang-up becomes another of them.
    void replace_an_end(Lines& lines) {
        std::string* line = any_line(lines, [](const auto& l) {
            return l.ends_with(" queue") || l.ends_with(" voicemail") || l.ends_with(" hang-up");
        });
        if (line == nullptr) return;
        constexpr std::array ends{" queue\n  queue other", " voicemail", " hang-up"};
        *line = line->substr(0, line->rfind(' ')) + ends[dice_.below(ends.size())];
        for (auto i = static_cast<std::size_t>(line - lines.data()) + 1;
             i < lines.size() && lines[i].starts_with(' ');)
            if (lines[i].starts_with("  say") || lines[i].starts_with("  barge"))
                ++i;
            else
                lines.erase(lines.begin() + static_cast<long>(i));
    }
    void swap_lines(Lines& lines) {
        std::string* line = any_line(lines, [](const auto& l) { return l.starts_with(' '); });
        if (line == nullptr || line == &lines.back()) return;
        std::swap(line[0], line[1]);
    }
    void add_a_line(Lines& lines) {
        std::string* line = any_line(lines, [](const auto& l) { return l.starts_with("node "); });
        if (line == nullptr) return;
        const std::string to = any_node(lines);
        const std::string key(1, "0123456789*#"[dice_.below(12)]);
        const std::array added{
            "key 0 -> " + to,        "key " + key + " -> " + to, "other -> " + to,
            "nothing -> " + to,      std::string("again 1"),     std::string("barge-in no"),
            "tag stranger -> " + to, "number 139 -> " + to,      "withheld -> " + to,
            "holiday -> " + to,      "open office -> " + to,     "time daily 08:00-20:00 -> " + to,
            std::string("wait 20s"),
        };
        *line += "\n  " + added[dice_.below(added.size())];
    }

    Dice dice_;
    Lines lines_;
    std::string shipped_;
    std::set<std::string> special_days_;
};

/// Faults that leave every caller a way to a person; only such as are told beside the others.
bool is_harmless(const Fault& f) {
    return f.kind == K::NothingLeadsHere || f.kind == K::TooFar || f.kind == K::WaitsTooLong ||
           f.kind == K::MenusTooDeep || f.kind == K::CodeForNothing ||
           f.kind == K::NumberWithoutCode || f.kind == K::CodeWithoutNumber;
}

TEST(flow_edits, none_that_takes_a_person_away_is_let_pass) {
    std::uint64_t seed = 1;
    for (const auto& file : flow_files("scenarios")) {
        const std::string text = content(file);
        const auto shipped = parse_flow(text);
        ASSERT_TRUE(shipped) << file;
        if (shipped->measuring) continue;
        EXPECT_EQ(met_by_callers(*shipped), "") << file;
        Editor editor(text, seed++);
        int let_pass = 0, taken_away = 0;
        for (int i = 0; i < edits_each; ++i) {
            const Flow flow = editor.edited();
            const auto found = faults(flow);
            const bool is_refused =
                !std::ranges::all_of(found, [](const Fault& f) { return is_harmless(f); });
            const std::string met = met_by_callers(flow);
            taken_away += met.empty() ? 0 : 1;
            let_pass += is_refused ? 0 : 1;
            if (is_refused) continue;
            EXPECT_EQ(met, "") << file << "\n" << to_text(flow);
            if (!found.empty()) continue;
            for (const auto& [node, keys] : keys_to_person(flow))
                EXPECT_LE(keys, 1) << file << " " << node << "\n" << to_text(flow);
        }
        // Else the edits would prove nothing.
        EXPECT_GE(taken_away, edits_each / 10) << file;
        EXPECT_GE(let_pass, edits_each / 20) << file;
    }
    EXPECT_GT(seed, 6u);
}

/// The corpus was written for the checker; the walk must see what is wrong with these by itself.
TEST(flow_edits, the_walk_sees_what_the_checker_names) {
    const std::set<K> seen_by_callers{
        K::SilentCircle,     K::ZeroNoPerson,    K::PersonBehindAMenu,
        K::SilenceHangsUp,   K::WrongKeyHangsUp, K::NoCaseHangsUp,
        K::RecorderWhenOpen, K::NoticeMissed,    K::NoticeLostGoingRound,
    };
    for (const auto& file : flow_files("tests/flows/broken")) {
        const auto flow = parse_flow(content(file));
        ASSERT_TRUE(flow) << file;
        const auto found = faults(*flow);
        ASSERT_FALSE(found.empty()) << file;
        if (!seen_by_callers.contains(found.front().kind)) continue;
        EXPECT_NE(met_by_callers(*flow), "") << file;
    }
}

}  // namespace
}  // namespace ys::ivr
