// SPDX-License-Identifier: Apache-2.0
// A leg's state between ticks, and its reports.
#include "voice/media/leg.h"

#include <fmt/format.h>

namespace ys::media {
namespace {

constexpr std::uint64_t ntp_epoch = 2'208'988'800ULL;  // 1970 in NTP seconds (RFC 5905 §6).
constexpr Seconds report_every{5};

std::uint64_t ntp_of(UtcTime utc) {
    const auto us = static_cast<std::uint64_t>(utc.us);
    const std::uint64_t seconds = us / 1'000'000 + ntp_epoch;
    return seconds << 32 | ((us % 1'000'000) << 32) / 1'000'000;
}

std::uint32_t middle_of(std::uint64_t ntp) { return static_cast<std::uint32_t>(ntp >> 16); }

}  // namespace

void LegSetup::equip(const AudioPlan& with) {
    plan = with;
    decoder = Decoder::make(with.codec);
    encoder = Encoder::make(with.codec);
    if (with.send_event_type >= 0) return;
    detector = KeyToneDetector::make();
    tones = KeyTones::make();
}

Leg::Leg(LegSetup& setup)
    : id_(setup.leg),
      room_(setup.room),
      is_browser_(setup.is_browser),
      sockets_(std::move(setup.sockets)),
      out_(setup.start) {
    change(setup);
}

void Leg::change(LegSetup& setup) {
    if (!setup.plan) return;
    plan_ = *setup.plan;
    if (plan_->rtp.is_known()) in_.source().on_sdp(plan_->rtp, setup.learns_neighbours);
    if (plan_->has_rtcp_mux) sockets_.rtcp.close();
    in_.on_plan(*plan_, std::move(setup.decoder), std::move(setup.detector));
    out_.on_plan(*plan_, std::move(setup.encoder), std::move(setup.tones));
}

bool Leg::may_send() const {
    if (!plan_ || !plan_->we_send) return false;
    return is_browser_ ? is_up_ : rtp_destination().is_known();
}

void Leg::add_voice_to(Mix& mix, float gain) {
    if (!in_.has_voice()) return;
    if (const AlawFrame* alaw = in_.untouched(); alaw != nullptr) {
        mix.add(*alaw, gain);
    } else {
        mix.add(in_.linear(), gain);
    }
}

bool Leg::play_tick() {
    has_played_ = false;
    if (!player_.is_playing() || !is_open()) return false;
    has_played_ = player_.next(played_);
    return !has_played_;
}

void Leg::listen_tick(bool is_secure) {
    static constexpr Frame silence{};
    if (listener_ == nullptr) return;
    const Frame& heard = is_secure ? silence : in_.overhear();
    const bool is_prompt = player_.is_playing() && !player_.is_music();
    if (!listener_->on_frame(heard, played(), is_prompt)) listener_.reset();
}

void Leg::on_rtcp(std::span<const std::uint8_t> datagram, Now now) {
    const auto report = parse_rtcp(datagram, out_.ssrc());
    if (!report) return;
    if (report->has_sender) {
        their_sr_ = middle_of(report->ntp);
        their_sr_at_ = now.mono;
    }
    if (!report->has_block || report->last_sr == 0) return;
    // RFC 3550 §6.4.1: arrival less our report's time less what they kept it, in 1/65536 s.
    const std::uint32_t round_trip =
        middle_of(ntp_of(now.utc)) - report->last_sr - report->delay_since_sr;
    if (round_trip < 5U << 16) round_trip_ms_ = round_trip / 65.536;
}

std::size_t Leg::write_report(std::span<std::uint8_t> out, Instant now, UtcTime utc, bool bye) {
    next_report_ = now + report_every;
    RtcpToSend r{.ssrc = out_.ssrc(),
                 .ntp = ntp_of(utc),
                 .rtp_timestamp = out_.timestamp(),
                 .packets_sent = static_cast<std::uint32_t>(out_.packets()),
                 .bytes_sent = static_cast<std::uint32_t>(out_.bytes()),
                 .bye = bye};
    if (in_.has_stream()) {
        RtpStats& stats = in_.stats();
        r.has_block = true;
        r.about_ssrc = in_.remote_ssrc();
        r.fraction_lost = stats.take_fraction_lost();
        r.total_lost = static_cast<std::uint32_t>(stats.lost());
        r.highest_sequence = stats.highest_sequence();
        r.jitter = stats.jitter_units();
        r.last_sr = their_sr_;
        if (their_sr_ != 0)
            r.delay_since_sr =
                static_cast<std::uint32_t>((now - their_sr_at_).count() * 65536 / 1'000'000'000);
    }
    // A CNAME must not tell who the citizen is (RFC 7022): our stream's number says enough.
    char cname[16];
    const auto end = fmt::format_to_n(cname, sizeof cname, "{:08x}", out_.ssrc()).out;
    return write_rtcp(out, r, std::string_view(cname, static_cast<std::size_t>(end - cname)));
}

LegQuality Leg::quality(bool is_last) {
    const RtpStats& stats = in_.stats();
    const double delay = 20 + in_.delay_ms() + round_trip_ms_ / 2;
    return {.leg = id_,
            .loss = stats.loss(),
            .jitter_ms = stats.jitter_ms(),
            .mos = stats.received() == 0 ? 0 : mean_opinion(stats.loss(), delay),
            .packets_in = stats.received(),
            .packets_out = out_.packets(),
            .is_last = is_last};
}

SocketAddress Leg::rtcp_destination() const {
    if (!plan_ || !plan_->rtcp.is_known()) return {};
    return plan_->has_rtcp_mux ? rtp_destination() : plan_->rtcp;
}

bool Leg::is_newly_lost(Instant now, Millis limit) {
    if (!in_.has_stream() || !expects_rtp() || now - in_.last_packet() < limit) {
        is_lost_ = false;
        return false;
    }
    return !std::exchange(is_lost_, true);
}

}  // namespace ys::media
