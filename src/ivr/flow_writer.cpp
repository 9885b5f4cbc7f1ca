// SPDX-License-Identifier: Apache-2.0
// Writes a flow in the canonical text form that flow_text.cpp reads.
#include "ivr/flow_text.h"

namespace ys::ivr {
namespace {

std::string joined(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& n : names) out += " " + n;
    return out;
}

void line(std::string& out, std::string_view what, const std::string& name) {
    if (!name.empty()) out += std::string(what) + " " + name + "\n";
}

void way(std::string& out, const std::string& what, const std::string& to) {
    if (!to.empty()) out += "  " + what + "-> " + to + "\n";
}

void write_calendar(std::string& out, const Calendar& calendar) {
    const int zone = calendar.zone_minutes < 0 ? -calendar.zone_minutes : calendar.zone_minutes;
    const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    out += std::string("zone ") + (calendar.zone_minutes < 0 ? "-" : "+") + two(zone / 60) + ":" +
           two(zone % 60) + "\n";
    for (const auto& [name, spans] : calendar.hours)
        for (const Span& span : spans) out += "hours " + name + " " + to_text(span) + "\n";
    for (const auto& [day, name] : calendar.holidays)
        out += "holiday " + to_text(day) + (name.empty() ? "" : " " + name) + "\n";
    for (const Day& day : calendar.workdays) out += "workday " + to_text(day) + "\n";
}

std::string condition(const Rule& rule) {
    switch (rule.on) {
        case Rule::On::Tag:
            return "tag " + rule.word + " ";
        case Rule::On::Number:
            return "number " + rule.word + " ";
        case Rule::On::Withheld:
            return "withheld ";
        case Rule::On::Open:
            return "open " + rule.word + " ";
        case Rule::On::Holiday:
            return "holiday ";
        case Rule::On::Time:
            return "time " + to_text(rule.span) + " ";
    }
    return "";
}

void write_asking(std::string& out, const Node& node) {
    if (node.kind == NodeKind::Digits) {
        out += "  digits " + std::to_string(node.digits_min) + "-" +
               std::to_string(node.digits_max) + "\n";
        if (node.secure) out += "  secure yes\n";
        if (node.keys_territory) out += "  territory yes\n";
        if (node.piece == CasePiece::Number) out += "  case number\n";
        if (node.piece == CasePiece::Code) out += "  case code\n";
    }
    for (const auto& [key, to] : node.keys) way(out, std::string("key ") + key + " ", to);
    way(out, "other ", node.other);
    way(out, "nothing ", node.nothing);
    out += "  wait " + std::to_string(node.wait.count() / 1000) + "s\n";
}

void write_node(std::string& out, const Node& node) {
    out += "\nnode " + node.name + " " + std::string(word_of(node.kind)) + "\n";
    if (!node.say.empty()) out += "  say" + joined(node.say) + "\n";
    if (!node.interruptible) out += "  barge-in no\n";
    if (node.again == again_for_ever) out += "  again for-ever\n";
    if (node.again > 0) out += "  again " + std::to_string(node.again) + "\n";
    line(out, "  about", node.about);
    line(out, "  prefix", node.prefix);
    line(out, "  place", node.place);
    line(out, "  matter", node.matter);
    for (const auto& [kind, to] : node.guesses) way(out, "guess " + kind + " ", to);
    const bool asks =
        node.kind == NodeKind::Choose || node.kind == NodeKind::Digits || looks_up(node.kind);
    if (asks) write_asking(out, node);
    for (const Rule& rule : node.rules) way(out, condition(rule), rule.to);
    way(out, node.kind == NodeKind::Branch ? "else " : "", node.next);
    if (!node.queue.empty()) out += "  queue " + node.queue + "\n";
    if (!node.territory.empty()) out += "  territory " + node.territory + "\n";
    if (!node.needs.empty()) out += "  needs" + joined(node.needs) + "\n";
    if (node.priority != 0) out += "  priority " + std::to_string(node.priority) + "\n";
    if (!node.announces) out += "  announce no\n";
    if (node.echo) out += "  echo yes\n";
}

}  // namespace

std::string to_text(const Flow& flow) {
    std::string out;
    line(out, "flow", flow.name);
    write_calendar(out, flow.calendar);
    if (!flow.must_hear.empty()) out += "must-hear" + joined(flow.must_hear) + "\n";
    line(out, "start", flow.start);
    line(out, "person", flow.person);
    line(out, "fallback", flow.fallback);
    if (!flow.recorded) out += "recorded no\n";
    if (flow.measuring) out += "measuring\n";
    for (const Node& node : flow.nodes) write_node(out, node);
    return out;
}

}  // namespace ys::ivr
