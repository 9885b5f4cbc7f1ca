// SPDX-License-Identifier: Apache-2.0
// Fuzz target: what a recogniser of MRCP sends: messages of the channel, NLSML, its SDP.
// links: mrcp
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/panic.h"
#include "voice/speech/mrcp/mrcp_message.h"
#include "voice/speech/mrcp/mrcp_sdp.h"
#include "voice/speech/mrcp/nlsml.h"
#include "voice/speech/mrcp/recognition.h"

using namespace ys::speech;

namespace {

/// Whatever was read of a message is read again of what we write.
void check_message(std::string_view bytes) {
    const auto length = mrcp_length(bytes);
    if (!length || !*length || **length > bytes.size()) return;
    const auto message = parse_mrcp(bytes.substr(0, **length));
    if (!message) return;
    YS_ASSERT(message->headers.size() <= MrcpMessage::headers_max);
    static_cast<void>(words_of_completion(*message));
    const std::string written = format_mrcp(*message);
    if (written.size() > MrcpMessage::bytes_max) return;  // Blanks behind colons, and folds.
    const auto again = parse_mrcp(written);
    YS_ASSERT(again && again->kind == message->kind && again->name == message->name);
    YS_ASSERT(again->request == message->request && again->status == message->status);
    YS_ASSERT(again->headers == message->headers && again->body == message->body);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    check_message(bytes);
    if (const auto words = words_of_nlsml(bytes))
        YS_ASSERT(!words->text.empty() && words->text.size() <= AsrEngine::text_bytes_max &&
                  (!words->certainty || (*words->certainty >= 0 && *words->certainty <= 1)));
    if (const auto answer = read_mrcp_answer(bytes))
        YS_ASSERT(answer->control_port != 0 && answer->rtp_port != 0 &&
                  answer->channel.find_first_of("\r\n ") == std::string::npos);
    return 0;
}
