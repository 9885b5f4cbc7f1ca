// SPDX-License-Identifier: Apache-2.0
// For tests: what a recogniser of MRCPv2 writes, and how it listens.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>

#include "voice/media/g711.h"
#include "voice/media/rtp_packet.h"
#include "voice/sip/stack_probe.h"

namespace ys::speech {

/// How the recogniser behaves.
struct TestManner {
    std::string sip = "200 OK";  ///< to INVITE; "" never answers
    enum class Turn { Answers, Hangs, Refuses, LiesAboutLength, Closes } turn = Turn::Answers;
    std::string cause = "000 success";
    std::map<int, std::string> words{};  ///< by thousands of loudness
    std::string codecs = "0 8";
    std::string media_address = "127.0.0.1";
};

inline std::string sip_reply(const std::string& to, const std::string& status,
                             const std::string& contact, const std::string& body) {
    std::string text = "SIP/2.0 " + status + "\r\n";
    for (const std::string name : {"Via", "From", "To", "Call-ID", "CSeq"}) {
        const std::string value = sip::header_in(to, name);
        const bool is_fresh = name == "To" && value.find("tag=") == std::string::npos;
        text += name + ": " + value + (is_fresh ? ";tag=mrcp\r\n" : "\r\n");
    }
    return text + "Contact: <" + contact +
           ">\r\nContent-Type: application/sdp\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
}

struct TestAnswer {
    std::string address, control_port, channel, rtp_port, codecs;
};
inline std::string sdp_of(const TestAnswer& a) {
    return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 " + a.address +
           "\r\nt=0 0\r\nm=application " + a.control_port +
           " TCP/MRCPv2 1\r\na=setup:passive\r\na=connection:new\r\na=channel:" + a.channel +
           "\r\na=cmid:1\r\nm=audio " + a.rtp_port + " RTP/AVP " + a.codecs +
           "\r\na=recvonly\r\na=mid:1\r\n";
}

inline std::string nlsml_of(const std::string& words) {
    return "<?xml version=\"1.0\"?><result><interpretation confidence=\"0.75\">"
           "<input mode=\"speech\">" +
           words + "</input></interpretation></result>";
}

/// Hears when somebody has finished, and how loud they were.
struct TestEar {
    int packets = 0, lost = 0, loudest = 0;
    bool has_heard_all = false;  ///< five packets of silence have come

    void take(std::string datagram) {
        const auto packet =
            media::parse_rtp({reinterpret_cast<std::uint8_t*>(datagram.data()), datagram.size()});
        if (!packet || packet->payload.size() != media::frame_samples) return;
        lost += packets > 0 && packet->sequence != (last_ + 1) % 65'536 ? 1 : 0;
        last_ = packet->sequence;
        ++packets;
        int peak = 0;
        for (const std::uint8_t byte : packet->payload) {
            const bool is_ulaw = packet->payload_type == 0;
            peak = std::max(
                peak, std::abs(int{is_ulaw ? media::from_ulaw(byte) : media::from_alaw(byte)}));
        }
        silent_ = peak < 500 ? silent_ + 1 : 0;
        loudest = std::max(loudest, peak);
        has_heard_all = has_heard_all || silent_ == 5;
    }

private:
    int last_ = 0, silent_ = 0;
};

}  // namespace ys::speech
