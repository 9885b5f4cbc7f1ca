// SPDX-License-Identifier: Apache-2.0
#include "interactions/flow_fit.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "ivr/checker.h"
#include "ivr/fault_sentence.h"
#include "ivr/flow_text.h"

namespace ys::interactions {
namespace {

struct OwnSentence {
    std::string_view code, before, after;  ///< what is in quotes stands between
};
constexpr std::array own_sentences{
    OwnSentence{"name-differs", "第一行写的流程名应当是“", "”"},
    OwnSentence{"queue-not-there", "用这条流程的热线没有叫“", "”的队列"},
    OwnSentence{"skill-not-there", "没有叫“", "”的技能"},
    OwnSentence{"nobody-listens", "没有接语音识别，没有人听来电的人说了什么：请写“", "”"},
    OwnSentence{"prompt-unknown", "没有叫“", "”的提示音，来电的人只会听到一片安静"},
};

/// The first thing in quotes.
std::string quoted_in(const std::string& text) {
    constexpr std::string_view opening = "“", closing = "”";
    const auto begin = text.find(opening);
    const auto end = begin == text.npos ? text.npos : text.find(closing, begin);
    if (end == text.npos) return "";
    return text.substr(begin + opening.size(), end - begin - opening.size());
}

FlowFault of_node(const char* code, const ivr::Node& node, std::string text) {
    return {code, node.name, node.line, node.name + ": " + std::move(text)};
}

void check_queue(const std::string& name, const ivr::Node& node, const Setup& setup,
                 std::vector<FlowFault>& out) {
    const bool is_everywhere = std::ranges::all_of(setup.numbers, [&](const NumberSetup& n) {
        return n.flow != name || std::ranges::any_of(setup.queues, [&](const QueueSetup& q) {
                   return q.centre == n.centre && q.name == node.queue;
               });
    });
    if (!node.queue.empty() && !is_everywhere)
        out.push_back(of_node("queue-not-there", node,
                              "a number that uses this flow has no queue “" + node.queue + "”"));
    for (const std::string& skill : node.needs)
        if (std::ranges::count(setup.skills, skill, &SkillSetup::name) == 0)
            out.push_back(of_node("skill-not-there", node, "there is no skill “" + skill + "”"));
}

void check_prompts(const ivr::Flow& flow, const std::map<std::string, std::string>& prompts,
                   std::vector<FlowFault>& out) {
    std::set<std::string> told;
    for (const ivr::Node& node : flow.nodes)
        for (const std::string& prompt : node.say)
            if (!prompts.contains(prompt) && told.insert(prompt).second)
                out.push_back(
                    of_node("prompt-unknown", node,
                            "there is no prompt “" + prompt + "”, so callers would hear silence"));
}

void check_ears(const ivr::Flow& flow, std::vector<FlowFault>& out) {
    for (const ivr::Node& node : flow.nodes)
        if (node.kind == ivr::NodeKind::Answer && node.matter.empty())
            out.push_back(of_node("nobody-listens", node,
                                  "no recogniser is set up, so nobody would hear what callers say; "
                                  "it needs: “matter <code>”"));
}

}  // namespace

std::vector<FlowFault> faults_of_text(std::string_view text) {
    const auto flow = ivr::parse_flow(text);
    if (!flow) {
        const auto line = ivr::reading_fault(flow.error().note, "en").line;
        return {{"does-not-read", "", line, flow.error().note}};
    }
    std::vector<FlowFault> out;
    for (const ivr::Fault& f : ivr::faults(*flow))
        out.push_back(
            {std::string(ivr::word_of(f.kind)), ivr::node_at(*flow, f.line), f.line, f.text});
    return out;
}

std::vector<FlowFault> faults_in_house(const std::string& name, std::string_view text,
                                       const FlowHouse& house) {
    std::vector<FlowFault> out = faults_of_text(text);
    const auto flow = ivr::parse_flow(text);
    if (!flow) return out;
    if (flow->name != name)
        out.push_back({"name-differs", "", 0, "the first line must call the flow “" + name + "”"});
    for (const ivr::Node& node : flow->nodes)
        if (node.kind == ivr::NodeKind::Queue) check_queue(name, node, house.setup, out);
    if (!house.hears) check_ears(*flow, out);
    if (house.prompts != nullptr) check_prompts(*flow, *house.prompts, out);
    std::ranges::stable_sort(out, {}, &FlowFault::line);
    return out;
}

std::string sentence_of(const FlowFault& fault, std::string_view language) {
    if (fault.code == "does-not-read") return ivr::reading_fault(fault.text, language).sentence;
    const auto own = std::ranges::find(own_sentences, fault.code, &OwnSentence::code);
    if (own != own_sentences.end() && language != "en")
        return std::string(own->before) + quoted_in(fault.text) + std::string(own->after);
    for (const ivr::FaultKind kind : ivr::all_fault_kinds())
        if (ivr::word_of(kind) == fault.code)
            return ivr::sentence_of({kind, fault.line, fault.text}, language);
    return fault.text;
}

std::string faults_text(const std::vector<FlowFault>& faults) {
    std::string out;
    for (const FlowFault& f : faults)
        out += (out.empty() ? "" : "\n") + f.code + "\t" + f.node + "\t" + std::to_string(f.line) +
               "\t" + f.text;
    return out;
}

std::vector<FlowFault> faults_from(std::string_view text) {
    std::vector<FlowFault> out;
    for (const std::string_view line : split(text, '\n')) {
        const auto parts = split(line, '\t');
        if (parts.size() != 4) continue;
        out.push_back({std::string(parts[0]), std::string(parts[1]),
                       static_cast<int>(parse_number(parts[2]).value_or(0)),
                       std::string(parts[3])});
    }
    return out;
}

}  // namespace ys::interactions
