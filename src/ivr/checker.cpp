// SPDX-License-Identifier: Apache-2.0
// The proofs of checker.h, each a walk over the flow's graph without recursion.
#include "ivr/checker.h"

#include <algorithm>
#include <map>
#include <set>

#include "ivr/errc.h"
#include "ivr/flow_text.h"

namespace ys::ivr {
namespace {

struct Exit {
    std::string to;
    bool silent = true;    ///< taken without pressing a key
    bool by_time = false;  ///< taken because of hours or holidays
};

bool is_timed(const Rule& r) {
    return r.on == Rule::On::Open || r.on == Rule::On::Holiday || r.on == Rule::On::Time;
}

class Proof {
public:
    explicit Proof(const Flow& flow) : flow_(flow) {}

    std::vector<Fault> run() {
        heads();
        for (const Node& node : flow_.nodes) shape(node);
        for (const Node& node : flow_.nodes) names(node);
        if (faults_.empty()) {  // The walks trust every name and shape.
            silent_walk_ends();
            if (!flow_.measuring) {
                zero_reaches_a_person();
                must_hear_is_heard();
            }
            everything_is_reached();
        }
        std::ranges::stable_sort(faults_, {}, &Fault::line);
        return std::move(faults_);
    }

private:
    void fault(int line, std::string text) { faults_.push_back({line, std::move(text)}); }
    std::string person_or(const std::string& to) const { return to.empty() ? flow_.person : to; }

    /// Every way out of a node; keys of the same target are not told apart.
    std::vector<Exit> exits(const Node& node) const {
        std::vector<Exit> out;
        switch (node.kind) {
            case NodeKind::Play:
                if (!node.next.empty()) out.push_back({node.next});
                break;
            case NodeKind::Digits:
                out.push_back({node.next, false});
                out.push_back({person_or(node.nothing)});
                break;
            case NodeKind::Progress:
                out.push_back({node.next});
                out.push_back({person_or(node.other)});
                out.push_back({person_or(node.nothing)});
                out.push_back({flow_.person, false});
                break;
            case NodeKind::Choose:
                for (const auto& [key, to] : node.keys) out.push_back({to, false});
                out.push_back({person_or(node.other), false});
                out.push_back({person_or(node.nothing)});
                break;
            case NodeKind::Branch: {
                const bool timed = std::ranges::any_of(node.rules, is_timed);
                for (const Rule& r : node.rules) out.push_back({r.to, true, is_timed(r)});
                out.push_back({node.next, true, timed});
                break;
            }
            default:
                break;
        }
        if (!node.say.empty() && !flow_.measuring) out.push_back({zero_of(node), false});
        std::erase_if(out, [](const Exit& e) { return e.to.empty(); });
        return out;
    }
    /// Where `0` leads: a choose node may name its own.
    std::string zero_of(const Node& node) const {
        const auto it = node.keys.find('0');
        return it == node.keys.end() ? flow_.person : it->second;
    }
    bool ends(const Node& node) const {
        return node.kind == NodeKind::Queue || node.kind == NodeKind::Voicemail;
    }

    void heads() {
        if (flow_.find(flow_.start) == nullptr) fault(0, "“start” names no node");
        if (flow_.measuring) return;
        if (flow_.person.empty())
            fault(0, "the line “person <node>” is missing: where does 0 lead?");
        else if (flow_.find(flow_.person) == nullptr)
            fault(0, "“person” names no node: " + flow_.person);
        const Node* fallback = flow_.find(flow_.fallback);
        if (fallback == nullptr || fallback->kind != NodeKind::Queue)
            fault(0, "“fallback” must name a queue node");
        if (flow_.recorded && flow_.must_hear.empty())
            fault(0, "calls are recorded, so a line “must-hear <prompt>” must name the notice");
    }

    void shape(const Node& node) {
        const auto say = [&](std::string text) { fault(node.line, node.name + ": " + text); };
        const bool speaks = node.kind == NodeKind::Play || node.kind == NodeKind::Choose ||
                            node.kind == NodeKind::Digits;
        if (speaks && node.say.empty()) say("it says nothing");
        const bool goes_on = node.kind == NodeKind::Digits || node.kind == NodeKind::Branch ||
                             node.kind == NodeKind::Progress ||
                             (node.kind == NodeKind::Play && node.again != again_for_ever);
        if (goes_on && node.next.empty()) say("a dead end: the way on (-> <node>) is missing");
        if (node.piece == CasePiece::Code && !node.secure)
            say("the code would be in recording and journal; it needs: secure yes");
        if (node.kind == NodeKind::Queue && node.queue.empty()) say("the queue's name is missing");
        if (node.kind == NodeKind::Choose && node.keys.empty()) say("it takes no key");
        const bool endless = node.kind == NodeKind::Wait || node.again == again_for_ever;
        if (endless && !flow_.measuring) say("it never ends; only a flow for measuring may do so");
        for (const Rule& r : node.rules)
            if (r.on == Rule::On::Open && !flow_.calendar.hours.contains(r.word))
                say("there are no hours named “" + r.word + "”");
    }

