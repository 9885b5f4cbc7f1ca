// SPDX-License-Identifier: Apache-2.0
#include "knowledge/life_flow.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "knowledge/life_words.h"

namespace ys::knowledge {
namespace {

constexpr std::size_t node_prompts = 20;  ///< a node of a flow says not more

using Choices = std::vector<std::pair<std::string, std::string>>;  ///< title, node it leads to

/// Names in a flow have "-" where codes have "_".
std::string named(std::string text) {
    std::ranges::replace(text, '_', '-');
    return text;
}

/// FNV-1a; the same on every machine.
std::string digest(std::string_view text) {
    std::uint32_t hash = 2'166'136'261U;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16'777'619U;
    std::string out;
    for (int shift = 28; shift >= 0; shift -= 4) out += "0123456789abcdef"[hash >> shift & 0xFU];
    return out;
}

class Compiling {
public:
    Compiling(const ArticlePins& pins, const LifeFlowSetting& setting)
        : pins_(pins), setting_(setting) {}

    void menu(const std::vector<const LifeEvent*>& events) {
        const bool chooses = events.size() > 1;
        Choices choices;
        for (const LifeEvent* event : events) {
            const std::string entry = compile(*event, setting_.menus_max - (chooses ? 1 : 0));
            flow_.entries[event->code] = entry;
            choices.emplace_back(event->title, entry);
        }
        flow_.entry = chooses ? "life-menu" : choices.front().second;
        if (chooses) choose(flow_.entry, "menu", "您要办哪件事？", choices);
    }

    Result<LifeFlow> done() {
        if (!clash_.empty())
            return Error{std::errc::value_too_large, "two texts would be prompt " + clash_};
        if (is_full())
            return Error{std::errc::value_too_large,
                         "life events: " + std::to_string(nodes_) + " nodes, " +
                             std::to_string(flow_.nodes.size()) + " bytes"};
        for (auto& [name, prompt] : prompts_) flow_.prompts.push_back(std::move(prompt));
        return std::move(flow_);
    }

private:
    /// A menu still to be written.
    struct Open {
        LifeAnswers answers;
        std::string node;
        int menus_left = 0;  ///< with this one
    };

    bool is_full() const {
        return nodes_ > setting_.nodes_max || flow_.nodes.size() > setting_.bytes_max;
    }

    std::string compile(const LifeEvent& event, int menus) {
        lists_.clear();
        questions_ = 0;
        ways_ = ways(event);
        std::string entry = node_for(event, {}, menus);
        while (!open_.empty() && !is_full()) {
            const Open here = std::move(open_.front());
            open_.pop_front();
            const Menu menu = menu_for(event, here);
            Choices choices;
            for (const Option& option : menu.options)
                choices.emplace_back(option.title,
                                     node_for(event, option.answers, here.menus_left - 1));
            choose(here.node, "q-" + menu.first, menu.asks, choices);
        }
        open_.clear();
        return entry;
    }

    struct Option {
        std::string title;
        LifeAnswers answers;
    };
    struct Menu {
        std::string first, asks;  ///< the first question's code; all questions as they are said
        std::vector<Option> options;
    };

    /// One question, or several at once when there are more questions than menus left.
    Menu menu_for(const LifeEvent& event, const Open& here) const {
        Menu menu{.first = {}, .asks = {}, .options = {{{}, here.answers}}};
        do {
            const LifeQuestion* question = cheapest(event, menu.options);
            if (question == nullptr) break;
            if (menu.first.empty()) menu.first = question->code;
            menu.asks += question_words(*question);
            menu.options = with(event, *question, menu.options);
        } while (left_after(menu.options) >= here.menus_left);
        return menu;
    }

    /// The next question of some option that makes the menu least longer; none when too long.
    static const LifeQuestion* cheapest(const LifeEvent& event,
                                        const std::vector<Option>& options) {
        const LifeQuestion* best = nullptr;
        std::size_t best_size = question_choices_max + 1;
        for (const Option& option : options) {
            const LifeQuestion* question = next_question(event, option.answers);
            if (question == nullptr) continue;
            const std::size_t size = with(event, *question, options).size();
            if (size < best_size) best = question, best_size = size;
        }
        return best;
    }
    static std::vector<Option> with(const LifeEvent& event, const LifeQuestion& question,
                                    const std::vector<Option>& options) {
        std::vector<Option> out;
        for (const Option& option : options) {
            if (next_question(event, option.answers) != &question) {
                out.push_back(option);
                continue;
            }
            for (const LifeChoice& choice : question.choices) {
                Option next = option;
                if (!next.title.empty()) next.title += "、";
                next.title += choice.title;
                next.answers[question.code] = choice.code;
                out.push_back(std::move(next));
            }
        }
        return out;
    }
    /// The most questions still to come, one a menu.
    int left_after(const std::vector<Option>& options) const {
        std::size_t most = 0;
        for (const Option& option : options)
            for (const LifeAnswers& way : ways_)
                if (std::ranges::includes(way, option.answers))
                    most = std::max(most, way.size() - option.answers.size());
        return static_cast<int>(most);
    }

