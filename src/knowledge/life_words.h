// SPDX-License-Identifier: Apache-2.0
// How the facts of a life event are worded: once, for every channel.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/personal_list.h"

namespace ys::knowledge {

/// "免费" "15元" "10.5元"
std::string money_words(std::int64_t fen);
/// Of all together: "0元" "75元"
std::string total_words(std::int64_t fen);
/// "当场办结" "7个工作日" "30天"
std::string period_words(const ListedService& service);
/// "原件、复印件2份"
std::string count_words(const ListedMaterial& material);
/// "市政务服务中心或云汀通网上办": where a service is done.
std::string where_words(const PersonalList& list, const ListedService& service);
/// "用于出生登记、居民医保"
std::string purpose_words(const PersonalList& list, const ListedMaterial& material);
/// "父母登记结婚了吗？"
std::string question_words(const LifeQuestion& question);
/// "12-3": article and version; "" when nothing is said.
std::string pin_words(const ArticlePin& pin);

/// A list read to somebody, sentence by sentence; `service` is the one a sentence is about.
struct Sentence {
    std::string about;  ///< "s-newborn_hukou" "m-household_book" "p-hall" "services" "cost"
    std::string text;
    const ListedService* service = nullptr;  ///< of the list it was made of
};
/// Services in order, materials, places, cost.
std::vector<Sentence> sentences(const PersonalList& list);

}  // namespace ys::knowledge
