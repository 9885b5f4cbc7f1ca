// SPDX-License-Identifier: Apache-2.0
#include "voice/speech/mrcp/recognition.h"

#include <array>

#include "base/text.h"
#include "voice/speech/errc.h"
#include "voice/speech/mrcp/nlsml.h"

namespace ys::speech {
namespace {

constexpr std::size_t note_max = 100;

enum class Meaning : std::uint8_t { Words, NotUnderstood, Failed };

// RFC 6787 §9.4.11. What the speaker did is not the recogniser's failure; the breaker counts those.
constexpr std::array meanings{
    Meaning::Words,          // 000 success
    Meaning::NotUnderstood,  // 001 no-match
    Meaning::NotUnderstood,  // 002 no-input-timeout
    Meaning::NotUnderstood,  // 003 hotword-maxtime
    Meaning::Failed,         // 004 grammar-load-failure
    Meaning::Failed,         // 005 grammar-compilation-failure
    Meaning::Failed,         // 006 recognizer-error
    Meaning::NotUnderstood,  // 007 speech-too-early
    Meaning::Words,          // 008 success-maxtime
    Meaning::Failed,         // 009 uri-failure
    Meaning::Failed,         // 010 language-unsupported
    Meaning::Failed,         // 011 cancelled
    Meaning::Failed,         // 012 semantics-failure
    Meaning::NotUnderstood,  // 013 partial-match
    Meaning::NotUnderstood,  // 014 partial-match-maxtime
    Meaning::NotUnderstood,  // 015 no-match-maxtime
    Meaning::Failed,         // 016 grammar-definition-failure
};

/// "001 no-match" and whatever else a server writes there.
Meaning meaning_of(std::string_view cause) {
    const auto number = parse_number(cause.substr(0, cause.find(' ')));
    return number && *number < meanings.size() ? meanings[*number] : Meaning::Failed;
}

/// For the log: what a server wrote, short and clean.
std::string told(const MrcpMessage& message) {
    std::string out(message.header("Completion-Cause"));
    const std::string_view reason = message.header("Completion-Reason");
    if (!reason.empty()) out.append(": ").append(reason);
    return cleaned(out, note_max);
}

}  // namespace

MrcpMessage recognize_request(std::uint32_t id, const RecognizeOrder& order) {
    const std::string within = std::to_string(order.within.count());
    MrcpMessage out{.name = "RECOGNIZE", .request = id, .body = order.grammar + "\r\n"};
    out.headers = {{"Channel-Identifier", order.channel},
                   {"Start-Input-Timers", "true"},
                   {"No-Input-Timeout", within},
                   {"Recognition-Timeout", within},
                   // The ear has ended the utterance after 0.8 s; shorter pauses lie within it.
                   {"Speech-Complete-Timeout", "800"},
                   {"N-Best-List-Length", "1"},
                   {"Cancel-If-Queue", "false"},
                   {"Save-Waveform", "false"},
                   {"Content-Type", "text/uri-list"}};
    if (!order.language.empty()) out.headers.emplace_back("Speech-Language", order.language);
    return out;
}

MrcpMessage stop_request(std::uint32_t id, const std::string& channel) {
    return {.name = "STOP", .request = id, .headers = {{"Channel-Identifier", channel}}};
}

Result<Done> begun_by(const MrcpMessage& response) {
    const bool is_good = response.status >= 200 && response.status < 300;
    if (is_good && response.state != MrcpMessage::State::Complete) return Done{};
    return Error{Errc::failed,
                 "MRCP " + std::to_string(response.status) + " to RECOGNIZE " + told(response)};
}

Result<SpokenWords> words_of_completion(const MrcpMessage& event) {
    switch (meaning_of(event.header("Completion-Cause"))) {
        case Meaning::Words:
            break;
        case Meaning::NotUnderstood:
            return Error{Errc::not_understood, told(event)};
        case Meaning::Failed:
            return Error{Errc::failed, "the recogniser ended with " + told(event)};
    }
    // The drafts called it application/x-nlsml.
    if (lowered(event.header("Content-Type")).find("nlsml") == std::string::npos)
        return Error{Errc::failed, "a result that is no NLSML"};
    return words_of_nlsml(event.body);
}

}  // namespace ys::speech
