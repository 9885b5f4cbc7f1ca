// SPDX-License-Identifier: Apache-2.0
// What the media plane is told, computed whole from the state of a call: who hears whom, whose
// voices are recorded, which spans are marked.
#include <utility>

#include "interactions/inside.h"

namespace ys::interactions {

std::vector<Hears> Coordinator::Inside::picture(const Call& call) const {
    std::vector<Hears> who;
    const bool has_citizen = call.is_up && call.citizen && call.state == CallState::Talking;
    std::vector<LegId> talk;
    for (const Party& p : call.parties)
        if (p.state == PartyState::Talking && p.leg) talk.push_back(p.leg);
    for (const LegId ear : talk)
        for (const LegId mouth : talk)
            if (ear != mouth) who.push_back({ear, mouth});
    for (const LegId leg : talk) {
        if (!has_citizen) break;
        who.push_back({leg, call.citizen});
        // During 工号…为您服务 the agent already hears the citizen, who hears only the prompt.
        if (call.playing != Playing::Greeting) who.push_back({call.citizen, leg});
    }
    LegId asked;
    if (call.consult)
        for (const Party& p : call.parties)
            if (p.leg == call.consult->other && p.state == PartyState::Consulting) asked = p.leg;
    if (asked) {
        who.push_back({call.consult->own_leg, asked});
        who.push_back({asked, call.consult->own_leg});
    }
    for (const Party& p : call.parties) {
        if (p.state != PartyState::Monitoring) continue;
        if (has_citizen) who.push_back({p.leg, call.citizen});
        for (const LegId mouth : talk) who.push_back({p.leg, mouth});
        if (asked) who.push_back({p.leg, asked});
        const Party* watched = call.party(p.asked_by);
        const bool whispers = p.mode == MonitorMode::Whisper && watched != nullptr &&
                              watched->state == PartyState::Talking;
        if (whispers) who.push_back({watched->leg, p.leg});
    }
    if (call.echoes && call.is_up && call.citizen) who.push_back({call.citizen, call.citizen});
    return who;
}

void Coordinator::Inside::settle_picture(Call& call) {
    std::vector<Hears> who = picture(call);
    if (who == call.heard) return;
    call.heard = std::move(who);
    do_effect(Mix{call.id, call.heard});
}

void Coordinator::Inside::mark(Call& call, Span span, bool begins) {
    const auto at = std::chrono::duration_cast<Millis>(now.mono - call.recording_began);
    do_effect(MarkRecording{call.recording, span, begins});
    state(call, {},
          facts::RecordingMarked{call.recording.value, span == Span::Hold ? "hold" : "secure_input",
                                 begins, at.count()});
}

/// Right is exactly who the citizen hears; so nothing whispered, and nothing said while they are
/// on hold, is ever in their file.
void Coordinator::Inside::settle_recording(Call& call) {
    if (!call.recording || !call.citizen) return;
    std::vector<LegId> right;
    for (const Hears& h : call.heard)
        if (h.ear == call.citizen && h.mouth != call.citizen) right.push_back(h.mouth);
    if (right != call.recorded_right) {
        call.recorded_right = right;
        do_effect(Record{call.recording, call.id, "call", {call.citizen}, std::move(right)});
    }
    const bool is_held = call.state == CallState::Held;
    if (std::exchange(call.marked_hold, is_held) != is_held) mark(call, Span::Hold, is_held);
    const bool is_secure = call.is_secure;
    if (std::exchange(call.marked_secure, is_secure) != is_secure)
        mark(call, Span::SecureInput, is_secure);
}

RecordingId Coordinator::Inside::record(Call& call, std::string purpose, std::vector<LegId> left,
                                        std::vector<LegId> right) {
    const RecordingId id{next_recording++};
    unfinished[id] = call.id;
    centres_of[call.id] = call.centre;
    state(call, {}, facts::RecordingOpened{id.value, purpose, ""});
    do_effect(Record{id, call.id, std::move(purpose), std::move(left), std::move(right)});
    return id;
}

void Coordinator::Inside::open_recording(Call& call) {
    call.recording_began = now.mono;
    call.recording = record(call, "call", {call.citizen}, {});
}

void Coordinator::Inside::stop_recording(RecordingId& recording) {
    if (recording) do_effect(StopRecording{std::exchange(recording, {})});
}

}  // namespace ys::interactions
