// SPDX-License-Identifier: Apache-2.0
// Reads the text form of a flow line by line; flow_writer.cpp writes it.
#include "ivr/flow_text.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "ivr/errc.h"

namespace ys::ivr {
namespace {

using Words = std::vector<std::string_view>;

constexpr std::size_t name_bytes_max = 40;
constexpr std::size_t word_bytes_max = 60;
constexpr std::size_t calendar_lines_max = 1'000;

/// Names of nodes, prompts, hours and flows: a-z, 0-9 and "-", beginning with a letter or digit.
bool is_name(std::string_view w) {
    return !w.empty() && w.size() <= name_bytes_max && w.front() != '-' &&
           std::ranges::all_of(w, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
           });
}

/// Words of the centre (queues, tags): any text without spaces and control characters.
bool is_word(std::string_view w) {
    return !w.empty() && w.size() <= word_bytes_max && cleaned(w, word_bytes_max) == w;
}

bool is_key(std::string_view w) {
    return w.size() == 1 && (std::string_view("0123456789*#ABCD").find(w[0]) != w.npos);
}

Words words_of(std::string_view line) {
    Words out;
    std::size_t at = 0;
    while (at < line.size()) {
        const std::size_t begin = line.find_first_not_of(" \t", at);
        if (begin == line.npos) break;
        const std::size_t end = std::min(line.find_first_of(" \t", begin), line.size());
        out.push_back(line.substr(begin, end - begin));
        at = end;
    }
    return out;
}

std::string quoted(std::string_view text) { return "“" + cleaned(text, word_bytes_max) + "”"; }

class Reader {
public:
    Result<Flow> read(std::string_view text) {
        if (text.size() > flow_bytes_max) return fail("the text is longer than 64 kB");
        for (std::string_view line : split(text, '\n')) {
            ++line_;
            if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
            const Words words = words_of(line);
            if (words.empty() || words.front().starts_with('#')) continue;
            const bool indented = line.front() == ' ' || line.front() == '\t';
            if (auto done = indented ? property(words) : header(words, line); !done)
                return done.error();
        }
        if (flow_.nodes.empty()) return fail("there is no node");
        if (flow_.start.empty()) flow_.start = flow_.nodes.front().name;
        if (flow_.fallback.empty()) flow_.fallback = flow_.person;
        return std::move(flow_);
    }

private:
    Error fail(std::string what, Where w = Where::here()) const {
        return {make_error_code(Errc::FlowDoesNotRead),
                "line " + std::to_string(line_) + ": " + std::move(what), w};
    }
    Error not_understood(const Words& words) const {
        return fail(quoted(words.front()) + " is not understood here");
    }

    // ---- lines at the margin -------------------------------------------------------------------

    Result<Done> header(const Words& w, std::string_view line) {
        const std::string_view what = w.front();
        if (what == "node") return begin_node(w);
        if (!flow_.nodes.empty())
            return fail(
                "a line of a node begins with a space; lines about the whole flow come "
                "before the first node");
        if (what == "flow") return name_into(flow_.name, w);
        if (what == "start") return name_into(flow_.start, w);
        if (what == "person") return name_into(flow_.person, w);
        if (what == "fallback") return name_into(flow_.fallback, w);
        if (what == "must-hear") return names_into(flow_.must_hear, w);
        if (what == "recorded") return yes_into(flow_.recorded, w);
        if (what == "measuring" && w.size() == 1) {
            flow_.measuring = true;
            return Done{};
        }
        if (++calendar_lines_ > calendar_lines_max) return fail("the calendar is too long");
        if (what == "zone") return zone(w);
        if (what == "hours") return hours(w);
        if (what == "holiday" || what == "workday") return special_day(w, line);
        return not_understood(w);
    }

    Result<Done> begin_node(const Words& w) {
        if (w.size() != 3 || !is_name(w[1])) return fail("a node is written: node <name> <kind>");
        if (flow_.find(w[1]) != nullptr) return fail("there are two nodes named " + quoted(w[1]));
        if (flow_.nodes.size() == flow_nodes_max) return fail("there are more than 200 nodes");
        const auto kind = std::ranges::find(all_node_kinds, w[2], word_of);
        if (kind == all_node_kinds.end())
            return fail("there is no kind of node called " + quoted(w[2]));
        Node node;
        node.name = w[1];
        node.kind = *kind;
        node.line = line_;
        flow_.nodes.push_back(std::move(node));
        return Done{};
    }

