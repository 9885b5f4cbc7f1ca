// SPDX-License-Identifier: Apache-2.0
// Workflows as tables: what they allow, and which of them could lose a case.
#include "cases/workflow.h"

#include <gtest/gtest.h>

#include "cases/errc.h"

namespace ys::cases {
namespace {

Workflow standard() { return *parse_workflow(standard_workflow); }

std::string verdict(const Workflow& w) {
    const auto got = check(w);
    return got ? "fine" : got.error().note;
}

TEST(workflow, those_that_come_with_the_program_keep_the_rules) {
    for (const auto text : {standard_workflow, short_workflow}) {
        const auto w = parse_workflow(text);
        ASSERT_TRUE(w) << w.error().note;
        EXPECT_EQ(verdict(*w), "fine");
    }
}

TEST(workflow, a_row_says_who_moves_a_case_where) {
    const Workflow w = standard();
    EXPECT_EQ(w.name, "standard");
    EXPECT_EQ(w.version, 1);
    const CaseMove* accept = w.find(CaseState::Dispatched, Verb::Accept);
    ASSERT_NE(accept, nullptr);
    EXPECT_EQ(accept->to, CaseState::Accepted);
    EXPECT_EQ(accept->roles, std::vector<std::string>{"unit"});
    EXPECT_EQ(w.find(CaseState::Filed, Verb::Accept), nullptr);
    EXPECT_NE(w.find(CaseState::Replied, Verb::Urge), nullptr);
    EXPECT_EQ(w.find(CaseState::Closed, Verb::Urge), nullptr);
    EXPECT_EQ(w.verbs(CaseState::Replied, "reviewer"),
              (std::vector<Verb>{Verb::Approve, Verb::SendBack}));
    EXPECT_EQ(w.verbs(CaseState::Closed, "citizen"), std::vector<Verb>{Verb::Reopen});
    EXPECT_TRUE(w.verbs(CaseState::Withdrawn, "supervisor").empty());
}

TEST(workflow, words_of_states_and_verbs_read_back) {
    for (const CaseState s : case_states) {
        EXPECT_EQ(case_state_from(word(s)), s);
        EXPECT_FALSE(title(s).empty());
    }
    for (int v = 0; v <= static_cast<int>(Verb::LinkDuplicate); ++v)
        EXPECT_EQ(verb_from(word(static_cast<Verb>(v))), static_cast<Verb>(v));
    EXPECT_EQ(case_state_from("open"), std::nullopt);
    EXPECT_EQ(verb_from(""), std::nullopt);
}

TEST(workflow, a_text_that_does_not_read_names_its_line) {
    const auto note = [](std::string_view text) {
        const auto got = parse_workflow(text);
        return got ? std::string("read") : got.error().note;
    };
    EXPECT_EQ(note("# nothing"), "workflow, line 1: there is no workflow");
    EXPECT_EQ(note("filed file same agent"),
              "workflow, line 1: \"workflow name version\" is expected first");
    EXPECT_EQ(note("workflow a 1\n\nfiled file same"),
              "workflow, line 3: from, verb, to and roles are expected");
    EXPECT_EQ(note("workflow a 1\nnew file same x"), "workflow, line 2: no such state to leave");
    EXPECT_EQ(note("workflow a 1\nfiled make same x"), "workflow, line 2: no such verb");
    EXPECT_EQ(note("workflow a 1\nfiled file done x"), "workflow, line 2: no such state to reach");
    EXPECT_EQ(note("workflow a 0"),
              "workflow, line 1: \"workflow name version\" is expected first");
}

/// The standard workflow without the rows that `drop` says yes to.
template <class Drop>
Workflow without(Drop drop) {
    Workflow w = standard();
    std::erase_if(w.moves, drop);
    return w;
}

TEST(workflow, one_that_could_lose_a_case_is_refused) {
    EXPECT_EQ(verdict(without([](const CaseMove& m) { return m.verb == Verb::File; })),
              "workflow \"standard\": it does not begin with \"filed file same\"");
    EXPECT_EQ(verdict(without([](const CaseMove& m) { return m.verb == Verb::TellCitizen; })),
              "workflow \"standard\": second_handling is never reached");
    EXPECT_EQ(verdict(without([](const CaseMove& m) {
                  return m.verb == Verb::Withdraw || m.from == CaseState::Reviewed;
              })),
              "workflow \"standard\": second_handling is never reached");
    EXPECT_EQ(verdict(*parse_workflow("workflow a 1\nfiled file same agent\nfiled dispatch "
                                      "dispatched x\ndispatched withdraw withdrawn citizen")),
              "workflow \"a\": closed is never reached");
    EXPECT_EQ(verdict(*parse_workflow("workflow a 1\nfiled file same agent\nfiled dispatch "
                                      "dispatched x\nfiled close closed x")),
              "workflow \"a\": dispatched never ends");
    EXPECT_EQ(verdict(*parse_workflow("workflow a 1\nfiled file same agent\nfiled close closed x\n"
                                      "closed accept accepted x\naccepted close closed x")),
              "workflow \"a\": closed accept leaves a final state");
    EXPECT_EQ(verdict(*parse_workflow("workflow a 1\nfiled file same agent\nfiled close closed ,")),
              "workflow \"a\": filed close names no role");
    EXPECT_EQ(verdict(*parse_workflow("workflow a 1\nfiled file same agent\nfiled close closed x\n"
                                      "filed close withdrawn x")),
              "workflow \"a\": filed close is there twice");
}

}  // namespace
}  // namespace ys::cases
