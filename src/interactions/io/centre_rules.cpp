// SPDX-License-Identifier: Apache-2.0
#include "interactions/io/centre_rules.h"

#include <algorithm>
#include <set>

#include "base/opening_hours.h"
#include "base/text.h"
#include "platform/json/described_json.h"

namespace ys::interactions {
namespace {

constexpr std::size_t title_bytes_max = 90;
constexpr std::int64_t hour_s = 3600;

std::int64_t seconds(Millis t) { return std::chrono::duration_cast<Seconds>(t).count(); }

std::string name_of(const Setup& setup, SkillId id) {
    const auto found = std::ranges::find(setup.skills, id, &SkillSetup::id);
    return found == setup.skills.end() ? std::string{} : found->name;
}

RuleQueue form_of(const Setup& setup, const QueueSetup& q) {
    RuleQueue out;
    out.id = q.id;
    out.name = q.name;
    out.title = q.title;
    out.answer_within_s = seconds(q.answer_within);
    out.waiting_max = static_cast<std::int64_t>(q.waiting_max);
    out.priority = q.priority;
    out.strategy = routing::word_of(q.strategy);
    out.skill = name_of(setup, q.skill);
    for (const SkillId need : q.needs) out.needs.push_back(name_of(setup, need));
    out.overflow = q.overflow;
    out.prefer_for_s = seconds(q.prefer_for);
    out.callback_after_s = seconds(q.callback_after);
    out.voicemail_after_s = seconds(q.voicemail_after);
    for (const routing::Ring& r : q.rings)
        out.rings.push_back({seconds(r.after), r.level_min, r.also});
    if (q.slid_to) out.slid_to_s = *q.slid_to < Millis::zero() ? -1 : seconds(*q.slid_to);
    out.hours = to_text(q.hours);
    return out;
}

/// A word of flow files: small letters, digits, "-" and "_".
bool is_word(std::string_view text) {
    return !text.empty() && text.size() <= 32 && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
}

/// Reads a form over a set-up; every fault is kept, so that a page shows all of them.
class Reading {
public:
    Reading(const Setup& setup, CentreId centre) : centre_(centre) { out_.setup = setup; }

    NewRules read(const CentreRules& form) {
        skills(form.skills);
        queues(form.queues);
        const Seconds wrap_up{within(form.wrap_up_max_s, 0, hour_s, "wrap_up_max_s")};
        for (AgentSetup& a : out_.setup.agents)
            if (a.centre == centre_) a.wrap_up_max = wrap_up;
        for (std::size_t i = 0; i < form.agents.size(); ++i)
            agent(form.agents[i], "agents." + std::to_string(i));
        return std::move(out_);
    }

private:
    void fault(std::string field, std::string code) {
        out_.faults.push_back({std::move(field), std::move(code)});
    }
    std::int64_t within(std::int64_t value, std::int64_t low, std::int64_t high,
                        const std::string& field) {
        if (value < low) fault(field, "too_small");
        if (value > high) fault(field, "too_large");
        return std::clamp(value, low, high);
    }
    std::string title(const std::string& text, const std::string& field) {
        std::string out = cleaned(text, title_bytes_max + 1);
        if (out.empty()) fault(field, "field_missing");
        if (out.size() > title_bytes_max) fault(field, "too_long");
        return out;
    }
    SkillId skill(const std::string& name, const std::string& field) {
        const auto found = std::ranges::find(out_.setup.skills, name, &SkillSetup::name);
        if (found != out_.setup.skills.end()) return found->id;
        fault(field, "not_found");
        return {};
    }

    void skills(const std::vector<RuleSkill>& form) {
        std::set<std::string> names;
        for (std::size_t i = 0; i < form.size(); ++i) {
            const std::string at = "skills." + std::to_string(i);
            if (!is_word(form[i].name)) fault(at + ".name", "bad_word");
            if (!names.insert(form[i].name).second) fault(at + ".name", "taken");
            const SkillSetup now{form[i].id, form[i].name, title(form[i].title, at + ".title")};
            const auto known = std::ranges::find(out_.setup.skills, now.id, &SkillSetup::id);
            if (known == out_.setup.skills.end())
                out_.setup.skills.push_back(now);
            else
                *known = now;
        }
    }