    Result<Done> zone(const Words& w) {
        const bool shaped = w.size() == 2 && w[1].size() == 6 && w[1][3] == ':' &&
                            (w[1][0] == '+' || w[1][0] == '-');
        const auto h = shaped ? parse_number(w[1].substr(1, 2)) : std::nullopt;
        const auto m = shaped ? parse_number(w[1].substr(4)) : std::nullopt;
        if (!h || !m || *h > 14 || *m > 59) return fail("a zone is written: zone +08:00");
        const int minutes = static_cast<int>(*h * 60 + *m);
        flow_.calendar.zone_minutes = w[1][0] == '-' ? -minutes : minutes;
        return Done{};
    }

    Result<Done> hours(const Words& w) {
        if (w.size() != 4 || !is_name(w[1]))
            return fail("hours are written: hours <name> mon-fri 08:30-17:30");
        auto span = parse_span(w[2], w[3]);
        if (!span) return fail(span.error().note);
        flow_.calendar.hours[std::string(w[1])].push_back(*span);
        return Done{};
    }

    Result<Done> special_day(const Words& w, std::string_view line) {
        if (w.size() < 2) return fail("a day is missing");
        auto day = parse_day(w[1]);
        if (!day) return fail(day.error().note);
        if (w.front() == "workday") {
            if (w.size() != 2) return fail("a workday is written: workday 2026-10-10");
            if (std::ranges::find(flow_.calendar.workdays, *day) == flow_.calendar.workdays.end())
                flow_.calendar.workdays.push_back(*day);
            return Done{};
        }
        const auto after = static_cast<std::size_t>(w[1].data() - line.data()) + w[1].size();
        // Trimmed again: a cut may end on a space, which would not be read back.
        flow_.calendar.holidays[*day] =
            trimmed(cleaned(trimmed(line.substr(after)), word_bytes_max));
        return Done{};
    }

    // ---- lines of a node -----------------------------------------------------------------------

    Result<Done> property(const Words& w) {
        if (flow_.nodes.empty()) return fail("this line belongs to no node");
        Node& node = flow_.nodes.back();
        switch (node.kind) {
            case NodeKind::Branch:
                return branch_line(node, w);
            case NodeKind::Progress:
                return progress_line(node, w);
            case NodeKind::Live:
                return live_line(node, w);
            case NodeKind::Guess:
                return guess_line(node, w);
            case NodeKind::Answer:
                return answer_line(node, w);
            case NodeKind::Wait:
                return w.front() == "echo" ? yes_into(node.echo, w)
                                           : Result<Done>(not_understood(w));
            default:
                return spoken_line(node, w);
        }
    }

    Result<Done> spoken_line(Node& node, const Words& w) {
        const std::string_view what = w.front();
        if (what == "say") return names_into(node.say, w);
        if (what == "barge-in") return yes_into(node.interruptible, w);
        const NodeKind kind = node.kind;
        if (kind == NodeKind::Queue) return queue_line(node, w);
        const bool goes_on = kind == NodeKind::Play || kind == NodeKind::Digits;
        if (goes_on && what == "->") return arrow_into(node.next, w, 1);
        if ((goes_on || kind == NodeKind::Choose) && what == "again") return again(node, w);
        const bool asks = kind == NodeKind::Choose || kind == NodeKind::Digits;
        if (asks && what == "nothing") return arrow_into(node.nothing, w, 2);
        if (asks && what == "wait") return wait(node, w);
        if (kind == NodeKind::Choose && what == "other") return arrow_into(node.other, w, 2);
        if (kind == NodeKind::Choose && what == "key") return key(node, w);
        if (kind == NodeKind::Digits && what == "digits") return digits(node, w);
        if (kind == NodeKind::Digits && what == "secure") return yes_into(node.secure, w);
        if (kind == NodeKind::Digits && what == "territory")
            return yes_into(node.keys_territory, w);
        if (kind == NodeKind::Digits && what == "case") return case_piece(node, w);
        return not_understood(w);
    }

