// SPDX-License-Identifier: Apache-2.0
// What the graph says, by rules written down once more: an answer to compare all channels with.
#include "channel_walks.h"

#include <algorithm>
#include <array>

#include "base/opening_hours.h"

namespace ys::knowledge::testing {
namespace {

bool is_so(const When& when, const LifeAnswers& answers) {
    bool all = true;
    for (const AnswerIs& term : when) {
        bool one = false;
        for (const std::string& value : term.is)
            one = one || (answers.contains(term.question) && answers.at(term.question) == value);
        all = all && one;
    }
    return all;
}

std::string yuan(std::int64_t fen) {
    if (fen == 0) return "免费";
    std::string out = std::to_string(fen);
    while (out.size() < 3) out.insert(0, "0");
    out.insert(out.size() - 2, ".");
    while (out.ends_with('0')) out.pop_back();
    if (out.ends_with('.')) out.pop_back();
    return out + "元";
}

/// For spans of whole runs of weekdays, which is what the scenarios have.
std::string hours(const std::string& text) {
    constexpr std::array<const char*, 7> names{"一", "二", "三", "四", "五", "六", "日"};
    std::string out, days_before;
    const std::vector<Span> spans = *parse_opening_hours(text);
    for (const Span& span : spans) {
        std::string days = "每天";
        if (span.weekdays != 0x7F) {
            unsigned first = 0, last = 6;
            while ((span.weekdays >> first & 1) == 0) ++first;
            while ((span.weekdays >> last & 1) == 0) --last;
            days = "周" + std::string(names[first]);
            if (last > first) days += "至周" + std::string(names[last]);
        }
        const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
        if (!out.empty()) out += days == days_before ? "、" : "，";
        if (days != days_before) out += days;
        out += two(span.from / 60) + ":" + two(span.from % 60) + "到" + two(span.until / 60) + ":" +
               two(span.until % 60);
        days_before = days;
    }
    return out;
}

}  // namespace

Said by_the_graph(const LifeEvent& event, const LifeAnswers& answers, const ArticlePins& pins) {
    Said out;
    std::int64_t cost = 0;
    std::map<std::string, std::pair<bool, int>> counted;
    std::map<std::string, std::string> givers;
    for (const LifeService& service : event.services) {
        if (!is_so(service.when, answers)) continue;
        SaidService& said = out.services[service.title];
        const ArticlePin& pin = pins.at(service.matter);
        said.source = std::to_string(pin.article.value) + "-" + std::to_string(pin.version);
        said.cost = yuan(*service.cost_fen);
        said.period = *service.period_days == 0
                          ? "当场办结"
                          : std::to_string(*service.period_days) +
                                (service.counts_working_days ? "个工作日" : "天");
        cost += *service.cost_fen;
        if (!service.online.empty()) said.where.insert(service.online + "网上办");
        for (const LifePlace& place : event.places)
            if (std::ranges::find(service.places, place.code) != service.places.end()) {
                said.where.insert(place.title);
                out.places[place.title] = {place.address, hours(place.hours)};
            }
        givers[service.gives] = service.title;
        for (const EvidenceNeed& need : service.evidence)
            if (is_so(need.when, answers)) {
                counted[need.evidence].first |= need.original;
                counted[need.evidence].second += need.copies;
            }
    }
    for (const LifeEvidence& each : event.evidence) {
        if (!counted.contains(each.code)) continue;
        const auto [original, copies] = counted[each.code];
        SaidMaterial& said = out.materials[each.title];
        if (original) said.count = "原件";
        if (original && copies > 0) said.count += "、";
        if (copies > 0) said.count += each.copy_word + std::to_string(copies) + each.unit;
        if (givers.contains(each.code)) said.given_by = givers[each.code];
    }
    out.cost = cost == 0 ? "0元" : yuan(cost);
    return out;
}

}  // namespace ys::knowledge::testing
