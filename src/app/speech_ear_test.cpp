// SPDX-License-Identifier: Apache-2.0
// The ear between a telephone on a real socket and the stand-in for a recogniser.
#include "app/speech_ear.h"

#include <future>
#include <thread>

#include "platform/clock.h"
#include "voice/media/test_engine.h"
#include "voice/speech/espeak_engine.h"
#include "voice/speech/wav_of.h"

namespace ys::app {
namespace {

const LegId leg{1};

std::vector<std::int16_t> spoken(const std::string& text) {
    static const auto pinyin = *words::TonedPinyin::make();
    static const auto voice = *speech::EspeakEngine::make(*pinyin);
    auto sound = voice->say({text, speech::Pace::Usual, mono_now() + 20s});
    EXPECT_TRUE(sound) << "espeak-ng is in tools/setup/packages.txt";
    return sound ? sound->samples : std::vector<std::int16_t>{};
}

class SpeechEarTest : public media::EngineTest {
protected:
    SpeechEarTest() {
        std::ofstream(path("a.wav"), std::ios::binary) << speech::wav_of(spoken("公积金怎么提取"));
        std::ofstream(path("a.txt")) << "公积金怎么提取\n";
        start();
        loop_ = std::make_unique<ControlLoop>(metrics_);
        thread_ = std::thread([this] { loop_->run(); });
        on_loop([] { return 0; });  // It runs: what ends it comes after its beginning.
    }
    ~SpeechEarTest() override {
        on_loop([this] {
            if (ear_) ear_->close();
            loop_->finish();
            return 0;
        });
        engine_.reset();
        thread_.join();
    }
    void open(config::Speech settings) {
        auto made = SpeechEar::make({*loop_, engine(), metrics_}, settings);
        ASSERT_TRUE(made) << made.error().note;
        ear_ = *std::move(made);
    }
    config::Speech loopback() const {
        config::Speech out;
        out.engine = "loopback";
        out.folder = path(".");
        out.test = true;
        return out;
    }
    template <class Work, class R = std::invoke_result_t<Work>>
    R on_loop(Work work) {
        std::promise<R> done;
        loop_->post([&] { done.set_value(work()); });
        return done.get_future().get();
    }
    std::future<Heard> hear(SpeechEar::Order order) {
        const auto heard = std::make_shared<std::promise<Heard>>();
        on_loop([&] {
            ear_->hear(std::move(order), [heard](Heard h) { heard->set_value(std::move(h)); });
            return 0;
        });
        return heard->get_future();
    }

    metrics::Registry metrics_;
    std::unique_ptr<ControlLoop> loop_;
    std::unique_ptr<SpeechEar> ear_;
    std::thread thread_;
};

TEST_F(SpeechEarTest, hears_words_and_tells_first_that_somebody_speaks) {
    open(loopback());
    EXPECT_TRUE(ear_->is_set_up());
    media::TestPhone phone({});
    connect(phone, leg);
    std::promise<void> begun;
    auto heard = hear({.leg = leg, .on_speech = [&] { begun.set_value(); }});
    phone.say(spoken("公积金怎么提取"));
    EXPECT_EQ(begun.get_future().wait_for(10s), std::future_status::ready);
    const Heard what = heard.get();
    EXPECT_EQ(what.kind, Heard::Kind::Words) << what.why;
    EXPECT_EQ(what.words, "公积金怎么提取");
    EXPECT_NE(metrics_.text().find("ys_speech_heard_total{outcome=\"words\"} 1"),
              std::string::npos);
}

TEST_F(SpeechEarTest, tells_silence_and_what_it_did_not_understand_apart) {
    open(loopback());
    media::TestPhone phone({});
    connect(phone, leg);
    EXPECT_EQ(hear({.leg = leg, .nothing_after = 300ms}).get().kind, Heard::Kind::Nothing);
    auto heard = hear({.leg = leg});
    phone.say(spoken("我要投诉你们的服务"));
    EXPECT_EQ(heard.get().kind, Heard::Kind::NotUnderstood);
}

TEST_F(SpeechEarTest, a_key_a_second_listening_and_a_hang_up_stop_it) {
    open(loopback());
    media::TestPhone phone({});
    connect(phone, leg);
    auto first = hear({.leg = leg});
    auto second = hear({.leg = leg});
    EXPECT_EQ(first.get().kind, Heard::Kind::Stopped);
    on_loop([&] {
        ear_->stop(leg);
        return 0;
    });
    EXPECT_EQ(second.get().kind, Heard::Kind::Stopped);
    auto third = hear({.leg = leg});
    engine().close(leg);
    EXPECT_EQ(third.get().kind, Heard::Kind::Stopped);
    EXPECT_EQ(hear({.leg = leg}).get().kind, Heard::Kind::Stopped) << "nobody is there";
}

TEST_F(SpeechEarTest, a_recogniser_that_is_down_is_trouble_with_a_reason) {
    config::Speech settings;
    settings.engine = "http";
    settings.url = "http://127.0.0.1:9";
    settings.model = "m";
    settings.allow = {"127.0.0.0/8"};
    open(settings);
    media::TestPhone phone({});
    connect(phone, leg);
    auto heard = hear({.leg = leg});
    phone.say(spoken("公积金怎么提取"));
    const Heard what = heard.get();
    EXPECT_EQ(what.kind, Heard::Kind::Trouble);
    EXPECT_FALSE(what.why.empty());
    EXPECT_TRUE(what.words.empty());
}

TEST_F(SpeechEarTest, without_a_recogniser_it_says_so) {
    open({});
    EXPECT_FALSE(ear_->is_set_up());
    EXPECT_EQ(ear_->engine(), "");
    EXPECT_EQ(hear({.leg = leg}).get().kind, Heard::Kind::Trouble);
    config::Speech keyless = loopback();
    keyless.engine = "http";
    keyless.url = "https://asr.example";
    keyless.model = "m";
    keyless.key_file = path("no-key");
    EXPECT_FALSE(SpeechEar::make({*loop_, engine(), metrics_}, keyless));
}

}  // namespace
}  // namespace ys::app
