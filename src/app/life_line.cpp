// SPDX-License-Identifier: Apache-2.0
#include "app/life_line.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "app/prompt_file.h"
#include "ivr/flow_text.h"
#include "platform/log/log.h"
#include "platform/words/toned_pinyin.h"
#include "voice/speech/espeak_engine.h"

namespace ys::app {

namespace fs = std::filesystem;

namespace {

std::size_t life_node_at(const std::string& text) {
    return text.find(std::string("\nnode ") + life_node + " ");
}

}  // namespace

bool has_life_node(const std::string& flow_text) {
    return life_node_at(flow_text) != std::string::npos;
}

Result<LifeText> life_text(const std::string& text, const std::vector<knowledge::LifeEvent>& events,
                           const knowledge::ArticlePins& pins) {
    const std::size_t at = life_node_at(text);
    if (at == std::string::npos)
        return Error{std::errc::invalid_argument, std::string("a flow without node ") + life_node};
    YS_TRY(const ivr::Flow flow, ivr::parse_flow(text));
    std::vector<const knowledge::LifeEvent*> menu;
    for (const auto& event : events)
        if (menu.size() < knowledge::menu_events_max) menu.push_back(&event);
    YS_TRY(auto life, knowledge::life_flow(menu, pins, {.person = flow.person}));
    // The menu of several events is written last; it comes first here, where all of it begins.
    const std::size_t menu_at = life_node_at(life.nodes);
    const bool has_menu = menu_at != std::string::npos;
    LifeText out{.text = text.substr(0, at), .prompts = std::move(life.prompts)};
    out.text +=
        has_menu ? life.nodes.substr(menu_at)
                 : std::string("\nnode ") + life_node + " branch\n  else -> " + life.entry + "\n";
    out.text += life.nodes.substr(0, menu_at);
    return out;
}

Result<Done> speak_prompts(const std::vector<knowledge::FlowPrompt>& prompts,
                           const std::string& folder, const std::atomic<bool>& is_over) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return Error{error, "making " + folder};
    const auto is_missing = [&](const knowledge::FlowPrompt& each) {
        std::error_code none;
        return !fs::exists(folder + "/" + each.name + ".wav", none);
    };
    if (std::ranges::none_of(prompts, is_missing)) return Done{};
    YS_TRY(const auto pinyin, words::TonedPinyin::make());
    YS_TRY(const auto voice, speech::EspeakEngine::make(*pinyin));
    for (const knowledge::FlowPrompt& each : prompts) {
        if (!is_missing(each)) continue;
        if (is_over) return Error{std::errc::operation_canceled, "speaking prompts"};
        YS_TRY(const speech::Sound sound,
               voice->say({each.text, speech::Pace::Usual, Instant::max()}));
        YS_TRY([[maybe_unused]] const Done done,
               write_prompt(folder + "/" + each.name + ".wav", sound.samples));
    }
    return Done{};
}

LifeLine::LifeLine(Ports ports) : ports_(std::move(ports)), timer_(ports_.loop.context()) {}

void LifeLine::look_in(Seconds wait) {
    timer_.expires_after(wait);
    timer_.async_wait([this, alive = is_alive_](const boost::system::error_code& error) {
        if (error || !*alive) return;
        look();
        look_in(every);
    });
}

void LifeLine::look() {
    if (is_making_) return;
    knowledge::ArticlePins pins;
    for (const knowledge::LifeEvent& event : ports_.book.events()) {
        const auto sources = ports_.book.sources(event, Scope::of(ports_.centre), ports_.now());
        if (!sources) return;  // Articles are still being read.
        pins.merge(knowledge::pins_of(*sources));
    }
    std::string text = ports_.text();
    if (pins == said_ && text == text_) return;
    said_ = std::move(pins);
    text_ = std::move(text);
    auto wanted = life_text(text_, ports_.book.events(), said_);
    if (!wanted) return log::error("app", "no_life_events_by_telephone", wanted.error());
    make(*std::move(wanted));
}

void LifeLine::make(LifeText wanted) {
    is_making_ = true;
    pool_.post(
        [this, alive = is_alive_, folder = ports_.folder, wanted = std::move(wanted)]() mutable {
            const auto spoken = speak_prompts(wanted.prompts, folder, is_over_);
            ports_.loop.post([this, alive, spoken, wanted = std::move(wanted)]() mutable {
                if (!*alive) return;
                is_making_ = false;
                if (spoken) return ports_.put(std::move(wanted));
                log::warn("app", "life_events_not_spoken", {{"why", spoken.error().note}});
            });
        });
}

void LifeLine::stop() {
    *is_alive_ = false;
    is_over_ = true;
    timer_.cancel();
    pool_.stop();
}

}  // namespace ys::app
