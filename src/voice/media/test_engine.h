// SPDX-License-Identifier: Apache-2.0
// For tests: a media engine in a folder of its own, whose events can be waited for.
#pragma once

#include <gtest/gtest.h>

#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "voice/media/media_engine.h"
#include "voice/media/test_phone.h"
#include "voice/media/wav_file.h"

namespace ys::media {

class EngineTest : public testing::Test {
protected:
    EngineTest() {
        std::string pattern = (std::filesystem::temp_directory_path() / "ys-media-XXXXXX").string();
        folder_ = ::mkdtemp(pattern.data());
        config_.prompts_dir = folder_;
        config_.encode_recordings = false;
    }
    ~EngineTest() override {
        engine_.reset();
        std::filesystem::remove_all(folder_);
    }
    void start() {
        auto made = MediaEngine::start(config_, [this](MediaEvent event) {
            const std::lock_guard guard(lock_);
            events_.push_back(std::move(event));
            wake_.notify_all();
        });
        ASSERT_TRUE(made);
        engine_ = *std::move(made);
    }
    MediaEngine& engine() { return *engine_; }

    /// The phone's offer is answered and it starts to talk.
    void connect(TestPhone& phone, LegId leg, RoomId room = RoomId{1}) {
        const auto answer = engine_->answer_offer(leg, room, phone.sdp());
        ASSERT_TRUE(answer) << answer.error().note;
        phone.call(*answer);
    }
    void bridge(LegId a, LegId b, RoomId room = RoomId{1}) { engine_->mix(room, {{a, b}, {b, a}}); }

    template <class Event>
    std::vector<Event> all_of() {
        const std::lock_guard guard(lock_);
        std::vector<Event> out;
        for (const MediaEvent& event : events_)
            if (const Event* it = std::get_if<Event>(&event)) out.push_back(*it);
        return out;
    }
    /// Waits until an event of this kind fulfils the condition; fails after 10 s.
    template <class Event>
    Event await(const std::function<bool(const Event&)>& is_it = [](const Event&) {
        return true;
    }) {
        std::unique_lock guard(lock_);
        Event found{};
        const auto has_it = [&] {
            for (const MediaEvent& event : events_) {
                const Event* it = std::get_if<Event>(&event);
                if (it == nullptr || !is_it(*it)) continue;
                found = *it;
                return true;
            }
            return false;
        };
        EXPECT_TRUE(wake_.wait_for(guard, 10s, has_it));
        return found;
    }
    std::string keys_of(LegId leg) {
        std::string out;
        for (const KeyHeard& key : all_of<KeyHeard>())
            if (key.leg == leg) out += key.key;
        return out;
    }
    /// Looks again every 5 ms until it is so, 10 s at most.
    static bool becomes(const std::function<bool()>& so) {
        const Instant limit = mono_now() + 10s;
        while (!so()) {
            if (mono_now() > limit) return false;
            const timespec nap{.tv_sec = 0, .tv_nsec = 5'000'000};
            nanosleep(&nap, nullptr);
        }
        return true;
    }
    /// What the phone hears in the next so many ms of sound.
    static std::vector<std::int16_t> hear(TestPhone& phone, int ms) {
        phone.take_heard();
        EXPECT_TRUE(
            becomes([&] { return phone.heard_samples() >= static_cast<std::size_t>(8 * ms); }));
        return phone.take_heard();
    }
    struct Sides {
        std::vector<std::int16_t> left, right;
    };
    Sides recorded(const std::string& name) const {
        const auto file = read_file(path(name) + ".wav", 1 << 28);
        EXPECT_TRUE(file);
        const auto wav = parse_wav(*file);
        EXPECT_TRUE(wav);
        Sides out;
        for (std::size_t i = 0; i + 1 < wav->data.size(); i += 2) {
            out.left.push_back(from_alaw(wav->data[i]));
            out.right.push_back(from_alaw(wav->data[i + 1]));
        }
        return out;
    }
    void write_prompt(const std::string& name, double hertz, int ms) const {
        std::vector<std::uint8_t> bytes;
        const auto count = static_cast<std::uint32_t>(8 * ms);
        const auto header = recording_header(count, 1);
        bytes.assign(header.begin(), header.end());
        for (std::uint32_t i = 0; i < count; ++i)
            bytes.push_back(to_alaw(static_cast<std::int16_t>(
                8000 * std::sin(2 * std::numbers::pi * hertz * i / 8000))));
        std::ofstream(path(name) + ".wav", std::ios::binary)
            .write(reinterpret_cast<const char*>(bytes.data()),
                   static_cast<std::streamsize>(bytes.size()));
    }
    std::string path(const std::string& name) const { return folder_ + "/" + name; }

    MediaEngine::Config config_;
    std::unique_ptr<MediaEngine> engine_;

private:
    std::string folder_;
    std::mutex lock_;
    std::condition_variable wake_;
    std::vector<MediaEvent> events_;
};

inline constexpr double clearly_heard = 6000;  ///< of an amplitude of 8000
inline constexpr double not_heard = 40;        ///< below 0.5 %

}  // namespace ys::media