    void names(const Node& node) {
        for (const Exit& e : exits(node))
            if (flow_.find(e.to) == nullptr)
                fault(node.line, node.name + ": there is no node named “" + e.to + "”");
    }

    /// Kahn's order over the ways taken without a key: what is left over is a circle.
    void silent_walk_ends() {
        std::map<std::string, int> into;
        for (const Node& node : flow_.nodes)
            for (const Exit& e : exits(node)) into[e.to] += e.silent ? 1 : 0;
        std::vector<const Node*> free;
        std::set<std::string> done;
        for (const Node& node : flow_.nodes)
            if (into[node.name] == 0) free.push_back(&node);
        while (!free.empty()) {
            const Node* node = free.back();
            free.pop_back();
            done.insert(node->name);
            for (const Exit& e : exits(*node))
                if (e.silent && --into[e.to] == 0) free.push_back(flow_.find(e.to));
        }
        for (const Node& node : flow_.nodes)
            if (!done.contains(node.name) && is_on_a_circle(node))
                fault(node.line, node.name + ": a caller who presses nothing goes round for ever");
    }
    bool is_on_a_circle(const Node& node) const {
        return walk(
                   {node.name}, [](const Node&, const Exit& e) { return e.silent; }, true)
            .contains(node.name);
    }

    /// From each place 0 leads to, every silent way must end in a queue; or, once hours or a
    /// holiday decided, in voicemail.
    void zero_reaches_a_person() {
        std::map<std::string, int> zeros{{flow_.person, 0}};
        for (const Node& node : flow_.nodes)
            if (node.keys.contains('0')) zeros.try_emplace(node.keys.at('0'), node.line);
        for (const auto& [zero, line] : zeros) {
            std::set<std::pair<std::string, bool>> seen;
            std::vector<std::pair<std::string, bool>> open{{zero, false}};
            while (!open.empty()) {
                const auto [name, closed] = open.back();
                open.pop_back();
                if (!seen.insert({name, closed}).second) continue;
                const Node* node = flow_.find(name);
                if (node == nullptr || node->kind == NodeKind::Queue) continue;
                if (node->kind == NodeKind::HangUp ||
                    (node->kind == NodeKind::Voicemail && !closed))
                    fault(line, "0 leads to “" + zero + "”, and from there to “" + name +
                                    "”, which is no person");
                for (const Exit& e : exits(*node))
                    if (e.silent) open.emplace_back(e.to, closed || e.by_time);
            }
        }
    }

    /// Takes out the nodes that say a must-hear prompt to its end: then no queue may be reached.
    void must_hear_is_heard() {
        for (const std::string& prompt : flow_.must_hear) {
            const auto says = [&](const Node& n) {
                return !n.interruptible && std::ranges::find(n.say, prompt) != n.say.end();
            };
            const auto reached =
                walk({flow_.start}, [&](const Node& from, const Exit&) { return !says(from); });
            for (const Node& node : flow_.nodes)
                if (ends(node) && reached.contains(node.name) && !says(node))
                    fault(node.line, node.name + ": callers can get here without having heard “" +
                                         prompt + "” to its end (barge-in no)");
        }
    }

    void everything_is_reached() {
        std::vector<std::string> from{flow_.start};
        if (!flow_.measuring) from.insert(from.end(), {flow_.person, flow_.fallback});
        const auto reached = walk(from, [](const Node&, const Exit&) { return true; });
        for (const Node& node : flow_.nodes)
            if (!reached.contains(node.name)) fault(node.line, node.name + ": nothing leads here");
    }

    /// Names reached from `from` over exits that `may` allows; the first ones count only if they
    /// are come back to when `apart` is set.
    template <class May>
    std::set<std::string> walk(std::vector<std::string> from, May may, bool apart = false) const {
        std::set<std::string> seen;
        if (!apart) seen.insert(from.begin(), from.end());
        while (!from.empty()) {
            const Node* node = flow_.find(from.back());
            from.pop_back();
            if (node == nullptr) continue;
            for (const Exit& e : exits(*node))
                if (may(*node, e) && seen.insert(e.to).second) from.push_back(e.to);
        }
        return seen;
    }

    const Flow& flow_;
    std::vector<Fault> faults_;
};

}  // namespace

std::vector<Fault> faults(const Flow& flow) { return Proof{flow}.run(); }

Result<Done> check(const Flow& flow) {
    std::string all;
    for (const Fault& f : faults(flow))
        all += (all.empty() ? "" : "\n") +
               (f.line == 0 ? std::string() : "line " + std::to_string(f.line) + ": ") + f.text;
    if (all.empty()) return Done{};
    return Error{make_error_code(Errc::FlowBreaksARule), std::move(all)};
}

Result<Flow> load_flow(std::string_view text) {
    YS_TRY(Flow flow, parse_flow(text));
    YS_TRY(const Done done, check(flow));
    static_cast<void>(done);
    return flow;
}

}  // namespace ys::ivr
