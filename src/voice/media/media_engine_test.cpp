// SPDX-License-Identifier: Apache-2.0
// The engine with real sockets: tones from phone to phone, keys, prompts, strangers.
#include "voice/media/media_engine.h"

#include "voice/media/errc.h"
#include "voice/media/test_engine.h"

namespace ys::media {
namespace {

const LegId a{1};
const LegId b{2};
const LegId c{3};
const RoomId room{1};

TEST_F(EngineTest, a_tone_crosses_the_bridge_both_ways) {
    start();
    TestPhone alice({.hertz = 440});
    TestPhone bob({.hertz = 620});
    connect(alice, a);
    connect(bob, b);
    bridge(a, b);
    hear(alice, 300);
    const auto by_alice = hear(alice, 500);
    EXPECT_GT(amplitude_of(by_alice, 620), clearly_heard);
    EXPECT_LT(amplitude_of(by_alice, 440), not_heard);
    const auto by_bob = hear(bob, 500);
    EXPECT_GT(amplitude_of(by_bob, 440), clearly_heard);
    EXPECT_LT(amplitude_of(by_bob, 620), not_heard);
    const auto counters = engine().counters();
    EXPECT_EQ(counters.legs, 2U);
    EXPECT_EQ(counters.rooms, 1U);
    EXPECT_GT(counters.packets_in, 50U);
    EXPECT_EQ(counters.packets_dropped, 0U);
}

class EngineCodecs : public EngineTest, public testing::WithParamInterface<Codec> {};

TEST_P(EngineCodecs, every_codec_talks_with_alaw) {
    start();
    TestPhone alice({.hertz = 440, .codec = GetParam()});
    TestPhone bob({.hertz = 620});
    connect(alice, a);
    connect(bob, b);
    bridge(a, b);
    hear(alice, 500);
    EXPECT_GT(amplitude_of(hear(alice, 400), 620), clearly_heard * 0.7);
    EXPECT_GT(amplitude_of(hear(bob, 400), 440), clearly_heard * 0.7);
    alice.press('7');
    EXPECT_EQ(await<KeyHeard>().key, '7');
}
INSTANTIATE_TEST_SUITE_P(Codecs, EngineCodecs,
                         testing::Values(Codec::Pcmu, Codec::G722, Codec::Opus));

TEST_F(EngineTest, an_offer_of_ours_is_answered_and_talks) {
    start();
    TestPhone alice({.hertz = 440});
    TestPhone bob({.hertz = 620});
    connect(alice, a);
    const auto offer = engine().make_offer(b, room);
    ASSERT_TRUE(offer);
    bridge(a, b);
    ASSERT_TRUE(engine().accept_answer(b, bob.sdp()));
    bob.call(*offer);
    hear(bob, 300);
    EXPECT_GT(amplitude_of(hear(bob, 300), 440), clearly_heard);
    EXPECT_GT(amplitude_of(hear(alice, 300), 620), clearly_heard);
    EXPECT_EQ(engine().accept_answer(LegId{99}, bob.sdp()).error().code,
              make_error_code(Errc::unknown_leg));
}

TEST_F(EngineTest, listen_whisper_and_barge_are_rows_of_the_matrix) {
    start();
    TestPhone citizen({.hertz = 440});
    TestPhone agent({.hertz = 620});
    TestPhone supervisor({.hertz = 860});
    connect(citizen, a);
    connect(agent, b);
    connect(supervisor, c);
    engine().mix(room, {{a, b}, {b, a}, {c, a}, {c, b}, {b, c, 0.5F}});  // whisper
    hear(supervisor, 400);
    const auto by_citizen = hear(citizen, 400);
    EXPECT_GT(amplitude_of(by_citizen, 620), clearly_heard);
    EXPECT_LT(amplitude_of(by_citizen, 860), not_heard);
    const auto by_agent = hear(agent, 400);
    EXPECT_GT(amplitude_of(by_agent, 440), clearly_heard);
    EXPECT_NEAR(amplitude_of(by_agent, 860), 4000, 800);
    const auto by_supervisor = hear(supervisor, 400);
    EXPECT_GT(amplitude_of(by_supervisor, 440), clearly_heard);
    EXPECT_GT(amplitude_of(by_supervisor, 620), clearly_heard);
    EXPECT_LT(amplitude_of(by_supervisor, 860), not_heard);
    engine().mix(room, {{a, b}, {b, a}, {a, c}});  // barge in
    hear(citizen, 200);
    EXPECT_GT(amplitude_of(hear(citizen, 400), 860), clearly_heard);
}

TEST_F(EngineTest, keys_are_heard_relayed_and_sent) {
    start();
    TestPhone alice({.hertz = 0});
    TestPhone bob({.hertz = 0});
    connect(alice, a);
    connect(bob, b);
    bridge(a, b);
    for (const char key : std::string("15#")) alice.press(key);
    EXPECT_TRUE(becomes([&] { return keys_of(a) == "15#"; })) << keys_of(a);
    EXPECT_TRUE(becomes([&] { return bob.keys_heard() == "15#"; })) << bob.keys_heard();
    engine().send_digits(a, "0*");
    EXPECT_TRUE(becomes([&] { return alice.keys_heard() == "0*"; })) << alice.keys_heard();
    EXPECT_FALSE(all_of<KeyHeard>().front().in_band);
}

TEST_F(EngineTest, keys_as_tones_serve_a_phone_without_events) {
    start();
    TestPhone alice({.hertz = 0, .has_events = false});
    connect(alice, a);
    for (const char key : std::string("159")) alice.press(key);
    EXPECT_TRUE(becomes([&] { return keys_of(a) == "159"; })) << keys_of(a);
    EXPECT_TRUE(all_of<KeyHeard>().front().in_band);
    alice.take_heard();
    engine().send_digits(a, "1");
    const auto heard = hear(alice, 400);
    EXPECT_GT(amplitude_of(heard, 697), 500);
    EXPECT_GT(amplitude_of(heard, 1209), 500);
}

TEST_F(EngineTest, in_a_talk_keys_as_tones_are_only_sound) {
    start();
    TestPhone alice({.hertz = 0, .has_events = false});
    TestPhone bob({.hertz = 0});
    connect(alice, a);
    connect(bob, b);
    bridge(a, b);
    EXPECT_TRUE(becomes([&] {
        alice.press('5');
        return amplitude_of(hear(bob, 200), 770) > 500;
    }));
    EXPECT_EQ(keys_of(a), "");
    engine().mix(room, {});
    alice.press('9');
    EXPECT_TRUE(becomes([&] { return keys_of(a).ends_with('9'); })) << keys_of(a);
}

TEST_F(EngineTest, a_stranger_is_neither_heard_nor_sent_to) {
    start();
    TestPhone alice({.hertz = 440});
    TestPhone bob({.hertz = 0});
    TestPhone stranger({.hertz = 1000, .address = "127.0.0.2"});
    connect(bob, b);
    bridge(a, b);
    const auto answer = engine().answer_offer(a, room, alice.sdp());
    ASSERT_TRUE(answer);
    stranger.call(*answer);  // It sprays before the citizen's first packet and during the call.
    EXPECT_TRUE(becomes([&] { return engine().counters().packets_dropped > 10; }));
    alice.call(*answer);
    hear(bob, 300);
    const auto heard = hear(bob, 600);
    EXPECT_GT(amplitude_of(heard, 440), clearly_heard);
    EXPECT_LT(amplitude_of(heard, 1000), not_heard);
    EXPECT_EQ(stranger.packets(), 0U);
}

TEST_F(EngineTest, prompts_are_played_in_order_and_their_end_is_told) {
    start();
    write_prompt("one", 500, 300);
    write_prompt("two", 900, 300);
    TestPhone alice({.hertz = 0});
    connect(alice, a);
    engine().play(a, PlayId{7}, {"one", "two"}, false, false);
    const PlayDone done = await<PlayDone>();
    EXPECT_EQ(done.play, PlayId{7});
    EXPECT_FALSE(done.failed);
    const auto heard = alice.take_heard();
    EXPECT_GT(amplitude_of(heard, 500), 500);
    EXPECT_GT(amplitude_of(heard, 900), 500);
    engine().play(a, PlayId{8}, {"one", "no-such"}, false, false);
    EXPECT_TRUE(await<PlayDone>([](const PlayDone& d) { return d.play == PlayId{8}; }).failed);
    engine().play(a, PlayId{9}, {"../etc/passwd"}, true, false);
    EXPECT_TRUE(await<PlayDone>([](const PlayDone& d) { return d.play == PlayId{9}; }).failed);
}

TEST_F(EngineTest, music_goes_on_until_it_is_stopped) {
    start();
    write_prompt("music", 700, 100);
    TestPhone alice({.hertz = 0});
    connect(alice, a);
    engine().play(a, PlayId{1}, {"music"}, true, true);
    hear(alice, 200);
    EXPECT_GT(amplitude_of(hear(alice, 500), 700), clearly_heard);
    engine().stop_play(a);
    hear(alice, 100);
    EXPECT_LT(amplitude_of(hear(alice, 200), 700), not_heard);
    EXPECT_TRUE(all_of<PlayDone>().empty());
}

TEST_F(EngineTest, a_phone_on_hold_gets_no_packets_and_comes_back) {
    start();
    TestPhone alice({.hertz = 440});
    TestPhone bob({.hertz = 620});
    connect(alice, a);
    connect(bob, b);
    bridge(a, b);
    hear(alice, 200);
    const auto held = engine().answer_offer(a, room, alice.sdp("inactive"));
    ASSERT_TRUE(held);
    EXPECT_NE(held->find("a=inactive"), std::string::npos);
    hear(bob, 100);
    const auto before = alice.packets();
    hear(bob, 200);
    EXPECT_LE(alice.packets(), before + 1);
    ASSERT_TRUE(engine().answer_offer(a, room, alice.sdp("sendrecv")));
    hear(alice, 100);
    EXPECT_GT(amplitude_of(hear(alice, 300), 620), clearly_heard);
}

TEST_F(EngineTest, silence_of_the_far_end_is_told_once) {
    config_.rtp_lost_after = 1s;
    start();
    TestPhone alice({.hertz = 440});
    connect(alice, a);
    EXPECT_TRUE(becomes([&] { return engine().counters().packets_in > 5; }));
    alice.hang_up();
    EXPECT_EQ(await<MediaDown>().why, "rtp_lost");
}

TEST_F(EngineTest, the_quality_of_a_leg_is_told_at_its_end) {
    start();
    TestPhone alice({.hertz = 440});
    connect(alice, a);
    hear(alice, 1000);
    engine().close(a);
    const auto last = await<LegQuality>([](const LegQuality& q) { return q.is_last; });
    EXPECT_GT(last.packets_in, 30U);
    EXPECT_GT(last.packets_out, 30U);
    EXPECT_EQ(last.loss, 0);
    EXPECT_GT(last.mos, 4.0);
}

TEST_F(EngineTest, calls_that_end_at_any_moment_leave_nothing_behind) {
    start();
    write_prompt("music", 700, 100);
    TestPhone alice({.hertz = 440});
    for (std::uint64_t i = 1; i <= 300; ++i) {
        const RoomId own{i};
        const LegId in{2 * i};
        const LegId out{2 * i + 1};
        ASSERT_TRUE(engine().answer_offer(in, own, alice.sdp()));
        if (i % 2 == 0) engine().play(in, PlayId{i}, {"music"}, true, true);
        if (i % 3 == 0) {
            ASSERT_TRUE(engine().make_offer(out, own));
        }
        if (i % 5 == 0) engine().mix(own, {{in, out}, {out, in}});
        if (i % 4 == 0)
            engine().record({RecordingId{i}, own, path(fmt::format("r{}", i)), {in}, {}});
        if (i % 7 == 0) engine().close(in);
        if (i % 8 == 0) engine().stop_record(RecordingId{i});
        engine().close_room(own);
    }
    EXPECT_TRUE(becomes([&] {
        const auto n = engine().counters();
        return n.legs + n.rooms + n.recordings == 0 && all_of<RecordingEnded>().size() == 75;
    }));
    EXPECT_EQ(engine().counters().sockets, 1U);  // The browsers' shared one.
}

TEST_F(EngineTest, what_cannot_be_understood_is_refused_with_its_code) {
    start();
    EXPECT_EQ(engine().answer_offer(a, room, "hello").error().code, make_error_code(Errc::bad_sdp));
    EXPECT_EQ(engine()
                  .answer_offer(a, room, "v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio 4000 RTP/AVP 18\r\n")
                  .error()
                  .code,
              make_error_code(Errc::no_common_codec));
    EXPECT_FALSE(engine().answer_browser(a, room, "v=0\r\n"));
    config_.port_first = config_.port_last = 1;
    EXPECT_EQ(engine().counters().legs, 0U);
}

TEST_F(EngineTest, ports_come_from_the_range_and_run_out_politely) {
    config_.port_first = 42000;
    config_.port_last = 42003;
    start();
    TestPhone alice({.hertz = 440});
    const auto first = engine().answer_offer(a, room, alice.sdp());
    const auto second = engine().answer_offer(b, room, alice.sdp());
    const auto third = engine().answer_offer(c, room, alice.sdp());
    ASSERT_TRUE(first);
    ASSERT_TRUE(second);
    ASSERT_FALSE(third);
    EXPECT_EQ(third.error().code, make_error_code(Errc::no_port));
    EXPECT_NE(first->find("m=audio 4200"), std::string::npos);
}

}  // namespace
}  // namespace ys::media
