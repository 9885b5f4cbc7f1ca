// SPDX-License-Identifier: Apache-2.0
// What the control plane posts to a media thread; each is a value that owns what it carries.
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "voice/media/leg.h"
#include "voice/media/media_engine.h"
#include "voice/media/prompt_player.h"
#include "voice/media/webrtc/webrtc_peer.h"

namespace ys::media {

struct SetLeg {  ///< opens the leg when setup->is_new, else changes it
    std::unique_ptr<LegSetup> setup;
    std::unique_ptr<WebRtcPeer> peer;  ///< browsers only
};
struct CloseLeg {
    LegId leg;
};
struct CloseRoom {
    RoomId room;
};
struct SetMix {
    RoomId room;
    std::vector<Ear> who;
};
struct StartPlay {
    LegId leg;
    std::unique_ptr<Play> play;
};
struct StopPlay {
    LegId leg;
};
struct StartListening {
    LegId leg;
    std::unique_ptr<Listener> listener;
};
struct StopListening {
    LegId leg;
};
struct SendDigits {
    LegId leg;
    std::string digits;
};
struct SetSecure {
    RoomId room;
    bool on;
};
struct StartRecording {
    std::unique_ptr<RecordingPlan> plan;
};
struct MarkRecording {
    RecordingId recording;
    RoomId room;
    Span span;
    bool begins;
};
struct StopRecording {
    RecordingId recording;
    RoomId room;
};

using MediaCommand = std::variant<SetLeg, CloseLeg, CloseRoom, SetMix, StartPlay, StopPlay,
                                  StartListening, StopListening, SendDigits, SetSecure,
                                  StartRecording, MarkRecording, StopRecording>;

}  // namespace ys::media
