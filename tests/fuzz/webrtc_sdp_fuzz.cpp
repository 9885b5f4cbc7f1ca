// SPDX-License-Identifier: Apache-2.0
// Fuzz target: a browser's offer; an answer we give must itself be an SDP of as many m-lines.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/panic.h"
#include "base/text.h"
#include "voice/media/webrtc/browser_offer.h"
#include "voice/media/webrtc/webrtc_sdp.h"

using namespace ys;
using namespace ys::media;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto identity = DtlsIdentity::make(UtcTime{1'800'000'000'000'000});
    static const std::vector<Endpoint> candidates{{"127.0.0.1", 40'000}, {"::1", 40'001}};
    const std::string_view offer(reinterpret_cast<const char*>(data), size);
    const auto answer =
        answer_browser_offer(offer, **identity, candidates, "0123456789abcdefghijklmn");
    if (!answer) return 0;
    const auto asked = BrowserOffer::parse(offer);
    const auto said = BrowserOffer::parse(answer->sdp);
    YS_ASSERT(asked && said && asked->media.size() == said->media.size());
    YS_ASSERT(answer->payload_type >= 0 && answer->payload_type <= 127);
    YS_ASSERT(answer->peer.remote_ufrag.size() <= 256 && answer->peer.remote_pwd.size() <= 256);
    const auto accepted = std::count_if(said->media.begin(), said->media.end(),
                                        [](const auto& media) { return !media.is_disabled; });
    YS_ASSERT(accepted == 1);
    for (std::string_view line : split(answer->sdp, '\n')) {
        YS_ASSERT(line.empty() || (line.size() > 2 && line[1] == '=' && line.back() == '\r'));
    }
    return 0;
}
