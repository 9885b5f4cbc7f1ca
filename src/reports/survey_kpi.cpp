// SPDX-License-Identifier: Apache-2.0
#include "reports/survey_kpi.h"

#include <array>
#include <string_view>
#include <tuple>

namespace ys::reports {
namespace {

constexpr std::int32_t satisfied_from = 3;
constexpr std::array<std::string_view, 4> channels{"keys", "sms", "mail", "all"};

struct Tally {
    SurveyRow row;
    std::int64_t score_sum = 0;
    void add(const ListedSurvey& one) {
        ++row.asked;
        if (one.score == 0) return;
        ++row.answered;
        score_sum += one.score;
        if (one.score >= satisfied_from) ++row.satisfied;
        if (one.solved == "yes") ++row.solved_yes;
        if (one.solved == "no") ++row.solved_no;
    }
};

std::optional<double> share(double part, double whole) {
    if (whole == 0) return std::nullopt;
    return part / whole;
}

SurveyRow worked_out(const Tally& tally) {
    SurveyRow out = tally.row;
    const auto number = [](auto n) { return static_cast<double>(n); };
    out.response_rate = share(number(out.answered), number(out.asked));
    out.score_mean = share(number(tally.score_sum), number(out.answered));
    out.satisfied_rate = share(number(out.satisfied), number(out.answered));
    out.solved_rate = share(number(out.solved_yes), number(out.solved_yes + out.solved_no));
    return out;
}

std::size_t place_of(std::string_view channel) {
    for (std::size_t i = 0; i < channels.size(); ++i)
        if (channels[i] == channel) return i;
    return channels.size();
}

}  // namespace

void SurveyKpi::on(const facts::Fact& fact) {
    if (std::holds_alternative<facts::SurveyBegan>(fact.body)) return ask(fact, "call", "keys", {});
    if (const auto* body = std::get_if<facts::SurveyScored>(&fact.body))
        return scored(fact, body->score);
    if (const auto* body = std::get_if<facts::SurveyAsked>(&fact.body)) {
        if (by_survey_.contains(body->survey)) return;
        const std::size_t before = list_.size();
        ask(fact, body->case_id != 0 ? "case" : "call", body->channel, CaseId{body->case_id});
        if (list_.size() > before) by_survey_[body->survey] = before;
        return;
    }
    if (const auto* body = std::get_if<facts::SurveyAnswered>(&fact.body)) answered(fact, *body);
}

void SurveyKpi::ask(const facts::Fact& fact, std::string about, std::string channel,
                    CaseId case_id) {
    if (!window_.has(fact.at)) return;
    const bool is_keys = channel == "keys";
    // Asked again in the same call it is the same question.
    if (is_keys && on_keys_.contains(fact.interaction)) return;
    if (is_keys) on_keys_[fact.interaction] = list_.size();
    list_.push_back({.centre = fact.centre,
                     .agent = fact.agent,
                     .interaction = fact.interaction,
                     .case_id = case_id,
                     .about = std::move(about),
                     .channel = std::move(channel),
                     .asked_at = fact.at});
}

void SurveyKpi::scored(const facts::Fact& fact, std::int32_t score) {
    const auto at = on_keys_.find(fact.interaction);
    if (at == on_keys_.end()) return;
    ListedSurvey& one = list_[at->second];
    if (one.score != 0) return;
    one.score = score;
    one.answered_at = fact.at;
}

void SurveyKpi::answered(const facts::Fact& fact, const facts::SurveyAnswered& body) {
    const auto at = by_survey_.find(body.survey);
    if (at == by_survey_.end() || list_[at->second].score != 0) return;
    ListedSurvey& one = list_[at->second];
    one.score = body.score;
    one.solved = body.solved;
    one.answered_at = fact.at;
}

SurveyReport SurveyKpi::report() const {
    using Key = std::tuple<std::uint64_t, std::string, std::size_t>;
    std::map<Key, Tally> centres, agents;
    const auto count = [](std::map<Key, Tally>& into, std::uint64_t whose, const ListedSurvey& one,
                          AgentId agent, std::string_view channel) {
        Tally& tally = into[{whose, one.about, place_of(channel)}];
        tally.row.centre = one.centre;
        tally.row.agent = agent;
        tally.row.about = one.about;
        tally.row.channel = channel;
        tally.add(one);
    };
    for (const ListedSurvey& one : list_)
        for (const std::string_view channel : {std::string_view(one.channel), channels.back()}) {
            count(centres, one.centre.value, one, {}, channel);
            if (one.agent) count(agents, one.agent.value, one, one.agent, channel);
        }
    SurveyReport out;
    for (const auto& [key, tally] : centres) out.centres.push_back(worked_out(tally));
    for (const auto& [key, tally] : agents) out.agents.push_back(worked_out(tally));
    return out;
}

}  // namespace ys::reports
