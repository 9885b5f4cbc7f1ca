// SPDX-License-Identifier: Apache-2.0
// What a caller is told of a matter: of a key's, or of what they said; the robot's words, spoken.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/live_speech.h"
#include "knowledge/io/robot.h"
#include "platform/sql/writer.h"
#include "platform/task/worker_pool.h"
#include "voice/call/surroundings.h"

namespace ys::app {

/// On the control loop.
class VoiceAnswers {
public:
    /// What somebody says into this leg within the time; none when nothing was heard or nobody can
    /// listen. Comes on the loop, never from within the call.
    using Heard = std::function<void(std::optional<std::string> words)>;
    struct Ports {
        ControlLoop& loop;
        WorkerPool& pool;
        sql::Writer& writer;
        knowledge::AnswerBook& answers;
        LiveSpeech& speech;
        std::function<void(LegId leg, Millis within, Heard heard)> hear;  ///< may be none
    };
    using Then = std::function<void(call::KnownSentence)>;

    explicit VoiceAnswers(Ports ports) : ports_(std::move(ports)) {}
    void ask(const interactions::AskKnowledge& asked, Then then);
    void stop() { *is_alive_ = false; }

private:
    void think(const interactions::AskKnowledge& asked, std::string words, std::string matter,
               Then then);
    void tell(const interactions::AskKnowledge& asked, const knowledge::RobotTurn& turn, Then then);

    static constexpr std::size_t asked_max = 1'000;
    Ports ports_;
    /// Codes of the matters a caller was asked about. Who hung up is pushed out in time.
    std::map<InteractionId, std::vector<std::string>> choices_;
    std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);
};

/// The words said for one turn; "" when there is nothing to say.
std::string in_speech(const knowledge::RobotTurn& turn);

/// "请帮我转人工" and its like, and nothing else beside it: a manned lane (人工车道) is a question.
bool asks_for_person(std::string_view words);

}  // namespace ys::app
