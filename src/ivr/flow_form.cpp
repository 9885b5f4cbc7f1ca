// SPDX-License-Identifier: Apache-2.0
#include "ivr/flow_form.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.h"
#include "ivr/flow_text.h"

namespace ys::ivr {
namespace {

using Words = std::vector<std::string>;

constexpr std::size_t field_bytes_max = 400;
constexpr std::array known_lines{
    "say",      "barge-in", "again",  "key",     "other", "nothing",   "wait",
    "->",       "digits",   "secure", "case",    "else",  "territory", "tag",
    "number",   "withheld", "open",   "holiday", "time",  "queue",     "needs",
    "priority", "announce", "echo",   "guess",
};

std::string_view word_of(Rule::On on) {
    switch (on) {
        case Rule::On::Tag:
            return "tag";
        case Rule::On::Number:
            return "number";
        case Rule::On::Withheld:
            return "withheld";
        case Rule::On::Open:
            return "open";
        case Rule::On::Holiday:
            return "holiday";
        case Rule::On::Time:
            return "time";
    }
    return "";
}

std::string_view word_of(CasePiece piece) {
    if (piece == CasePiece::Number) return "number";
    return piece == CasePiece::Code ? "code" : "";
}

RuleForm form_of(const Rule& rule) {
    return {std::string(word_of(rule.on)),
            rule.on == Rule::On::Time ? to_text(rule.span) : rule.word, rule.to};
}

NodeForm form_of(const Node& node) {
    NodeForm out;
    out.name = node.name;
    out.kind = word_of(node.kind);
    out.line = node.line;
    out.say = node.say;
    out.interruptible = node.interruptible;
    out.again = node.again;
    out.next = node.next;
    for (const auto& [key, to] : node.keys) out.keys.push_back({std::string(1, key), to});
    for (const auto& [kind, to] : node.guesses) out.keys.push_back({kind, to});
    out.other = node.other;
    out.nothing = node.nothing;
    out.wait_s = node.wait.count() / 1000;
    out.digits_min = node.digits_min;
    out.digits_max = node.digits_max;
    out.secure = node.secure;
    out.keys_territory = node.keys_territory;
    out.piece = word_of(node.piece);
    for (const Rule& rule : node.rules) out.rules.push_back(form_of(rule));
    out.queue = node.queue;
    out.territory = node.territory;
    out.priority = node.priority;
    out.needs = node.needs;
    out.announces = node.announces;
    out.echo = node.echo;
    return out;
}

std::string zone_text(int minutes) {
    const int far = minutes < 0 ? -minutes : minutes;
    const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return (minutes < 0 ? "-" : "+") + two(far / 60) + ":" + two(far % 60);
}

/// Lines of the canonical text that NodeForm has no field for, by node.
std::map<std::string, Words> unknown_lines(const Flow& flow) {
    std::map<std::string, Words> out;
    std::string node;
    const std::string text = to_text(flow);
    for (const std::string_view line : split(text, '\n')) {
        if (line.starts_with("node ")) node = split(line, ' ')[1];
        if (!line.starts_with("  ")) continue;
        const std::string_view bare = trimmed(line);
        if (std::ranges::find(known_lines, split(bare, ' ')[0]) == known_lines.end())
            out[node].emplace_back(bare);
    }
    return out;
}

// ---- back to text ------------------------------------------------------------------------------

class Writer {
public:
    std::string write(const FlowForm& form) {
        comment(form.comment);
        head(form);
        for (const NodeForm& each : form.nodes) node(each);
        return std::move(out_);
    }

private:
    /// No line break gets from a field into the text.
    static std::string one_line(std::string_view text) {
        std::string out{cleaned(text, field_bytes_max)};
        std::ranges::replace(out, '\n', ' ');
        return out;
    }
    static std::string joined(const Words& words) {
        std::string out;
        for (const std::string& each : words) out += " " + one_line(each);
        return out;
    }
    void line(std::string_view text) { out_ += std::string(text) + "\n"; }
    void word(std::string_view what, const std::string& value) {
        if (!value.empty()) line(std::string(what) + " " + one_line(value));
    }
    void way(const std::string& what, const std::string& to) {
        if (!to.empty()) line("  " + what + "-> " + one_line(to));
    }
    void comment(const std::string& text) {
        if (text.empty()) return;
        for (const std::string_view each : split(text, '\n')) line("# " + one_line(each));
    }

    void head(const FlowForm& form) {
        word("flow", form.name);
        word("zone", form.zone);
        for (const HoursForm& h : form.hours) word("hours " + one_line(h.name), h.days_and_time);
        for (const HolidayForm& h : form.holidays)
            line("holiday " + one_line(h.day) + (h.name.empty() ? "" : " " + one_line(h.name)));
        for (const std::string& day : form.workdays) word("workday", day);
        if (!form.must_hear.empty()) line("must-hear" + joined(form.must_hear));
        word("start", form.start);
        word("person", form.person);
        word("fallback", form.fallback);
        if (!form.recorded) line("recorded no");
        if (form.measuring) line("measuring");
    }

    void node(const NodeForm& form) {
        out_ += "\n";
        comment(form.comment);
        line("node " + one_line(form.name) + " " + one_line(form.kind));
        const std::string& kind = form.kind;
        if (kind == "branch") {
            rules(form);
        } else if (kind == "wait") {
            if (form.echo) line("  echo yes");
        } else {
            spoken(form);
        }
        for (const std::string& each : form.more) line("  " + one_line(each));
    }

