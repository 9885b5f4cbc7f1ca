// SPDX-License-Identifier: Apache-2.0
// Phones on a bare socket: registering, being called, calling, guessing passwords.
#include <fmt/format.h>

#include "voice/sip/digest.h"
#include "voice/sip/stack_probe.h"

namespace ys::sip {
namespace {

class APhone : public testing::Test {
protected:
    static SipStack::Config with_phones() {
        SipStack::Config config;
        config.listen = {"127.0.0.1:0"};
        config.phones = {{"1001", Secret<std::string>{"pass-1001"}},
                         {"1002", Secret<std::string>{"pass-1002"}}};
        config.registration_min = 1s;
        return config;
    }
    StackProbe house{with_phones()};
    RawUdp phone{house.udp()};
    int cseq = 0;

    std::string message(const std::string& method, const std::string& user, const std::string& more,
                        const std::string& body = "") {
        ++cseq;
        return fmt::format(
            "{0} sip:{1} SIP/2.0\r\nVia: SIP/2.0/UDP {2};branch=z9hG4bK{3}\r\n"
            "From: <sip:{4}@{1}>;tag=f1\r\nTo: <sip:{4}@{1}>\r\nCall-ID: reg-{4}\r\n"
            "CSeq: {3} {0}\r\nMax-Forwards: 70\r\n{5}Content-Length: {6}\r\n\r\n{7}",
            method, house.udp(), phone.here(), cseq, user, more, body.size(), body);
    }
    std::string contact(const std::string& user, int expires = 600) const {
        return fmt::format("Contact: <sip:{}@{}>\r\nExpires: {}\r\n", user, phone.here(), expires);
    }
    std::string proof(const std::string& answer, const std::string& method, const std::string& user,
                      const std::string& password, DigestAlgorithm algorithm) {
        const std::string name =
            status_in(answer) == 407 ? "Proxy-Authenticate" : "WWW-Authenticate";
        std::string_view rest = answer;
        for (std::size_t at = rest.find(name); at != std::string_view::npos; at = rest.find(name)) {
            rest.remove_prefix(at + name.size() + 1);
            const auto asked = parse_challenge(rest.substr(0, rest.find("\r\n")));
            if (!asked || asked->algorithm != algorithm) continue;
            DigestCredentials shown{.user = user,
                                    .realm = asked->realm,
                                    .nonce = asked->nonce,
                                    .uri = "sip:" + house.udp(),
                                    .response = "",
                                    .opaque = "",
                                    .cnonce = "c0ffee",
                                    .nonce_count = 1,
                                    .auth = true,
                                    .algorithm = algorithm};
            shown.response = digest_response(
                shown, digest_secret(algorithm, user, asked->realm, password), method);
            return fmt::format(
                "{}: {}\r\n",
                name == "Proxy-Authenticate" ? "Proxy-Authorization" : "Authorization",
                to_header(shown));
        }
        ADD_FAILURE() << "no challenge in: " << answer;
        return {};
    }
    /// Answer to a REGISTER with a proof of this password.
    std::string try_to_register(const std::string& user, const std::string& password,
                                DigestAlgorithm algorithm = DigestAlgorithm::Md5,
                                int expires = 600) {
        phone.send(message("REGISTER", user, contact(user, expires)));
        const std::string asked = phone.receive();
        if (status_in(asked) != 401) return asked;
        phone.send(
            message("REGISTER", user,
                    contact(user, expires) + proof(asked, "REGISTER", user, password, algorithm)));
        return phone.receive(1000ms);
    }
};

TEST_F(APhone, registers_with_either_algorithm_and_leaves_again) {
    for (auto algorithm : {DigestAlgorithm::Md5, DigestAlgorithm::Sha256}) {
        const std::string ok = try_to_register("1001", "pass-1001", algorithm);
        EXPECT_EQ(status_in(ok), 200) << ok;
        EXPECT_NE(header_in(ok, "Contact").find("expires=600"), std::string::npos) << ok;
        const PhoneRegistered there = house.wait<PhoneRegistered>();
        EXPECT_EQ(there.user, "1001");
        EXPECT_EQ(there.address, phone.here());
        EXPECT_EQ(house->counters().registrations, 1u);
        EXPECT_EQ(status_in(try_to_register("1001", "pass-1001", algorithm, 0)), 200);
        EXPECT_EQ(house.wait<PhoneGone>().user, "1001");
        EXPECT_EQ(house->counters().registrations, 0u);
    }
}

TEST_F(APhone, the_same_answer_meets_a_wrong_password_and_a_user_who_does_not_exist) {
    const std::string wrong = try_to_register("1001", "guess");
    const std::string nobody = try_to_register("4711", "guess");
    EXPECT_EQ(status_in(wrong), 401);
    EXPECT_EQ(status_in(nobody), 401);
    const auto shape = [](const std::string& text) {  // Without what differs by chance.
        const auto asked = parse_challenge(header_in(text, "WWW-Authenticate"));
        return asked ? asked->realm + (asked->stale ? "stale" : "fresh") : "none";
    };
    EXPECT_EQ(shape(wrong), shape(nobody));
    EXPECT_EQ(wrong.size(), nobody.size());
}

TEST_F(APhone, five_guesses_are_followed_by_silence_and_others_are_not_hit) {
    for (int i = 0; i < 5; ++i) EXPECT_EQ(status_in(try_to_register("1001", "guess")), 401);
    EXPECT_EQ(try_to_register("1001", "pass-1001"), "");
    EXPECT_EQ(status_in(try_to_register("1002", "pass-1002")), 200);
}

TEST_F(APhone, may_not_register_as_another) {
    phone.send(message("REGISTER", "1002", contact("1002")));
    const std::string asked = phone.receive();
    phone.send(message(
        "REGISTER", "1002",
        contact("1002") + proof(asked, "REGISTER", "1001", "pass-1001", DigestAlgorithm::Sha256)));
    EXPECT_EQ(status_in(phone.receive()), 403);
}

TEST_F(APhone, a_proof_is_good_once) {
    phone.send(message("REGISTER", "1001", contact("1001")));
    const std::string shown =
        proof(phone.receive(), "REGISTER", "1001", "pass-1001", DigestAlgorithm::Md5);
    phone.send(message("REGISTER", "1001", contact("1001") + shown));
    EXPECT_EQ(status_in(phone.receive()), 200);
    phone.send(message("REGISTER", "1001", contact("1001") + shown));
    const std::string again = phone.receive();
    EXPECT_EQ(status_in(again), 401);
    EXPECT_NE(again.find("stale=true"), std::string::npos);
}

TEST_F(APhone, that_does_not_refresh_is_gone) {
    EXPECT_EQ(status_in(try_to_register("1001", "pass-1001", DigestAlgorithm::Md5, 1)), 200);
    EXPECT_EQ(house.wait<PhoneGone>().user, "1001");
}

TEST_F(APhone, an_expiry_is_held_within_its_bounds) {
    house->set_phones({{"1003", Secret<std::string>{"x"}}});
    const std::string ok = try_to_register("1003", "x", DigestAlgorithm::Md5, 9'999'999);
    EXPECT_NE(header_in(ok, "Contact").find("expires=7200"), std::string::npos) << ok;
    EXPECT_EQ(status_in(try_to_register("1001", "pass-1001")), 401) << "not a phone any more";
}

TEST_F(APhone, is_called_where_it_registered_with_auto_answer) {
    EXPECT_EQ(status_in(try_to_register("1001", "pass-1001")), 200);
    OutgoingCall call;
    call.leg = LegId{50};
    call.to = OutgoingCall::To::Phone;
    call.target = "1001";
    call.from_user = "13812345678";
    call.sdp = sdp_a;
    call.auto_answer = true;
    house->invite(call);
    const std::string invite = phone.receive("INVITE");
    EXPECT_TRUE(invite.starts_with("INVITE sip:1001@" + phone.here())) << invite;
    EXPECT_NE(invite.find("answer-after=0"), std::string::npos) << invite;
    const std::string top =
        fmt::format("Via: {}\r\nFrom: {}\r\nTo: {};tag=t1\r\nCall-ID: {}\r\nCSeq: {}\r\n",
                    header_in(invite, "Via"), header_in(invite, "From"), header_in(invite, "To"),
                    header_in(invite, "Call-ID"), header_in(invite, "CSeq"));
    phone.send("SIP/2.0 603 Decline\r\n" + top + "Content-Length: 0\r\n\r\n");
    EXPECT_EQ(house.wait<Ended>().status, 603);
    EXPECT_FALSE(phone.receive("ACK").empty());
    call.leg = LegId{51};
    call.target = "1002";
    house->invite(call);
    EXPECT_EQ(house.wait<Ended>().status, 480) << "not registered";
    EXPECT_TRUE(house.empties());
}

TEST_F(APhone, calls_after_a_proof_and_not_without) {
    EXPECT_EQ(status_in(try_to_register("1001", "pass-1001")), 200);
    const std::string offer =
        fmt::format("Contact: <sip:1001@{}>\r\nContent-Type: application/sdp\r\n", phone.here());
    phone.send(message("INVITE", "1001", offer, sdp_a));
    const std::string asked = phone.receive("SIP/2.0 407");
    ASSERT_EQ(status_in(asked), 407);
    phone.send(message("INVITE", "1001",
                       offer + proof(asked, "INVITE", "1001", "pass-1001", DigestAlgorithm::Sha256),
                       sdp_a));
    const Incoming in = house.wait<Incoming>();
    EXPECT_EQ(in.source, Source::Phone);
    EXPECT_EQ(in.source_name, "1001");
    house->refuse(in.leg, 486, "", 0);
    EXPECT_EQ(status_in(phone.receive("SIP/2.0 486")), 486);
    house.wait<Ended>();
    EXPECT_TRUE(house.empties());
}

TEST_F(APhone, strangers_are_not_even_asked_who_they_are) {
    phone.send(message("INVITE", "1001", fmt::format("Contact: <sip:x@{}>\r\n", phone.here())));
    EXPECT_EQ(status_in(phone.receive()), 403);
    EXPECT_EQ(house.wait<Refused>().cause, "not_allowed");
    EXPECT_EQ(house.seen<Incoming>(), 0);
}

}  // namespace
}  // namespace ys::sip
