// SPDX-License-Identifier: Apache-2.0
// The legs of one interaction on their media thread, and who hears whom.
#pragma once

#include <memory>
#include <vector>

#include "voice/media/leg.h"
#include "voice/media/media_engine.h"
#include "voice/media/recording.h"

namespace ys::media {

class Room {
public:
    explicit Room(RoomId id) : id_(id) {}
    RoomId id() const { return id_; }

    void add(Leg* leg);
    void remove(Leg* leg);
    void set_mix(std::vector<Ear> who);
    void set_secure(bool on);
    bool is_secure() const { return secure_ || secure_tail_ > 0; }
    const std::vector<Leg*>& legs() const { return legs_; }
    std::vector<std::unique_ptr<Recording>>& recordings() { return recordings_; }
    Recording* find(RecordingId id);

    /// A key of `from` goes on as an event to the legs that hear it, unless input is secure.
    void relay_key(const Leg& from, char key);
    /// What `ear` hears in this tick.
    void mix_for(Leg& ear, Mix& mix);
    /// Appends this tick to every recording; after every leg's receiver and player ticked.
    void record(Instant now);
    void end_tick();

private:
    void wire();
    const AlawFrame* side_of(const std::vector<LegId>& legs, bool with_prompts,
                             const std::vector<LegId>& prompted, AlawFrame& own);
    Leg* leg_of(LegId id);

    RoomId id_;
    std::vector<Leg*> legs_;
    std::vector<Ear> who_;
    std::vector<std::unique_ptr<Recording>> recordings_;
    bool secure_ = false;
    int secure_tail_ = 0;  ///< ticks
};

}  // namespace ys::media
