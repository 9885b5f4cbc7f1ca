// SPDX-License-Identifier: Apache-2.0
// Hearing callers in the running house: the recogniser of the settings, or a word that there is
// none.
#include <algorithm>

#include "app/house.h"
#include "app/speech_ear.h"
#include "ivr/flow_text.h"
#include "platform/log/log.h"

namespace ys::app {
namespace {

/// Whether a flow asks its callers to say what they want.
bool asks_to_speak(const std::string& text) {
    const auto flow = ivr::parse_flow(text);
    return flow && std::ranges::any_of(flow->nodes, [](const auto& node) {
               return node.kind == ivr::NodeKind::Answer && node.matter.empty();
           });
}

}  // namespace

Result<Done> House::open_ear() {
    YS_TRY(ear_, SpeechEar::make({loop_, *media_, metrics_}, options_.settings.speech));
    if (ear_->is_set_up()) {
        log::info("speech", "recogniser",
                  {{"engine", ear_->engine()}, {"speech_found_by", ear_->judge()}});
        if (options_.settings.speech.test)
            scenario_.say_at_start.push_back(
                "语音识别是测试用的替身，不能接市民来电 (speech.engine loopback is for tests)");
        return Done{};
    }
    const bool is_missed = std::ranges::any_of(
        scenario_.flows, [](const auto& flow) { return asks_to_speak(flow.second); });
    if (is_missed)
        scenario_.say_at_start.push_back(
            "没有接语音识别，来电请按键 (no recogniser in [speech]: callers use keys)");
    return Done{};
}

void House::stop_hearing(LegId leg) {
    if (ear_) ear_->stop(leg);
}

}  // namespace ys::app
