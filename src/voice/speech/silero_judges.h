// SPDX-License-Identifier: Apache-2.0
// Silero's network as the judge of who speaks: one thread listens for all callers who are listened
// to, so that the media thread never waits for a network.
#pragma once

#include <memory>
#include <string>
#include <thread>

#include "voice/media/speech_judge.h"
#include "voice/speech/sherpa_library.h"

namespace ys::speech {

class SileroJudges {
public:
    /// 0.05 ms of a core for 20 ms of one caller.
    static constexpr std::size_t at_once_usually = 32;

    /// model    Silero's, version 5 or 6
    /// at_once  more who are listened to at once are judged by loudness
    /// errors   Errc::not_installed (no model), Errc::not_set_up (it is none)
    static Result<std::unique_ptr<SileroJudges>> make(const SherpaLibrary& library,
                                                      const std::string& model,
                                                      std::size_t at_once = at_once_usually);
    ~SileroJudges();
    SileroJudges(const SileroJudges&) = delete;
    SileroJudges& operator=(const SileroJudges&) = delete;

    /// Null when all are lent. May outlive this, and then says nothing.
    std::unique_ptr<media::SpeechJudge> lend();

private:
    class Inside;
    explicit SileroJudges(std::shared_ptr<Inside> inside);
    std::shared_ptr<Inside> in_;
    std::thread thread_;
};

}  // namespace ys::speech