    void queues(const std::vector<RuleQueue>& form) {
        const std::vector<QueueSetup> before = out_.setup.queues;
        std::erase_if(out_.setup.queues, [&](const QueueSetup& q) {
            return q.centre == centre_ && std::ranges::count(form, q.id, &RuleQueue::id) == 0;
        });
        std::set<std::string> names;
        for (std::size_t i = 0; i < form.size(); ++i) {
            const std::string at = "queues." + std::to_string(i);
            if (!names.insert(form[i].name).second) fault(at + ".name", "taken");
            auto known = std::ranges::find(out_.setup.queues, form[i].id, &QueueSetup::id);
            if (known == out_.setup.queues.end())
                known = out_.setup.queues.insert(known, {.id = form[i].id, .centre = centre_});
            if (known->centre != centre_) {
                fault(at + ".id", "not_found");
                continue;
            }
            queue(form[i], *known, at);
        }
        for (std::size_t i = 0; i < form.size(); ++i) {
            const std::string at = "queues." + std::to_string(i);
            known_queue(form[i].overflow, form[i].id, at + ".overflow");
            for (std::size_t k = 0; k < form[i].rings.size(); ++k)
                known_queue(form[i].rings[k].also, form[i].id,
                            at + ".rings." + std::to_string(k) + ".also");
        }
        // Somebody else's circle must not lose its helper behind their back.
        for (const QueueSetup& q : out_.setup.queues)
            for (const QueueSetup& was : before)
                if (q.centre != centre_ && !has_queue(was.id) && leans_on(q, was.id))
                    fault("queues", "queue_needed");
    }
    static bool leans_on(const QueueSetup& q, QueueId other) {
        return q.overflow == other || std::ranges::any_of(q.rings, [&](const routing::Ring& r) {
                   return r.also == other;
               });
    }
    bool has_queue(QueueId id) const {
        return std::ranges::count(out_.setup.queues, id, &QueueSetup::id) > 0;
    }
    void known_queue(QueueId id, QueueId own, const std::string& field) {
        if (id && (id == own || !has_queue(id))) fault(field, "not_found");
    }

