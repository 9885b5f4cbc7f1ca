// SPDX-License-Identifier: Apache-2.0
// For tests: a telephone on a real UDP socket that says a tone and remembers what it hears.
#pragma once

#include <sys/socket.h>
#include <time.h>

#include <atomic>
#include <cmath>
#include <mutex>
#include <numbers>
#include <string>
#include <thread>
#include <vector>

#include "platform/clock.h"
#include "voice/media/codec.h"
#include "voice/media/key_tones.h"
#include "voice/media/rfc4733.h"
#include "voice/media/rtp_packet.h"
#include "voice/media/sdp.h"
#include "voice/media/test_sdp.h"
#include "voice/media/test_tone.h"
#include "voice/media/udp_socket.h"

namespace ys::media {

class TestPhone {
public:
    struct Options {
        double hertz = 0;  ///< 0: silence
        Codec codec = Codec::Pcma;
        bool has_events = true;
        std::string address = "127.0.0.1";
        std::string direction = "sendrecv";
    };

    explicit TestPhone(Options options)
        : options_(std::move(options)),
          facts_(facts_of(options_.codec)),
          socket_(*UdpSocket::bind(options_.address, 0)),
          encoder_(Encoder::make(options_.codec)),
          decoder_(Decoder::make(options_.codec)),
          tones_(KeyTones::make()),
          ssrc_(unguessable()) {}
    ~TestPhone() { hang_up(); }

    std::string sdp(std::string_view direction = {}) const {
        return test_sdp(facts_, options_.address, socket_.port(), options_.has_events,
                        direction.empty() ? options_.direction : direction);
    }

    /// Starts talking to where this SDP says.
    void call(const std::string& their_sdp) {
        const auto sdp = parse_sdp(their_sdp);
        talk_to(*SocketAddress::parse(sdp->media[0].address, sdp->media[0].port));
    }
    void talk_to(const SocketAddress& to) {
        to_ = to;
        thread_ = std::thread([this] { run(); });
    }
    void hang_up() {
        stops_ = true;
        if (thread_.joinable()) thread_.join();
    }
    void press(char key) {
        const std::lock_guard guard(lock_);
        if (options_.has_events) {
            keys_.push(key);
        } else {
            tones_->push(key);
        }
    }

    /// Says these samples, then the tone or silence again.
    void say(const std::vector<std::int16_t>& samples) {
        const std::lock_guard guard(lock_);
        says_.insert(says_.end(), samples.begin(), samples.end());
    }

    /// Everything heard since the last call.
    std::vector<std::int16_t> take_heard() {
        const std::lock_guard guard(lock_);
        return std::exchange(heard_, {});
    }
    std::size_t heard_samples() {
        const std::lock_guard guard(lock_);
        return heard_.size();
    }
    std::string keys_heard() {
        const std::lock_guard guard(lock_);
        return keys_heard_;
    }
    std::uint64_t packets() const { return packets_; }

private:
    void run() {
        Instant next = mono_now();
        while (!stops_) {
            next += 20ms;
            const auto t = next.time_since_epoch().count();
            const timespec until{.tv_sec = t / 1'000'000'000, .tv_nsec = t % 1'000'000'000};
            clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr);
            const std::lock_guard guard(lock_);
            speak();
            listen();
        }
    }
    void speak() {
        std::array<std::uint8_t, 512> packet{};
        RtpPacket head{.payload_type = static_cast<std::uint8_t>(facts_.payload_type),
                       .marker = sequence_ == 0,
                       .sequence = sequence_,
                       .timestamp = timestamp_,
                       .ssrc = ssrc_,
                       .payload = {}};
        std::size_t size = 0;
        if (const auto key = keys_.next(timestamp_, facts_.units_per_frame)) {
            head.payload_type = 101;
            head.timestamp = key->timestamp;
            head.marker = key->marker;
            std::copy(key->bytes.begin(), key->bytes.end(), packet.begin() + 12);
            size = 4;
        } else {
            size = write_sound(std::span(packet).subspan(12));
        }
        timestamp_ += facts_.units_per_frame;
        ++sequence_;
        write_rtp_header(packet, head);
        ::sendto(socket_.fd(), packet.data(), 12 + size, 0, to_.raw(), to_.size());
    }
    std::size_t write_sound(std::span<std::uint8_t> out) {
        Frame frame{};
        if (said_ < says_.size()) {
            const std::size_t count = std::min(frame_samples, says_.size() - said_);
            std::copy_n(says_.begin() + static_cast<std::ptrdiff_t>(said_), count, frame.begin());
            said_ += count;
        } else if (!tones_->next(frame) && options_.hertz > 0) {
            for (std::int16_t& sample : frame) {
                sample = static_cast<std::int16_t>(8000 * std::sin(phase_));
                phase_ += 2 * std::numbers::pi * options_.hertz / 8000;
            }
        }
        if (encoder_ != nullptr) return encoder_->encode(frame, out);
        encode_alaw(frame, out);
        if (options_.codec == Codec::Pcmu) alaw_to_ulaw(out.first(frame_samples));
        return frame_samples;
    }
    void listen() {
        std::array<std::uint8_t, 1500> bytes{};
        while (true) {
            const ssize_t got = ::recv(socket_.fd(), bytes.data(), bytes.size(), MSG_DONTWAIT);
            if (got <= 0) return;
            const auto datagram = std::span(bytes).first(static_cast<std::size_t>(got));
            const auto packet = parse_rtp(datagram);
            if (looks_like_rtcp(datagram) || !packet) continue;
            ++packets_;
            if (packet->payload_type == 101) {
                if (const auto key =
                        key_receiver_.on_packet(packet->payload, packet->timestamp, mono_now()))
                    keys_heard_ += *key;
                continue;
            }
            hear(packet->payload);
        }
    }
    void hear(std::span<std::uint8_t> payload) {
        Frame frame;
        if (decoder_ != nullptr) {
            decoder_->decode(payload, frame);
        } else {
            if (options_.codec == Codec::Pcmu) ulaw_to_alaw(payload);
            decode_alaw(payload, frame);
        }
        heard_.insert(heard_.end(), frame.begin(), frame.end());
    }

    Options options_;
    const CodecFacts& facts_;
    UdpSocket socket_;
    std::unique_ptr<Encoder> encoder_;
    std::unique_ptr<Decoder> decoder_;
    std::unique_ptr<KeyTones> tones_;
    std::uint32_t ssrc_;
    SocketAddress to_;
    std::mutex lock_;
    KeySender keys_;
    KeyReceiver key_receiver_;
    std::string keys_heard_;
    std::vector<std::int16_t> heard_, says_;
    std::size_t said_ = 0;
    double phase_ = 0;
    std::uint32_t timestamp_ = 1000;
    std::uint16_t sequence_ = 0;
    std::atomic<std::uint64_t> packets_{0};
    std::atomic<bool> stops_{false};
    std::thread thread_;
};

}  // namespace ys::media
