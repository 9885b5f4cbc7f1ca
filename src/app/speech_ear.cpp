// SPDX-License-Identifier: Apache-2.0
#include "app/speech_ear.h"

#include <fstream>
#include <utility>

#include "base/overloaded.h"
#include "platform/clock.h"
#include "platform/log/log.h"
#include "voice/speech/errc.h"
#include "voice/speech/http_asr_engine.h"
#include "voice/speech/loopback_asr_engine.h"
#include "voice/speech/mrcp/mrcp_asr_engine.h"
#include "voice/speech/sherpa_asr_engine.h"

namespace ys::app {
namespace {

using speech::AsrEngine;

Result<Secret<std::string>> key_of(const std::string& key_file) {
    if (key_file.empty()) return Secret<std::string>{};
    std::ifstream file{key_file};
    std::string line;
    std::getline(file, line);
    if (line.empty())
        return Error{std::errc::invalid_argument, "[speech] key_file: no key in " + key_file};
    return Secret<std::string>{std::move(line)};
}

std::string folder_of(const config::Speech& s) {
    return s.sherpa.empty() ? speech::SherpaLibrary::usual_folder : s.sherpa;
}

using Judges = std::unique_ptr<speech::SileroJudges>;

/// Null without the library: whoever names a folder wants it, the usual one may be missing.
Result<Judges> judges_of(const config::Speech& s) {
    if (s.sherpa == "none") return Judges{};
    const auto library = speech::SherpaLibrary::open(folder_of(s));
    if (!library && s.sherpa.empty() && library.error().code == speech::Errc::not_installed)
        return Judges{};
    if (!library) return library.error();
    return speech::SileroJudges::make(*library,
                                      folder_of(s) + "/" + speech::SherpaLibrary::voice_model);
}

Result<std::unique_ptr<AsrEngine>> engine_of(const config::Speech& s) {
    if (s.engine == "http") {
        YS_TRY(Secret<std::string> key, key_of(s.key_file));
        YS_TRY(auto engine, speech::HttpAsrEngine::build({.url = s.url,
                                                          .key = std::move(key),
                                                          .model = s.model,
                                                          .language = s.language,
                                                          .allow = s.allow,
                                                          .within = Millis{s.within_ms}},
                                                         [] { return ys::now(); }));
        return std::unique_ptr<AsrEngine>(std::move(engine));
    }
    if (s.engine == "sherpa") {
        YS_TRY(const auto library, speech::SherpaLibrary::open(folder_of(s)));
        YS_TRY(auto engine,
               speech::SherpaAsrEngine::build(
                   library, {.folder = s.folder, .family = s.model, .language = s.language}));
        return std::unique_ptr<AsrEngine>(std::move(engine));
    }
    if (s.engine == "mrcp") {
        YS_TRY(auto engine, speech::MrcpAsrEngine::build({.url = s.url,
                                                          .grammar = s.model,
                                                          .language = s.language,
                                                          .allow = s.allow,
                                                          .within = Millis{s.within_ms}},
                                                         [] { return ys::now(); }));
        return std::unique_ptr<AsrEngine>(std::move(engine));
    }
    if (s.engine == "loopback") {
        YS_TRY(auto engine, speech::LoopbackAsrEngine::build(s.folder, s.test));
        return std::unique_ptr<AsrEngine>(std::move(engine));
    }
    return std::unique_ptr<AsrEngine>();
}

Heard heard_of(Result<speech::SpokenWords> words) {
    if (words) return {Heard::Kind::Words, std::move(words->text), words->certainty, {}};
    const Error& error = words.error();
    if (error.code == speech::Errc::not_understood) return {Heard::Kind::NotUnderstood, {}, {}, {}};
    return {Heard::Kind::Trouble, {}, {}, error.note + ": " + error.code.message()};
}

const char* outcome_of(Heard::Kind kind) {
    switch (kind) {
        case Heard::Kind::Words:
            return "words";
        case Heard::Kind::Nothing:
            return "nothing";
        case Heard::Kind::NotUnderstood:
            return "not_understood";
        case Heard::Kind::Trouble:
            return "trouble";
        case Heard::Kind::Stopped:
            return "stopped";
    }
    return "?";
}

}  // namespace

Result<std::unique_ptr<SpeechEar>> SpeechEar::make(Ports ports, const config::Speech& settings) {
    YS_TRY(auto engine, engine_of(settings));
    // Nobody is listened to without a recogniser.
    YS_TRY(Judges judges, engine ? judges_of(settings) : Result<Judges>(Judges{}));
    return std::unique_ptr<SpeechEar>(
        new SpeechEar(ports, std::move(engine), std::move(judges), Millis{settings.within_ms}));
}

SpeechEar::SpeechEar(Ports ports, std::unique_ptr<AsrEngine> engine,
                     std::unique_ptr<speech::SileroJudges> judges, Millis within)
    : ports_(ports),
      engine_(std::move(engine)),
      judges_(std::move(judges)),
      within_(within),
      took_(ports.metrics.histogram("ys_speech_seconds",
                                    "From the end of speech to what the recogniser said")) {}

void SpeechEar::count(Heard::Kind kind) {
    ports_.metrics
        .counter("ys_speech_heard", "Listenings to callers, by what came of them",
                 {{"outcome", outcome_of(kind)}})
        .add();
}

void SpeechEar::hear(Order order, Then then) {
    stop(order.leg);
    const std::uint64_t number = ++last_;
    const media::ListenLimits limits{.speech_max = order.speech_max,
                                     .nothing_after = order.nothing_after};
    const LegId leg = order.leg;
    going_.emplace(number, Going{std::move(order), std::move(then)});
    if (!engine_)
        return finish_later(number, {Heard::Kind::Trouble, {}, {}, "no recogniser is set up"});
    ports_.media.listen(
        leg, limits,
        [this, &loop = ports_.loop, is_open = is_open_, number](media::HearEvent event) {
            loop.post([this, is_open, number, e = std::move(event)]() mutable {
                if (*is_open) on_event(number, std::move(e));
            });
        },
        judges_ ? judges_->lend() : nullptr);
}

void SpeechEar::stop(LegId leg) {
    for (auto& [number, going] : going_) {
        if (going.order.leg != leg) continue;
        if (going.is_said) {
            finish_later(number, {Heard::Kind::Stopped, {}, {}, {}});
        } else {
            ports_.media.stop_listening(leg);  // Says ListeningStopped.
        }
    }
}

void SpeechEar::close() {
    *is_open_ = false;
    pool_.stop();
}

void SpeechEar::on_event(std::uint64_t number, media::HearEvent event) {
    const auto going = going_.find(number);
    if (going == going_.end()) return;
    std::visit(overloaded{[&](const media::SpeechBegan&) {
                              if (const auto tell = going->second.order.on_speech) tell();
                          },
                          [&](media::Utterance& said) { write_down(number, std::move(said)); },
                          [&](const media::NothingSaid&) {
                              finish(number, {Heard::Kind::Nothing, {}, {}, {}});
                          },
                          [&](const media::ListeningStopped&) {
                              finish(number, {Heard::Kind::Stopped, {}, {}, {}});
                          }},
               event);
}

void SpeechEar::write_down(std::uint64_t number, media::Utterance utterance) {
    going_.at(number).is_said = true;
    if (under_way_ >= under_way_max)
        return finish(number, {Heard::Kind::Trouble, {}, {}, "too many speak at once"});
    ++under_way_;
    const Instant began = mono_now();
    pool_.post([this, number, began, samples = std::move(utterance.samples)] {
        Heard heard = heard_of(engine_->write_down({samples, began + within_}));
        ports_.loop.post([this, is_open = is_open_, number, began, h = std::move(heard)] {
            if (!*is_open) return;
            --under_way_;
            took_.observe(std::chrono::duration<double>(mono_now() - began).count());
            finish(number, h);
        });
    });
}

void SpeechEar::finish(std::uint64_t number, Heard heard) {
    auto going = going_.extract(number);
    if (going.empty()) return;
    count(heard.kind);
    if (heard.kind == Heard::Kind::Trouble) log::warn("speech", "not_heard", {{"why", heard.why}});
    going.mapped().then(std::move(heard));
}

void SpeechEar::finish_later(std::uint64_t number, Heard heard) {
    ports_.loop.post([this, is_open = is_open_, number, h = std::move(heard)] {
        if (*is_open) finish(number, h);
    });
}

}  // namespace ys::app
