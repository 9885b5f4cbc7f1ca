// SPDX-License-Identifier: Apache-2.0
// Two real stacks on loopback calling each other.
#include <gtest/gtest.h>

#include "voice/sip/stack_probe.h"

namespace ys::sip {
namespace {

const LegId out{5'000'001};

/// Alice calls, Bob is called.
class TwoStacks : public testing::Test {
protected:
    StackProbe alice{open_config(1'000)};
    StackProbe bob{open_config(2'000)};

    OutgoingCall to_bob(const std::string& suffix = "") {
        OutgoingCall call;
        call.leg = out;
        call.to = OutgoingCall::To::Uri;
        call.target = "sip:6000@" + (suffix == ";transport=tcp" ? bob.tcp() : bob.udp()) + suffix;
        call.from_user = "13812345678";
        call.from_name = "张 \"三\"";
        call.sdp = sdp_a;
        return call;
    }
    /// A call that is up; gives Bob's leg.
    LegId up(const std::string& suffix = "") {
        alice->invite(to_bob(suffix));
        const LegId leg = bob.wait<Incoming>().leg;
        bob->answer(leg, sdp_b);
        EXPECT_EQ(alice.wait<Answered>().sdp, sdp_b);
        return leg;
    }
    void expect_nothing_left() {
        EXPECT_TRUE(alice.empties());
        EXPECT_TRUE(bob.empties());
        EXPECT_EQ(alice.seen<Ended>(), 0) << "an end was told twice";
        EXPECT_EQ(bob.seen<Ended>(), 0) << "an end was told twice";
    }
};

TEST_F(TwoStacks, a_call_rings_is_answered_and_hung_up_by_the_caller) {
    alice->invite(to_bob());
    const Incoming in = bob.wait<Incoming>();
    EXPECT_EQ(in.leg, LegId{2'000});
    EXPECT_EQ(in.called_user, "6000");
    EXPECT_EQ(in.caller_user, "13812345678");
    EXPECT_EQ(in.address, "127.0.0.1");
    EXPECT_EQ(in.transport, "udp");
    EXPECT_EQ(in.sdp, sdp_a);
    EXPECT_EQ(in.source, Source::Unknown);
    bob->ring(in.leg);
    EXPECT_EQ(alice.wait<Ringing>().leg, out);
    bob->answer(in.leg, sdp_b);
    EXPECT_EQ(alice.wait<Answered>().sdp, sdp_b);
    alice->hang_up(out, "done");
    const Ended mine = alice.wait<Ended>();
    EXPECT_EQ(mine.status, 0);
    EXPECT_FALSE(mine.by_far_end);
    const Ended theirs = bob.wait<Ended>();
    EXPECT_EQ(theirs.leg, in.leg);
    EXPECT_EQ(theirs.status, 0);
    EXPECT_EQ(theirs.reason, "done");
    EXPECT_TRUE(theirs.by_far_end);
    expect_nothing_left();
}

TEST_F(TwoStacks, the_called_side_may_hang_up_even_before_the_ack) {
    alice->invite(to_bob());
    const LegId leg = bob.wait<Incoming>().leg;
    bob->answer(leg, sdp_b);
    bob->hang_up(leg, "SIP;cause=200;text=\"Call completed elsewhere\"");
    EXPECT_FALSE(bob.wait<Ended>().by_far_end);
    const Ended end = alice.wait<Ended>();
    EXPECT_TRUE(end.by_far_end);
    EXPECT_EQ(end.reason, "Call completed elsewhere");
    alice.wait<Answered>();
    expect_nothing_left();
}

TEST_F(TwoStacks, a_caller_who_gives_up_while_it_rings_ends_both_sides_once) {
    alice->invite(to_bob());
    const LegId leg = bob.wait<Incoming>().leg;
    bob->ring(leg);
    alice.wait<Ringing>();
    alice->hang_up(out, "gave up");
    EXPECT_EQ(alice.wait<Ended>().status, 487);
    const Ended end = bob.wait<Ended>();
    EXPECT_EQ(end.status, 487);
    EXPECT_TRUE(end.by_far_end);
    expect_nothing_left();
}

TEST_F(TwoStacks, a_cancel_that_crosses_the_answer_becomes_a_bye) {
    for (int i = 0; i < 20; ++i) {
        alice->invite(to_bob());
        const LegId leg = bob.wait<Incoming>().leg;
        bob->answer(leg, sdp_b);
        alice->hang_up(out, "gave up");
        alice.wait<Ended>();
        EXPECT_EQ(bob.wait<Ended>().leg, leg);
        ASSERT_TRUE(alice.empties());
        ASSERT_TRUE(bob.empties());
    }
    expect_nothing_left();
}

TEST_F(TwoStacks, a_refusal_arrives_with_its_status_and_phrase) {
    alice->invite(to_bob());
    const LegId leg = bob.wait<Incoming>().leg;
    bob->refuse(leg, 486, "Busy Here", 0);
    EXPECT_EQ(bob.wait<Ended>().status, 486);
    const Ended end = alice.wait<Ended>();
    EXPECT_EQ(end.status, 486);
    EXPECT_EQ(end.reason, "Busy Here");
    expect_nothing_left();
}

TEST_F(TwoStacks, early_media_arrives_as_ringing_with_sdp) {
    alice->invite(to_bob());
    const LegId leg = bob.wait<Incoming>().leg;
    bob->progress(leg, sdp_b);
    EXPECT_EQ(alice.wait<Ringing>().sdp, sdp_b);
    bob->answer(leg, sdp_b);
    EXPECT_EQ(alice.wait<Answered>().sdp, sdp_b);
    bob->hang_up(leg, "");
    alice.wait<Ended>();
    bob.wait<Ended>();
    expect_nothing_left();
}

TEST_F(TwoStacks, a_reinvite_is_offered_and_its_answer_comes_back) {
    const LegId leg = up();
    alice->offer(out, sdp_hold);
    const Offered offered = bob.wait<Offered>();
    EXPECT_EQ(offered.leg, leg);
    EXPECT_EQ(offered.sdp, sdp_hold);
    bob->accept_offer(leg, sdp_b);
    EXPECT_EQ(alice.wait<Answered>().sdp, sdp_b);
    bob->offer(leg, sdp_hold);
    EXPECT_EQ(alice.wait<Offered>().leg, out);
    alice->accept_offer(out, sdp_a);
    EXPECT_EQ(bob.wait<Answered>().sdp, sdp_a);
    alice->hang_up(out, "");
    alice.wait<Ended>();
    bob.wait<Ended>();
    expect_nothing_left();
}

TEST_F(TwoStacks, offers_that_meet_are_both_settled_in_the_end) {
    const LegId leg = up();
    alice->offer(out, sdp_hold);
    bob->offer(leg, sdp_hold);  // Differs from every answer below, so it is never a mere refresh.
    // Whoever is asked answers; the one who met 491 asks again by itself.
    for (int settled = 0; settled < 2; ++settled) {
        for (int turn = 0; turn < 600 && alice.seen<Offered>() + bob.seen<Offered>() == 0; ++turn)
            poll(nullptr, 0, 10);
        if (alice.seen<Offered>()) {
            alice.wait<Offered>();
            alice->accept_offer(out, sdp_b);
            bob.wait<Answered>();
        } else {
            bob.wait<Offered>();
            bob->accept_offer(leg, sdp_a);
            alice.wait<Answered>();
        }
    }
    alice->hang_up(out, "");
    alice.wait<Ended>();
    bob.wait<Ended>();
    expect_nothing_left();
}

TEST_F(TwoStacks, tcp_carries_a_whole_call_both_ways) {
    alice->invite(to_bob(";transport=tcp"));
    const Incoming in = bob.wait<Incoming>();
    EXPECT_EQ(in.transport, "tcp");
    bob->answer(in.leg, sdp_b);
    alice.wait<Answered>();
    bob->hang_up(in.leg, "");
    EXPECT_TRUE(alice.wait<Ended>().by_far_end);
    bob.wait<Ended>();
    expect_nothing_left();
}

TEST_F(TwoStacks, a_hidden_caller_arrives_as_withheld) {
    OutgoingCall call = to_bob();
    call.from_user = "";
    alice->invite(call);
    const Incoming in = bob.wait<Incoming>();
    EXPECT_EQ(in.caller_user, "");
    bob->refuse(in.leg, 480, "", 0);
    bob.wait<Ended>();
    EXPECT_EQ(alice.wait<Ended>().status, 480);
    expect_nothing_left();
}

TEST_F(TwoStacks, nobody_at_the_address_is_an_end_and_not_a_hang) {
    OutgoingCall call = to_bob();
    call.target = "sip:6000@127.0.0.1:1";  // Nothing listens there: the kernel says so.
    alice->invite(call);
    EXPECT_GE(alice.wait<Ended>().status, 400);
    call.leg = LegId{9};
    call.target = "javascript:alert(1)";
    alice->invite(call);
    EXPECT_EQ(alice.wait<Ended>().status, 400);
    expect_nothing_left();
}

TEST_F(TwoStacks, a_stack_that_stops_says_bye_to_what_is_up) {
    const LegId leg = up();
    bob.stop();
    const Ended end = alice.wait<Ended>();
    EXPECT_TRUE(end.by_far_end);
    EXPECT_EQ(end.reason, "Service stopping");
    EXPECT_EQ(bob.wait<Ended>().leg, leg);
    EXPECT_TRUE(alice.empties());
}

TEST_F(TwoStacks, after_drain_calls_are_refused_with_retry_after) {
    bob->drain();
    alice->invite(to_bob());
    EXPECT_EQ(alice.wait<Ended>().status, 503);
    EXPECT_EQ(bob.wait<Refused>().cause, "overload");
    EXPECT_EQ(bob->counters().refused, 1u);
    EXPECT_EQ(bob->counters().invites, 1u);
    expect_nothing_left();
}

TEST(SipStackStart, a_port_that_is_taken_is_an_error_and_not_a_crash) {
    StackProbe one{open_config(1)};
    auto config = open_config(1);
    config.listen = {one.udp()};
    EXPECT_FALSE(SipStack::start(config, [](SipEvent) {}));
}

TEST(SipStackStart, commands_for_legs_that_are_gone_are_ignored) {
    StackProbe one{open_config(1)};
    one->ring(LegId{77});
    one->answer(LegId{77}, sdp_a);
    one->hang_up(LegId{77}, "");
    one->offer(LegId{77}, sdp_a);
    one->accept_offer(LegId{77}, sdp_a);
    one->refer_result(LegId{77}, 200);
    one->progress(LegId{77}, sdp_a);
    one->refuse(LegId{77}, 486, "", 0);
    EXPECT_TRUE(one.empties());
}

}  // namespace
}  // namespace ys::sip
