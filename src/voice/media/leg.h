// SPDX-License-Identifier: Apache-2.0
// One side of a call on its media thread: sockets, the two halves, what it plays, whom it hears.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/id.h"
#include "voice/media/leg_receiver.h"
#include "voice/media/leg_sender.h"
#include "voice/media/listener.h"
#include "voice/media/media_engine.h"
#include "voice/media/prompt_player.h"
#include "voice/media/rtcp.h"
#include "voice/media/udp_socket.h"

namespace ys::media {

/// What the control plane hands over when a leg is opened or its SDP changes. Everything that
/// allocates was made there.
struct LegSetup {
    LegId leg;
    RoomId room;
    bool is_browser = false;
    bool is_new = false;
    LegSender::Start start;         ///< of a new leg
    RtpSockets sockets;             ///< of a new plain leg
    std::optional<AudioPlan> plan;  ///< none while our offer is unanswered
    bool learns_neighbours = false;
    std::unique_ptr<Decoder> decoder;
    std::unique_ptr<Encoder> encoder;
    std::unique_ptr<KeyToneDetector> detector;
    std::unique_ptr<KeyTones> tones;

    /// Makes what the plan's codec needs.
    void equip(const AudioPlan& with);
};

class Leg {
public:
    explicit Leg(LegSetup& setup);
    void change(LegSetup& setup);

    LegId id() const { return id_; }
    RoomId room() const { return room_; }
    bool is_browser() const { return is_browser_; }
    int rtp_fd() const { return sockets_.rtp.fd(); }
    int rtcp_fd() const { return sockets_.rtcp.fd(); }

    /// WebRTC: ICE and DTLS are done.
    void set_up(bool is_up) { is_up_ = is_up; }
    /// There is somebody to talk to and they want to hear us.
    bool may_send() const;
    /// A play runs from the moment somebody could hear it.
    bool is_open() const { return plan_ && (!is_browser_ || is_up_); }
    bool expects_rtp() const { return plan_ && plan_->they_send; }
    bool takes_events() const { return plan_ && plan_->send_event_type >= 0; }

    LegReceiver& in() { return in_; }
    LegSender& out() { return out_; }
    PromptPlayer& player() { return player_; }
    void add_voice_to(Mix& mix, float gain);

    struct Mouth {
        Leg* leg;
        float gain;
    };
    std::vector<Mouth>& mouths() { return mouths_; }
    /// Whether another leg hears this one: then somebody talks here, and no menu listens.
    bool is_heard() const { return is_heard_; }
    void set_heard(bool is_heard) { is_heard_ = is_heard; }

    /// Takes this tick's frame of the play. True when the play just ended.
    bool play_tick();
    /// Null stops. What was listening before is told so.
    void listen(std::unique_ptr<Listener> listener) { listener_ = std::move(listener); }
    /// After receiver and player ticked. is_secure: keys are pressed that nobody may hear
    void listen_tick(bool is_secure);
    const AlawFrame* played() const { return has_played_ ? &played_ : nullptr; }

    // Reports.
    bool is_report_due(Instant now) const { return now >= next_report_; }
    void on_rtcp(std::span<const std::uint8_t> datagram, Now now);
    /// Writes the RTCP report. out: rtcp_room bytes or more
    std::size_t write_report(std::span<std::uint8_t> out, Instant now, UtcTime utc, bool bye);
    LegQuality quality(bool is_last);
    const SocketAddress& rtp_destination() const { return in_.source().destination(); }
    SocketAddress rtcp_destination() const;
    bool has_rtcp_mux() const { return plan_ && plan_->has_rtcp_mux; }

    /// Nothing came for `limit` though it should: true once.
    bool is_newly_lost(Instant now, Millis limit);

private:
    LegId id_;
    RoomId room_;
    bool is_browser_;
    bool is_up_ = false;
    bool is_lost_ = false;
    bool is_heard_ = false;
    bool has_played_ = false;
    std::optional<AudioPlan> plan_;
    RtpSockets sockets_;
    LegReceiver in_;
    LegSender out_;
    PromptPlayer player_;
    std::unique_ptr<Listener> listener_;
    AlawFrame played_{};
    std::vector<Mouth> mouths_;
    Instant next_report_{};
    std::uint32_t their_sr_ = 0;  ///< middle 32 bits of their last NTP time
    Instant their_sr_at_{};
    double round_trip_ms_ = 0;
};

}  // namespace ys::media