    Result<Done> progress_line(Node& node, const Words& w) {
        if (w.front() == "->") return arrow_into(node.next, w, 1);
        if (w.front() == "other") return arrow_into(node.other, w, 2);
        if (w.front() == "nothing") return arrow_into(node.nothing, w, 2);
        if (w.front() == "wait") return wait(node, w);
        return not_understood(w);
    }

    Result<Done> live_line(Node& node, const Words& w) {
        if (w.front() == "about") {
            if (w.size() != 2 || !live_kind(w[1]))
                return fail(
                    "after “about” comes one of Application, Appointment, Document, Hall, Stop");
            node.about = w[1];
            return Done{};
        }
        if (w.front() == "prefix" || w.front() == "place") {
            if (w.size() != 2 || !is_word(w[1]))
                return fail("after " + quoted(w.front()) + " comes one word");
            (w.front() == "prefix" ? node.prefix : node.place) = w[1];
            return Done{};
        }
        return progress_line(node, w);
    }

    Result<Done> guess_line(Node& node, const Words& w) {
        if (w.front() == "->") return arrow_into(node.next, w, 1);
        if (w.front() == "wait") return wait(node, w);
        if (w.front() != "guess") return not_understood(w);
        if (w.size() != 4 || !guess_kind(w[1]))
            return fail("a guess is written: guess case -> <node>; the words are case, again");
        const std::string kind(w[1]);
        if (node.guesses.contains(kind)) return fail("guess " + quoted(kind) + " is there twice");
        return arrow_into(node.guesses[kind], w, 3);
    }

    Result<Done> answer_line(Node& node, const Words& w) {
        if (w.front() == "say") return names_into(node.say, w);
        if (w.front() == "barge-in") return yes_into(node.interruptible, w);
        if (w.front() == "again") return again(node, w);
        if (w.front() == "matter") {
            if (w.size() != 2 || !is_word(w[1]))
                return fail("after " + quoted(w.front()) + " comes one word");
            node.matter = w[1];
            return Done{};
        }
        return progress_line(node, w);
    }

    Result<Done> queue_line(Node& node, const Words& w) {
        if (w.front() == "queue") {
            if (w.size() != 2 || !is_word(w[1])) return fail("a queue is written: queue <name>");
            node.queue = w[1];
            return Done{};
        }
        if (w.front() == "priority") {
            const auto n = w.size() == 2 ? parse_number(w[1]) : std::nullopt;
            if (!n || *n > 9) return fail("a priority is a number from 0 to 9");
            node.priority = static_cast<int>(*n);
            return Done{};
        }
        if (w.front() == "needs") {
            if (w.size() < 2 || !std::ranges::all_of(w.begin() + 1, w.end(), is_word))
                return fail("skills are written: needs <skill> <skill> ...");
            node.needs.assign(w.begin() + 1, w.end());
            return Done{};
        }
        if (w.front() == "territory") return name_into(node.territory, w);
        if (w.front() == "announce") return yes_into(node.announces, w);
        return not_understood(w);
    }

    Result<Done> branch_line(Node& node, const Words& w) {
        if (w.front() == "else") return arrow_into(node.next, w, 2);
        if (node.rules.size() == flow_nodes_max) return fail("this branch has too many rules");
        Rule rule;
        std::size_t arrow_at = 2;
        if (w.front() == "tag" || w.front() == "number" || w.front() == "open") {
            rule.on = w.front() == "tag"    ? Rule::On::Tag
                      : w.front() == "open" ? Rule::On::Open
                                            : Rule::On::Number;
            if (w.size() < 2 || !is_word(w[1])) return fail("a word is missing");
            rule.word = w[1];
            arrow_at = 3;
        } else if (w.front() == "time") {
            rule.on = Rule::On::Time;
            if (w.size() < 3) return fail("a time is written: time mon-fri 08:30-17:30 -> <node>");
            auto span = parse_span(w[1], w[2]);
            if (!span) return fail(span.error().note);
            rule.span = *span;
            arrow_at = 4;
        } else if (w.front() == "holiday" || w.front() == "withheld") {
            rule.on = w.front() == "holiday" ? Rule::On::Holiday : Rule::On::Withheld;
        } else {
            return not_understood(w);
        }
        YS_TRY(const Done done, arrow_into(rule.to, w, arrow_at));
        node.rules.push_back(std::move(rule));
        return done;
    }