    void queue(const RuleQueue& form, QueueSetup& out, const std::string& at) {
        if (!is_word(form.name)) fault(at + ".name", "bad_word");
        out.name = form.name;
        out.title = title(form.title, at + ".title");
        out.answer_within = Seconds{within(form.answer_within_s, 5, 120, at + ".answer_within_s")};
        out.waiting_max =
            static_cast<std::size_t>(within(form.waiting_max, 1, 100'000, at + ".waiting_max"));
        out.priority = static_cast<int>(
            within(form.priority, -routing::priority_max, routing::priority_max, at + ".priority"));
        const auto strategy = routing::strategy_of(form.strategy);
        if (!strategy) fault(at + ".strategy", "bad_field");
        out.strategy = strategy.value_or(out.strategy);
        out.skill = form.skill.empty() ? SkillId{} : skill(form.skill, at + ".skill");
        out.needs.clear();
        for (const std::string& need : form.needs) out.needs.push_back(skill(need, at + ".needs"));
        out.overflow = form.overflow;
        out.prefer_for = Seconds{within(form.prefer_for_s, 0, hour_s, at + ".prefer_for_s")};
        out.callback_after =
            Seconds{within(form.callback_after_s, 0, hour_s, at + ".callback_after_s")};
        out.voicemail_after =
            Seconds{within(form.voicemail_after_s, 0, hour_s, at + ".voicemail_after_s")};
        out.slid_to.reset();
        if (form.slid_to_s)
            out.slid_to = Seconds{within(*form.slid_to_s, -1, hour_s, at + ".slid_to_s")};
        hours(form, out, at);
        rings(form, out, at);
    }

    void hours(const RuleQueue& form, QueueSetup& out, const std::string& at) {
        constexpr std::size_t hours_bytes_max = 600;
        if (form.hours.size() > hours_bytes_max) return fault(at + ".hours", "too_long");
        auto read = parse_opening_hours(form.hours);
        if (!read) return fault(at + ".hours", "bad_hours");
        out.hours = *std::move(read);
    }

    void rings(const RuleQueue& form, QueueSetup& out, const std::string& at) {
        constexpr std::size_t rings_max = 10;
        if (form.rings.size() > rings_max) fault(at + ".rings", "too_long");
        out.rings.clear();
        for (std::size_t i = 0; i < std::min(form.rings.size(), rings_max); ++i) {
            const RuleRing& r = form.rings[i];
            const std::string here = at + ".rings." + std::to_string(i);
            const Seconds after{within(r.after_s, 0, hour_s, here + ".after_s")};
            const auto level =
                within(r.level_min, 0, routing::skill_level_max, here + ".level_min");
            if (level > 0 && form.skill.empty()) fault(here + ".level_min", "skill_needed");
            if (!out.rings.empty() && after < out.rings.back().after)
                fault(here + ".after_s", "not_in_order");
            out.rings.push_back({after, static_cast<int>(level), r.also});
        }
    }

    void agent(const RuleAgent& form, const std::string& at) {
        const auto found = std::ranges::find(out_.setup.agents, form.id, &AgentSetup::id);
        if (found == out_.setup.agents.end() || found->centre != centre_)
            return fault(at + ".id", "not_found");
        found->queues.clear();
        for (std::size_t i = 0; i < form.queues.size(); ++i) {
            const std::string here = at + ".queues." + std::to_string(i);
            const auto q = std::ranges::find_if(out_.setup.queues, [&](const QueueSetup& s) {
                return s.centre == centre_ && s.name == form.queues[i].queue;
            });
            if (q == out_.setup.queues.end()) {
                fault(here + ".queue", "not_found");
                continue;
            }
            if (std::ranges::count(found->queues, q->id, &routing::Service::queue) > 0)
                fault(here + ".queue", "taken");
            const auto weight = within(form.queues[i].weight, -routing::priority_max,
                                       routing::priority_max, here + ".weight");
            found->queues.push_back({q->id, static_cast<int>(weight)});
        }
        found->skills.clear();
        for (std::size_t i = 0; i < form.skills.size(); ++i) {
            const std::string here = at + ".skills." + std::to_string(i);
            const SkillId id = skill(form.skills[i].skill, here + ".skill");
            if (std::ranges::count(found->skills, id, &routing::Skill::id) > 0)
                fault(here + ".skill", "taken");
            const auto level =
                within(form.skills[i].level, 1, routing::skill_level_max, here + ".level");
            found->skills.push_back({id, static_cast<int>(level)});
        }
    }

    CentreId centre_;
    NewRules out_;
};

/// As people read it: "报修 +2, 投诉" for a list of services.
std::string shown(const json::value& value) {
    if (value.is_string()) return std::string{std::string_view{value.get_string()}};
    if (value.is_null()) return "";
    return boost::json::serialize(value);
}

template <class T, class Key>
void compare(const std::vector<T>& before, const std::vector<T>& after, std::string_view thing,
             Key name_of, std::vector<RuleChange>& out) {
    const auto of_id = [](const std::vector<T>& list, auto id) {
        return std::ranges::find(list, id, &T::id);
    };
    for (const T& was : before)
        if (of_id(after, was.id) == after.end())
            out.push_back({std::string{thing}, name_of(was), "", "there", ""});
    for (const T& is : after) {
        const auto was = of_id(before, is.id);
        if (was == before.end()) {
            out.push_back({std::string{thing}, name_of(is), "", "", "there"});
            continue;
        }
        const json::value old = json::to_value(*was), now = json::to_value(is);
        for (const auto& [key, value] : now.get_object())
            if (const json::value& from = old.at(key); from != value)
                out.push_back({std::string{thing}, name_of(is), std::string{std::string_view{key}},
                               shown(from), shown(value)});
    }
}

}  // namespace

CentreRules rules_of_centre(const Setup& setup, CentreId centre) {
    CentreRules out;
    for (const SkillSetup& s : setup.skills) out.skills.push_back({s.id, s.name, s.title});
    for (const QueueSetup& q : setup.queues)
        if (q.centre == centre) out.queues.push_back(form_of(setup, q));
    for (const AgentSetup& a : setup.agents) {
        if (a.centre != centre) continue;
        out.wrap_up_max_s = seconds(a.wrap_up_max);
        RuleAgent& form = out.agents.emplace_back();
        form.id = a.id;
        form.work_number = a.work_number;
        form.name = a.name;
        for (const routing::Service& s : a.queues)
            if (const auto q = std::ranges::find(setup.queues, s.queue, &QueueSetup::id);
                q != setup.queues.end())
                form.queues.push_back({q->name, s.weight});
        for (const routing::Skill& s : a.skills)
            form.skills.push_back({name_of(setup, s.id), s.level});
    }
    return out;
}

NewRules with_rules(const Setup& setup, CentreId centre, const CentreRules& form) {
    return Reading{setup, centre}.read(form);
}

std::vector<RuleChange> rule_changes(const CentreRules& before, const CentreRules& after) {
    std::vector<RuleChange> out;
    if (before.wrap_up_max_s != after.wrap_up_max_s)
        out.push_back({"centre", "", "wrap_up_max_s", std::to_string(before.wrap_up_max_s),
                       std::to_string(after.wrap_up_max_s)});
    const auto title = [](const auto& t) { return t.title; };
    compare(before.skills, after.skills, "skill", title, out);
    compare(before.queues, after.queues, "queue", title, out);
    compare(
        before.agents, after.agents, "agent",
        [](const RuleAgent& a) { return a.work_number + " " + a.name; }, out);
    return out;
}

std::string in_words(const std::vector<RuleChange>& changes) {
    std::string out;
    for (const RuleChange& c : changes) {
        out += (out.empty() ? "" : "; ") + c.thing + (c.name.empty() ? "" : " " + c.name);
        if (c.field.empty())
            out += c.to.empty() ? ": -" : ": +";
        else
            out += ": " + c.field + " " + c.from + " -> " + c.to;
    }
    return out;
}

}  // namespace ys::interactions