    void rules(const NodeForm& form) {
        for (const RuleForm& rule : form.rules) {
            const bool has_word = rule.on != "withheld" && rule.on != "holiday";
            line("  " + one_line(rule.on) + (has_word ? " " + one_line(rule.word) : "") + " -> " +
                 one_line(rule.to));
        }
        way("else ", form.next);
    }

    void spoken(const NodeForm& form) {
        const std::string& kind = form.kind;
        if (!form.say.empty()) line("  say" + joined(form.say));
        if (kind == "guess") {
            for (const KeyForm& key : form.keys) way("guess " + one_line(key.key) + " ", key.to);
            line("  wait " + std::to_string(form.wait_s) + "s");
            return way("", form.next);
        }
        const bool looks = kind == "progress" || kind == "live" || kind == "answer";
        if (!form.interruptible && kind != "progress" && kind != "live") line("  barge-in no");
        const bool asks = kind == "choose" || kind == "digits";
        if ((asks || kind == "play" || kind == "answer") && form.again != 0)
            line("  again " +
                 (form.again < 0 ? std::string("for-ever") : std::to_string(form.again)));
        if (kind == "digits") digits(form);
        if (kind == "choose")
            for (const KeyForm& key : form.keys) way("key " + one_line(key.key) + " ", key.to);
        if (kind == "choose" || looks) way("other ", form.other);
        if (asks || looks) {
            way("nothing ", form.nothing);
            line("  wait " + std::to_string(form.wait_s) + "s");
        }
        if (kind == "queue") return queue(form);
        const bool ends = kind == "choose" || kind == "voicemail" || kind == "hang-up";
        if (!ends) way("", form.next);
    }

    void digits(const NodeForm& form) {
        line("  digits " + std::to_string(form.digits_min) + "-" + std::to_string(form.digits_max));
        if (form.secure) line("  secure yes");
        if (form.keys_territory) line("  territory yes");
        if (!form.piece.empty()) line("  case " + one_line(form.piece));
    }

    void queue(const NodeForm& form) {
        word("  queue", form.queue);
        word("  territory", form.territory);
        if (!form.needs.empty()) line("  needs" + joined(form.needs));
        if (form.priority != 0) line("  priority " + std::to_string(form.priority));
        if (!form.announces) line("  announce no");
    }

    std::string out_;
};

// ---- the canvas --------------------------------------------------------------------------------

class Ways {
public:
    explicit Ways(const Flow& flow) : flow_(flow) {}

    std::vector<Way> take() {
        for (const Node& each : flow_.nodes) node(each);
        return std::move(out_);
    }

private:
    void add(const Node& from, const std::string& to, std::string_view how,
             std::string label = {}) {
        if (to.empty()) return;
        out_.push_back({from.name, to, std::string(how), std::move(label)});
    }
    void add_or_person(const Node& from, const std::string& to, std::string_view how) {
        const std::string& person = flow_.person;
        if (to.empty() && person.empty()) return;
        out_.push_back({from.name, to.empty() ? person : to, std::string(how), {}, to.empty()});
    }

    void node(const Node& at) {
        const NodeKind kind = at.kind;
        for (const Rule& rule : at.rules) {
            const RuleForm form = form_of(rule);
            add(at, rule.to, "rule", form.on + (form.word.empty() ? "" : " " + form.word));
        }
        add(at, at.next, kind == NodeKind::Branch ? "else" : "on");
        for (const auto& [key, to] : at.keys) add(at, to, "key", std::string(1, key));
        for (const auto& [word, to] : at.guesses) add(at, to, "key", word);
        const bool looks = looks_up(kind) && kind != NodeKind::Guess;
        if (kind == NodeKind::Choose || looks) add_or_person(at, at.other, "other");
        const bool waits = kind == NodeKind::Choose || kind == NodeKind::Digits || looks;
        if (waits) add_or_person(at, at.nothing, "nothing");
        const bool takes_zero = looks_up(kind) || (!at.say.empty() && kind != NodeKind::Branch &&
                                                   kind != NodeKind::Queue);
        if (takes_zero && !flow_.measuring && !at.keys.contains('0') && !flow_.person.empty())
            out_.push_back({at.name, flow_.person, "person", "0", true});
    }

    const Flow& flow_;
    std::vector<Way> out_;
};

}  // namespace

FlowForm form_of(const Flow& flow, const FlowComments& comments) {
    FlowForm out;
    out.name = flow.name;
    out.zone = zone_text(flow.calendar.zone_minutes);
    for (const auto& [name, spans] : flow.calendar.hours)
        for (const Span& span : spans) out.hours.push_back({name, to_text(span)});
    for (const auto& [day, name] : flow.calendar.holidays)
        out.holidays.push_back({to_text(day), name});
    for (const Day& day : flow.calendar.workdays) out.workdays.push_back(to_text(day));
    out.must_hear = flow.must_hear;
    out.start = flow.start;
    out.person = flow.person;
    out.fallback = flow.fallback;
    out.recorded = flow.recorded;
    out.measuring = flow.measuring;
    out.comment = comments.text_of("");
    const auto unknown = unknown_lines(flow);
    for (const Node& node : flow.nodes) {
        NodeForm& form = out.nodes.emplace_back(form_of(node));
        form.comment = comments.text_of(node.name);
        if (const auto it = unknown.find(node.name); it != unknown.end()) form.more = it->second;
    }
    return out;
}

std::string text_of(const FlowForm& form) { return Writer{}.write(form); }

std::vector<Way> ways_of(const Flow& flow) { return Ways(flow).take(); }

}  // namespace ys::ivr
