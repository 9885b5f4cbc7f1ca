// SPDX-License-Identifier: Apache-2.0
#include "knowledge/life_words.h"

#include <algorithm>

#include "base/hours_words.h"

namespace ys::knowledge {
namespace {

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
    std::string out;
    for (const std::string& part : parts) {
        if (!out.empty()) out += between;
        out += part;
    }
    return out;
}

std::string service_titles(const PersonalList& list, const std::vector<std::string>& codes) {
    std::vector<std::string> out;
    for (const std::string& code : codes)
        if (const ListedService* service = list.find(code)) out.push_back(service->title);
    return joined(out, "、");
}

std::string sentence_of(const PersonalList& list, const ListedMaterial& material) {
    const std::string what = material.title + "：" + count_words(material) + "，";
    if (const ListedService* giver = list.find(material.given_by))
        return what + "办" + giver->title + "时拿到，" + purpose_words(list, material) + "。";
    return what + purpose_words(list, material) + "。";
}

}  // namespace

std::string money_words(std::int64_t fen) {
    if (fen == 0) return "免费";
    std::string out = std::to_string(fen / 100);
    if (const auto rest = fen % 100; rest != 0) {
        out += "." + std::to_string(rest / 10);
        if (rest % 10 != 0) out += std::to_string(rest % 10);
    }
    return out + "元";
}

std::string total_words(std::int64_t fen) { return fen == 0 ? "0元" : money_words(fen); }

std::string period_words(const ListedService& service) {
    if (service.period_days == 0) return "当场办结";
    return std::to_string(service.period_days) + (service.counts_working_days ? "个工作日" : "天");
}

std::string count_words(const ListedMaterial& material) {
    std::string out = material.original ? "原件" : "";
    if (material.copies == 0) return out;
    if (!out.empty()) out += "、";
    return out + material.copy_word + std::to_string(material.copies) + material.unit;
}

std::string where_words(const PersonalList& list, const ListedService& service) {
    std::vector<std::string> out;
    for (const std::string& code : service.places) {
        const auto place = std::ranges::find(list.places, code, &ListedPlace::code);
        if (place != list.places.end()) out.push_back(place->title);
    }
    if (!service.online.empty()) out.push_back(service.online + "网上办");
    return joined(out, "或");
}

std::string purpose_words(const PersonalList& list, const ListedMaterial& material) {
    return "用于" + service_titles(list, material.services);
}

std::string question_words(const LifeQuestion& question) { return question.title + "？"; }

std::string pin_words(const ArticlePin& pin) {
    if (!pin.article) return {};
    return std::to_string(pin.article.value) + "-" + std::to_string(pin.version);
}

std::vector<Sentence> sentences(const PersonalList& list) {
    std::vector<Sentence> out;
    const auto count = [](std::size_t n) { return std::to_string(n); };
    out.push_back({"services", list.title + "，您要办" + count(list.services.size()) + "项。"});
    for (std::size_t i = 0; i < list.services.size(); ++i) {
        const ListedService& service = list.services[i];
        out.push_back({"s-" + service.code,
                       "第" + count(i + 1) + "项，" + service.title + "：" +
                           where_words(list, service) + "，" + money_words(service.cost_fen) +
                           "，" + period_words(service) + "，办好拿到" + service.output + "。",
                       &service});
    }
    if (!list.materials.empty())
        out.push_back({"materials", "材料一共" + count(list.materials.size()) + "样。"});
    for (const ListedMaterial& material : list.materials)
        out.push_back({"m-" + material.code, sentence_of(list, material)});
    for (const ListedPlace& place : list.places)
        out.push_back({"p-" + place.code, place.title + "：" + place.address + "，办理时间" +
                                              hours_words(place.hours) + "。"});
    out.push_back({"cost", "费用合计" + total_words(list.cost_fen) + "。"});
    return out;
}

}  // namespace ys::knowledge
