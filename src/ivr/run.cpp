// SPDX-License-Identifier: Apache-2.0
// Interprets a flow for one caller. Total on any flow: what the checker would refuse ends at the
// fallback queue, or hangs up politely when there is none.
#include "ivr/run.h"

#include <algorithm>
#include <utility>

namespace ys::ivr {
namespace {

constexpr std::size_t kept_keys_max = 16;

bool takes_keys(const Node& node) {
    return node.kind == NodeKind::Choose || node.kind == NodeKind::Digits;
}

}  // namespace

Run::Run(const Flow& flow, Caller caller) : flow_(&flow), caller_(std::move(caller)) {}

bool Run::is_over() const { return over_; }
const std::string& Run::node() const { return node_; }

std::vector<Step> Run::start(Now now) {
    Steps out;
    go(now, flow_->start, out);
    return out;
}

std::vector<Step> Run::on(Now now, const Input& input) {
    Steps out;
    if (over_ || at_ == nullptr) return out;
    std::string to;
    if (const Key* key = std::get_if<Key>(&input)) {
        if (saying_ && !at_->interruptible) {
            if (kept_.size() < kept_keys_max) kept_ += key->key;
            return out;
        }
        to = take(key->key, out);
    } else if (const CaseTold* answer = std::get_if<CaseTold>(&input)) {
        if (at_->kind != NodeKind::Progress || !waiting_) return out;
        to = told(answer->prompts, out);
    } else if (const LiveTold* live = std::get_if<LiveTold>(&input)) {
        if (at_->kind != NodeKind::Live || !waiting_) return out;
        offers_person_ = live->offers_person;
        to = told(live->prompts, out);
    } else if (const AnswerTold* known = std::get_if<AnswerTold>(&input)) {
        if (at_->kind != NodeKind::Answer || !waiting_) return out;
        to = answered(*known, out);
    } else if (const GuessesTold* likely = std::get_if<GuessesTold>(&input)) {
        if (at_->kind != NodeKind::Guess || !waiting_) return out;
        to = guessed(*likely, out);
    } else if (std::holds_alternative<PromptsEnded>(input)) {
        if (!saying_) return out;
        saying_ = false;
        to = after_saying(out);
    } else {
        if (!waiting_) return out;
        waiting_ = false;
        to = nothing_came(out);
    }
    if (!to.empty()) go(now, std::move(to), out);
    return out;
}

void Run::go(Now now, std::string name, Steps& out) {
    while (!name.empty()) {
        at_ = flow_->find(name);
        if (at_ == nullptr || ++steps_ > nodes_entered_max)
            return end_at_queue(flow_->find(flow_->fallback), out);
        node_ = std::move(name);
        digits_.clear();
        rounds_ = choices_ = 0;
        is_answered_ = false;
        offered_.clear();
        out.push_back(EnterNode{node_});
        name = arrive(now, out);
    }
}

std::string Run::arrive(Now now, Steps& out) {
    if (at_->kind == NodeKind::Branch) {
        const auto rule =
            std::ranges::find_if(at_->rules, [&](const Rule& r) { return holds(r, now); });
        return rule == at_->rules.end() ? person_or(at_->next) : rule->to;
    }
    if (at_->kind == NodeKind::Wait) {
        if (at_->echo) out.push_back(Wait{Millis{0}, true});
        return "";
    }
    if (looks_up(at_->kind) && at_->say.empty()) {
        look_up(out);
        return wait(out);
    }
    if (at_->kind == NodeKind::Digits && at_->secure) {
        secure_ = true;
        out.push_back(Secure{true});
    }
    // Who has typed ahead knows the menu already and is spared the prompt.
    const bool typed_ahead =
        !kept_.empty() && at_->interruptible && (takes_keys(*at_) || at_->kind == NodeKind::Play);
    if (at_->say.empty() || typed_ahead) return after_saying(out);
    return say(out);
}

std::string Run::after_saying(Steps& out) {
    if (!kept_.empty() && takes_keys(*at_)) return take_kept(out);
    // Before the end of the call nothing takes a key any more, so a 0 behind another one counts.
    const bool is_last = at_->kind == NodeKind::Voicemail || at_->kind == NodeKind::HangUp;
    const bool wants_person = at_->kind != NodeKind::Queue &&
                              (is_last ? kept_.find('0') != kept_.npos : kept_.starts_with('0'));
    if (wants_person) {
        kept_.clear();
        return leave_by("0", flow_->person, out);
    }
    switch (at_->kind) {
        case NodeKind::Play:
            if (!at_->say.empty() && kept_.empty() &&
                (at_->again == again_for_ever || rounds_++ < at_->again))
                return say(out);
            return person_or(at_->next);
        case NodeKind::Progress:
            return person_or(at_->next);
        case NodeKind::Live:
            return person_or(offers_person_ ? at_->other : at_->next);
        case NodeKind::Answer:
            if (is_answered_) return person_or(at_->next);
            if (choices_ == 0) look_up(out);
            return wait(out);
        case NodeKind::Choose:
        case NodeKind::Digits:
        case NodeKind::Guess:
            return wait(out);
        case NodeKind::Queue:
            end_at_queue(at_, out);
            return "";
        case NodeKind::Voicemail:
            over_ = true;
            out.push_back(ToVoicemail{});
            return "";
        default:
            over_ = true;
            out.push_back(Finish{});
            return "";
    }
}

std::string Run::take(char key, Steps& out) {
    if (at_->kind == NodeKind::Wait) return "";
    if (at_->kind == NodeKind::Digits) return take_digit(key, out);
    if (choices_ > 0) return choose_matter(key, out);
    if (!offered_.empty()) return choose_guess(key, out);
    if (looks_up(at_->kind) && waiting_) return take_while_looking(key, out);
    stop(out);
    if (at_->kind == NodeKind::Choose) {
        const auto it = at_->keys.find(key);
        const std::string to = it != at_->keys.end() ? it->second
                               : key == '0'          ? flow_->person
                                                     : person_or(at_->other);
        return leave_by(std::string(1, key), to, out);
    }
    // What was typed ahead, and met no menu yet, does not keep a 0 waiting.
    if (key == '0') kept_.clear();
    // A key during a plain announcement skips it; it may already be meant for the menu after it.
    if (kept_.size() < kept_keys_max) kept_ += key;
    return after_saying(out);
}

std::string Run::take_digit(char key, Steps& out) {
    stop(out);
    if (key == '*') return leave_by(digits_ + '*', flow_->person, out);
    if (key == '#') return submit_digits(out);
    if (key < '0' || key > '9') return wait(out);
    digits_ += key;
    if (digits_.size() >= static_cast<std::size_t>(at_->digits_max)) return submit_digits(out);
    return wait(out);
}

std::string Run::submit_digits(Steps& out) {
    if (digits_.size() >= static_cast<std::size_t>(at_->digits_min) && digits_ != "0") {
        if (at_->keys_territory) out.push_back(SetTerritory{digits_});
        if (at_->piece == CasePiece::Number) case_number_ = digits_;
        if (at_->piece == CasePiece::Code) case_code_ = digits_;
        return leave_by(digits_, at_->next, out);
    }
    // A 0 alone asks for a person here as everywhere else.
    if (digits_ == "0") return leave_by("0", flow_->person, out);
    return nothing_came(out);
}

std::string Run::take_kept(Steps& out) {
    std::string to;
    while (to.empty() && !kept_.empty() && !over_) {
        const char key = kept_.front();
        kept_.erase(0, 1);
        to = take(key, out);
    }
    return to;
}

/// A person is one key away while the house looks up; another key is meant for what follows.
std::string Run::take_while_looking(char key, Steps& out) {
    if (key == '0') return leave_by("0", flow_->person, out);
    if (kept_.size() < kept_keys_max) kept_ += key;
    return "";
}

void Run::look_up(Steps& out) {
    std::string number = std::exchange(case_number_, {}), code = std::exchange(case_code_, {});
    if (at_->kind == NodeKind::Progress) {
        out.push_back(LookUpCase{std::move(number), std::move(code)});
        return;
    }
    if (at_->kind == NodeKind::Answer) {
        out.push_back(AskKnowledge{at_->matter, 0, at_->wait});
        return;
    }
    if (at_->kind == NodeKind::Guess) {
        AskGuesses asked;
        for (const auto& [kind, to] : at_->guesses) asked.kinds.push_back(kind);
        out.push_back(std::move(asked));
        return;
    }
    number = number.empty() ? at_->place : at_->prefix + number;
    out.push_back(LookUpLive{at_->about, std::move(number), std::move(code)});
}

std::string Run::told(const std::vector<std::string>& prompts, Steps& out) {
    stop(out);
    if (prompts.empty()) return person_or(at_->other);
    saying_ = true;
    out.push_back(Say{prompts, true});
    return "";
}

std::string Run::answered(const AnswerTold& answer, Steps& out) {
    if (answer.wants_person) return leave_by("", flow_->person, out);
    if (answer.prompts.empty()) return not_understood(out);
    choices_ = answer.choices;
    is_answered_ = choices_ == 0;
    return told(answer.prompts, out);
}

/// Any key that is no choice says: none of these.
std::string Run::choose_matter(char key, Steps& out) {
    const int picked = key - '0';
    if (picked < 1 || picked > choices_) {
        if (key == '0') return leave_by("0", flow_->person, out);
        stop(out);
        out.push_back(TellKeys{node_, std::string(1, key)});
        return not_understood(out);
    }
    stop(out);
    choices_ = 0;
    out.push_back(TellKeys{node_, std::string(1, key)});
    out.push_back(AskKnowledge{"", picked, at_->wait});
    return wait(out);
}

/// What was not asked for, or asked for twice, is not offered.
std::string Run::guessed(const GuessesTold& told_kinds, Steps& out) {
    std::vector<std::string> said;
    for (const std::string& word : told_kinds.kinds) {
        const auto way = at_->guesses.find(word);
        const GuessKind* kind = guess_kind(word);
        const bool is_new = way != at_->guesses.end() && kind != nullptr &&
                            std::ranges::find(offered_, way->second) == offered_.end();
        if (!is_new || offered_.size() == guesses_max) continue;
        offered_.push_back(way->second);
        said.emplace_back(kind->prompt);
        said.push_back("digit-" + std::to_string(offered_.size()));
    }
    stop(out);
    if (said.empty()) return person_or(at_->next);
    said.emplace_back(no_guesses_prompt);
    saying_ = true;
    out.push_back(Say{std::move(said), true});
    return "";
}

/// A key that is no offer is meant for what follows.
std::string Run::choose_guess(char key, Steps& out) {
    const int picked = key - '1';
    if (picked >= 0 && picked < static_cast<int>(offered_.size())) {
        const std::string to = offered_[static_cast<std::size_t>(picked)];
        return leave_by(std::string(1, key), to, out);
    }
    if (key == '0') return leave_by("0", flow_->person, out);
    if (key == no_guesses_key) {
        out.push_back(StopGuessing{});
        return leave_by(std::string(1, key), at_->next, out);
    }
    stop(out);
    if (kept_.size() < kept_keys_max) kept_ += key;
    return person_or(at_->next);
}

/// The caller is asked once more where the flow says so, then a person helps.
std::string Run::not_understood(Steps& out) {
    stop(out);
    choices_ = 0;
    if (rounds_ >= at_->again || at_->say.empty()) return person_or(at_->other);
    ++rounds_;
    return say(out);
}

std::string Run::nothing_came(Steps& out) {
    choices_ = 0;
    if (at_->kind == NodeKind::Guess) return leave_by("", person_or(at_->next), out);
    if (at_->kind == NodeKind::Digits && !digits_.empty() &&
        (digits_ == "0" || digits_.size() >= static_cast<std::size_t>(at_->digits_min)))
        return submit_digits(out);
    if (rounds_ < at_->again && !at_->say.empty()) {
        ++rounds_;
        digits_.clear();
        return say(out);
    }
    return leave_by(digits_, person_or(at_->nothing), out);
}

std::string Run::leave_by(const std::string& keys, const std::string& to, Steps& out) {
    stop(out);
    if (!keys.empty())
        out.push_back(TellKeys{node_, secure_ ? std::string(keys.size(), '*') : keys});
    if (secure_) out.push_back(Secure{false});
    secure_ = false;
    return person_or(to);
}

/// Never "", so that a caller always gets on; "?" is no node's name and leads to the fallback.
std::string Run::person_or(const std::string& to) const {
    if (!to.empty()) return to;
    return flow_->person.empty() ? "?" : flow_->person;
}

std::string Run::say(Steps& out) {
    saying_ = true;
    out.push_back(Say{at_->say, at_->interruptible});
    return "";
}

std::string Run::wait(Steps& out) {
    waiting_ = true;
    out.push_back(Wait{at_->wait});
    return "";
}

/// Ends the prompt and the wait of this node, whichever is on.
void Run::stop(Steps& out) {
    if (saying_) out.push_back(StopSaying{});
    if (waiting_) out.push_back(Wait{});
    saying_ = waiting_ = false;
}

void Run::end_at_queue(const Node* queue, Steps& out) {
    stop(out);
    if (secure_) out.push_back(Secure{false});
    secure_ = false;
    over_ = true;
    if (queue == nullptr || queue->kind != NodeKind::Queue) return out.push_back(Finish{});
    if (!queue->territory.empty()) out.push_back(SetTerritory{queue->territory});
    out.push_back(ToQueue{queue->queue, queue->priority, queue->needs, queue->announces});
}

bool Run::holds(const Rule& rule, Now now) const {
    switch (rule.on) {
        case Rule::On::Tag:
            return std::ranges::find(caller_.tags, rule.word) != caller_.tags.end();
        case Rule::On::Number:
            return caller_.number.starts_with(rule.word);
        case Rule::On::Withheld:
            return caller_.number.empty();
        case Rule::On::Open:
            return flow_->calendar.is_open(rule.word, now.utc);
        case Rule::On::Holiday:
            return flow_->calendar.is_holiday(now.utc);
        case Rule::On::Time:
            return flow_->calendar.is_in(rule.span, now.utc);
    }
    return false;
}

}  // namespace ys::ivr
