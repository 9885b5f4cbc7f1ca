// SPDX-License-Identifier: Apache-2.0
// Recordings made by the whole engine: who is on which side, and what must not be there.
#include "voice/media/recording.h"

#include "voice/media/peaks.h"
#include "voice/media/test_engine.h"

namespace ys::media {
namespace {

const LegId citizen{1};
const LegId agent{2};
const RoomId room{1};
const RecordingId tape{5};

class RecordingTest : public EngineTest {
protected:
    void record(const std::string& name) {
        engine().record({tape, room, path(name), {citizen}, {agent}});
    }
    RecordingEnded ended() {
        engine().stop_record(tape);
        return await<RecordingEnded>();
    }
    static std::vector<std::int16_t> middle(const std::vector<std::int16_t>& all) {
        if (all.size() < 8000) return all;
        return {all.begin() + 3200, all.end() - 1600};
    }
};

TEST_F(RecordingTest, each_side_holds_its_own_voice_and_nothing_of_the_other) {
    start();
    TestPhone caller({.hertz = 440});
    TestPhone desk({.hertz = 620});
    connect(caller, citizen);
    connect(desk, agent);
    bridge(citizen, agent);
    record("talk");
    hear(caller, 2500);
    const RecordingEnded end = ended();
    EXPECT_EQ(end.recording, tape);
    EXPECT_EQ(end.outcome, "complete");
    EXPECT_NEAR(static_cast<double>(end.length_ms), 2600, 400);
    const Sides sides = recorded("talk");
    EXPECT_EQ(sides.left.size(), static_cast<std::size_t>(end.length_ms) * 8);
    EXPECT_GT(amplitude_of(middle(sides.left), 440), clearly_heard);
    EXPECT_LT(amplitude_of(middle(sides.left), 620), not_heard);
    EXPECT_GT(amplitude_of(middle(sides.right), 620), clearly_heard);
    EXPECT_LT(amplitude_of(middle(sides.right), 440), not_heard);
    EXPECT_TRUE(becomes([&] { return std::filesystem::exists(path("talk") + ".peaks"); }));
    const auto peaks = read_peaks(path("talk") + ".peaks");
    ASSERT_TRUE(peaks);
    EXPECT_NEAR(static_cast<double>(peaks->left.size()), static_cast<double>(end.length_ms) / 100,
                1);
    EXPECT_GT(peaks->left[peaks->left.size() / 2], 25);
}

TEST_F(RecordingTest, prompts_are_on_the_right_and_music_is_nowhere) {
    start();
    write_prompt("greeting", 500, 1000);
    write_prompt("music", 700, 200);
    TestPhone caller({.hertz = 440});
    connect(caller, citizen);
    record("robot");
    engine().play(citizen, PlayId{1}, {"greeting"}, false, false);
    await<PlayDone>();
    engine().play(citizen, PlayId{2}, {"music"}, true, true);
    hear(caller, 1000);
    EXPECT_EQ(ended().outcome, "complete");
    const Sides sides = recorded("robot");
    EXPECT_GT(amplitude_of(sides.right, 500), 2000);
    EXPECT_LT(amplitude_of(sides.right, 700), not_heard);
    EXPECT_LT(amplitude_of(sides.left, 500), not_heard);
    EXPECT_LT(amplitude_of(sides.left, 700), not_heard);
    EXPECT_GT(amplitude_of(middle(sides.left), 440), clearly_heard);
}

TEST_F(RecordingTest, secure_input_leaves_no_key_in_the_file_nor_at_the_desk) {
    start();
    TestPhone caller({.hertz = 0, .has_events = false});
    TestPhone desk({.hertz = 0});
    connect(caller, citizen);
    connect(desk, agent);
    bridge(citizen, agent);
    record("secret");
    hear(desk, 300);
    engine().secure_input(room, true);
    hear(desk, 100);
    for (const char key : std::string("159")) caller.press(key);
    EXPECT_TRUE(becomes([&] { return keys_of(citizen) == "159"; })) << keys_of(citizen);
    engine().secure_input(room, false);
    hear(caller, 500);
    const auto at_desk = desk.take_heard();
    EXPECT_EQ(ended().outcome, "complete");
    const Sides sides = recorded("secret");
    for (const double hertz : {697.0, 770.0, 852.0, 1209.0, 1336.0, 1477.0}) {
        EXPECT_LT(amplitude_of(sides.left, hertz), 5) << hertz;
        EXPECT_LT(amplitude_of(sides.right, hertz), 5) << hertz;
        EXPECT_LT(amplitude_of(at_desk, hertz), 5) << hertz;
    }
    EXPECT_EQ(desk.keys_heard(), "");
}

TEST_F(RecordingTest, secure_input_keeps_events_from_the_desk) {
    start();
    TestPhone caller({.hertz = 0});
    TestPhone desk({.hertz = 0});
    connect(caller, citizen);
    connect(desk, agent);
    bridge(citizen, agent);
    engine().secure_input(room, true);
    hear(desk, 100);
    for (const char key : std::string("42")) caller.press(key);
    EXPECT_TRUE(becomes([&] { return keys_of(citizen) == "42"; }));
    hear(desk, 300);
    EXPECT_EQ(desk.keys_heard(), "");
}

TEST_F(RecordingTest, legs_may_join_while_it_runs_and_marks_are_kept) {
    start();
    TestPhone caller({.hertz = 440});
    TestPhone desk({.hertz = 620});
    connect(caller, citizen);
    engine().record({tape, room, path("grow"), {citizen}, {}});
    hear(caller, 600);
    connect(desk, agent);
    record("grow");
    engine().mark(tape, Span::Hold, true);
    hear(desk, 600);
    engine().mark(tape, Span::Hold, false);
    EXPECT_EQ(ended().outcome, "complete");
    const Sides sides = recorded("grow");
    const auto half = static_cast<std::ptrdiff_t>(8 * 400);
    EXPECT_LT(amplitude_of({sides.right.begin(), sides.right.begin() + half}, 620), not_heard);
    EXPECT_GT(amplitude_of({sides.right.end() - half, sides.right.end()}, 620), clearly_heard);
    const auto marks = read_file(path("grow") + ".marks", 4096);
    ASSERT_TRUE(marks);
    const std::string text(marks->begin(), marks->end());
    EXPECT_NE(text.find(" begin hold\n"), std::string::npos);
    EXPECT_NE(text.find(" end hold\n"), std::string::npos);
}

TEST_F(RecordingTest, nothing_from_the_citizen_is_an_empty_recording) {
    start();
    TestPhone silent({.hertz = 0});
    TestPhone desk({.hertz = 620});
    ASSERT_TRUE(engine().answer_offer(citizen, room, silent.sdp()));
    connect(desk, agent);
    record("empty");
    hear(desk, 300);
    EXPECT_EQ(ended().outcome, "empty");
}

TEST_F(RecordingTest, a_folder_that_cannot_be_made_is_a_failed_recording) {
    start();
    TestPhone caller({.hertz = 440});
    connect(caller, citizen);
    engine().record({tape, room, "/proc/no/such/file", {citizen}, {agent}});
    hear(caller, 300);
    EXPECT_EQ(ended().outcome, "failed");
}

TEST_F(RecordingTest, the_end_of_the_engine_closes_what_is_open) {
    config_.encode_recordings = true;
    start();
    TestPhone caller({.hertz = 440});
    connect(caller, citizen);
    record("last");
    hear(caller, 400);
    engine_.reset();
    ASSERT_EQ(all_of<RecordingEnded>().size(), 1U);
    EXPECT_EQ(all_of<RecordingEnded>()[0].outcome, "complete");
    EXPECT_GT(recorded("last").left.size(), 3000U);
}

TEST_F(RecordingTest, a_closed_recording_becomes_an_ogg) {
    config_.encode_recordings = true;
    config_.keep_wav = false;
    start();
    TestPhone caller({.hertz = 440});
    connect(caller, citizen);
    record("small");
    hear(caller, 400);
    ended();
    EXPECT_TRUE(becomes([&] { return std::filesystem::exists(path("small") + ".ogg"); }));
    EXPECT_TRUE(becomes([&] { return !std::filesystem::exists(path("small") + ".wav"); }));
}

TEST_F(RecordingTest, what_an_earlier_run_left_is_encoded_and_drawn) {
    config_.encode_recordings = true;
    start();
    std::ofstream cut(path("cut") + ".wav", std::ios::binary);
    const auto header = recording_header(16'000);
    cut.write(reinterpret_cast<const char*>(header.data()), header.size());
    cut << std::string(16'000, '\x55');
    cut.close();
    engine().encode(tape, path("cut"));
    engine().encode(RecordingId{6}, path("missing"));
    EXPECT_TRUE(becomes([&] { return all_of<RecordingEncoded>().size() == 2; }));
    const auto told = all_of<RecordingEncoded>();
    EXPECT_EQ(told[0].recording, tape);
    EXPECT_TRUE(told[0].is_encoded);
    EXPECT_FALSE(told[1].is_encoded);
    EXPECT_TRUE(std::filesystem::exists(path("cut") + ".ogg"));
    const auto peaks = read_peaks(path("cut") + ".peaks");
    ASSERT_TRUE(peaks);
    EXPECT_EQ(peaks->left.size(), 10U);
}

TEST(Outcome, is_told_from_frames_and_clock) {
    using Close = RecordingWriter::Close;
    EXPECT_EQ(outcome_of(Close{60'000, 60'020, 0, true}, false), "complete");
    EXPECT_EQ(outcome_of(Close{60'000, 60'400, 0, true}, false), "gap");
    EXPECT_EQ(outcome_of(Close{60'000, 60'000, 1, true}, false), "gap");
    EXPECT_EQ(outcome_of(Close{60'000, 60'000, 0, false}, false), "empty");
    EXPECT_EQ(outcome_of(Close{0, 0, 0, true}, false), "empty");
    EXPECT_EQ(outcome_of(Close{60'000, 60'000, 0, true}, true), "failed");
}

}  // namespace
}  // namespace ys::media
