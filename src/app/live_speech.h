// SPDX-License-Identifier: Apache-2.0
// Speech for one caller: text made sound on a thread of its own, while the call goes on.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/time.h"
#include "platform/task/control_loop.h"
#include "platform/task/worker_pool.h"
#include "platform/words/toned_pinyin.h"
#include "voice/speech/tts_engine.h"

namespace ys::app {

class LiveSpeech {
public:
    static constexpr Seconds made_within{3};
    static constexpr int waiting_max = 16;
    /// At 8 kHz; empty when it cannot be said: no voice installed, too slow, too many at once.
    using Then = std::function<void(std::vector<std::int16_t>)>;

    /// program  espeak-ng's path. Looked for on the thread, off the start path.
    explicit LiveSpeech(ControlLoop& loop, std::string program = "/usr/bin/espeak-ng");
    /// On the loop; `then` comes there, never from within this call.
    void say(std::string text, speech::Pace pace, Then then);
    void stop();

private:
    struct Inside {
        std::unique_ptr<words::TonedPinyin> pinyin;
        std::unique_ptr<speech::TtsEngine> engine;
    };
    ControlLoop& loop_;
    std::shared_ptr<Inside> inside_ = std::make_shared<Inside>();  ///< of the thread
    std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);
    int waiting_ = 0;
    WorkerPool pool_{1};
};

}  // namespace ys::app
