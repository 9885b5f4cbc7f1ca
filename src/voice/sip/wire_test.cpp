// SPDX-License-Identifier: Apache-2.0
// The far end on a bare socket: what it may do inside a call, and what it may not.
#include <fmt/format.h>

#include <algorithm>

#include "voice/sip/digest.h"
#include "voice/sip/stack_probe.h"

namespace ys::sip {
namespace {

/// A caller made of text.
class OnTheWire : public testing::Test {
protected:
    explicit OnTheWire(SipStack::Config config = open_config(100)) : house{std::move(config)} {}

    StackProbe house;
    RawUdp caller{house.udp()};
    int cseq = 0;
    std::string to_tag;

    std::string request(const std::string& method, const std::string& more = "",
                        const std::string& body = "", int number = 0) {
        const int n = number ? number : ++cseq;
        return fmt::format(
            "{0} sip:6000@{1} SIP/2.0\r\nVia: SIP/2.0/UDP {2};branch=z9hG4bK-{0}-{3};rport\r\n"
            "From: <sip:13812345678@{1}>;tag=caller\r\nTo: <sip:6000@{1}>{4}\r\n"
            "Call-ID: wire-1\r\nCSeq: {3} {0}\r\nMax-Forwards: 70\r\n"
            "Contact: <sip:13812345678@{2}>\r\n{5}Content-Length: {6}\r\n\r\n{7}",
            method, house.udp(), caller.here(), n, to_tag.empty() ? "" : ";tag=" + to_tag, more,
            body.size(), body);
    }
    Incoming arrive(const std::string& more = "") {
        caller.send(request("INVITE", more + "Content-Type: application/sdp\r\n", sdp_a));
        return house.wait<Incoming>();
    }
    void remember_tag(const std::string& answer) {
        const std::string to = header_in(answer, "To");
        const std::size_t at = to.find("tag=");
        to_tag = at == std::string::npos ? "" : to.substr(at + 4, to.find(';', at) - at - 4);
    }
    /// A call that is up.
    LegId up(const std::string& more = "") {
        const LegId leg = arrive(more).leg;
        house->answer(leg, sdp_b);
        answer = caller.receive("SIP/2.0 200");
        remember_tag(answer);
        caller.send(request("ACK", "", "", cseq));
        return leg;
    }
    void ends(LegId leg) {
        caller.send(request("BYE"));
        EXPECT_EQ(status_in(caller.receive("SIP/2.0 200")), 200);
        EXPECT_EQ(house.wait<Ended>().leg, leg);
        EXPECT_TRUE(house.empties());
        EXPECT_EQ(house.seen<Ended>(), 0);
    }
    /// The answer to a request the house sent us.
    void reply(const std::string& to, const std::string& status, const std::string& more = "",
               const std::string& body = "") {
        std::string target = header_in(to, "To");
        if (target.find("tag=") == std::string::npos) target += ";tag=caller";
        caller.send(
            fmt::format("SIP/2.0 {}\r\nVia: {}\r\nFrom: {}\r\nTo: {}\r\nCall-ID: {}\r\n"
                        "CSeq: {}\r\n{}Content-Length: {}\r\n\r\n{}",
                        status, header_in(to, "Via"), header_in(to, "From"), target,
                        header_in(to, "Call-ID"), header_in(to, "CSeq"), more, body.size(), body));
    }
    std::string answer;
};

TEST_F(OnTheWire, options_is_answered_with_what_we_can_do) {
    caller.send(request("OPTIONS"));
    const std::string ok = caller.receive();
    EXPECT_EQ(status_in(ok), 200);
    EXPECT_NE(header_in(ok, "Allow").find("REFER"), std::string::npos);
    EXPECT_NE(header_in(ok, "Supported").find("replaces"), std::string::npos);
}

TEST_F(OnTheWire, requests_without_a_dialog_are_refused_by_name) {
    struct Row {
        const char* method;
        int status;
    };
    for (const Row& row :
         {Row{"BYE", 481}, Row{"CANCEL", 481}, Row{"INFO", 481}, Row{"UPDATE", 481},
          Row{"PRACK", 481}, Row{"SUBSCRIBE", 405}, Row{"MESSAGE", 405}, Row{"PUBLISH", 405},
          Row{"NOTIFY", 405}, Row{"REFER", 405}, Row{"DANCE", 501}}) {
        caller.send(request(row.method, "RAck: 1 1 INVITE\r\n"));
        EXPECT_EQ(status_in(caller.receive()), row.status) << row.method;
    }
    EXPECT_EQ(house.seen<Incoming>(), 0);
}

TEST_F(OnTheWire, an_extension_we_lack_is_named) {
    caller.send(request("INVITE", "Require: 100rel, holography\r\n"));
    const std::string no = caller.receive();
    EXPECT_EQ(status_in(no), 420);
    EXPECT_EQ(header_in(no, "Unsupported"), "holography");
}

TEST_F(OnTheWire, a_required_reliable_answer_waits_for_its_prack) {
    const LegId leg = arrive("Require: 100rel\r\n").leg;
    house->ring(leg);
    const std::string ringing = caller.receive("SIP/2.0 180");
    const std::string rseq = header_in(ringing, "RSeq");
    ASSERT_FALSE(rseq.empty()) << ringing;
    EXPECT_EQ(header_in(ringing, "Require"), "100rel");
    remember_tag(ringing);
    const std::string rack = fmt::format("RAck: {} {} INVITE\r\n", rseq, cseq);
    caller.send(request("PRACK", rack));
    EXPECT_EQ(status_in(caller.receive("SIP/2.0 200")), 200);
    house->answer(leg, sdp_b);
    EXPECT_NE(caller.receive("SIP/2.0 200").find("m=audio 40002"), std::string::npos);
    caller.send(request("ACK", "", "", 1));
    ends(leg);
}

TEST_F(OnTheWire, keys_by_info_arrive_and_other_bodies_do_not) {
    const LegId leg = up();
    caller.send(request("INFO", "Content-Type: application/dtmf-relay\r\n",
                        "Signal=5\r\nDuration=160\r\n"));
    EXPECT_EQ(status_in(caller.receive()), 200);
    EXPECT_EQ(house.wait<InfoKey>().key, '5');
    caller.send(request("INFO", "Content-Type: application/dtmf\r\n", "#"));
    EXPECT_EQ(status_in(caller.receive()), 200);
    EXPECT_EQ(house.wait<InfoKey>().key, '#');
    caller.send(request("INFO", "Content-Type: text/plain\r\n", "hello"));
    EXPECT_EQ(status_in(caller.receive()), 415);
    ends(leg);
}

TEST_F(OnTheWire, update_and_reinvite_offers_are_answered_and_a_refresh_asks_nobody) {
    const LegId leg = up();
    caller.send(request("UPDATE", "Content-Type: application/sdp\r\n", sdp_hold));
    EXPECT_EQ(house.wait<Offered>().sdp, sdp_hold);
    house->accept_offer(leg, sdp_b);
    EXPECT_EQ(status_in(caller.receive("SIP/2.0 200")), 200);
    caller.send(request("INVITE", "Content-Type: application/sdp\r\n", sdp_hold));
    EXPECT_NE(caller.receive("SIP/2.0 200").find("m=audio 40002"), std::string::npos);
    caller.send(request("ACK", "", "", cseq));
    EXPECT_EQ(house.seen<Offered>(), 0);
    ends(leg);
}

TEST_F(OnTheWire, a_reinvite_without_offer_gets_ours_and_its_ack_the_answer) {
    const LegId leg = up();
    caller.send(request("INVITE"));
    EXPECT_NE(caller.receive("SIP/2.0 200").find("m=audio 40002"), std::string::npos);
    caller.send(request("ACK", "Content-Type: application/sdp\r\n", sdp_hold, cseq));
    EXPECT_EQ(house.wait<Answered>().sdp, sdp_hold);
    ends(leg);
}

TEST_F(OnTheWire, an_invite_without_offer_gets_ours_and_its_ack_the_answer) {
    caller.send(request("INVITE"));
    const Incoming in = house.wait<Incoming>();
    EXPECT_EQ(in.sdp, "");
    house->answer(in.leg, sdp_b);
    remember_tag(caller.receive("SIP/2.0 200"));
    caller.send(request("ACK", "Content-Type: application/sdp\r\n", sdp_a, cseq));
    EXPECT_EQ(house.wait<Answered>().sdp, sdp_a);
    ends(in.leg);
}

TEST_F(OnTheWire, the_sdp_of_a_multipart_body_is_found) {
    const std::string body =
        "--b1\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b1\r\nContent-Type: application/sdp\r\n"
        "\r\n" +
        sdp_a + "\r\n--b1--\r\n";
    caller.send(request("INVITE", "Content-Type: multipart/mixed;boundary=b1\r\n", body));
    const Incoming in = house.wait<Incoming>();
    EXPECT_NE(in.sdp.find("m=audio 40000"), std::string::npos);
    EXPECT_EQ(in.sdp.find("hello"), std::string::npos);
    house->refuse(in.leg, 486, "", 0);
    EXPECT_EQ(house.wait<Ended>().status, 486);
    EXPECT_TRUE(house.empties());
}

TEST_F(OnTheWire, refer_is_accepted_told_and_its_end_reported) {
    const LegId leg = up();
    caller.send(request("REFER", "Refer-To: <sip:1002@example.com>\r\n"));
    EXPECT_EQ(status_in(caller.receive("SIP/2.0 202")), 202);
    const std::string trying = caller.receive("NOTIFY");
    EXPECT_NE(trying.find("SIP/2.0 100"), std::string::npos) << trying;
    reply(trying, "200 OK");
    const Referred referred = house.wait<Referred>();
    EXPECT_EQ(referred.leg, leg);
    EXPECT_EQ(referred.target_user, "1002");
    EXPECT_FALSE(referred.replaces);
    house->refer_result(leg, 200);
    const std::string done = caller.receive("NOTIFY");
    EXPECT_NE(done.find("SIP/2.0 200 OK"), std::string::npos) << done;
    EXPECT_NE(header_in(done, "Subscription-State").find("terminated"), std::string::npos);
    reply(done, "200 OK");
    ends(leg);
}

TEST_F(OnTheWire, replaces_finds_the_leg_it_names_in_refer_and_in_invite) {
    const LegId leg = up();
    const std::string dialog = fmt::format("wire-1%3Bto-tag%3D{}%3Bfrom-tag%3Dcaller", to_tag);
    caller.send(
        request("REFER", fmt::format("Refer-To: <sip:1002@x.com?Replaces={}>\r\n", dialog)));
    EXPECT_EQ(house.wait<Referred>().replaces, leg);

    RawUdp other{house.udp()};
    const auto invite = [&](const std::string& tag) {
        return fmt::format(
            "INVITE sip:6000@{0} SIP/2.0\r\nVia: SIP/2.0/UDP {1};branch=z9hG4bKx{2}\r\n"
            "From: <sip:b@x>;tag=b\r\nTo: <sip:6000@{0}>\r\nCall-ID: other{2}\r\nCSeq: 1 INVITE\r\n"
            "Contact: <sip:b@{1}>\r\nReplaces: wire-1;to-tag={2};from-tag=caller\r\n"
            "Content-Length: 0\r\n\r\n",
            house.udp(), other.here(), tag);
    };
    other.send(invite(to_tag));
    const Incoming in = house.wait<Incoming>();
    EXPECT_EQ(in.replaces, leg);
    house->refuse(in.leg, 480, "", 0);
    EXPECT_EQ(house.wait<Ended>().leg, in.leg);
    other.send(invite("nonsense"));
    EXPECT_EQ(status_in(other.receive("SIP/2.0 481")), 481);
    ends(leg);
}

TEST_F(OnTheWire, session_timers_are_agreed_with_a_caller_who_can) {
    const LegId leg = up("Supported: timer\r\nSession-Expires: 600;refresher=uas\r\n");
    EXPECT_EQ(header_in(answer, "Session-Expires"), "600;refresher=uas");
    EXPECT_EQ(header_in(answer, "Require"), "timer");
    ends(leg);
}

TEST_F(OnTheWire, an_interval_that_is_too_small_is_refused_with_the_least) {
    caller.send(request("INVITE", "Supported: timer\r\nSession-Expires: 10\r\n"));
    const std::string no = caller.receive();
    EXPECT_EQ(status_in(no), 422);
    EXPECT_EQ(header_in(no, "Min-SE"), "90");
}

TEST_F(OnTheWire, a_retransmitted_invite_is_one_call) {
    const std::string invite = request("INVITE", "Content-Type: application/sdp\r\n", sdp_a);
    for (int i = 0; i < 5; ++i) caller.send(invite);
    const Incoming in = house.wait<Incoming>();
    house->refuse(in.leg, 486, "", 0);
    EXPECT_EQ(status_in(caller.receive("SIP/2.0 486")), 486);
    house.wait<Ended>();
    EXPECT_EQ(house.seen<Incoming>(), 0);
    EXPECT_EQ(house->counters().invites, 1u);
}

TEST_F(OnTheWire, cancel_ends_a_call_with_487_and_the_reason_it_gives) {
    const LegId leg = arrive().leg;
    std::string cancel =
        request("CANCEL", "Reason: SIP;cause=200;text=\"gone home\"\r\n", "", cseq);
    const std::string own = "z9hG4bK-CANCEL";
    cancel.replace(cancel.find(own), own.size(), "z9hG4bK-INVITE");
    caller.send(cancel);
    const Ended end = house.wait<Ended>();
    EXPECT_EQ(end.leg, leg);
    EXPECT_EQ(end.status, 487);
    EXPECT_EQ(end.reason, "gone home");
    EXPECT_FALSE(caller.receive("SIP/2.0 487").empty());
    EXPECT_TRUE(house.empties());
}

TEST_F(OnTheWire, bye_instead_of_ack_ends_the_call) {
    const LegId leg = arrive().leg;
    house->answer(leg, sdp_b);
    remember_tag(caller.receive("SIP/2.0 200"));
    ends(leg);
}

TEST_F(OnTheWire, headers_from_strangers_never_become_identity) {
    const Incoming in = arrive(
        "P-Asserted-Identity: <sip:110@police>\r\nP-Asserted-Identity : <sip:119@fire>\r\n"
        "X-Caller: 120\r\nX-Tenant: 1\r\n");
    EXPECT_EQ(in.caller_user, "13812345678");
    EXPECT_EQ(in.source, Source::Unknown);
    house->hang_up(in.leg, "");
    EXPECT_EQ(house.wait<Ended>().status, 480);
    EXPECT_TRUE(house.empties());
}

TEST_F(OnTheWire, a_body_that_is_no_session_is_refused_with_what_would_be) {
    caller.send(request("INVITE", "Content-Type: text/html\r\n", "<b>"));
    const std::string no = caller.receive();
    EXPECT_EQ(status_in(no), 415);
    EXPECT_EQ(header_in(no, "Accept"), "application/sdp");
    EXPECT_EQ(house.wait<Refused>().cause, "malformed");
}

TEST_F(OnTheWire, an_answer_goes_where_the_request_came_from_whatever_its_via_says) {
    for (const char* via : {"SIP/2.0/UDP nowhere.invalid;maddr=nowhere.invalid;rport",
                            "SIP/2.0/UDP nowhere.invalid;received=10.9.9.9;rport"}) {
        caller.send(
            fmt::format("OPTIONS sip:x SIP/2.0\r\nVia: {};branch=z9hG4bKm{}\r\n"
                        "From: <sip:p@x>;tag=1\r\nTo: <sip:p@x>\r\nCall-ID: m{}\r\n"
                        "CSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n",
                        via, cseq, cseq));
        ++cseq;
        EXPECT_EQ(status_in(caller.receive()), 200) << via;
    }
}

// ---- a house with trunks and no open door -------------------------------------------------------

SipStack::Config trunk_config(const std::string& proxy) {
    auto config = open_config(100);
    config.accept_unknown_sources = false;
    Trunk telco;
    telco.name = "telco";
    telco.source_addresses = {"127.0.0.1", "127.0.0.9"};
    telco.proxy = proxy;
    telco.user = "hotline";
    telco.password = Secret<std::string>{"secret"};
    telco.realm = "telco.example";
    telco.sends_asserted_identity = true;
    config.trunks = {telco};
    return config;
}

class OnATrunk : public OnTheWire {
protected:
    OnATrunk() : OnTheWire(trunk_config("")) {}
};

TEST_F(OnATrunk, the_asserted_identity_counts_and_privacy_hides_it) {
    Incoming in = arrive("P-Asserted-Identity: \"Li\" <tel:+8613900000000>\r\n");
    EXPECT_EQ(in.source, Source::Trunk);
    EXPECT_EQ(in.source_name, "telco");
    EXPECT_EQ(in.caller_user, "+8613900000000");
    house->refuse(in.leg, 486, "", 0);
    house.wait<Ended>();  // While the first call lives, the next is a merged request: 482.
    EXPECT_TRUE(house.empties());
    in = arrive("P-Asserted-Identity: <tel:+8613900000000>\r\nPrivacy: id\r\n");
    EXPECT_EQ(in.caller_user, "");
    house->refuse(in.leg, 486, "", 0);
    house.wait<Ended>();
    EXPECT_TRUE(house.empties());
}

TEST_F(OnATrunk, forged_byes_end_no_call) {
    const LegId leg = up();
    const std::string good_tag = to_tag;
    RawUdp stranger{house.udp(), "127.0.0.66"};
    stranger.send(request("BYE"));  // Everything right but where it comes from.
    EXPECT_EQ(status_in(stranger.receive()), 481);
    for (int i = 0; i < 100; ++i) {
        to_tag = fmt::format("guess{}", i);
        caller.send(request("BYE"));
        EXPECT_EQ(status_in(caller.receive()), 481);
    }
    EXPECT_EQ(house.seen<Ended>(), 0);
    to_tag = good_tag;
    ends(leg);
}

TEST_F(OnATrunk, strangers_get_403_and_a_flood_of_them_its_limit) {
    RawUdp stranger{house.udp(), "127.0.0.66"};
    stranger.send(request("INVITE"));
    EXPECT_EQ(status_in(stranger.receive()), 403);
    EXPECT_EQ(house.wait<Refused>().source, "127.0.0.66");
}

class ALimitedDoor : public OnTheWire {
protected:
    static SipStack::Config limited() {
        auto config = open_config(100);
        config.source_invites_per_s_max = 5;
        config.calls_max = 2;
        return config;
    }
    ALimitedDoor() : OnTheWire(limited()) {}
};

TEST_F(ALimitedDoor, refuses_with_503_and_retry_after_without_building_a_call) {
    const LegId first = arrive().leg;
    for (int i = 0; i < 10; ++i) {
        caller.send(
            fmt::format("INVITE sip:6000@{0} SIP/2.0\r\nVia: SIP/2.0/UDP {1};branch=z9hG4bKf{2}\r\n"
                        "From: <sip:b@x>;tag=b{2}\r\nTo: <sip:6000@{0}>\r\nCall-ID: flood{2}\r\n"
                        "CSeq: 1 INVITE\r\nContact: <sip:b@{1}>\r\nContent-Length: 0\r\n\r\n",
                        house.udp(), caller.here(), i));
    }
    std::string no;
    for (int i = 0; i < 9; ++i) no = caller.receive("SIP/2.0 503");  // One of the ten is let in.
    EXPECT_EQ(status_in(no), 503);
    const auto seconds = parse_number(header_in(no, "Retry-After"));
    ASSERT_TRUE(seconds) << no;
    EXPECT_GE(*seconds, 5u);
    EXPECT_LE(*seconds, 30u);
    house.wait<Refused>();
    EXPECT_LE(house->counters().dialogs, 2u);
    house->hang_up(first, "");
    house->hang_up(house.wait<Incoming>().leg, "");
    EXPECT_TRUE(house.empties());
}

// ---- calls out through a trunk that asks for a password -----------------------------------------

class ThroughATrunk : public testing::Test {
protected:
    /// The proxy is a socket of ours; it needs an address before the house starts.
    RawUdp proxy{"127.0.0.1:1"};

