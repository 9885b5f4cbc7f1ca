// SPDX-License-Identifier: Apache-2.0
// What is wrong with a life event: first each field by itself, then what its ways show.
#include <algorithm>
#include <array>

#include "base/opening_hours.h"
#include "knowledge/life_event.h"

namespace ys::knowledge {
namespace {

constexpr std::int64_t cost_fen_max = 100'000'000;
constexpr int period_days_max = 3'650;
constexpr int copies_max = 20;

bool is_code(std::string_view text) {
    return !text.empty() && text.size() <= life_code_bytes_max && text.front() != '_' &&
           std::ranges::all_of(text, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
           });
}

std::size_t chars_of(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

/// The checklist is cut at lines and signs, and a message's template knows braces and brackets.
bool is_plain(std::string_view text) {
    constexpr std::array<std::string_view, 3> signs{"：", "；", "☐"};
    return std::ranges::none_of(text,
                                [](char c) {
                                    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F ||
                                           c == '{' || c == '}' || c == '[' || c == ']';
                                }) &&
           std::ranges::none_of(signs, [&](auto sign) { return text.find(sign) != text.npos; });
}

std::string at(std::string_view list, std::size_t i) {
    return std::string(list) + "." + std::to_string(i);
}

class Proof {
public:
    Proof(const LifeEvent& event, const std::set<std::string>& matters)
        : event_(event), matters_(matters) {}

    std::vector<LifeFault> run() {
        named(event_.code, event_.title, "");
        questions();
        services();
        evidence();
        places();
        if (faults_.empty()) circles();
        if (faults_.empty()) by_all_ways();
        return std::move(faults_);
    }

private:
    void fault(std::string field, std::string_view code) {
        faults_.push_back({std::move(field), code});
    }
    static std::string inside(const std::string& at, std::string_view field) {
        return at.empty() ? std::string(field) : at + "." + std::string(field);
    }

    void named(const std::string& code, const std::string& title, const std::string& at) {
        if (!is_code(code)) fault(inside(at, "code"), "code_shape");
        text(title, inside(at, "title"), life_title_chars_max, "need_title");
    }
    void text(const std::string& words, const std::string& field, std::size_t chars_max,
              std::string_view when_empty) {
        if (words.empty()) {
            if (!when_empty.empty()) fault(field, when_empty);
        } else if (chars_of(words) > chars_max) {
            fault(field, "too_long");
        } else if (!is_plain(words)) {
            fault(field, "not_plain");
        }
    }
    /// Whether an earlier one of the list has this code already.
    template <class List>
    void not_taken(const List& list, std::size_t i, const std::string& at) {
        for (std::size_t j = 0; j < i; ++j)
            if (list[j].code == list[i].code) return fault(at + ".code", "taken");
    }
    /// False when the list is so long that its items are not looked at.
    template <class List>
    bool fits(const List& list, std::size_t max, const std::string& field) {
        if (list.size() > max) fault(field, "too_many");
        return list.size() <= max;
    }

    /// asked  how many of the questions may be named
    void when(const When& when, std::size_t asked, const std::string& field) {
        if (!fits(when, event_questions_max, field)) return;
        std::set<std::string> seen;
        for (std::size_t i = 0; i < when.size(); ++i) {
            const std::string here = at(field, i);
            const auto question =
                std::ranges::find(event_.questions, when[i].question, &LifeQuestion::code);
            if (question == event_.questions.end()) {
                fault(here + ".question", "unknown_question");
                continue;
            }
            if (static_cast<std::size_t>(question - event_.questions.begin()) >= asked)
                fault(here + ".question", "not_earlier");
            if (!seen.insert(when[i].question).second) fault(here + ".question", "twice");
            if (when[i].is.empty()) fault(here + ".is", "need_choice");
            std::set<std::string> values;
            for (std::size_t j = 0; j < when[i].is.size() && j <= question_choices_max; ++j) {
                if (std::ranges::find(question->choices, when[i].is[j], &LifeChoice::code) ==
                    question->choices.end())
                    fault(at(here + ".is", j), "unknown_choice");
                if (!values.insert(when[i].is[j]).second) fault(at(here + ".is", j), "twice");
            }
        }
    }

    void questions() {
        if (!fits(event_.questions, event_questions_max, "questions")) return;
        for (std::size_t i = 0; i < event_.questions.size(); ++i) {
            const LifeQuestion& question = event_.questions[i];
            const std::string here = at("questions", i);
            named(question.code, question.title, here);
            not_taken(event_.questions, i, here);
            if (question.choices.size() < 2) fault(here + ".choices", "need_choices");
            if (fits(question.choices, question_choices_max, here + ".choices"))
                for (std::size_t j = 0; j < question.choices.size(); ++j) {
                    const std::string choice = at(here + ".choices", j);
                    named(question.choices[j].code, question.choices[j].title, choice);
                    not_taken(question.choices, j, choice);
                }
            when(question.when, i, here + ".when");
        }
    }

    void services() {
        if (event_.services.empty()) fault("services", "need_services");
        if (!fits(event_.services, event_services_max, "services")) return;
        for (std::size_t i = 0; i < event_.services.size(); ++i) {
            const std::string here = at("services", i);
            named(event_.services[i].code, event_.services[i].title, here);
            not_taken(event_.services, i, here);
            service(event_.services[i], here);
            needs(event_.services[i], here);
        }
    }
    void service(const LifeService& service, const std::string& here) {
        if (!matters_.contains(service.matter)) fault(here + ".matter", "unknown_matter");
        when(service.when, event_.questions.size(), here + ".when");
        text(service.output, here + ".output", life_title_chars_max, "need_output");
        if (!service.gives.empty() && find_evidence(event_, service.gives) == nullptr)
            fault(here + ".gives", "unknown_evidence");
        text(service.online, here + ".online", life_address_chars_max, "");
        text(service.queue, here + ".queue", life_title_chars_max, "");
        if (service.places.empty() && service.online.empty())
            fault(here + ".places", "need_channel");
        listed(
            service.places, event_places_max, here + ".places",
            [&](const std::string& code) { return find_place(event_, code) != nullptr; },
            "unknown_place");
        if (!service.cost_fen)
            fault(here + ".cost_fen", "need_cost");
        else if (*service.cost_fen < 0 || *service.cost_fen > cost_fen_max)
            fault(here + ".cost_fen", "cost_shape");
        if (!service.period_days)
            fault(here + ".period_days", "need_period");
        else if (*service.period_days < 0 || *service.period_days > period_days_max)
            fault(here + ".period_days", "period_shape");
        listed(
            service.after, event_services_max, here + ".after",
            [&](const std::string& code) {
                return std::ranges::find(event_.services, code, &LifeService::code) !=
                       event_.services.end();
            },
            "unknown_service");
    }
    template <class Known>
    void listed(const std::vector<std::string>& codes, std::size_t max, const std::string& field,
                Known known, std::string_view unknown) {
        if (!fits(codes, max, field)) return;
        std::set<std::string> seen;
        for (std::size_t i = 0; i < codes.size(); ++i) {
            if (!known(codes[i])) fault(at(field, i), unknown);
            if (!seen.insert(codes[i]).second) fault(at(field, i), "twice");
        }
    }
    void needs(const LifeService& service, const std::string& service_at) {
        if (!fits(service.evidence, event_evidence_max, service_at + ".evidence")) return;
        std::set<std::string> seen;
        for (std::size_t i = 0; i < service.evidence.size(); ++i) {
            const EvidenceNeed& need = service.evidence[i];
            const std::string here = at(service_at + ".evidence", i);
            if (find_evidence(event_, need.evidence) == nullptr)
                fault(here + ".evidence", "unknown_evidence");
            if (!seen.insert(need.evidence).second) fault(here + ".evidence", "twice");
            if (need.copies < 0 || need.copies > copies_max || (need.copies == 0 && !need.original))
                fault(here + ".copies", "counts_nothing");
            when(need.when, event_.questions.size(), here + ".when");
        }
    }

    void evidence() {
        if (!fits(event_.evidence, event_evidence_max, "evidence")) return;
        std::set<std::string> used;
        for (const LifeService& service : event_.services)
            for (const EvidenceNeed& need : service.evidence) used.insert(need.evidence);
        for (std::size_t i = 0; i < event_.evidence.size(); ++i) {
            const LifeEvidence& each = event_.evidence[i];
            const std::string here = at("evidence", i);
            named(each.code, each.title, here);
            not_taken(event_.evidence, i, here);
            text(each.copy_word, here + ".copy_word", life_title_chars_max, "need_title");
            text(each.unit, here + ".unit", life_title_chars_max, "need_title");
            if (!used.contains(each.code)) fault(here, "not_used");
        }
    }

    void places() {
        if (!fits(event_.places, event_places_max, "places")) return;
        std::set<std::string> used;
        for (const LifeService& service : event_.services)
            used.insert(service.places.begin(), service.places.end());
        for (std::size_t i = 0; i < event_.places.size(); ++i) {
            const LifePlace& place = event_.places[i];
            const std::string here = at("places", i);
            named(place.code, place.title, here);
            not_taken(event_.places, i, here);
            text(place.address, here + ".address", life_address_chars_max, "need_address");
            const auto hours = parse_opening_hours(place.hours);
            if (!hours || hours->empty()) fault(here + ".hours", "hours_shape");
            if (!used.contains(place.code)) fault(here, "not_used");
        }
    }

    /// Takes out what nothing is before, again and again: what is left over waits for itself.
    void circles() {
        std::vector<std::size_t> left(event_.services.size());
        for (std::size_t i = 0; i < left.size(); ++i) left[i] = i;
        const auto waits = [&](std::size_t i) {
            return std::ranges::any_of(left, [&](std::size_t j) {
                return comes_before(event_.services[j], event_.services[i]);
            });
        };
        for (auto free = std::ranges::find_if_not(left, waits); free != left.end();
             free = std::ranges::find_if_not(left, waits))
            left.erase(free);
        for (const std::size_t i : left) fault(at("services", i) + ".after", "in_a_circle");
    }

    void by_all_ways() {
        const std::vector<LifeAnswers> all = ways(event_);
        if (all.size() > event_ways_max) return fault("questions", "too_many_ways");
        for (std::size_t i = 0; i < event_.questions.size(); ++i) question_by_ways(i, all);
        for (std::size_t i = 0; i < event_.services.size(); ++i) service_by_ways(i, all);
        for (const LifeAnswers& way : all)
            if (services_in_order(event_, way).empty()) return fault("services", "needs_nothing");
    }

    /// After whatever was answered before it, the ways from here must not all lead to the same
    /// needs.
    void question_by_ways(std::size_t i, const std::vector<LifeAnswers>& all) {
        const std::string& code = event_.questions[i].code;
        std::map<LifeAnswers, std::map<std::string, std::set<std::string>>> needed;
        for (const LifeAnswers& way : all) {
            if (!way.contains(code)) continue;
            LifeAnswers before;
            for (std::size_t j = 0; j < i; ++j)
                if (const auto it = way.find(event_.questions[j].code); it != way.end())
                    before.insert(*it);
            needed[before][way.at(code)].insert(needs_of(way));
        }
        if (needed.empty()) return fault(at("questions", i), "never_asked");
        for (const auto& [before, by_choice] : needed)
            if (std::ranges::all_of(by_choice, [&](const auto& each) {
                    return each.second == by_choice.begin()->second;
                }))
                return fault(at("questions", i), "changes_nothing");
    }
    std::string needs_of(const LifeAnswers& way) const {
        std::string out;
        for (const LifeService& service : event_.services) {
            if (!holds(service.when, way)) continue;
            out += service.code + ":";
            for (const EvidenceNeed& need : service.evidence)
                if (holds(need.when, way)) out += need.evidence + ",";
            out += ";";
        }
        return out;
    }

    void service_by_ways(std::size_t i, const std::vector<LifeAnswers>& all) {
        const LifeService& service = event_.services[i];
        const auto some_way = [&](const When* need) {
            return std::ranges::any_of(all, [&](const LifeAnswers& way) {
                return holds(service.when, way) && (need == nullptr || holds(*need, way));
            });
        };
        if (!some_way(nullptr)) return fault(at("services", i), "never_needed");
        for (std::size_t j = 0; j < service.evidence.size(); ++j)
            if (!some_way(&service.evidence[j].when))
                fault(at(at("services", i) + ".evidence", j), "never_needed");
    }

    const LifeEvent& event_;
    const std::set<std::string>& matters_;
    std::vector<LifeFault> faults_;
};

}  // namespace

std::vector<LifeFault> faults(const LifeEvent& event, const std::set<std::string>& matters) {
    return Proof{event, matters}.run();
}

}  // namespace ys::knowledge
