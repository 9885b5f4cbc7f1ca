// SPDX-License-Identifier: Apache-2.0
#include "voice/speech/silero_judges.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <filesystem>
#include <mutex>
#include <utility>
#include <vector>

#include "base/panic.h"
#include "voice/speech/errc.h"

namespace ys::speech {
namespace {

using media::Frame;

/// The model hears 16 kHz only, in windows of 32 ms; a telephone has 8 kHz.
constexpr std::int32_t samples_per_s = 16'000, window_samples = 512;
constexpr std::size_t frames_kept = 64;      ///< of one caller: 1.3 s
constexpr std::uint32_t frames_behind = 25;  ///< further behind it cannot say
constexpr auto looks_every = std::chrono::milliseconds(10);
constexpr float clear_after_s = 5;  ///< what was heard is of no use here, only that it was

enum class Place : std::uint8_t { Free, Lent, Left };  ///< Left until the judging thread has swept

/// What the media thread writes and the judging thread reads, of one caller.
struct Slot {
    std::array<Frame, frames_kept> frames{};
    std::atomic<std::uint32_t> written{0}, read{0};
    std::atomic<int> verdict{-1};  ///< -1: it cannot say
    std::atomic<Place> place{Place::Free};
    // Of the judging thread alone.
    const sherpa::Detector* detector = nullptr;
    float last = 0;
};

Result<const sherpa::Detector*> detector_of(const SherpaLibrary& library,
                                            const std::string& model) {
    sherpa::DetectorSettings settings{};
    // Its own patience is short: SpeechDetector decides what is a beginning and an end.
    settings.silero = {model.c_str(), 0.5F, 0.1F, 0.05F, window_samples, 20};
    settings.samples_per_s = samples_per_s;
    settings.threads = 1;
    settings.provider = "cpu";
    try {
        if (const auto* made = library.create_detector(&settings, 2 * clear_after_s)) return made;
    } catch (const std::exception& e) {
        return Error{Errc::not_set_up, model + ": " + e.what()};
    }
    return Error{Errc::not_set_up, model + ": no model of a voice"};
}

}  // namespace

class SileroJudges::Inside {
public:
    Inside(const SherpaLibrary& library, std::string model, std::size_t at_once,
           const sherpa::Detector* first)
        : library_(library), model_(std::move(model)), slots_(at_once) {
        slots_.front().detector = first;
    }
    ~Inside() {
        for (const Slot& slot : slots_)
            if (slot.detector != nullptr) library_.destroy_detector(slot.detector);
    }

    Slot* take() {
        for (Slot& slot : slots_) {
            auto free = Place::Free;
            const std::lock_guard guard(lock_);
            if (!slot.place.compare_exchange_strong(free, Place::Lent)) continue;
            wake_.notify_all();
            return &slot;
        }
        return nullptr;
    }
    void run() {
        while (wait()) {
            for (Slot& slot : slots_) {
                const Place place = slot.place.load();
                if (place == Place::Lent) judge(slot);
                if (place == Place::Left) sweep(slot);
            }
        }
    }
    void stop() {
        {
            const std::lock_guard guard(lock_);
            is_over_ = true;
        }
        wake_.notify_all();
    }

private:
    bool wait() {
        std::unique_lock guard(lock_);
        const auto is_needed = [this] {
            return is_over_ || std::ranges::any_of(slots_, [](const Slot& slot) {
                       return slot.place.load() != Place::Free;
                   });
        };
        wake_.wait(guard, is_needed);
        wake_.wait_for(guard, looks_every, [this] { return is_over_; });
        return !is_over_;
    }
    void judge(Slot& slot) {
        try {
            if (slot.detector == nullptr) {
                auto made = detector_of(library_, model_);
                if (!made) return;  // Loudness goes on deciding.
                slot.detector = *made;
            }
            catch_up(slot);
        } catch (const std::exception&) {
            slot.verdict.store(-1);
        }
    }
    void catch_up(Slot& slot) {
        const std::uint32_t written = slot.written.load(std::memory_order_acquire);
        std::uint32_t at = slot.read.load(std::memory_order_relaxed);
        if (written - at > frames_behind) {
            at = written;
            slot.verdict.store(-1);
        }
        for (; at != written; ++at) {
            hear(slot, slot.frames[at % frames_kept]);
            slot.verdict.store(library_.detector_detected(slot.detector) != 0 ? 1 : 0);
        }
        slot.read.store(at, std::memory_order_release);
        library_.detector_clear(slot.detector);
    }
    /// For the next one.
    void sweep(Slot& slot) {
        if (slot.detector != nullptr) library_.detector_reset(slot.detector);
        slot.last = 0;
        slot.read.store(0);
        slot.written.store(0);
        slot.verdict.store(-1);
        slot.place.store(Place::Free);
    }
    /// Twice the samples, the new ones half-way between two.
    void hear(Slot& slot, const Frame& frame) const {
        std::array<float, 2 * media::frame_samples> wide{};
        for (std::size_t i = 0; i < frame.size(); ++i) {
            const float now = static_cast<float>(frame[i]) / 32768;
            wide[2 * i] = (slot.last + now) / 2;
            wide[2 * i + 1] = now;
            slot.last = now;
        }
        library_.detector_accept(slot.detector, wide.data(),
                                 static_cast<std::int32_t>(wide.size()));
    }

    const SherpaLibrary library_;
    const std::string model_;
    std::vector<Slot> slots_;  ///< a detector is made for the first who is lent it
    std::mutex lock_;
    std::condition_variable wake_;
    bool is_over_ = false;
};

namespace {

class Judge final : public media::SpeechJudge {
public:
    Judge(std::shared_ptr<void> keeps, Slot& slot) : keeps_(std::move(keeps)), slot_(slot) {}
    ~Judge() override { slot_.place.store(Place::Left); }
    void hear(const Frame& frame) noexcept override {
        const std::uint32_t at = slot_.written.load(std::memory_order_relaxed);
        // Full: what is missing is seen as lying behind.
        if (at - slot_.read.load(std::memory_order_acquire) >= frames_kept) return;
        slot_.frames[at % frames_kept] = frame;
        slot_.written.store(at + 1, std::memory_order_release);
    }
    std::optional<bool> hears_voice() const noexcept override {
        const int verdict = slot_.verdict.load();
        return verdict < 0 ? std::nullopt : std::optional(verdict == 1);
    }

private:
    std::shared_ptr<void> keeps_;
    Slot& slot_;
};

}  // namespace

Result<std::unique_ptr<SileroJudges>> SileroJudges::make(const SherpaLibrary& library,
                                                         const std::string& model,
                                                         std::size_t at_once) {
    YS_ASSERT(at_once > 0);
    std::error_code error;
    if (!std::filesystem::is_regular_file(model, error))
        return Error{Errc::not_installed, "no " + model};
    YS_TRY(const auto* first, detector_of(library, model));
    return std::unique_ptr<SileroJudges>(
        new SileroJudges(std::make_shared<Inside>(library, model, at_once, first)));
}

SileroJudges::SileroJudges(std::shared_ptr<Inside> inside) : in_(std::move(inside)) {
    thread_ = std::thread([in = in_] { in->run(); });
}

SileroJudges::~SileroJudges() {
    in_->stop();
    thread_.join();
}

std::unique_ptr<media::SpeechJudge> SileroJudges::lend() {
    Slot* slot = in_->take();
    return slot == nullptr ? nullptr : std::make_unique<Judge>(in_, *slot);
}

}  // namespace ys::speech
