// SPDX-License-Identifier: Apache-2.0
// What a recogniser is asked over MRCP, and what its answers come to (RFC 6787 §9).
#pragma once

#include <string>

#include "base/time.h"
#include "voice/speech/asr_engine.h"
#include "voice/speech/mrcp/mrcp_message.h"

namespace ys::speech {

struct RecognizeOrder {
    std::string channel;
    std::string grammar;   ///< a URI: "builtin:speech/transcribe"
    std::string language;  ///< "" to leave it to the server
    Millis within{};       ///< the server gives up after it, too
};
MrcpMessage recognize_request(std::uint32_t id, const RecognizeOrder& order);
MrcpMessage stop_request(std::uint32_t id, const std::string& channel);

/// Whether the server has begun.
/// errors  Errc::failed, with what it says
Result<Done> begun_by(const MrcpMessage& response);

/// What the event RECOGNITION-COMPLETE says.
/// errors  Errc::not_understood (nobody spoke, or words of no grammar), Errc::failed
Result<SpokenWords> words_of_completion(const MrcpMessage& event);

}  // namespace ys::speech
