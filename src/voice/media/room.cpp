// SPDX-License-Identifier: Apache-2.0
// Mixing and recording of one room.
#include "voice/media/room.h"

#include <algorithm>

namespace ys::media {

void Room::add(Leg* leg) {
    legs_.push_back(leg);
    wire();
}

void Room::remove(Leg* leg) {
    std::erase(legs_, leg);
    wire();
}

void Room::set_mix(std::vector<Ear> who) {
    who_ = std::move(who);
    wire();
}

/// The matrix may name legs that do not exist yet, or no more.
void Room::wire() {
    for (Leg* leg : legs_) {
        leg->mouths().clear();
        leg->set_heard(false);
    }
    for (const Ear& entry : who_) {
        Leg* ear = leg_of(entry.ear);
        Leg* mouth = leg_of(entry.mouth);
        if (ear == nullptr || mouth == nullptr || ear == mouth) continue;
        ear->mouths().push_back({mouth, entry.gain});
        mouth->set_heard(true);
    }
}

void Room::set_secure(bool on) {
    // Sounds made while input was secure still wait in jitter buffers when it ends.
    constexpr int tail = JitterBuffer::frames_max + 4;
    if (secure_ && !on) secure_tail_ = tail;
    secure_ = on;
}

void Room::end_tick() {
    if (secure_tail_ > 0) --secure_tail_;
}

Leg* Room::leg_of(LegId id) {
    for (Leg* leg : legs_)
        if (leg->id() == id) return leg;
    return nullptr;
}

Recording* Room::find(RecordingId id) {
    for (const auto& recording : recordings_)
        if (recording->id() == id) return recording.get();
    return nullptr;
}

void Room::relay_key(const Leg& from, char key) {
    if (is_secure()) return;
    for (Leg* ear : legs_) {
        if (!ear->takes_events()) continue;
        for (const Leg::Mouth& mouth : ear->mouths())
            if (mouth.leg == &from) ear->out().push_key(key);
    }
}

void Room::mix_for(Leg& ear, Mix& mix) {
    mix.clear();
    if (const AlawFrame* played = ear.played(); played != nullptr) mix.add(*played, 1.0F);
    if (is_secure()) return;
    for (const Leg::Mouth& mouth : ear.mouths()) mouth.leg->add_voice_to(mix, mouth.gain);
}

const AlawFrame* Room::side_of(const std::vector<LegId>& legs, bool with_prompts,
                               const std::vector<LegId>& prompted, AlawFrame& own) {
    Mix mix;
    for (const LegId id : legs)
        if (Leg* leg = leg_of(id); leg != nullptr) leg->add_voice_to(mix, 1.0F);
    for (const LegId id : prompted) {
        if (!with_prompts) break;
        Leg* leg = leg_of(id);
        if (leg == nullptr || leg->played() == nullptr || leg->player().is_music()) continue;
        mix.add(*leg->played(), 1.0F);
    }
    if (mix.is_empty()) return nullptr;
    if (const AlawFrame* voice = mix.untouched(); voice != nullptr) return voice;
    Frame sum;
    mix.render(sum);
    encode_alaw(sum, own);
    return &own;
}

void Room::record(Instant now) {
    static const std::vector<LegId> nobody;
    for (const auto& recording : recordings_) {
        const RecordingPlan& plan = recording->plan();
        if (!recording->has_rtp()) {
            for (const LegId id : plan.left)
                if (Leg* leg = leg_of(id); leg != nullptr && leg->in().has_stream())
                    recording->note_rtp();
        }
        if (is_secure()) {
            recording->append(nullptr, nullptr, now);
            continue;
        }
        AlawFrame left_own;
        AlawFrame right_own;
        const AlawFrame* left = side_of(plan.left, false, nobody, left_own);
        const AlawFrame* right = side_of(plan.right, true, plan.left, right_own);
        recording->append(left, right, now);
    }
}

}  // namespace ys::media
