// SPDX-License-Identifier: Apache-2.0
// Reads a workflow and proves that no case gets stuck in it.
#include "cases/workflow.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "cases/errc.h"

namespace ys::cases {
namespace {

struct StateWord {
    std::string_view word, title;
};
// clang-format off
constexpr std::array<StateWord, case_states.size()> state_words{{
    {"filed", "待派单"}, {"dispatched", "待签收"}, {"accepted", "已签收"}, {"working", "处理中"},
    {"replied", "待审核"}, {"reviewed", "待告知"}, {"awaiting_confirmation", "待确认"},
    {"returned", "已退单"}, {"disputed", "待裁定"}, {"second_handling", "二次办理"},
    {"closed", "已办结"}, {"out_of_scope", "不予受理"}, {"withdrawn", "已撤回"}}};

constexpr std::array<std::string_view, 31> verb_words{
    "file", "settle", "dispatch", "accept", "begin", "return", "return_again", "assign", "uphold_return",
    "take_over", "urge", "supervise", "co_handle", "co_reply", "release_part", "reply", "approve",
    "send_back", "tell_citizen", "record_attempt", "confirm", "object", "object_unheard", "close",
    "reopen", "declare_out_of_scope", "withdraw", "pause", "resume", "extend", "link_duplicate"};
// clang-format on
static_assert(verb_words.size() == static_cast<std::size_t>(Verb::LinkDuplicate) + 1);

Error at_line(std::size_t number, const char* why) {
    return Error(Errc::DataDoesNotRead, "workflow, line " + std::to_string(number) + ": " + why);
}

std::vector<std::string_view> words_of(std::string_view line) {
    std::vector<std::string_view> out;
    for (const std::string_view word : split(line.substr(0, line.find('#')), ' '))
        if (!trimmed(word).empty()) out.push_back(trimmed(word));
    return out;
}

Result<CaseMove> parse_move(const std::vector<std::string_view>& row, std::size_t number) {
    if (row.size() != 4) return at_line(number, "from, verb, to and roles are expected");
    CaseMove move;
    if (row[0] != "open" && !(move.from = case_state_from(row[0])))
        return at_line(number, "no such state to leave");
    const auto verb = verb_from(row[1]);
    if (!verb) return at_line(number, "no such verb");
    move.verb = *verb;
    if (row[2] != "same" && !(move.to = case_state_from(row[2])))
        return at_line(number, "no such state to reach");
    for (const auto role : split(row[3], ',')) move.roles.emplace_back(role);
    return move;
}

using States = std::set<CaseState>;

/// Spreads over the moves until nothing is added; backwards when `back`.
States spread(const Workflow& w, States states, bool back) {
    for (std::size_t before = 0; before != states.size();) {
        before = states.size();
        for (const CaseState from : case_states)
            for (const CaseMove& m : w.moves) {
                if (m.verb == Verb::File || !m.to || w.find(from, m.verb) != &m) continue;
                if (states.contains(back ? *m.to : from)) states.insert(back ? from : *m.to);
            }
    }
    return states;
}

Error breaks(const Workflow& w, const std::string& rule) {
    return Error(Errc::DataBreaksARule, "workflow \"" + w.name + "\": " + rule);
}

Result<Done> check_rows(const Workflow& w) {
    for (auto it = w.moves.begin(); it != w.moves.end(); ++it) {
        const std::string what =
            std::string(it->from ? word(*it->from) : "open") + " " + std::string(word(it->verb));
        const bool twice = std::any_of(w.moves.begin(), it, [&](const CaseMove& m) {
            return m.from == it->from && m.verb == it->verb;
        });
        if (twice) return breaks(w, what + " is there twice");
        if (it->roles.empty() || std::ranges::count(it->roles, "") > 0)
            return breaks(w, what + " names no role");
        if (it->from && is_final(*it->from) && it->to &&
            (it->verb != Verb::Reopen || *it->from == CaseState::Withdrawn))
            return breaks(w, what + " leaves a final state");
    }
    return Done{};
}

}  // namespace

std::string_view word(CaseState s) { return state_words[static_cast<std::size_t>(s)].word; }
std::string_view title(CaseState s) { return state_words[static_cast<std::size_t>(s)].title; }
std::string_view word(Verb verb) { return verb_words[static_cast<std::size_t>(verb)]; }

std::optional<CaseState> case_state_from(std::string_view text) {
    for (const CaseState s : case_states)
        if (word(s) == text) return s;
    return std::nullopt;
}

std::optional<Verb> verb_from(std::string_view text) {
    const auto it = std::ranges::find(verb_words, text);
    if (it == verb_words.end()) return std::nullopt;
    return static_cast<Verb>(it - verb_words.begin());
}

const CaseMove* Workflow::find(CaseState from, Verb verb) const {
    const CaseMove* any = nullptr;
    for (const CaseMove& m : moves) {
        if (m.verb != verb) continue;
        if (m.from == from) return &m;
        if (!m.from && !is_final(from)) any = &m;
    }
    return any;
}

std::vector<Verb> Workflow::verbs(CaseState from, std::string_view role) const {
    std::vector<Verb> out;
    for (const CaseMove& m : moves)
        if (m.verb != Verb::File && find(from, m.verb) == &m &&
            std::ranges::count(m.roles, role) > 0)
            out.push_back(m.verb);
    return out;
}

Result<Workflow> parse_workflow(std::string_view text) {
    Workflow out;
    std::size_t number = 0;
    for (const std::string_view line : split(text, '\n')) {
        ++number;
        const auto row = words_of(line);
        if (row.empty()) continue;
        if (!out.name.empty()) {
            YS_TRY(CaseMove move, parse_move(row, number));
            out.moves.push_back(std::move(move));
            continue;
        }
        const auto version = parse_number(row.back()).value_or(0);
        if (row.size() != 3 || row[0] != "workflow" || version < 1 || version > 1'000'000)
            return at_line(number, "\"workflow name version\" is expected first");
        out.name = row[1];
        out.version = static_cast<int>(version);
    }
    if (out.name.empty()) return at_line(number, "there is no workflow");
    return out;
}

std::string text_of(const Workflow& w) {
    std::string out = "workflow " + w.name + ' ' + std::to_string(w.version) + '\n';
    for (const CaseMove& m : w.moves) {
        out += std::string(m.from ? word(*m.from) : "open") + ' ' + std::string(word(m.verb)) +
               ' ' + std::string(m.to ? word(*m.to) : "same") + ' ';
        for (const std::string& role : m.roles) out += (&role == &m.roles[0] ? "" : ",") + role;
        out += '\n';
    }
    return out;
}

Result<Done> check(const Workflow& w) {
    YS_TRY([[maybe_unused]] const Done rows, check_rows(w));
    const CaseMove* file = w.find(CaseState::Filed, Verb::File);
    if (!file || !file->from || file->to.value_or(CaseState::Filed) != CaseState::Filed)
        return breaks(w, "it does not begin with \"filed file same\"");
    const States reached = spread(w, {CaseState::Filed}, false);
    const States ending =
        spread(w, {CaseState::Closed, CaseState::OutOfScope, CaseState::Withdrawn}, true);
    for (const CaseMove& m : w.moves)
        for (const auto& state : {m.from, m.to})
            if (state && !reached.contains(*state))
                return breaks(w, std::string(word(*state)) + " is never reached");
    for (const CaseState s : reached) {
        if (!ending.contains(s)) return breaks(w, std::string(word(s)) + " never ends");
        const bool way_out = std::ranges::any_of(w.moves, [&](const CaseMove& m) {
            return m.to && *m.to != s && w.find(s, m.verb) == &m;
        });
        if (!is_final(s) && !way_out) return breaks(w, std::string(word(s)) + " has no way out");
    }
    if (!reached.contains(CaseState::Closed)) return breaks(w, "closed is never reached");
    return Done{};
}

}  // namespace ys::cases
