// SPDX-License-Identifier: Apache-2.0
// Listening to a leg of the running engine: sound over real sockets.
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <variant>

#include "voice/media/test_engine.h"

namespace ys::media {
namespace {

const LegId a{1};
const RoomId room{1};

class Listening : public EngineTest {
protected:
    ~Listening() override { engine_.reset(); }  // Its last words come while there is an ear.
    void listen(const ListenLimits& limits = {.nothing_after = 2s}) {
        {
            const std::lock_guard guard(lock_);
            told_.clear();
        }
        engine().listen(a, limits, [this](HearEvent event) {
            const std::lock_guard guard(lock_);
            told_.push_back(std::move(event));
            wake_.notify_all();
        });
    }
    template <class Event>
    std::optional<Event> await_told() {
        std::unique_lock guard(lock_);
        std::optional<Event> found;
        wake_.wait_for(guard, 10s, [&] {
            for (const HearEvent& event : told_)
                if (const auto* it = std::get_if<Event>(&event)) found = *it;
            return found.has_value();
        });
        return found;
    }
    std::size_t told() {
        const std::lock_guard guard(lock_);
        return told_.size();
    }
    /// 500 Hz that swells and fades five times a second.
    static std::vector<std::int16_t> speech(int ms) {
        std::vector<std::int16_t> out(static_cast<std::size_t>(8 * ms));
        for (std::size_t i = 0; i < out.size(); ++i) {
            const double t = static_cast<double>(i) / 8000 * 2 * std::numbers::pi;
            out[i] =
                static_cast<std::int16_t>(6000 * std::sin(500 * t) * (0.6 - 0.5 * std::cos(5 * t)));
        }
        return out;
    }

private:
    std::mutex lock_;
    std::condition_variable wake_;
    std::vector<HearEvent> told_;
};

TEST_F(Listening, tells_when_speech_begins_and_then_what_was_said) {
    start();
    TestPhone alice({});
    connect(alice, a);
    hear(alice, 0);
    listen();
    alice.say(speech(1000));
    ASSERT_TRUE(await_told<SpeechBegan>());
    const auto said = await_told<Utterance>();
    ASSERT_TRUE(said);
    EXPECT_FALSE(said->is_cut);
    EXPECT_EQ(told(), 2U);
    // All of it, with a little before and after.
    EXPECT_GE(said->samples.size(), 8U * 1100);
    EXPECT_LE(said->samples.size(), 8U * 1900);
    EXPECT_GT(amplitude_of(said->samples, 500), 1200);
}

TEST_F(Listening, silence_is_told_but_not_before_the_prompt_was_heard) {
    write_prompt("question", 700, 1500);
    start();
    TestPhone alice({});
    connect(alice, a);
    engine().play(a, PlayId{5}, {"question"}, false, false);
    listen({.nothing_after = 400ms});
    await<PlayDone>();
    EXPECT_EQ(told(), 0U) << "the time ran while the question was asked";
    EXPECT_TRUE(await_told<NothingSaid>());
    EXPECT_EQ(told(), 1U);
}

TEST_F(Listening, who_speaks_into_a_prompt_is_heard) {
    write_prompt("question", 700, 6000);
    start();
    TestPhone alice({});
    connect(alice, a);
    engine().play(a, PlayId{5}, {"question"}, false, false);
    listen();
    alice.say(speech(800));
    EXPECT_TRUE(await_told<SpeechBegan>());
    EXPECT_TRUE(all_of<PlayDone>().empty());
    engine().stop_play(a);
    EXPECT_TRUE(await_told<Utterance>());
}

TEST_F(Listening, ends_with_a_word_however_it_ends) {
    start();
    TestPhone alice({});
    connect(alice, a);
    listen();
    engine().stop_listening(a);
    EXPECT_TRUE(await_told<ListeningStopped>());
    listen();
    engine().close(a);
    EXPECT_TRUE(await_told<ListeningStopped>());
    listen();
    EXPECT_TRUE(await_told<ListeningStopped>()) << "a leg that is gone";
}

TEST_F(Listening, a_second_listening_takes_the_place_of_the_first) {
    start();
    TestPhone alice({});
    connect(alice, a);
    bool is_stopped = false;
    engine().listen(a, {}, [&](HearEvent event) {
        is_stopped = std::holds_alternative<ListeningStopped>(event);
    });
    listen();
    alice.say(speech(500));
    EXPECT_TRUE(await_told<Utterance>());
    EXPECT_TRUE(is_stopped);
}

TEST_F(Listening, nothing_is_heard_while_input_is_secure) {
    start();
    TestPhone alice({});
    connect(alice, a);
    engine().secure_input(room, true);
    listen({.nothing_after = 1500ms});
    alice.say(speech(1200));
    EXPECT_TRUE(await_told<NothingSaid>());
    EXPECT_EQ(told(), 1U);
}

TEST_F(Listening, a_prompt_of_ones_own_is_played_from_the_next_time_on) {
    std::filesystem::create_directory(path("own"));
    config_.own_prompts_dir = path("own");
    write_prompt("greeting", 700, 400);
    start();
    TestPhone alice({});
    connect(alice, a);
    const auto is_played = [&](std::uint64_t id, double hertz) {
        alice.take_heard();
        engine().play(a, PlayId{id}, {"greeting"}, true, false);
        const auto sound = hear(alice, 400);
        engine().stop_play(a);
        return amplitude_of(sound, hertz) > clearly_heard / 2;
    };
    EXPECT_TRUE(is_played(1, 700));
    write_prompt("own/greeting", 900, 400);
    EXPECT_TRUE(is_played(2, 900));
    std::ofstream(path("own/greeting.wav")) << "no sound";
    EXPECT_TRUE(is_played(3, 700)) << "one that cannot be played gives way";
    std::filesystem::remove(path("own/greeting.wav"));
    EXPECT_TRUE(is_played(4, 700));
}

TEST_F(Listening, the_call_goes_on_as_before_while_somebody_listens) {
    start();
    TestPhone alice({.hertz = 440});
    TestPhone bob({.hertz = 620});
    connect(alice, a);
    connect(bob, LegId{2});
    bridge(a, LegId{2});
    listen({.nothing_after = 10s});
    hear(bob, 300);
    EXPECT_GT(amplitude_of(hear(bob, 500), 440), clearly_heard / 2);
}

}  // namespace
}  // namespace ys::media