    Result<Done> key(Node& node, const Words& w) {
        if (w.size() != 4 || !is_key(w[1])) return fail("a key is written: key 1 -> <node>");
        if (node.keys.contains(w[1][0])) return fail("key " + quoted(w[1]) + " is there twice");
        return arrow_into(node.keys[w[1][0]], w, 3);
    }

    Result<Done> again(Node& node, const Words& w) {
        if (w.size() == 2 && w[1] == "for-ever" && node.kind == NodeKind::Play) {
            node.again = again_for_ever;
            return Done{};
        }
        const auto n = w.size() == 2 ? parse_number(w[1]) : std::nullopt;
        if (!n || *n > 5) return fail("again is a number from 0 to 5");
        node.again = static_cast<int>(*n);
        return Done{};
    }

    Result<Done> wait(Node& node, const Words& w) {
        std::string_view n = w.size() == 2 ? w[1] : "";
        const bool seconds = n.ends_with('s');
        if (seconds) n.remove_suffix(1);
        const auto value = parse_number(n);
        if (!seconds || !value || *value < 1 || *value > 60)
            return fail("a wait is written in seconds from 1s to 60s: wait 5s");
        node.wait = Seconds{*value};
        return Done{};
    }

    Result<Done> digits(Node& node, const Words& w) {
        const auto ends = split(w.size() == 2 ? w[1] : "", '-');
        const auto from = parse_number(ends.front());
        const auto to = parse_number(ends.back());
        if (ends.size() > 2 || !from || !to || *from < 1 || *to < *from || *to > 40)
            return fail("the number of digits is written: digits 4-11 (at most 40)");
        node.digits_min = static_cast<int>(*from);
        node.digits_max = static_cast<int>(*to);
        return Done{};
    }

    Result<Done> case_piece(Node& node, const Words& w) {
        const bool is_number = w.size() == 2 && w[1] == "number";
        const bool is_code = w.size() == 2 && w[1] == "code";
        if (!is_number && !is_code) return fail("after “case” comes number or code");
        node.piece = is_number ? CasePiece::Number : CasePiece::Code;
        return Done{};
    }

    // ---- pieces of a line ----------------------------------------------------------------------

    Result<Done> name_into(std::string& into, const Words& w) {
        if (w.size() != 2 || !is_name(w[1]))
            return fail("after " + quoted(w.front()) + " comes one name of a-z, 0-9 and -");
        if (!into.empty()) return fail(quoted(w.front()) + " is there twice");
        into = w[1];
        return Done{};
    }
    Result<Done> names_into(std::vector<std::string>& into, const Words& w) {
        if (w.size() < 2) return fail("after " + quoted(w.front()) + " comes at least one prompt");
        for (std::size_t i = 1; i < w.size(); ++i) {
            if (!is_name(w[i])) return fail(quoted(w[i]) + " is no name of a-z, 0-9 and -");
            if (into.size() == node_prompts_max) return fail("there are more than 20 prompts");
            into.emplace_back(w[i]);
        }
        return Done{};
    }
    Result<Done> yes_into(bool& into, const Words& w) {
        if (w.size() != 2 || (w[1] != "yes" && w[1] != "no"))
            return fail("after " + quoted(w.front()) + " comes yes or no");
        into = w[1] == "yes";
        return Done{};
    }
    /// The name at `at`, after "->" and at the end of the line.
    Result<Done> arrow_into(std::string& into, const Words& w, std::size_t at) {
        if (w.size() != at + 1 || w[at - 1] != "->" || !is_name(w[at]))
            return fail("this line ends with: -> <node>");
        if (!into.empty()) return fail("this way is given twice");
        into = w[at];
        return Done{};
    }

    Flow flow_;
    int line_ = 0;
    std::size_t calendar_lines_ = 0;
};

}  // namespace

Result<Flow> parse_flow(std::string_view text) { return Reader{}.read(text); }

}  // namespace ys::ivr
