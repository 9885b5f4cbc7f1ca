// SPDX-License-Identifier: Apache-2.0
#include "channel_walks.h"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <string_view>

#include "base/opening_hours.h"
#include "base/text.h"
#include "ivr/run.h"

namespace ys::knowledge::testing {
namespace {

using View = std::string_view;

std::optional<std::pair<View, View>> cut_at(View text, View sign) {
    const auto at = text.find(sign);
    if (at == text.npos) return std::nullopt;
    return std::pair{text.substr(0, at), text.substr(at + sign.size())};
}

std::vector<View> pieces(View text, View sign) {
    std::vector<View> out;
    for (auto cut = cut_at(text, sign); cut; cut = cut_at(text, sign)) {
        out.push_back(cut->first);
        text = cut->second;
    }
    out.push_back(text);
    return out;
}

std::set<std::string> alternatives(View where) {
    std::set<std::string> out;
    for (const View each : pieces(where, "或")) out.emplace(each);
    return out;
}

std::string source_of(const ArticlePin& pin) {
    return std::to_string(pin.article.value) + "-" + std::to_string(pin.version);
}

/// "市中心，08:00到…" with the days: where the hours begin is where a day is named.
SaidPlace place_of(View words) {
    for (const View day : {"，周", "，每天"})
        if (const auto at = words.rfind(day); at != words.npos) {
            auto first = words.find(day);
            return {std::string(words.substr(0, first)),
                    std::string(words.substr(first + View("，").size()))};
        }
    return {std::string(words), {}};
}

void take_service(Said& said, View title, View facts, std::string source) {
    const auto parts = pieces(facts, "，");
    SaidService out{.source = std::move(source), .where = {}, .cost = {}, .period = {}};
    if (parts.size() >= 3) {
        out.where = alternatives(parts[0]);
        out.cost = parts[1];
        out.period = parts[2];
    }
    said.order.emplace_back(title);
    said.services[std::string(title)] = std::move(out);
}

/// "原件、复印件2份" or "原件，办落户时拿到" and perhaps what it is for.
void take_material(Said& said, View title, View facts) {
    const auto parts = pieces(facts, "，");
    SaidMaterial out{.count = std::string(parts[0]), .given_by = {}};
    if (parts.size() > 1 && parts[1].starts_with("办"))
        if (const auto cut = cut_at(parts[1].substr(View("办").size()), "时拿到"))
            out.given_by = cut->first;
    said.materials[std::string(title)] = std::move(out);
}

/// A sentence of those that people hear; `source` is what it came with.
void take_sentence(Said& said, View sentence, const std::string& source) {
    if (sentence.ends_with("。")) sentence.remove_suffix(View("。").size());
    if (sentence.starts_with("费用合计")) {
        said.cost = sentence.substr(View("费用合计").size());
        return;
    }
    const auto cut = cut_at(sentence, "：");
    if (!cut) return;
    const auto [head, facts] = *cut;
    if (const auto item = cut_at(head, "项，"); item && head.starts_with("第")) {
        take_service(said, item->second, facts, source);
    } else if (const auto place = cut_at(facts, "，办理时间")) {
        said.places[std::string(head)] = {std::string(place->first), std::string(place->second)};
    } else {
        take_material(said, head, facts);
    }
}

template <class Map>
void tell(std::string& out, const char* what, const Map& one, const Map& other) {
    for (const auto& [title, facts] : one)
        if (const auto it = other.find(title); it == other.end())
            out += std::string(what) + " only on one: " + title + "\n";
        else if (!(it->second == facts))
            out += std::string(what) + " otherwise: " + title + "\n";
    for (const auto& [title, facts] : other)
        if (!one.contains(title)) out += std::string(what) + " only on the other: " + title + "\n";
}

}  // namespace

std::string difference(const Said& one, const Said& other) {
    std::string out;
    tell(out, "service", one.services, other.services);
    tell(out, "material", one.materials, other.materials);
    tell(out, "place", one.places, other.places);
    if (one.cost != other.cost) out += "cost " + one.cost + " and " + other.cost + "\n";
    if (out.empty() && one.order != other.order) out += "another order\n";
    return out;
}

Said read_chat(const ChatTurn& last) {
    Said out;
    for (const ChatService& each : last.services) {
        out.order.push_back(each.title);
        out.services[each.title] = {source_of(each.pin), alternatives(each.where), each.cost,
                                    each.period};
    }
    for (const ChatMaterial& each : last.materials)
        out.materials[each.title] = {each.count, each.given_by};
    for (const ChatPlace& each : last.places) out.places[each.title] = {each.address, each.hours};
    out.cost = last.cost;
    return out;
}

Said read_guide(const AgentGuide& guide) {
    Said out;
    for (const std::string& sentence : guide.say) take_sentence(out, sentence, "");
    for (const GuideSource& each : guide.sources)
        if (const auto it = out.services.find(each.service); it != out.services.end())
            it->second.source = source_of(each.pin);
    return out;
}

Said read_heard(const std::vector<FlowPrompt>& heard) {
    Said out;
    for (const FlowPrompt& each : heard) take_sentence(out, each.text, source_of(each.pin));
    return out;
}

Said read_sms(const SmsChecklist& checklist) {
    Said out;
    std::string section;
    for (const std::string& part : checklist.parts) {
        View text = part;
        if (text.starts_with("(")) text = cut_at(text, ")")->second;
        for (View line : pieces(text, "\n")) {
            if (line == "材料" || line == "地点") section = line;
            if (line.starts_with("费用合计")) out.cost = line.substr(View("费用合计").size());
            const auto cut = cut_at(line, "：");
            if (!cut) continue;
            const auto [head, facts] = *cut;
            if (section.empty()) {
                const auto source = cut_at(facts, "，依据");
                take_service(out, cut_at(head, ".")->second, facts,
                             source ? std::string(source->second) : std::string());
            } else if (section == "材料") {
                take_material(out, head.substr(View("☐").size()), facts);
            } else {
                out.places[std::string(head)] = place_of(facts);
            }
        }
    }
    return out;
}

ChatTurn walk_chat(const LifeEvent& event, const LifeAnswers& answers, const ArticlePins& pins) {
    LifeState state;
    ChatTurn turn = chat_turn(event, state, pins);
    while (!turn.question.empty()) {
        const std::string& answer = answers.at(turn.question);
        for (const LifeChoice& choice : turn.choices)
            if (choice.code == answer) state.answers[turn.question] = choice.code;
        if (!state.answers.contains(turn.question)) return {};
        turn = chat_turn(event, state, pins);
    }
    return turn;
}

AgentGuide walk_guide(const LifeEvent& event, const LifeAnswers& answers, const ArticlePins& pins) {
    LifeState state;
    AgentGuide guide = agent_guide(event, state, pins);
    while (guide.say.empty() && !guide.questions.empty() && guide.questions.back().answer.empty()) {
        const std::string& code = guide.questions.back().code;
        state.answers[code] = answers.at(code);
        guide = agent_guide(event, state, pins);
    }
    return guide;
}

namespace {

/// Which key the text names for this option; 0 when it does not.
char key_for(View text, const std::string& wanted) {
    if (const auto last = text.rfind("？"); last != text.npos)
        text.remove_prefix(last + View("？").size());
    for (const View option : pieces(text, "；"))
        if (const auto cut = cut_at(option, "，请按");
            cut && cut->first == wanted && !cut->second.empty())
            return cut->second.front();
    return 0;
}

/// What this citizen chooses of a menu that asks one or more of the event's questions.
std::string option_for(View text, const LifeEvent& event, const LifeAnswers& answers) {
    const auto asked = pieces(text, "？");
    std::string out;
    for (std::size_t i = 0; i + 1 < asked.size(); ++i)
        for (const LifeQuestion& question : event.questions)
            if (question.title == asked[i] && answers.contains(question.code))
                for (const LifeChoice& choice : question.choices)
                    if (choice.code == answers.at(question.code))
                        out += (out.empty() ? "" : "、") + choice.title;
    return out;
}

/// One caller in the real interpreter, hearing everything to its end.
class Caller {
public:
    Caller(const ivr::Flow& flow, const std::vector<FlowPrompt>& prompts) : run_(flow, {}) {
        for (const FlowPrompt& each : prompts) prompts_[each.name] = each;
        take(run_.start({}));
    }
    void press(char key) {
        heard_.clear();
        take(run_.on({}, ivr::Key{key}));
    }
    const std::vector<FlowPrompt>& heard() const { return heard_; }

private:
    void take(std::vector<ivr::Step> steps) {
        for (bool says = true; says;) {
            says = false;
            for (const ivr::Step& step : steps)
                if (const auto* say = std::get_if<ivr::Say>(&step)) {
                    says = true;
                    for (const std::string& name : say->prompts)
                        if (const auto it = prompts_.find(name); it != prompts_.end())
                            heard_.push_back(it->second);
                }
            if (says) steps = run_.on({}, ivr::PromptsEnded{});
        }
    }
    std::map<std::string, FlowPrompt> prompts_;
    std::vector<FlowPrompt> heard_;
    ivr::Run run_;
};

}  // namespace

std::vector<FlowPrompt> walk_flow(const ivr::Flow& flow, const std::vector<FlowPrompt>& prompts,
                                  const LifeEvent& event, const LifeAnswers& answers) {
    Caller caller(flow, prompts);
    for (std::size_t menus = 0; menus <= event_questions_max; ++menus) {
        if (caller.heard().empty()) return {};
        const std::string& last = caller.heard().back().text;
        if (last.starts_with("清单说完了")) return caller.heard();
        const char key =
            key_for(last, last.starts_with("您要办哪件事？") ? event.title
                                                             : option_for(last, event, answers));
        if (key == 0) return {};
        caller.press(key);
    }
    return {};
}

std::string whole_flow(const LifeFlow& life) {
    return "flow life\n"
           "must-hear recorded-notice\n"
           "start hello\n"
           "person staff\n"
           "node hello play\n"
           "  say welcome recorded-notice\n"
           "  barge-in no\n"
           "  -> " +
           life.entry +
           "\n"
           "node staff queue\n"
           "  say to-person\n"
           "  queue general\n" +
           life.nodes;
}

}  // namespace ys::knowledge::testing
