// SPDX-License-Identifier: Apache-2.0
// Calls we place, seen by a far end that is a bare socket.
#include <fmt/format.h>

#include "voice/sip/stack_probe.h"

namespace ys::sip {
namespace {

class ACallOut : public testing::Test {
protected:
    StackProbe house{open_config(100)};
    RawUdp desk{house.udp()};
    const LegId leg{7};

    std::string ring_out() {
        OutgoingCall call;
        call.leg = leg;
        call.to = OutgoingCall::To::Uri;
        call.target = "sip:a0@" + desk.here();
        call.from_user = "13812345678";
        call.sdp = sdp_a;
        house->invite(call);
        return desk.receive("INVITE");
    }
    void reply(const std::string& to, const std::string& status, const std::string& more = "",
               const std::string& body = "", const std::string& tag = "desk") {
        std::string target = header_in(to, "To");
        if (target.find("tag=") == std::string::npos && !status.starts_with("100"))
            target += ";tag=" + tag;
        desk.send(fmt::format(
            "SIP/2.0 {}\r\nVia: {}\r\nFrom: {}\r\nTo: {}\r\nCall-ID: {}\r\n"
            "CSeq: {}\r\nContact: <sip:a0@{}>\r\n{}Content-Length: {}\r\n\r\n{}",
            status, header_in(to, "Via"), header_in(to, "From"), target, header_in(to, "Call-ID"),
            header_in(to, "CSeq"), desk.here(), more, body.size(), body));
    }
    void takes(const std::string& invite, const std::string& tag = "desk") {
        reply(invite, "200 OK", "Content-Type: application/sdp\r\n", sdp_b, tag);
    }
    void ends_it() {
        house->hang_up(leg, "done");
        const std::string bye = desk.receive("BYE");
        EXPECT_NE(header_in(bye, "Reason").find("done"), std::string::npos) << bye;
        reply(bye, "200 OK");
        EXPECT_FALSE(house.wait<Ended>().by_far_end);
        EXPECT_TRUE(house.empties());
        EXPECT_EQ(house.seen<Ended>(), 0);
    }
};

TEST_F(ACallOut, every_repeated_200_is_acknowledged_again) {
    const std::string invite = ring_out();
    takes(invite);
    EXPECT_FALSE(desk.receive("ACK").empty());
    takes(invite);
    EXPECT_FALSE(desk.receive("ACK").empty());
    EXPECT_EQ(house.wait<Answered>().sdp, sdp_b);
    EXPECT_EQ(house.seen<Answered>(), 0);
    ends_it();
}

TEST_F(ACallOut, a_reliable_ringing_is_acknowledged_once_and_told_once) {
    const std::string invite = ring_out();
    EXPECT_NE(header_in(invite, "Supported").find("100rel"), std::string::npos);
    for (int i = 0; i < 2; ++i)
        reply(invite, "183 Session Progress",
              "Require: 100rel\r\nRSeq: 17\r\nContent-Type: application/sdp\r\n", sdp_b);
    const std::string prack = desk.receive("PRACK");
    EXPECT_EQ(header_in(prack, "RAck"), "17 " + header_in(invite, "CSeq")) << prack;
    reply(prack, "200 OK");
    EXPECT_EQ(house.wait<Ringing>().sdp, sdp_b);
    takes(invite);
    EXPECT_FALSE(desk.receive("ACK").empty());
    EXPECT_EQ(house.wait<Answered>().sdp, sdp_b);
    EXPECT_EQ(house.seen<Ringing>(), 0);
    ends_it();
}

TEST_F(ACallOut, another_branch_of_a_fork_may_answer) {
    const std::string invite = ring_out();
    reply(invite, "183 Session Progress", "Require: 100rel\r\nRSeq: 1\r\n", "", "first");
    const std::string prack = desk.receive("PRACK");
    EXPECT_NE(header_in(prack, "To").find("first"), std::string::npos);
    reply(prack, "200 OK");
    takes(invite, "second");
    const std::string ack = desk.receive("ACK");
    EXPECT_NE(header_in(ack, "To").find("second"), std::string::npos) << ack;
    EXPECT_EQ(header_in(ack, "CSeq").substr(0, 5), header_in(invite, "CSeq").substr(0, 5));
    house.wait<Answered>();
    ends_it();
}

TEST_F(ACallOut, given_up_before_any_answer_is_cancelled_when_one_comes) {
    const std::string invite = ring_out();
    house->hang_up(leg, "SIP;cause=200;text=\"Call completed elsewhere\"");
    EXPECT_EQ(house.wait<Ended>().status, 487);
    reply(invite, "180 Ringing");
    const std::string cancel = desk.receive("CANCEL");
    EXPECT_FALSE(cancel.empty());
    EXPECT_EQ(header_in(cancel, "Via"), header_in(invite, "Via"));
    reply(cancel, "200 OK");
    reply(invite, "487 Request Terminated");
    EXPECT_FALSE(desk.receive("ACK").empty());
    EXPECT_TRUE(house.empties());
    EXPECT_EQ(house.seen<Ended>(), 0);
}

TEST_F(ACallOut, a_busy_desk_is_an_end_with_486) {
    reply(ring_out(), "486 Busy Here");
    const Ended end = house.wait<Ended>();
    EXPECT_EQ(end.status, 486);
    EXPECT_TRUE(end.by_far_end);
    EXPECT_TRUE(house.empties());
}

TEST_F(ACallOut, a_challenge_outside_a_trunk_is_not_answered) {  // CVE-2021-41158
    reply(ring_out(), "407 Proxy Authentication Required",
          "Proxy-Authenticate: Digest realm=\"yingsheng\", nonce=\"n\"\r\n");
    EXPECT_EQ(house.wait<Ended>().status, 407);
    EXPECT_TRUE(house.empties());
}

TEST_F(ACallOut, a_longer_session_interval_is_granted_when_asked) {
    const std::string invite = ring_out();
    reply(invite, "422 Session Interval Too Small", "Min-SE: 3600\r\n");
    EXPECT_FALSE(desk.receive("ACK").empty());
    const std::string again = desk.receive("INVITE");
    EXPECT_EQ(header_in(again, "Min-SE"), "3600");
    EXPECT_EQ(header_in(again, "Session-Expires"), "3600");
    reply(again, "486 Busy Here");
    EXPECT_EQ(house.wait<Ended>().status, 486);
    EXPECT_TRUE(house.empties());
}

TEST_F(ACallOut, an_answer_without_sdp_ends_the_call) {
    const std::string invite = ring_out();
    reply(invite, "200 OK");
    EXPECT_FALSE(desk.receive("ACK").empty());
    reply(desk.receive("BYE"), "200 OK");
    EXPECT_TRUE(house.wait<Ended>().by_far_end);
    EXPECT_TRUE(house.empties());
}

TEST_F(ACallOut, a_lost_dialog_is_noticed_by_the_next_offer) {
    const std::string invite = ring_out();
    takes(invite);
    house.wait<Answered>();
    house->offer(leg, sdp_hold);
    reply(desk.receive("INVITE"), "481 Call Does Not Exist");
    EXPECT_TRUE(house.wait<Ended>().by_far_end);
    reply(desk.receive("BYE"), "481 Call Does Not Exist");
    EXPECT_TRUE(house.empties());
}

/// RFC 3261 §9.1: all that a CANCEL must have in common with the INVITE, and only that.
TEST_F(ACallOut, a_ring_left_by_an_earlier_life_is_cancelled) {
    const std::string invite = ring_out();
    reply(invite, "180 Ringing");
    const Dialog ring = house.wait<DialogKnown>().dialog;
    house.wait<Ringing>();
    StackProbe next{open_config(100)};
    next->end_lost(ring);
    const std::string cancel = desk.receive("CANCEL");
    const auto first_line = [](const std::string& text) {
        return text.substr(0, text.find(' ', 7));
    };
    EXPECT_EQ(first_line(cancel).substr(7), first_line(invite).substr(7));
    const auto branch = [](const std::string& text) {
        const std::string via = header_in(text, "Via");
        const auto at = via.find("branch=");
        return via.substr(at, via.find(';', at) - at);
    };
    EXPECT_EQ(branch(cancel), branch(invite));
    for (const char* name : {"Call-ID", "From", "To"})
        EXPECT_EQ(header_in(cancel, name), header_in(invite, name)) << name;
    const std::string cseq = header_in(invite, "CSeq");
    EXPECT_EQ(header_in(cancel, "CSeq"), cseq.substr(0, cseq.find(' ')) + " CANCEL");
    reply(cancel, "200 OK");
    takes(invite);
    house.wait<Answered>();
    EXPECT_EQ(house.wait<DialogKnown>().dialog.branch, "") << "up: ended by a BYE";
    ends_it();
}

TEST_F(ACallOut, a_refused_offer_leaves_the_session_as_it_was) {
    const std::string invite = ring_out();
    takes(invite);
    EXPECT_EQ(house.wait<Answered>().sdp, sdp_b);
    house->offer(leg, sdp_hold);
    reply(desk.receive("INVITE"), "488 Not Acceptable Here");
    EXPECT_EQ(house.wait<Answered>().sdp, sdp_b);
    ends_it();
}

// ---- a phone that registered over TCP -----------------------------------------------------------

TEST(ATcpPhone, is_called_on_the_connection_it_registered_with) {
    auto config = open_config(100);
    config.open_registrations = true;
    StackProbe house{config};
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in to = address_of(house.tcp());
    ASSERT_EQ(connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to), 0);
    const auto read_some = [&] {
        pollfd waiting{fd, POLLIN, 0};
        char buffer[8192];
        if (poll(&waiting, 1, static_cast<int>(patience.count())) <= 0) return std::string{};
        const ssize_t size = recv(fd, buffer, sizeof buffer, 0);
        return std::string{buffer, size > 0 ? static_cast<std::size_t>(size) : 0};
    };
    // Its Contact leads nowhere, as behind a NAT.
    const std::string text =
        "REGISTER sip:x SIP/2.0\r\nVia: SIP/2.0/TCP 10.1.2.3:5060;branch=z9hG4bK1\r\n"
        "From: <sip:1001@x>;tag=1\r\nTo: <sip:1001@x>\r\nCall-ID: r\r\nCSeq: 1 REGISTER\r\n"
        "Contact: <sip:1001@10.1.2.3:5060;transport=tcp>\r\nExpires: 600\r\n"
        "Content-Length: 0\r\n\r\n";
    ASSERT_EQ(send(fd, text.data(), text.size(), MSG_NOSIGNAL), static_cast<ssize_t>(text.size()));
    EXPECT_EQ(status_in(read_some()), 200);
    OutgoingCall call;
    call.leg = LegId{9};
    call.to = OutgoingCall::To::Phone;
    call.target = "1001";
    call.sdp = sdp_a;
    house->invite(call);
    const std::string invite = read_some();
    EXPECT_TRUE(invite.starts_with("INVITE sip:1001@10.1.2.3:5060;transport=tcp SIP/2.0"))
        << invite;
    const std::string no = fmt::format(
        "SIP/2.0 486 Busy Here\r\nVia: {}\r\nFrom: {}\r\nTo: {};tag=t\r\nCall-ID: {}\r\nCSeq: "
        "{}\r\n"
        "Content-Length: 0\r\n\r\n",
        header_in(invite, "Via"), header_in(invite, "From"), header_in(invite, "To"),
        header_in(invite, "Call-ID"), header_in(invite, "CSeq"));
    send(fd, no.data(), no.size(), MSG_NOSIGNAL);
    EXPECT_EQ(house.wait<Ended>().status, 486);
    close(fd);
    EXPECT_TRUE(house.empties());
}

}  // namespace
}  // namespace ys::sip
