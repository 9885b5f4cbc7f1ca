// SPDX-License-Identifier: Apache-2.0
// One thread with one 20 ms tick over all its legs: no lock, no allocation per packet, no log.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <atomic>
#include <memory>
#include <thread>
#include <unordered_map>
#include <vector>

#include "voice/media/leg.h"
#include "voice/media/mailbox.h"
#include "voice/media/media_command.h"
#include "voice/media/media_engine.h"
#include "voice/media/recording_writer.h"
#include "voice/media/room.h"
#include "voice/media/udp_socket.h"
#include "voice/media/webrtc/webrtc_port.h"

namespace ys::media {

class MediaThread {
public:
    struct Options {
        Millis rtp_lost_after{20'000};
        std::shared_ptr<const DtlsIdentity> identity;  ///< null: no browsers
        std::vector<UdpSocket> webrtc_sockets;
    };
    struct Counters {
        std::atomic<std::uint64_t> legs{0}, rooms{0}, recordings{0}, sockets{0};
        std::atomic<std::uint64_t> packets_in{0}, packets_out{0}, packets_dropped{0};
        std::atomic<std::uint64_t> late_ticks{0};
    };

    MediaThread(Options options, MediaEngine::Sink sink, RecordingWriter& writer);
    /// Ends every recording first.
    ~MediaThread();
    MediaThread(const MediaThread&) = delete;
    MediaThread& operator=(const MediaThread&) = delete;

    /// Waits only while 4096 commands are waiting already, which is a thread that lost its core.
    void post(MediaCommand command);
    const Counters& counters() const { return counters_; }

private:
    static constexpr std::size_t batch = 16;
    static constexpr std::size_t datagram_max = 1500;
    struct Receive {
        Receive();
        std::array<mmsghdr, batch> headers;
        std::array<iovec, batch> pieces;
        std::array<sockaddr_in6, batch> from;
        std::array<std::array<std::uint8_t, datagram_max + 64>, batch> bytes;
        int used = 0;  ///< headers the kernel wrote to
    };

    void run();
    void wait_until(Instant next);
    void tick(Instant now);
    void tick_room(Room& room, Instant now);
    void tick_leg(Room& room, Leg& leg, Instant now);

    // media_io.cpp
    int receive(int fd);
    SocketAddress source_of(int index) const;
    std::span<std::uint8_t> datagram(int index);
    void read_leg(Room& room, Leg& leg, Instant now);
    void read_rtcp(Leg& leg, Instant now);
    void read_browsers(Instant now);
    void speak(Room& room, Leg& leg);
    void report(Leg& leg, Instant now, bool is_last);
    void send_rtp(Leg& leg, std::size_t size);
    void connect_port();
    void end_handshake(LegId leg);

    // media_commands.cpp
    void apply(MediaCommand& command, Instant now);
    void on(SetLeg& c, Instant now);
    void on(CloseLeg& c, Instant now);
    void on(CloseRoom& c, Instant now);
    void on(SetMix& c, Instant now);
    void on(StartPlay& c, Instant now);
    void on(StopPlay& c, Instant now);
    void on(StartListening& c, Instant now);
    void on(StopListening& c, Instant now);
    void on(SendDigits& c, Instant now);
    void on(SetSecure& c, Instant now);
    void on(StartRecording& c, Instant now);
    void on(MarkRecording& c, Instant now);
    void on(StopRecording& c, Instant now);
    void close_leg(Leg& leg, Instant now);
    void end_recording(std::unique_ptr<Recording> recording);
    Room& room_of(RoomId id);
    Leg* find_leg(LegId id);
    void count_open();

    Options options_;
    MediaEngine::Sink sink_;
    RecordingWriter& writer_;
    Mailbox<MediaCommand> mailbox_{4096};
    std::unordered_map<LegId, std::unique_ptr<Leg>> legs_;
    std::unordered_map<RoomId, std::unique_ptr<Room>> rooms_;
    std::vector<std::unique_ptr<Recording>> ending_;  ///< the writer's mailbox was full
    std::unique_ptr<WebRtcPort> port_;
    struct Handshake {
        LegId leg;
        Instant given_up_at;
    };
    std::vector<Handshake> handshakes_;  ///< while there are any, datagrams are read at once
    std::uint64_t ticks_ = 0;
    Instant due_{};  ///< when this tick should have begun: the clock of recordings
    std::unique_ptr<Receive> receive_;
    std::array<std::uint8_t, LegSender::packet_room> packet_{};
    std::array<std::uint8_t, 256> report_{};
    std::uint64_t in_ = 0, out_ = 0, dropped_ = 0;  ///< of this tick
    Counters counters_;
    std::atomic<bool> stopping_{false};
    std::thread thread_;
};

}  // namespace ys::media