    /// A menu's node, a list's, which all ways to it share, or a person when no menu is left.
    std::string node_for(const LifeEvent& event, const LifeAnswers& answers, int menus_left) {
        if (next_question(event, answers) != nullptr) {
            if (menus_left <= 0) return setting_.person;
            open_.push_back(
                {answers, named(event.code) + "-q" + std::to_string(++questions_), menus_left});
            return open_.back().node;
        }
        const PersonalList list = personal_list(event, {.answers = answers, .ready = {}}, pins_);
        std::vector<std::string> said;
        std::string all;
        for (const Sentence& each : sentences(list)) {
            said.push_back(prompt(each.about, each.text, each.service));
            all += said.back() + " ";
        }
        const auto [it, is_new] = lists_.try_emplace(all);
        if (is_new) {
            it->second = named(event.code) + "-l" + std::to_string(lists_.size());
            say(it->second, std::move(said));
        }
        return it->second;
    }

    /// As many nodes as it takes, then a person: nobody is hung up on who may have a question.
    void say(const std::string& name, std::vector<std::string> said) {
        said.push_back(
            prompt("end", "清单说完了。还有疑问，或要把清单发到手机上，请不要挂机。", nullptr));
        std::string node = name;
        for (std::size_t i = 0, part = 2; i < said.size(); i += node_prompts, ++part) {
            const std::size_t end = std::min(said.size(), i + node_prompts);
            const std::string next =
                end == said.size() ? setting_.person : name + "-" + std::to_string(part);
            begin(node, "play");
            for (std::size_t j = i; j < end; ++j) line("say " + said[j]);
            line("-> " + next);
            node = next;
        }
    }

    void choose(const std::string& name, const std::string& about, std::string words,
                const Choices& choices) {
        for (std::size_t i = 0; i < choices.size(); ++i)
            words += choices[i].first + "，请按" + std::to_string(i + 1) + "；";
        words += "人工服务，请按0。";
        begin(name, "choose");
        line("say " + prompt(about, words, nullptr));
        line("again 1");
        for (std::size_t i = 0; i < choices.size(); ++i)
            line("key " + std::to_string(i + 1) + " -> " + choices[i].second);
    }

    /// Its name: what it is about, and a digest of what it says and stands on.
    std::string prompt(const std::string& about, const std::string& text,
                       const ListedService* service) {
        FlowPrompt out{.name = {}, .text = text};
        if (service != nullptr) out.matter = service->matter, out.pin = service->pin;
        out.name = named("life-" + about + "-" +
                         digest(text + "\n" + out.matter + " " + pin_words(out.pin)));
        const auto [it, is_new] = prompts_.try_emplace(out.name, out);
        if (!is_new && (it->second.text != out.text || it->second.pin != out.pin))
            clash_ = out.name;
        return out.name;
    }

    void begin(const std::string& name, std::string_view kind) {
        ++nodes_;
        flow_.nodes += "\nnode " + name + " " + std::string(kind) + "\n";
    }
    void line(const std::string& words) { flow_.nodes += "  " + words + "\n"; }

    const ArticlePins& pins_;
    const LifeFlowSetting& setting_;
    std::deque<Open> open_;                     ///< menus not yet written
    std::map<std::string, std::string> lists_;  ///< of this event: what is said, the node's name
    std::vector<LifeAnswers> ways_;             ///< of this event
    std::size_t questions_ = 0, nodes_ = 0;
    std::map<std::string, FlowPrompt> prompts_;
    std::string clash_;
    LifeFlow flow_;
};

}  // namespace

Result<LifeFlow> life_flow(const std::vector<const LifeEvent*>& events, const ArticlePins& pins,
                           const LifeFlowSetting& setting) {
    if (events.empty() || events.size() > menu_events_max)
        return Error{std::errc::value_too_large,
                     "a menu of " + std::to_string(events.size()) + " life events"};
    Compiling compiling(pins, setting);
    compiling.menu(events);
    return compiling.done();
}

}  // namespace ys::knowledge
