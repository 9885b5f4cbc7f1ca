// SPDX-License-Identifier: Apache-2.0
// The control plane's side of the media plane: SDP, ports and prompts here, the rest is posted.
#include "voice/media/media_engine.h"

#include <openssl/rand.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "platform/clock.h"
#include "platform/log/log.h"
#include "voice/media/audio_plan.h"
#include "voice/media/errc.h"
#include "voice/media/g711.h"
#include "voice/media/media_thread.h"
#include "voice/media/prompt_shelf.h"
#include "voice/media/recording_writer.h"
#include "voice/media/sdp.h"
#include "voice/media/udp_socket.h"
#include "voice/media/webrtc/webrtc_sdp.h"

namespace ys::media {

struct MediaEngine::Inside {
    struct KnownLeg {
        RoomId room;
        bool is_browser = false;
        LocalEnd local;
    };
    struct KnownRoom {
        std::size_t thread = 0;
        std::vector<LegId> legs;
        std::vector<RecordingId> recordings;
    };

    Inside(Config c, Sink s)
        : config(std::move(c)),
          sink(std::move(s)),
          prompts(config.prompts_dir, config.own_prompts_dir),
          writer({.encodes = config.encode_recordings, .keeps_wav = config.keep_wav},
                 [this](MediaEvent event) { sink(std::move(event)); }) {}

    Result<Done> start_thread(int number);
    std::size_t thread_of(RoomId room);
    KnownLeg* find(LegId leg);
    void forget(LegId leg);
    Result<KnownLeg*> open_plain(LegId leg, RoomId room, LegSetup& setup,
                                 const std::optional<SocketAddress>& far, bool wants_rtcp);
    const std::string& address_for(const std::optional<SocketAddress>& far) const;
    void post(RoomId room, MediaCommand command);

