// SPDX-License-Identifier: Apache-2.0
#include "routing/why.h"

namespace ys::routing {
namespace {

std::string why_agent(const Decision& d) {
    const std::string seconds = std::to_string(d.score / 1000) + " 秒";
    if (d.is_preferred) return "上次接待或负责此事的坐席";
    switch (d.strategy) {
        case Strategy::LongestIdle:
            return "空闲最久：已空闲 " + seconds;
        case Strategy::FewestCalls:
            return "今日接听最少：" + std::to_string(d.score) + " 通";
        case Strategy::LeastTalk:
            return "今日通话最短：" + seconds;
    }
    return "";
}

std::string english_why_agent(const Decision& d) {
    const std::string seconds = std::to_string(d.score / 1000) + " s";
    if (d.is_preferred) return "Served them last, or has their case";
    switch (d.strategy) {
        case Strategy::LongestIdle:
            return "Idle longest: " + seconds;
        case Strategy::FewestCalls:
            return "Fewest calls today: " + std::to_string(d.score);
        case Strategy::LeastTalk:
            return "Least talk today: " + seconds;
    }
    return "";
}

}  // namespace

std::string_view word_of(Strategy strategy) {
    switch (strategy) {
        case Strategy::LongestIdle:
            return "longest_idle";
        case Strategy::FewestCalls:
            return "fewest_calls";
        case Strategy::LeastTalk:
            return "least_talk";
    }
    return "";
}

std::optional<Strategy> strategy_of(std::string_view word) {
    for (const Strategy s : {Strategy::LongestIdle, Strategy::FewestCalls, Strategy::LeastTalk})
        if (word_of(s) == word) return s;
    return std::nullopt;
}

std::string_view rule_of(const Decision& d) {
    return d.is_preferred ? "preferred" : word_of(d.strategy);
}

std::string in_words(const Decision& d) {
    std::string text = why_agent(d);
    if (d.idle > 1) text += "（空闲坐席 " + std::to_string(d.idle) + " 人）";
    if (d.ring > 0) text += "，已扩大到第 " + std::to_string(d.ring + 1) + " 圈";
    if (d.waiting == 1) return text + "，来电排在第一位";
    text += "，排队 " + std::to_string(d.waiting) + " 人中";
    if (d.head_start == Millis::zero()) return text + "等待最久";
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(d.head_start).count();
    text += "最先（";
    return text + (minutes > 0 ? "紧急程度折合多等 " : "让先折合少等 ") +
           std::to_string(minutes > 0 ? minutes : -minutes) + " 分钟）";
}

std::string in_english(const Decision& d) {
    std::string text = english_why_agent(d);
    if (d.idle > 1) text += " of " + std::to_string(d.idle) + " idle";
    if (d.ring > 0) text += ", circle " + std::to_string(d.ring + 1);
    if (d.waiting == 1) return text + "; the caller is first in line";
    text += "; of " + std::to_string(d.waiting) + " waiting, this caller ";
    if (d.head_start == Millis::zero()) return text + "has waited longest";
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(d.head_start).count();
    return text + "comes first (counted as " + std::to_string(minutes > 0 ? minutes : -minutes) +
           (minutes > 0 ? " min more" : " min less") + " waiting)";
}

}  // namespace ys::routing
