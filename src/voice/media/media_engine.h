// SPDX-License-Identifier: Apache-2.0
// The media plane as the control plane sees it: values in, values out, never a wait.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"
#include "voice/media/listener.h"

namespace ys::media {

using RoomId = InteractionId;  ///< one room per interaction; a leg never changes its room

struct Ear {
    LegId ear;
    LegId mouth;
    float gain = 1.0F;
};

struct Endpoint {
    std::string address;  ///< numeric IPv4 or IPv6
    std::uint16_t port = 0;
};

// ---- events, called on a media thread: post them and return ------------------------------------

struct MediaUp {  ///< WebRTC: ICE and DTLS done
    LegId leg;
};
struct MediaDown {  ///< WebRTC: consent lost or DTLS closed; RTP: nothing received for the limit
    LegId leg;
    std::string why;
};
struct PlayDone {
    LegId leg;
    PlayId play;
    bool failed = false;  ///< a prompt file is missing or broken; already logged
};
struct KeyHeard {
    LegId leg;
    char key = 0;
    bool in_band = false;
};
struct RecordingEnded {
    RecordingId recording;
    std::int64_t length_ms = 0;
    std::string outcome;  ///< "complete" "gap" "empty" "failed"
};
/// Follows every RecordingEnded, and `encode`, unless the engine stops before.
struct RecordingEncoded {
    RecordingId recording;
    bool is_encoded = false;  ///< `<file>.ogg` is whole and on the disk
};
struct LegQuality {  ///< every 5 s and at the end
    LegId leg;
    double loss = 0;  ///< 0..1 of packets from the far end
    double jitter_ms = 0;
    double mos = 0;  ///< ITU-T G.107 estimate
    std::uint64_t packets_in = 0;
    std::uint64_t packets_out = 0;
    bool is_last = false;
};
using MediaEvent = std::variant<MediaUp, MediaDown, PlayDone, KeyHeard, RecordingEnded,
                                RecordingEncoded, LegQuality>;

// ---- what the control plane asks ---------------------------------------------------------------

enum class Span { Hold, SecureInput };

struct RecordingPlan {
    RecordingId recording;
    RoomId room;
    std::string file;  ///< absolute path without extension; ".wav" while growing
    std::vector<LegId> left;
    std::vector<LegId> right;  ///< their sum, plus prompts (not music) played to `left`
};

class MediaEngine {
public:
    struct Config {
        std::vector<std::string> addresses{
            "127.0.0.1"};              ///< local; the first is put into plain SDP
        std::uint16_t port_first = 0;  ///< 0: the system chooses every port
        std::uint16_t port_last = 0;
        std::uint16_t webrtc_port = 0;  ///< one shared UDP port per address and media thread
        std::string prompts_dir;
        std::string own_prompts_dir;  ///< looked into first, at each play; "" for none
        int threads = 1;
        Millis rtp_lost_after{20'000};
        bool encode_recordings = true;  ///< make `<file>.ogg` after the call, when idle
        bool keep_wav = true;           ///< when it was encoded
        bool nat_learning = false;      ///< also learn from the /24 of the SDP's address (T8)
    };
    using Sink = std::function<void(MediaEvent)>;

    static Result<std::unique_ptr<MediaEngine>> start(Config config, Sink sink);
    ~MediaEngine();  ///< joins the media and the recorder thread; recordings are closed first

    // Plain RTP legs. Offer/answer text is made here so that ports and codecs stay in one place.
    /// Binds a port and describes it: every codec we speak, or only those of `answer_to`'s leg.
    Result<std::string> make_offer(LegId leg, RoomId room);
    /// Answers the far end's offer: opens the leg on the first call, updates it on re-INVITE
    /// (hold and resume included). errors: media::no_common_codec, media::bad_sdp
    Result<std::string> answer_offer(LegId leg, RoomId room, std::string_view offer_sdp);
    /// Takes the far end's answer to make_offer (provisional or final).
    Result<bool> accept_answer(LegId leg, std::string_view answer_sdp);

    /// Answers a browser's offer (ICE-lite, DTLS-SRTP); MediaUp follows.
    Result<std::string> answer_browser(LegId leg, RoomId room, std::string_view offer_sdp);

    void close(LegId leg);
    void close_room(RoomId room);
    /// The whole picture for the room; legs not named neither hear nor are heard.
    void mix(RoomId room, std::vector<Ear> who);
    /// Prompts are files `<prompts_dir>/<name>.wav` (8 kHz, mono; PCM or A-law), loaded once.
    void play(LegId leg, PlayId play, std::vector<std::string> prompts, bool repeat, bool is_music);
    void stop_play(LegId leg);
    /// Speech made for one caller, under the name of a prompt until it is taken back; what plays it
    /// by then keeps it.
    void lend(const std::string& name, const std::vector<std::int16_t>& samples);
    void take_back(const std::string& name);
    void send_digits(LegId leg, std::string digits);  ///< RFC 4733, or tones when not negotiated
    /// Waits for speech on the leg, whatever is played to it, and keeps it; see Listener::Sink.
    void listen(LegId leg, const ListenLimits& limits, Listener::Sink sink,
                std::unique_ptr<SpeechJudge> judge = nullptr);
    void stop_listening(LegId leg);
    /// Digits of the room are kept out of audio to others and of recordings. KeyHeard still comes.
    void secure_input(RoomId room, bool on);

    void record(RecordingPlan plan);  ///< opens, or changes the legs of an open recording
    void mark(RecordingId recording, Span span, bool begins);
    void stop_record(RecordingId recording);  ///< RecordingEnded follows when it is on the disk
    /// A recording of an earlier run, whole but not encoded yet. file: as in RecordingPlan
    void encode(RecordingId recording, std::string file);

    struct Counters {
        std::uint64_t legs = 0, rooms = 0, recordings = 0, sockets = 0;
        std::uint64_t packets_in = 0, packets_out = 0, packets_dropped = 0;
        std::uint64_t late_ticks = 0;  ///< ticks that began > 5 ms late
    };
    Counters counters() const;

private:
    struct Inside;
    explicit MediaEngine(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> in_;
};

}  // namespace ys::media
