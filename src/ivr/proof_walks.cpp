// SPDX-License-Identifier: Apache-2.0
// What can be told of a flow by walking through its ways, without recursion.
#include <algorithm>
#include <deque>
#include <map>
#include <optional>

#include "ivr/proof.h"

namespace ys::ivr {
namespace {

using K = FaultKind;
using How = Exit::How;

bool is_silent(int /*from*/, const Exit& e) { return e.silent(); }
bool ends_at_somebody(const Node& node) {
    return node.kind == NodeKind::Queue || node.kind == NodeKind::Voicemail;
}
bool asks(const Node& node) {
    return node.kind == NodeKind::Choose || node.kind == NodeKind::Digits || looks_up(node.kind);
}

/// The nodes `among`, each before those it leads to over `may` ways; those on a circle, or behind
/// one, are left out.
template <class May>
std::vector<int> in_order(const Graph& graph, const std::set<int>& among, May may) {
    std::map<int, int> into;
    for (const int at : among)
        for (const Exit& e : graph.exits(at))
            if (may(at, e)) ++into[e.node];
    std::vector<int> free, out;
    for (const int at : among)
        if (into[at] == 0) free.push_back(at);
    while (!free.empty()) {
        const int at = free.back();
        free.pop_back();
        out.push_back(at);
        for (const Exit& e : graph.exits(at))
            if (may(at, e) && --into[e.node] == 0 && among.contains(e.node)) free.push_back(e.node);
    }
    return out;
}

std::set<int> all_of(const Graph& graph) {
    std::set<int> out;
    for (int at = 0; at < graph.size(); ++at) out.insert(at);
    return out;
}

/// Steps from the start to each node, where entering a node costs what `cost` says (0 or 1).
template <class Cost>
std::map<int, int> distances(const Graph& graph, Cost cost) {
    std::map<int, int> out;
    const int start = graph.find(graph.flow().start);
    std::deque<std::pair<int, int>> open{{start, cost(start)}};
    while (!open.empty()) {
        const auto [at, far] = open.front();
        open.pop_front();
        if (!out.try_emplace(at, far).second) continue;
        for (const Exit& e : graph.exits(at)) {
            if (cost(e.node) == 0)
                open.emplace_front(e.node, far);
            else
                open.emplace_back(e.node, far + 1);
        }
    }
    return out;
}

/// What a caller who presses nothing waits at this node, its prompts apart.
Millis silence_at(const Node& node) {
    if (!asks(node)) return Millis{0};
    if (node.kind == NodeKind::Guess) return node.wait * 2;  // for the look-up, then for a key
    return node.wait * (node.again + 1);
}

void prove_waits(const Graph& graph, Findings& found) {
    auto order = in_order(graph, all_of(graph), is_silent);
    std::map<int, Millis> waits;  // from this node to the end
    std::ranges::reverse(order);
    for (const int at : order) {
        Millis longest{0};
        for (const Exit& e : graph.exits(at))
            if (e.silent()) longest = std::max(longest, waits[e.node]);
        waits[at] = longest + silence_at(graph.node(at));
    }
    std::set<int> told;  // Told where the wait begins, not at each node of it.
    for (const int at : all_of(graph))
        if (waits[at] > silence_max)
            for (const Exit& e : graph.exits(at))
                if (e.silent()) told.insert(e.node);
    for (const auto& [at, wait] : waits)
        if (wait > silence_max && !told.contains(at))
            found.add(K::WaitsTooLong, graph.node(at),
                      "who presses nothing waits " + std::to_string(wait.count() / 1000) +
                          " s from here, prompts apart, before anybody is called; at most " +
                          std::to_string(silence_max.count() / 1000) +
                          " s (shorten “wait” or “again”)");
}

/// A way nobody chose: what to say of it when it ends badly.
struct Unchosen {
    K hangs_up;
    std::string_view who;
};
std::optional<Unchosen> unchosen(const Exit& e) {
    if (e.how == How::Silence) return Unchosen{K::SilenceHangsUp, "who presses nothing"};
    if (e.how == How::WrongKey) return Unchosen{K::WrongKeyHangsUp, "who presses another key"};
    if (e.how == How::NoCase) return Unchosen{K::NoCaseHangsUp, "whose case is not found"};
    return std::nullopt;
}

/// Follows a caller who chose nothing from `from` until they are asked, helped or turned away.
void follow(const Graph& graph, const Node& origin, const Unchosen& way, Standing from,
            Findings& found) {
    const int person = graph.find(graph.flow().person);  // prove_zero_is_a_person looks beyond.
    std::set<Standing> seen;
    std::vector<Standing> open{from};
    while (!open.empty()) {
        const Standing at = open.back();
        open.pop_back();
        if (at.node == person || !seen.insert(at).second) continue;
        const Node& node = graph.node(at.node);
        if (node.kind == NodeKind::HangUp)
            found.add(way.hangs_up, origin,
                      std::string(way.who) + " is hung up on at “" + node.name +
                          "”; lead them to a person");
        if (node.kind == NodeKind::Voicemail && !at.closed)
            found.add(K::RecorderWhenOpen, origin,
                      std::string(way.who) + " comes to the recorder “" + node.name +
                          "” in working hours; lead them to a person (or ask “open <hours>” "
                          "before)");
        for (const Exit& e : graph.exits(at.node))
            if (e.how == How::On) open.push_back(Graph::after(at, e));
    }
}

/// The ways on which a must-hear prompt has not been said to its end.
bool still_unheard(const Graph& graph, const std::string& prompt, int from) {
    const Node& node = graph.node(from);
    return node.interruptible || !says(node, prompt);
}

void prove_notice(const Graph& graph, const std::string& prompt, Findings& found) {
    const auto unheard = [&](int from, const Exit&) { return still_unheard(graph, prompt, from); };
    const auto reached = graph.walk({graph.find(graph.flow().start)}, unheard);
    bool is_missed = false;
    for (const int at : reached) {
        const Node& node = graph.node(at);
        if (!ends_at_somebody(node) || !still_unheard(graph, prompt, at)) continue;
        found.add(
            K::NoticeMissed, node,
            "callers can get here without having heard “" + prompt + "” to its end (barge-in no)");
        is_missed = true;
    }
    if (is_missed) return;
    // Who has entered too many nodes is taken to the fallback queue past its prompts.
    std::map<int, int> depth;
    const auto order = in_order(graph, reached, unheard);
    for (const int at : order)
        for (const Exit& e : graph.exits(at))
            if (unheard(at, e)) depth[e.node] = std::max(depth[e.node], depth[at] + 1);
    const std::set<int> ordered(order.begin(), order.end());
    for (const int at : reached)
        if (!ordered.contains(at) || depth[at] >= nodes_entered_max) {
            found.add(K::NoticeLostGoingRound, graph.node(at),
                      "who goes round here is taken to the fallback queue without having heard “" +
                          prompt + "”; say it before");
            return;
        }
}

bool is_personal(const Node& node) {
    const LiveKind* kind = node.kind == NodeKind::Live ? live_kind(node.about) : nullptr;
    return kind != nullptr && kind->is_personal;
}

/// Where the digits of a case stand on the way to a look-up.
struct Keyed {
    int node = nowhere;
    bool number = false, code = false;
    friend auto operator<=>(const Keyed&, const Keyed&) = default;
};

Keyed after(const Graph& graph, const Keyed& at, const Exit& e) {
    const Node& node = graph.node(at.node);
    Keyed out{e.node, at.number, at.code};
    if (looks_up(node.kind)) out.number = out.code = false;
    const bool is_keyed = node.kind == NodeKind::Digits && e.how == How::Key;
    if (is_keyed && node.piece == CasePiece::Number) out.number = true;
    if (is_keyed && node.piece == CasePiece::Code) out.code = true;
    return out;
}

}  // namespace

void prove_everything_is_reached(const Graph& graph, Findings& found) {
    const Flow& flow = graph.flow();
    std::vector<int> from{graph.find(flow.start)};
    if (!flow.measuring) {
        from.push_back(graph.find(flow.person));
        from.push_back(graph.find(flow.fallback));
    }
    const auto reached = graph.walk(from, [](int, const Exit&) { return true; });
    auto far = distances(graph, [](int) { return 1; });
    for (int at = 0; at < graph.size(); ++at) {
        if (!reached.contains(at))
            found.add(K::NothingLeadsHere, graph.node(at), "nothing leads here");
        else if (far[at] > nodes_entered_max)
            found.add(K::TooFar, graph.node(at),
                      "it is more than " + std::to_string(nodes_entered_max) +
                          " nodes from the start, where callers are taken to the fallback queue");
    }
}

void prove_silence_ends(const Graph& graph, Findings& found) {
    const auto order = in_order(graph, all_of(graph), is_silent);
    if (order.size() == graph.flow().nodes.size()) {
        if (!graph.flow().measuring) prove_waits(graph, found);
        return;
    }
    const std::set<int> done(order.begin(), order.end());
    for (const int at : all_of(graph)) {
        if (done.contains(at)) continue;
        std::vector<int> next;
        for (const Exit& e : graph.exits(at))
            if (e.silent()) next.push_back(e.node);
        if (graph.walk(next, is_silent).contains(at))
            found.add(K::SilentCircle, graph.node(at),
                      "a caller who presses nothing goes round for ever");
    }
}

void prove_menus_are_small(const Graph& graph, Findings& found) {
    const auto levels =
        distances(graph, [&](int at) { return graph.node(at).kind == NodeKind::Choose ? 1 : 0; });
    for (const auto& [at, level] : levels)
        if (level > menu_levels_max && graph.node(at).kind == NodeKind::Choose)
            found.add(K::MenusTooDeep, graph.node(at),
                      "it is the menu number " + std::to_string(level) +
                          " a caller hears on the way; at most " + std::to_string(menu_levels_max));
}

/// From each place 0 leads to, every silent way must end in a queue, and not ask again first; once
/// it is known to be closed, a recorder and its menu will do.
void prove_zero_is_a_person(const Graph& graph, Findings& found) {
    const int person = graph.find(graph.flow().person);
    std::map<int, int> zeros{{person, person}};  // where 0 leads -> the node that says so
    for (int at = 0; at < graph.size(); ++at)
        if (graph.node(at).keys.contains('0'))
            zeros.try_emplace(graph.find(graph.zero_of(graph.node(at))), at);
    for (const auto& [zero, teller] : zeros) {
        const std::string leads = "0 leads to “" + graph.node(zero).name + "”, and from there to “";
        std::set<Standing> seen;
        std::vector<Standing> open{{zero, false}};
        while (!open.empty()) {
            const Standing at = open.back();
            open.pop_back();
            if (!seen.insert(at).second) continue;
            const Node& node = graph.node(at.node);
            if (node.kind == NodeKind::Queue) continue;
            if (node.kind == NodeKind::HangUp || (node.kind == NodeKind::Voicemail && !at.closed))
                found.add(K::ZeroNoPerson, graph.node(teller),
                          leads + node.name + "”, which is no person");
            // The menu of closed hours may offer its recorder; a number is nobody's stand-in.
            if (asks(node) && !(at.closed && node.kind == NodeKind::Choose)) {
                found.add(K::PersonBehindAMenu, graph.node(teller),
                          leads + node.name + "”, which asks again; 0 is a person at once");
                continue;
            }
            for (const Exit& e : graph.exits(at.node))
                if (e.silent()) open.push_back(Graph::after(at, e));
        }
    }
}

void prove_nobody_is_turned_away(const Graph& graph, Findings& found) {
    const int start = graph.find(graph.flow().start);
    follow(graph, graph.node(start), {K::SilenceHangsUp, "who presses nothing"}, {start, false},
           found);
    const int person = graph.find(graph.flow().person);
    for (const Standing& at : graph.standings()) {
        if (at.node == person) continue;
        for (const Exit& e : graph.exits(at.node))
            if (const auto way = unchosen(e))
                follow(graph, graph.node(at.node), *way, Graph::after(at, e), found);
    }
}

void prove_notices_are_heard(const Graph& graph, Findings& found) {
    for (const std::string& prompt : graph.flow().must_hear) prove_notice(graph, prompt, found);
}

void prove_cases_are_asked_for_whole(const Graph& graph, Findings& found) {
    std::set<Keyed> seen;
    std::set<std::pair<int, K>> told;
    std::vector<Keyed> open{{graph.find(graph.flow().start)}};
    const auto tell = [&](int at, K kind, const std::string& text) {
        if (told.insert({at, kind}).second) found.add(kind, graph.node(at), text);
    };
    while (!open.empty()) {
        const Keyed at = open.back();
        open.pop_back();
        if (!seen.insert(at).second) continue;
        const Node& node = graph.node(at.node);
        if (node.kind == NodeKind::Progress && at.number != at.code)
            tell(at.node, at.number ? K::NumberWithoutCode : K::CodeWithoutNumber,
                 std::string("callers come here with ") +
                     (at.number ? "a case's number but no code" : "a code but no case's number") +
                     ", so nothing is ever found; ask for both (case number, case code)");
        if (is_personal(node) && !(at.number && at.code))
            tell(at.node, K::LiveUnchecked,
                 "callers come here without having keyed the number and its owner's digits, so "
                 "nothing is ever told; ask for both (case number, case code)");
        if (node.kind == NodeKind::Live && !is_personal(node) && node.place.empty() && !at.number)
            tell(at.node, K::LiveAboutNothing,
                 "callers come here without having keyed a number, and it names no place; it "
                 "needs: place <name>, or digits with: case number");
        for (const Exit& e : graph.exits(at.node)) open.push_back(after(graph, at, e));
    }
    for (int at = 0; at < graph.size(); ++at) {
        if (graph.node(at).piece != CasePiece::Code) continue;
        const auto beyond = graph.walk({graph.find(graph.node(at).next)}, is_silent);
        const bool is_used = std::ranges::any_of(beyond, [&](int to) {
            return graph.node(to).kind == NodeKind::Progress || is_personal(graph.node(to));
        });
        if (!is_used)
            found.add(K::CodeForNothing, graph.node(at),
                      "it asks for a code, but no node that looks up with it comes after it");
    }
}

}  // namespace ys::ivr