    const Config config;
    const Sink sink;
    PromptShelf prompts;
    std::shared_ptr<const DtlsIdentity> identity;
    std::mutex lock;  ///< control threads only
    std::unordered_map<LegId, KnownLeg> legs;
    std::unordered_map<RoomId, KnownRoom> rooms;
    std::vector<std::size_t> rooms_on;  ///< by thread
    std::unordered_map<RecordingId, RoomId> recordings;
    std::vector<std::vector<Endpoint>> browser_doors;  ///< by thread
    RecordingWriter writer;                            ///< outlives the threads
    std::vector<std::unique_ptr<MediaThread>> threads;
};

Result<Done> MediaEngine::Inside::start_thread(int number) {
    MediaThread::Options options;
    options.rtp_lost_after = config.rtp_lost_after;
    options.identity = identity;
    std::vector<Endpoint> doors;
    for (const std::string& address : config.addresses) {
        const int wanted = config.webrtc_port == 0 ? 0 : config.webrtc_port + number;
        YS_TRY(UdpSocket socket, UdpSocket::bind(address, static_cast<std::uint16_t>(wanted)));
        socket.widen(1 << 20);
        doors.push_back({address, socket.port()});
        options.webrtc_sockets.push_back(std::move(socket));
    }
    browser_doors.push_back(std::move(doors));
    rooms_on.push_back(0);
    threads.push_back(std::make_unique<MediaThread>(std::move(options), sink, writer));
    return Done{};
}

/// A room stays where it is; a new one goes to the thread with the fewest.
std::size_t MediaEngine::Inside::thread_of(RoomId room) {
    if (const auto found = rooms.find(room); found != rooms.end()) return found->second.thread;
    const auto least = std::min_element(rooms_on.begin(), rooms_on.end());
    ++*least;
    return rooms[room].thread = static_cast<std::size_t>(least - rooms_on.begin());
}

MediaEngine::Inside::KnownLeg* MediaEngine::Inside::find(LegId leg) {
    const auto found = legs.find(leg);
    return found == legs.end() ? nullptr : &found->second;
}

void MediaEngine::Inside::forget(LegId leg) {
    const auto found = legs.find(leg);
    if (found == legs.end()) return;
    if (const auto room = rooms.find(found->second.room); room != rooms.end())
        std::erase(room->second.legs, leg);
    legs.erase(found);
}

void MediaEngine::Inside::post(RoomId room, MediaCommand command) {
    threads[thread_of(room)]->post(std::move(command));
}

const std::string& MediaEngine::Inside::address_for(const std::optional<SocketAddress>& far) const {
    for (const std::string& address : config.addresses)
        if (far && far->is_known() && (address.find(':') != std::string::npos) == far->is_v6())
            return address;
    return config.addresses.front();
}

Result<MediaEngine::Inside::KnownLeg*> MediaEngine::Inside::open_plain(
    LegId leg, RoomId room, LegSetup& setup, const std::optional<SocketAddress>& far,
    bool wants_rtcp) {
    const std::string& address = address_for(far);
    YS_TRY(setup.sockets, bind_rtp(address, config.port_first, config.port_last, wants_rtcp));
    setup.is_new = true;
    setup.start = {.ssrc = unguessable(),
                   .timestamp = unguessable(),
                   .sequence = static_cast<std::uint16_t>(unguessable())};
    thread_of(room);
    rooms[room].legs.push_back(leg);
    KnownLeg& known = legs[leg];
    known.room = room;
    known.local = {
        .address = address, .port = setup.sockets.port, .session = unguessable(), .version = 0};
    return &known;
}

MediaEngine::MediaEngine(std::unique_ptr<Inside> inside) : in_(std::move(inside)) {}
MediaEngine::~MediaEngine() = default;

Result<std::unique_ptr<MediaEngine>> MediaEngine::start(Config config, Sink sink) {
    if (config.addresses.empty()) config.addresses.emplace_back("127.0.0.1");
    const int threads = std::clamp(config.threads, 1, 64);
    auto inside = std::make_unique<Inside>(std::move(config), std::move(sink));
    YS_TRY(inside->identity, DtlsIdentity::make(utc_now()));
    for (int i = 0; i < threads; ++i) {
        YS_TRY([[maybe_unused]] const Done done, inside->start_thread(i));
    }
    return std::unique_ptr<MediaEngine>(new MediaEngine(std::move(inside)));
}

Result<std::string> MediaEngine::make_offer(LegId leg, RoomId room) {
    const std::lock_guard guard(in_->lock);
    Inside::KnownLeg* known = in_->find(leg);
    if (known == nullptr) {
        auto setup = std::make_unique<LegSetup>();
        setup->leg = leg;
        setup->room = room;
        YS_TRY(known, in_->open_plain(leg, room, *setup, std::nullopt, true));
        in_->post(room, SetLeg{std::move(setup), nullptr});
    }
    ++known->local.version;
    return write_offer(known->local);
}

Result<std::string> MediaEngine::answer_offer(LegId leg, RoomId room, std::string_view offer_sdp) {
    YS_TRY(const Sdp offer, parse_sdp(offer_sdp));
    YS_TRY(const AudioPlan plan, plan_of_offer(offer));
    const std::lock_guard guard(in_->lock);
    auto setup = std::make_unique<LegSetup>();
    setup->leg = leg;
    setup->room = room;
    setup->learns_neighbours = in_->config.nat_learning;
    Inside::KnownLeg* known = in_->find(leg);
    if (known == nullptr) {
        YS_TRY(known, in_->open_plain(leg, room, *setup, plan.rtp, !plan.has_rtcp_mux));
    }
    setup->equip(plan);
    in_->post(known->room, SetLeg{std::move(setup), nullptr});
    ++known->local.version;
    return write_answer(known->local, offer, plan);
}

Result<bool> MediaEngine::accept_answer(LegId leg, std::string_view answer_sdp) {
    YS_TRY(const Sdp answer, parse_sdp(answer_sdp));
    YS_TRY(const AudioPlan plan, plan_of_answer(answer));
    const std::lock_guard guard(in_->lock);
    const Inside::KnownLeg* known = in_->find(leg);
    if (known == nullptr) return Error{make_error_code(Errc::unknown_leg), "taking an answer"};
    auto setup = std::make_unique<LegSetup>();
    setup->leg = leg;
    setup->room = known->room;
    setup->learns_neighbours = in_->config.nat_learning;
    setup->equip(plan);
    in_->post(known->room, SetLeg{std::move(setup), nullptr});
    return true;
}

namespace {

AudioPlan plan_of_browser(const BrowserAnswer& answer) {
    AudioPlan plan;
    plan.has_rtcp_mux = true;
    if (answer.codec == BrowserAnswer::Codec::Pcmu) plan.codec = Codec::Pcmu;
    if (answer.codec == BrowserAnswer::Codec::Opus) plan.codec = Codec::Opus;
    plan.send_payload_type = static_cast<std::uint8_t>(answer.payload_type);
    plan.receive_payload_type = plan.send_payload_type;
    plan.send_event_type = plan.receive_event_type = answer.telephone_event_pt;
    return plan;
}

}  // namespace

Result<std::string> MediaEngine::answer_browser(LegId leg, RoomId room,
                                                std::string_view offer_sdp) {
    std::string entropy(32, '\0');
    YS_ASSERT(RAND_bytes(reinterpret_cast<unsigned char*>(entropy.data()),
                         static_cast<int>(entropy.size())) == 1);
    const std::lock_guard guard(in_->lock);
    Inside::KnownLeg* known = in_->find(leg);
    const RoomId home = known != nullptr ? known->room : room;
    const std::vector<Endpoint>& doors = in_->browser_doors[in_->thread_of(home)];
    YS_TRY(BrowserAnswer answer, answer_browser_offer(offer_sdp, *in_->identity, doors, entropy));
    auto setup = std::make_unique<LegSetup>();
    setup->leg = leg;
    setup->room = home;
    setup->is_browser = true;
    if (known == nullptr) {
        setup->is_new = true;
        setup->start = {.ssrc = unguessable(),
                        .timestamp = unguessable(),
                        .sequence = static_cast<std::uint16_t>(unguessable())};
        in_->rooms[home].legs.push_back(leg);
        in_->legs[leg] = {.room = home, .is_browser = true, .local = {}};
    }
    setup->equip(plan_of_browser(answer));
    in_->post(home, SetLeg{std::move(setup), std::make_unique<WebRtcPeer>(std::move(answer.peer))});
    return std::move(answer.sdp);
}

void MediaEngine::close(LegId leg) {
    const std::lock_guard guard(in_->lock);
    const Inside::KnownLeg* known = in_->find(leg);
    if (known == nullptr) return;
    in_->post(known->room, CloseLeg{leg});
    in_->forget(leg);
}

void MediaEngine::close_room(RoomId room) {
    const std::lock_guard guard(in_->lock);
    const auto found = in_->rooms.find(room);
    if (found == in_->rooms.end()) return;
    in_->post(room, CloseRoom{room});
    for (const LegId leg : found->second.legs) in_->legs.erase(leg);
    for (const RecordingId recording : found->second.recordings) in_->recordings.erase(recording);
    --in_->rooms_on[found->second.thread];
    in_->rooms.erase(room);
}

void MediaEngine::mix(RoomId room, std::vector<Ear> who) {
    const std::lock_guard guard(in_->lock);
    in_->post(room, SetMix{room, std::move(who)});
}

void MediaEngine::play(LegId leg, PlayId id, std::vector<std::string> prompts, bool repeat,
                       bool is_music) {
    auto play = std::make_unique<Play>();
    play->id = id;
    play->repeats = repeat;
    play->is_music = is_music;
    for (const std::string& name : prompts) {
        auto prompt = in_->prompts.get(name);
        if (prompt) {
            play->prompts.push_back(*std::move(prompt));
            continue;
        }
        // The rest of the sentence is still said.
        play->has_failed = true;
        log::warn("media", "prompt_not_played",
                  {{"prompt", PromptShelf::is_name(name) ? name : std::string("?")},
                   {"why", prompt.error().code.message()}});
    }
    const std::lock_guard guard(in_->lock);
    if (const Inside::KnownLeg* known = in_->find(leg); known != nullptr)
        in_->post(known->room, StartPlay{leg, std::move(play)});
}

void MediaEngine::lend(const std::string& name, const std::vector<std::int16_t>& samples) {
    std::vector<std::uint8_t> alaw(samples.size());
    encode_alaw(samples, alaw);
    in_->prompts.lend(name, std::move(alaw));
}

void MediaEngine::take_back(const std::string& name) { in_->prompts.take_back(name); }

void MediaEngine::stop_play(LegId leg) {
    const std::lock_guard guard(in_->lock);
    if (const Inside::KnownLeg* known = in_->find(leg); known != nullptr)
        in_->post(known->room, StopPlay{leg});
}

void MediaEngine::listen(LegId leg, const ListenLimits& limits, Listener::Sink sink,
                         std::unique_ptr<SpeechJudge> judge) {
    auto listener = std::make_unique<Listener>(limits, std::move(sink), std::move(judge));
    const std::lock_guard guard(in_->lock);
    if (const Inside::KnownLeg* known = in_->find(leg); known != nullptr)
        in_->post(known->room, StartListening{leg, std::move(listener)});
}

void MediaEngine::stop_listening(LegId leg) {
    const std::lock_guard guard(in_->lock);
    if (const Inside::KnownLeg* known = in_->find(leg); known != nullptr)
        in_->post(known->room, StopListening{leg});
}

void MediaEngine::send_digits(LegId leg, std::string digits) {
    const std::lock_guard guard(in_->lock);
    if (const Inside::KnownLeg* known = in_->find(leg); known != nullptr)
        in_->post(known->room, SendDigits{leg, std::move(digits)});
}

void MediaEngine::secure_input(RoomId room, bool on) {
    const std::lock_guard guard(in_->lock);
    in_->post(room, SetSecure{room, on});
}

void MediaEngine::record(RecordingPlan plan) {
    const std::lock_guard guard(in_->lock);
    const RoomId room = plan.room;
    in_->thread_of(room);
    if (in_->recordings.insert_or_assign(plan.recording, room).second)
        in_->rooms[room].recordings.push_back(plan.recording);
    in_->post(room, StartRecording{std::make_unique<RecordingPlan>(std::move(plan))});
}

void MediaEngine::mark(RecordingId recording, Span span, bool begins) {
    const std::lock_guard guard(in_->lock);
    const auto found = in_->recordings.find(recording);
    if (found == in_->recordings.end()) return;
    in_->post(found->second, MarkRecording{recording, found->second, span, begins});
}

void MediaEngine::stop_record(RecordingId recording) {
    const std::lock_guard guard(in_->lock);
    const auto found = in_->recordings.find(recording);
    if (found == in_->recordings.end()) return;
    in_->post(found->second, StopRecording{recording, found->second});
    in_->recordings.erase(found);
}

void MediaEngine::encode(RecordingId recording, std::string file) {
    in_->writer.encode(recording, std::move(file));
}

MediaEngine::Counters MediaEngine::counters() const {
    Counters sum;
    for (const auto& thread : in_->threads) {
        const MediaThread::Counters& c = thread->counters();
        sum.legs += c.legs;
        sum.rooms += c.rooms;
        sum.recordings += c.recordings;
        sum.sockets += c.sockets;
        sum.packets_in += c.packets_in;
        sum.packets_out += c.packets_out;
        sum.packets_dropped += c.packets_dropped;
        sum.late_ticks += c.late_ticks;
    }
    return sum;
}

}  // namespace ys::media
