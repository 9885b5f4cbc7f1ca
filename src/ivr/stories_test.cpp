// SPDX-License-Identifier: Apache-2.0
// Plays tests/stories/ivr/<scenario>.scn against the flows the product ships; heating.scn explains
// the words.
#include <filesystem>
#include <optional>

#include <gtest/gtest.h>

#include "base/overloaded.h"
#include "base/text.h"
#include "ivr/checker.h"
#include "ivr/flow_text.h"
#include "ivr/run.h"
#include "ivr/testing/flow_files.h"

namespace ys::ivr {
namespace {

std::string told(const Step& step) {
    return std::visit(
        overloaded{
            [](const EnterNode& s) { return "enters " + s.node; },
            [](const TellKeys& s) { return "tells " + s.node + " " + s.keys; },
            [](const Say& s) {
                std::string out = "says";
                for (const auto& p : s.prompts) out += " " + p;
                return out + (s.interruptible ? "" : " to the end");
            },
            [](const StopSaying&) { return std::string("stops"); },
            [](const Wait& s) {
                return s.echo ? std::string("echoes")
                       : s.limit == Millis{0}
                           ? std::string("waits no more")
                           : "waits " + std::to_string(s.limit.count() / 1000) + "s";
            },
            [](const Secure& s) { return std::string(s.on ? "is secure" : "is open again"); },
            [](const LookUpCase& s) {
                return "looks up " + (s.number.empty() ? "the caller's case" : s.number);
            },
            [](const AskKnowledge& s) {
                return s.choice > 0       ? "asks for choice " + std::to_string(s.choice)
                       : s.matter.empty() ? std::string("listens")
                                          : "asks for matter " + s.matter;
            },
            [](const LookUpLive& s) { return "asks about " + s.about + " " + s.number; },
            [](const AskGuesses&) { return std::string("looks what the caller may want"); },
            [](const StopGuessing&) { return std::string("guesses never again"); },
            [](const ToQueue& s) {
                return "queues " + s.queue +
                       (s.priority == 0 ? "" : " priority " + std::to_string(s.priority)) +
                       (s.announces ? "" : " unannounced");
            },
            [](const ToVoicemail&) { return std::string("opens voicemail"); },
            [](const SetTerritory& s) { return "belongs to " + s.keyed; },
            [](const Finish&) { return std::string("hangs up"); },
        },
        step);
}

std::string told(const std::vector<Step>& steps) {
    if (steps.empty()) return "does nothing";
    std::string out;
    for (const Step& s : steps) out += (out.empty() ? "" : " | ") + told(s);
    return out;
}

Input input_of(std::string_view words) {
    if (words == "hears out") return PromptsEnded{};
    if (words == "says nothing") return WaitOver{};
    if (words == "is told") return CaseTold{{"progress-closed"}};
    if (words == "is told of no case") return CaseTold{};
    if (words == "is answered") return AnswerTold{{"live-1"}, 0};
    if (words == "is asked which of 2") return AnswerTold{{"live-1"}, 2};
    if (words == "is not understood") return AnswerTold{};
    if (words == "has a case") return GuessesTold{{"case"}};
    if (words == "is not known") return GuessesTold{};
    if (words == "hears of it") return LiveTold{{"live-1"}, false};
    if (words == "is offered a person") return LiveTold{{"live-not-seen"}, true};
    EXPECT_EQ(words.size(), 1u) << words;
    return Key{words.front()};
}

struct Stage {
    std::string scenario;
    std::optional<Flow> flow;
    std::optional<Run> run;
    Now now;
    std::string done;  ///< what the robot did last

    void line(std::string_view text) {
        const auto space = text.find(' ');
        const std::string_view what = text.substr(0, space);
        const std::string_view rest = space == text.npos ? "" : text.substr(space + 1);
        if (what == "story") {
            const auto name = std::string(rest.substr(0, rest.find(':')));
            auto loaded = load_flow(
                testing::content(testing::tree / "scenarios" / scenario / (name + ".flow")));
            ASSERT_TRUE(loaded) << loaded.error().note;
            flow = *std::move(loaded);
            run.reset();
        } else if (what == "at") {
            const auto words = split(rest, ' ');
            Caller caller;
            for (std::size_t i = 1; i + 1 < words.size(); i += 2) {
                if (words[i] == "from") caller.number = words[i + 1];
                if (words[i] == "tags") caller.tags.emplace_back(words[i + 1]);
            }
            now.utc = *parse_rfc3339(words.front());
            run.emplace(*flow, caller);
            done = told(run->start(now));
        } else if (what == "caller") {
            done = told(run->on(now, input_of(rest)));
        } else {
            ASSERT_EQ(what, "robot") << text;
            EXPECT_EQ(done, rest);
        }
    }
};

TEST(stories, every_story_happens_as_told) {
    int stories = 0;
    for (const auto& file :
         std::filesystem::directory_iterator(testing::tree / "tests/stories/ivr")) {
        if (file.path().extension() != ".scn") continue;
        const std::string text = testing::content(file.path());
        Stage stage;
        stage.scenario = file.path().stem().string();
        int number = 0;
        for (const std::string_view line : split(text, '\n')) {
            ++number;
            if (trimmed(line).empty() || line.starts_with('#')) continue;
            SCOPED_TRACE(file.path().filename().string() + ":" + std::to_string(number));
            stories += line.starts_with("story") ? 1 : 0;
            stage.line(trimmed(line));
            if (::testing::Test::HasFatalFailure()) return;
        }
    }
    EXPECT_GE(stories, 12);
}

TEST(stories, every_flow_the_product_ships_is_proved) {
    const auto files = testing::flow_files("scenarios");
    for (const auto& file : files) {
        const auto flow = load_flow(testing::content(file));
        EXPECT_TRUE(flow) << file << "\n" << flow.error().note;
    }
    EXPECT_GE(files.size(), 10u);
    for (const auto& file : testing::flow_files("tests/e2e/scenarios")) {
        const auto flow = load_flow(testing::content(file));
        EXPECT_TRUE(flow) << file << "\n" << flow.error().note;
    }
}

}  // namespace
}  // namespace ys::ivr