    void call_with_challenge(const std::string& algorithm, const std::string& realm,
                             bool expects_proof) {
        StackProbe house{trunk_config(proxy.here())};
        OutgoingCall call;
        call.leg = LegId{7};
        call.target = "13800000000";
        call.from_user = "045112345";
        call.sdp = sdp_a;
        house->invite(call);
        const std::string first = proxy.receive("INVITE");
        EXPECT_TRUE(first.starts_with("INVITE sip:13800000000@")) << first;
        EXPECT_NE(header_in(first, "P-Asserted-Identity").find("045112345"), std::string::npos);
        answer(house, first, "407 Proxy Authentication Required",
               fmt::format("Proxy-Authenticate: Digest realm=\"{}\", nonce=\"n1\", "
                           "algorithm={}, qop=\"auth\"\r\n",
                           realm, algorithm));
        if (!expects_proof) {
            EXPECT_EQ(house.wait<Ended>().status, 407);
            EXPECT_TRUE(house.empties());
            return;
        }
        const std::string second = proxy.receive("INVITE");
        const auto shown = parse_credentials(header_in(second, "Proxy-Authorization"));
        ASSERT_TRUE(shown) << second;
        const auto secret = digest_secret(shown->algorithm, "hotline", realm, "secret");
        EXPECT_EQ(name_of(shown->algorithm), algorithm);
        EXPECT_EQ(shown->response, digest_response(*shown, secret, "INVITE"));
        EXPECT_NE(header_in(second, "CSeq"), header_in(first, "CSeq"));
        answer(house, second, "302 Moved", "Contact: <sip:0900@evil.example>\r\n");
        EXPECT_EQ(house.wait<Ended>().status, 302) << "a redirection is not followed";
        EXPECT_TRUE(house.empties());
    }
    void answer(StackProbe& house, const std::string& to, const std::string& status,
                const std::string& more) {
        proxy.send_to(
            house.udp(),
            fmt::format("SIP/2.0 {}\r\nVia: {}\r\nFrom: {}\r\nTo: {};tag=p\r\n"
                        "Call-ID: {}\r\nCSeq: {}\r\n{}Content-Length: 0\r\n\r\n",
                        status, header_in(to, "Via"), header_in(to, "From"), header_in(to, "To"),
                        header_in(to, "Call-ID"), header_in(to, "CSeq"), more));
    }
};

TEST_F(ThroughATrunk, md5_is_answered) { call_with_challenge("MD5", "telco.example", true); }
TEST_F(ThroughATrunk, sha256_is_answered) { call_with_challenge("SHA-256", "telco.example", true); }
TEST_F(ThroughATrunk, another_realm_is_not) { call_with_challenge("MD5", "other.example", false); }

}  // namespace
}  // namespace ys::sip
