// SPDX-License-Identifier: Apache-2.0
// Hearing what a caller says: the media engine finds speech, the recogniser of the settings writes
// it down; bounded in time and number. Neither sound nor words are kept or logged.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "base/id.h"
#include "platform/config/serve_config.h"
#include "platform/metrics/metrics.h"
#include "platform/task/control_loop.h"
#include "platform/task/worker_pool.h"
#include "voice/media/media_engine.h"
#include "voice/speech/asr_engine.h"
#include "voice/speech/silero_judges.h"

namespace ys::app {

/// What one listening came to.
struct Heard {
    enum class Kind : std::uint8_t {
        Words,
        Nothing,        ///< nobody spoke in time
        NotUnderstood,  ///< somebody spoke, but the recogniser made no words of it
        Trouble,        ///< the recogniser is slow, down or resting, or has too much to do
        Stopped,        ///< by stop(), by another hear(), or with the leg
    };
    Kind kind = Kind::Nothing;
    std::string words;                ///< UTF-8, cleaned, one line
    std::optional<double> certainty;  ///< 0..1; none when the recogniser does not say
    std::string why;                  ///< of trouble, for the log
};

/// On the control loop, all of it.
class SpeechEar {
public:
    static constexpr int under_way_max = 16;  ///< more utterances at once are trouble

    struct Ports {
        ControlLoop& loop;
        media::MediaEngine& media;
        metrics::Registry& metrics;
    };
    struct Order {
        LegId leg;
        /// Counted from the end of the prompt that is being played.
        Millis nothing_after{6'000};
        Millis speech_max{10'000};  ///< cut there
        /// Once, when somebody begins to speak: a prompt may stop. May be none.
        std::function<void()> on_speech{};
    };
    using Then = std::function<void(Heard)>;

    /// errors  in words an operator can act on: a URL, a key or a folder that is none
    static Result<std::unique_ptr<SpeechEar>> make(Ports ports, const config::Speech& settings);

    /// False: no recogniser is configured; do not ask anybody to speak.
    bool is_set_up() const { return engine_ != nullptr; }
    /// Kind and model of the recogniser; "" for none.
    std::string engine() const { return engine_ ? engine_->name() : ""; }
    /// What says where speech begins: "silero", or "loudness" where its library is not installed.
    std::string judge() const { return judges_ ? "silero" : "loudness"; }

    /// `then` is called once, later. On one leg one listens at a time: another stops the first.
    void hear(Order order, Then then);
    /// A key was pressed, or the caller is somewhere else.
    void stop(LegId leg);
    /// Nothing is told any more; before the media engine ends.
    void close();

private:
    struct Going {
        Order order;
        Then then;
        bool is_said = false;  ///< what is missing is the recogniser's
    };
    SpeechEar(Ports ports, std::unique_ptr<speech::AsrEngine> engine,
              std::unique_ptr<speech::SileroJudges> judges, Millis within);
    void on_event(std::uint64_t number, media::HearEvent event);
    void write_down(std::uint64_t number, media::Utterance utterance);
    void finish(std::uint64_t number, Heard heard);
    void finish_later(std::uint64_t number, Heard heard);
    void count(Heard::Kind kind);

    Ports ports_;
    std::unique_ptr<speech::AsrEngine> engine_;
    std::unique_ptr<speech::SileroJudges> judges_;
    Millis within_;
    metrics::Histogram& took_;
    std::map<std::uint64_t, Going> going_;
    std::uint64_t last_ = 0;
    int under_way_ = 0;
    std::shared_ptr<bool> is_open_ = std::make_shared<bool>(true);
    WorkerPool pool_{4};
};

}  // namespace ys::app
