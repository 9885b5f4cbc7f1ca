// SPDX-License-Identifier: Apache-2.0
// Every file of tests/flows/broken has the fault it is named for and no other, and is sound once
// mended as it says itself (tests/flows/README.md).
#include <set>

#include "base/text.h"
#include "ivr/checker.h"
#include "ivr/flow_text.h"
#include "ivr/testing/flow_files.h"

namespace ys::ivr {
namespace {

using testing::content;
using testing::flow_files;

/// The lines of a broken flow with its marks carried out.
std::string mended(const std::string& text) {
    std::vector<std::string> lines;
    for (const std::string_view line : split(text, '\n')) {
        if (line == "# mended") {
            lines.pop_back();
        } else if (line.starts_with("# mended: ")) {
            lines.back() = line.substr(10);
        } else if (line.starts_with("# missing: ")) {
            lines.emplace_back(line.substr(11));
        } else {
            lines.emplace_back(line);
        }
    }
    std::string out;
    for (const std::string& line : lines) out += line + "\n";
    return out;
}

std::set<std::string> names_of(const std::vector<Fault>& all) {
    std::set<std::string> out;
    for (const Fault& f : all) out.emplace(word_of(f.kind));
    return out;
}

std::string told(const std::vector<Fault>& all) {
    std::string out;
    for (const Fault& f : all)
        out +=
            std::string(word_of(f.kind)) + " line " + std::to_string(f.line) + ": " + f.text + "\n";
    return out;
}

TEST(broken_flows, each_has_the_fault_it_is_named_for_and_no_other) {
    std::set<std::string> shown;
    const auto files = flow_files("tests/flows/broken");
    for (const auto& file : files) {
        SCOPED_TRACE(file.filename());
        const std::string name = file.filename().string();
        const std::string fault = name.substr(0, name.find('.'));
        const std::string text = content(file);
        EXPECT_TRUE(text.starts_with("# ")) << "the first line says what is wrong";
        const auto flow = parse_flow(text);
        ASSERT_TRUE(flow) << flow.error().note;
        const auto found = faults(*flow);
        EXPECT_EQ(names_of(found), std::set<std::string>{fault}) << told(found);
        for (const Fault& f : found) EXPECT_NE(f.text.find_first_not_of(' '), std::string::npos);
        shown.insert(fault);
    }
    EXPECT_GE(files.size(), 40u);
    for (const FaultKind kind : all_fault_kinds())
        EXPECT_TRUE(shown.contains(std::string(word_of(kind)))) << word_of(kind) << " has no file";
}

TEST(broken_flows, each_is_sound_once_mended) {
    for (const auto& file : flow_files("tests/flows/broken")) {
        SCOPED_TRACE(file.filename());
        const std::string text = mended(content(file));
        const auto flow = parse_flow(text);
        ASSERT_TRUE(flow) << flow.error().note;
        const auto found = faults(*flow);
        EXPECT_TRUE(found.empty()) << told(found);
    }
}

TEST(broken_flows, every_fault_has_a_name_of_its_own) {
    std::set<std::string_view> names;
    for (const FaultKind kind : all_fault_kinds()) names.insert(word_of(kind));
    EXPECT_EQ(names.size(), all_fault_kinds().size());
    EXPECT_EQ(all_fault_kinds().size(), static_cast<std::size_t>(FaultKind::AsksAgainTooOften) + 1);
}

}  // namespace
}  // namespace ys::ivr
