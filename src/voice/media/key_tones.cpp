// SPDX-License-Identifier: Apache-2.0
// spandsp's detector and generator of key tones behind values.
#include "voice/media/key_tones.h"

#include <spandsp.h>

#include "voice/media/rfc4733.h"

namespace ys::media {
namespace {
dtmf_rx_state_t* rx(void* p) { return static_cast<dtmf_rx_state_t*>(p); }
dtmf_tx_state_t* tx(void* p) { return static_cast<dtmf_tx_state_t*>(p); }
}  // namespace

std::unique_ptr<KeyToneDetector> KeyToneDetector::make() {
    void* state = dtmf_rx_init(nullptr, nullptr, nullptr);
    if (state == nullptr) return nullptr;
    return std::unique_ptr<KeyToneDetector>(new KeyToneDetector(state));
}
KeyToneDetector::~KeyToneDetector() { dtmf_rx_free(rx(state_)); }

std::optional<char> KeyToneDetector::on_frame(const Frame& frame) {
    dtmf_rx(rx(state_), frame.data(), static_cast<int>(frame.size()));
    char key[2] = {};
    if (dtmf_rx_get(rx(state_), key, 1) == 0 || !event_of_key(key[0])) return std::nullopt;
    return key[0];
}

void KeyToneDetector::on_gap() { dtmf_rx_fillin(rx(state_), static_cast<int>(frame_samples)); }

std::unique_ptr<KeyTones> KeyTones::make() {
    dtmf_tx_state_t* state = dtmf_tx_init(nullptr);
    if (state == nullptr) return nullptr;
    dtmf_tx_set_timing(state, 100, 80);
    dtmf_tx_set_level(state, -10, 0);
    return std::unique_ptr<KeyTones>(new KeyTones(state));
}
KeyTones::~KeyTones() { dtmf_tx_free(tx(state_)); }

bool KeyTones::push(char key) {
    if (!event_of_key(key)) return false;
    return dtmf_tx_put(tx(state_), &key, 1) == 0;
}

bool KeyTones::next(Frame& out) {
    const int samples = dtmf_tx(tx(state_), out.data(), static_cast<int>(out.size()));
    if (samples <= 0) return false;
    for (auto i = static_cast<std::size_t>(samples); i < out.size(); ++i) out[i] = 0;
    return true;
}

}  // namespace ys::media
