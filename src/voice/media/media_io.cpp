// SPDX-License-Identifier: Apache-2.0
// The media thread's datagrams: in by recvmmsg, out one by one (each leg has its own socket).
#include <cstring>

#include "platform/clock.h"
#include "voice/media/media_thread.h"
#include "voice/media/rtp_packet.h"

namespace ys::media {

MediaThread::Receive::Receive() {
    for (std::size_t i = 0; i < batch; ++i) {
        pieces[i] = {bytes[i].data(), datagram_max};
        headers[i] = {.msg_hdr = {.msg_name = &from[i],
                                  .msg_namelen = sizeof from[i],
                                  .msg_iov = &pieces[i],
                                  .msg_iovlen = 1,
                                  .msg_control = nullptr,
                                  .msg_controllen = 0,
                                  .msg_flags = 0},
                      .msg_len = 0};
    }
}

/// Reads up to `batch` datagrams. returns how many
int MediaThread::receive(int fd) {
    Receive& r = *receive_;
    // The kernel wrote the lengths of the last addresses over the room for them.
    for (int i = 0; i < r.used; ++i)
        r.headers[static_cast<std::size_t>(i)].msg_hdr.msg_namelen = sizeof r.from[0];
    const int got = ::recvmmsg(fd, r.headers.data(), batch, MSG_DONTWAIT, nullptr);
    return r.used = got > 0 ? got : 0;
}

SocketAddress MediaThread::source_of(int index) const {
    sockaddr_storage storage{};
    std::memcpy(&storage, &receive_->from[static_cast<std::size_t>(index)], sizeof(sockaddr_in6));
    return SocketAddress::from(storage);
}

std::span<std::uint8_t> MediaThread::datagram(int index) {
    const auto i = static_cast<std::size_t>(index);
    return {receive_->bytes[i].data(), receive_->headers[i].msg_len};
}

void MediaThread::read_leg(Room& room, Leg& leg, Instant now) {
    const int got = receive(leg.rtp_fd());
    for (int i = 0; i < got; ++i) {
        const std::span<std::uint8_t> bytes = datagram(i);
        const SocketAddress from = source_of(i);
        if (looks_like_rtcp(bytes)) {
            if (leg.in().source().allows_rtcp(from)) leg.on_rtcp(bytes, {now, utc_now()});
            continue;
        }
        const LegReceiver::Heard heard = leg.in().on_rtp(bytes, from, now);
        ++(heard.accepted ? in_ : dropped_);
        if (!heard.key) continue;
        sink_(KeyHeard{leg.id(), *heard.key, false});
        room.relay_key(leg, *heard.key);
    }
}

void MediaThread::read_rtcp(Leg& leg, Instant now) {
    const int got = receive(leg.rtcp_fd());
    for (int i = 0; i < got; ++i)
        if (leg.in().source().allows_rtcp(source_of(i))) leg.on_rtcp(datagram(i), {now, utc_now()});
}

void MediaThread::read_browsers(Instant now) {
    for (std::size_t s = 0; s < options_.webrtc_sockets.size(); ++s) {
        // Bounded, so that a flood on the shared port cannot keep the tick from the other legs.
        for (int round = 0; round < 64; ++round) {
            const int got = receive(options_.webrtc_sockets[s].fd());
            for (int i = 0; i < got; ++i) {
                sockaddr_storage from{};
                source_of(i).to(from);
                port_->on_datagram(datagram(i), from, now, static_cast<unsigned>(s));
            }
            if (got < static_cast<int>(batch)) break;
        }
    }
}

void MediaThread::connect_port() {
    if (options_.identity == nullptr || options_.webrtc_sockets.empty()) return;
    WebRtcPort::Out out;
    out.send_from = [this](std::span<const std::uint8_t> bytes, const sockaddr_storage& to,
                           unsigned socket) {
        if (socket >= options_.webrtc_sockets.size()) return;
        const SocketAddress address = SocketAddress::from(to);
        ::sendto(options_.webrtc_sockets[socket].fd(), bytes.data(), bytes.size(), MSG_DONTWAIT,
                 address.raw(), address.size());
    };
    out.send = [send = out.send_from](std::span<const std::uint8_t> bytes,
                                      const sockaddr_storage& to) { send(bytes, to, 0); };
    out.up = [this](LegId id) {
        if (Leg* leg = find_leg(id); leg != nullptr) leg->set_up(true);
        end_handshake(id);
        sink_(MediaUp{id});
    };
    out.down = [this](LegId id, std::string why) {
        if (Leg* leg = find_leg(id); leg != nullptr) leg->set_up(false);
        end_handshake(id);
        sink_(MediaDown{id, std::move(why)});
    };
    out.rtp = [this](LegId id, std::span<std::uint8_t> bytes, Instant now) {
        Leg* leg = find_leg(id);
        if (leg == nullptr) return;
        const LegReceiver::Heard heard = leg->in().on_trusted_rtp(bytes, now);
        ++(heard.accepted ? in_ : dropped_);
        if (!heard.key) return;
        sink_(KeyHeard{id, *heard.key, false});
        room_of(leg->room()).relay_key(*leg, *heard.key);
    };
    out.rtcp = [this](LegId id, std::span<std::uint8_t> bytes, Instant now) {
        if (Leg* leg = find_leg(id); leg != nullptr) leg->on_rtcp(bytes, {now, utc_now()});
    };
    port_ = std::make_unique<WebRtcPort>(options_.identity, std::move(out));
}

void MediaThread::end_handshake(LegId leg) {
    std::erase_if(handshakes_, [&](const Handshake& h) { return h.leg == leg; });
}

void MediaThread::speak(Room& room, Leg& leg) {
    if (!leg.may_send()) return leg.out().skip();
    Mix mix;
    room.mix_for(leg, mix);
    const std::size_t size = leg.out().next(mix, packet_);
    if (size > 0) send_rtp(leg, size);
}

void MediaThread::send_rtp(Leg& leg, std::size_t size) {
    if (leg.is_browser()) {
        if (port_ != nullptr && port_->send_rtp(leg.id(), packet_, size)) ++out_;
        return;
    }
    const SocketAddress& to = leg.rtp_destination();
    // A full send buffer or an unreachable phone loses this packet; the next comes in 20 ms.
    if (::sendto(leg.rtp_fd(), packet_.data(), size, MSG_DONTWAIT, to.raw(), to.size()) > 0) ++out_;
}

void MediaThread::report(Leg& leg, Instant now, bool is_last) {
    const std::size_t size = leg.write_report(report_, now, utc_now(), is_last);
    if (leg.is_browser()) {
        if (port_ != nullptr && leg.may_send()) port_->send_rtcp(leg.id(), report_, size);
    } else if (const SocketAddress to = leg.rtcp_destination(); to.is_known()) {
        const int fd = leg.has_rtcp_mux() ? leg.rtp_fd() : leg.rtcp_fd();
        ::sendto(fd, report_.data(), size, MSG_DONTWAIT, to.raw(), to.size());
    }
    sink_(leg.quality(is_last));
}

}  // namespace ys::media
