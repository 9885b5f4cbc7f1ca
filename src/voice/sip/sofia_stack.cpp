// SPDX-License-Identifier: Apache-2.0
// The SIP thread: starts, takes commands from a mailbox, keeps the calls, stops politely.
#include "voice/sip/sofia_stack.h"

#include <openssl/rand.h>
#include <pthread.h>

#include <fmt/format.h>

#include "base/text.h"
#include "platform/clock.h"
#include "voice/sip/wire_guard.h"

namespace ys::sip {
namespace {

constexpr Millis tick_every{250};
constexpr Millis stop_within{900};
constexpr std::size_t request_bytes_max = 65'536;
constexpr std::size_t refused_sources_max = 1000;  // told one by one; of more only the number

/// sofia prints to stderr otherwise, with text strangers chose.
void swallow_log(void*, const char*, va_list) {}

}  // namespace

std::string fresh_token() {
    unsigned char bytes[16];
    RAND_bytes(bytes, sizeof bytes);
    return hex({reinterpret_cast<const char*>(bytes), sizeof bytes});
}

Result<std::unique_ptr<SipStack>> SipStack::start(Config config, Sink sink) {
    auto stack = std::make_unique<SofiaStack>(std::move(config), std::move(sink));
    YS_TRY(Done started, stack->start_thread());
    static_cast<void>(started);
    return Result<std::unique_ptr<SipStack>>{std::move(stack)};
}

SofiaStack::SofiaStack(Config config, Sink sink)
    : config_(std::move(config)),
      sink_(std::move(sink)),
      admission_({.calls_max = config_.calls_max,
                  .invites_per_s_max = config_.invites_per_s_max,
                  .source_invites_per_s_max = config_.source_invites_per_s_max,
                  .source_calls_max = config_.source_calls_max}),
      registrar_(*this),
      door_(*this),
      next_leg_(config_.first_leg) {
    for (const Trunk& trunk : config_.trunks)
        for (const std::string& host : trunk.source_addresses) trunks_by_host_[host] = &trunk;
    registrar_.set_phones(config_.phones);
}

SofiaStack::~SofiaStack() {
    post([this] { begin_stop(); });
    if (thread_.joinable()) thread_.join();
}

Result<Done> SofiaStack::start_thread() {
    static std::once_flag once;
    std::call_once(once, [] {
        su_init();
        su_log_redirect(nullptr, swallow_log, nullptr);
    });
    std::promise<Result<Done>> ready;
    auto started = ready.get_future();
    thread_ = std::thread([this, r = std::move(ready)]() mutable { run(std::move(r)); });
    return started.get();
}

void SofiaStack::run(std::promise<Result<Done>> ready) {
    pthread_setname_np(pthread_self(), "sip");
    auto opened = open();
    const bool up = static_cast<bool>(opened);
    ready.set_value(std::move(opened));
    if (up) su_root_run(root_);
    close();
}

Result<Done> SofiaStack::open() {
    root_ = su_root_create(this);
    if (!root_) return Error{std::errc::not_enough_memory, "creating the SIP event loop"};
    su_root_threading(root_, 0);
    home_ = static_cast<su_home_t*>(su_home_new(sizeof(su_home_t)));
    agent_ = nta_agent_create(
        root_, reinterpret_cast<url_string_t*>(-1), &FrontDoor::on_message, this, NTATAG_UA(1),
        NTATAG_MCLASS(guarded_message_class()), NTATAG_MERGE_482(1), NTATAG_CANCEL_487(1),
        NTATAG_SERVER_RPORT(1), NTATAG_CLIENT_RPORT(1), NTATAG_UDP_MTU(65535),
        NTATAG_MAXSIZE(request_bytes_max), NTATAG_USE_NAPTR(0), NTATAG_USE_SRV(0),
        NTATAG_USE_TIMESTAMP(0), NTATAG_PASS_100(0), TAG_END());
    if (!agent_) return Error{std::errc::not_enough_memory, "creating the SIP agent"};
    YS_TRY(Done bound, transports_.bind(agent_, home_, config_));
    static_cast<void>(bound);
    bound_ = transports_.bound();
    headers_ = {sip_allow_make(home_,
                               "INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, PRACK, INFO, "
                               "REFER, REGISTER"),
                sip_supported_make(home_, "100rel, timer, replaces"),
                sip_accept_make(home_, "application/sdp"),
                sip_content_type_make(home_, "application/sdp")};
    timer_ = su_timer_create(su_root_task(root_), tick_every.count());
    su_timer_set_for_ever(timer_, &SofiaStack::on_tick, this);
    const std::lock_guard lock{mailbox_lock_};
    open_for_posts_ = true;
    return Done{};
}

void SofiaStack::close() {
    {
        const std::lock_guard lock{mailbox_lock_};
        open_for_posts_ = false;
        mailbox_.clear();
    }
    calls_.clear();
    graveyard_.clear();
    if (timer_) su_timer_destroy(timer_);
    if (agent_) nta_agent_destroy(agent_);
    if (home_) su_home_unref(home_);
    if (root_) su_root_destroy(root_);
}

// ---- the mailbox --------------------------------------------------------------------------------

void SofiaStack::post(std::function<void()> work) {
    const std::lock_guard lock{mailbox_lock_};
    if (!open_for_posts_) return;
    mailbox_.push_back(std::move(work));
    if (mailbox_.size() > 1) return;  // Somebody has already rung.
    su_msg_r wake = SU_MSG_R_INIT;
    if (su_msg_create(wake, su_root_task(root_), su_task_null, &SofiaStack::on_wake, 0) == 0)
        su_msg_send(wake);
}

void SofiaStack::on_wake(SofiaStack* self, su_msg_r, SofiaStack**) { self->work_off(); }

void SofiaStack::work_off() {
    std::vector<std::function<void()>> work;
    {
        const std::lock_guard lock{mailbox_lock_};
        work.swap(mailbox_);
    }
    for (auto& one : work) one();
    empty_graveyard();
}

void SofiaStack::with_call(LegId leg, std::function<void(Call&)> work) {
    post([this, leg, work = std::move(work)] {
        const auto found = calls_.find(leg.value);
        if (found != calls_.end()) work(*found->second);
    });
}

void SofiaStack::ring(LegId leg) {
    with_call(leg, [](Call& call) { call.ring(); });
}
void SofiaStack::progress(LegId leg, std::string sdp) {
    with_call(leg, [sdp = std::move(sdp)](Call& call) { call.progress(sdp); });
}
void SofiaStack::answer(LegId leg, std::string sdp) {
    with_call(leg, [sdp = std::move(sdp)](Call& call) { call.answer(sdp); });
}
void SofiaStack::refuse(LegId leg, int status, std::string phrase, int retry_after_s) {
    with_call(leg, [=, phrase = std::move(phrase)](Call& call) {
        call.refuse(status, phrase, retry_after_s);
    });
}
void SofiaStack::hang_up(LegId leg, std::string reason) {
    with_call(leg, [reason = std::move(reason)](Call& call) { call.hang_up(reason); });
}
void SofiaStack::offer(LegId leg, std::string sdp) {
    with_call(leg, [sdp = std::move(sdp)](Call& call) { call.offer(sdp); });
}
void SofiaStack::accept_offer(LegId leg, std::string sdp) {
    with_call(leg, [sdp = std::move(sdp)](Call& call) { call.accept_offer(sdp); });
}
void SofiaStack::refer_result(LegId leg, int status) {
    with_call(leg, [status](Call& call) { call.refer_result(status); });
}
void SofiaStack::invite(OutgoingCall call) {
    post([this, call = std::move(call)]() mutable { dial(std::move(call)); });
}
void SofiaStack::set_phones(std::vector<PhoneAccount> phones) {
    post([this, phones = std::move(phones)] { registrar_.set_phones(phones); });
}
void SofiaStack::drain() {
    admission_.drain();  // At once: an INVITE already on its way is refused too.
}

// ---- calls --------------------------------------------------------------------------------------

const Trunk* SofiaStack::trunk_at(const std::string& host) const {
    const auto found = trunks_by_host_.find(host);
    return found == trunks_by_host_.end() ? nullptr : found->second;
}

Call& SofiaStack::add_call(std::unique_ptr<Call> call) {
    Call& added = *call;
    calls_[added.id().value] = std::move(call);
    if (added.peer().trunk) {
        const std::lock_guard lock{refused_lock_};
        ++trunk_calls_[added.peer().trunk->name];
    }
    dialogs_.store(calls_.size(), std::memory_order_relaxed);
    if (added.incoming()) unheeded_.emplace_back(mono_now(), added.id());
    if (!added.source_counted.empty()) admission_.call_began(added.source_counted);
    return added;
}

void SofiaStack::bury(Call& call) {
    const auto found = calls_.find(call.id().value);
    if (found == calls_.end()) return;
    if (call.peer().trunk) {
        const std::lock_guard lock{refused_lock_};
        --trunk_calls_[call.peer().trunk->name];
    }
    if (!call.source_counted.empty()) admission_.call_ended(call.source_counted);
    graveyard_.push_back(std::move(found->second));
    calls_.erase(found);
    dialogs_.store(calls_.size(), std::memory_order_relaxed);
    if (stopping_ && calls_.empty()) su_root_break(root_);
}

void SofiaStack::empty_graveyard() { graveyard_.clear(); }

Call* SofiaStack::call_of_replaces(const sip_replaces_t* replaces) const {
    nta_leg_t* dialog = nta_leg_by_replaces(agent_, replaces);
    return dialog ? nta_leg_magic(dialog, &Call::on_request) : nullptr;
}

void SofiaStack::wake_at(Instant when, LegId leg) { wakes_.emplace(when, leg); }

void SofiaStack::retry_offer(LegId leg) {
    // RFC 3261 §14.1: the owner of the Call-ID waits 2.1 to 4 s, the other less; ids spread them.
    wake_at(mono_now() + 2100ms + Millis{(leg.value * 619) % 1900}, leg);
}

Backlog SofiaStack::backlog(Instant now) {
    while (!unheeded_.empty()) {
        const auto found = calls_.find(unheeded_.front().second.value);
        const bool is_heard = unheeded_.front().second.value <= heard_;
        if (found != calls_.end() && !is_heard && !found->second->heeded()) break;
        unheeded_.pop_front();
    }
    const Millis unheeded = unheeded_.empty()
                                ? Millis{0}
                                : std::chrono::duration_cast<Millis>(now - unheeded_.front().first);
    return {transports_.queueing_delay(), unheeded, calls_.size()};
}

bool SofiaStack::is_full(const Trunk& trunk) const {
    if (trunk.channels == 0) return false;
    const std::lock_guard lock{refused_lock_};
    const auto calls = trunk_calls_.find(trunk.name);
    return calls != trunk_calls_.end() && calls->second >= trunk.channels;
}

void SofiaStack::count_refused(const std::string& cause, const std::string& source) {
    {
        const std::lock_guard lock{refused_lock_};
        ++refused_by_cause_[cause];
    }
    // A flood is counted, not told one by one: what is told costs the house a row each.
    const bool has_room = untold_.size() < refused_sources_max;
    const std::pair key{cause, has_room || untold_.contains({cause, source}) ? source : ""};
    ++untold_[key];
}

void SofiaStack::tell_refused() {
    for (const auto& [what, count] : std::exchange(untold_, {}))
        emit(Refused{what.first, what.second, count});
}

SipStack::Counters SofiaStack::counters() const {
    Counters counters;
    counters.invites = invites_.load(std::memory_order_relaxed);
    counters.dialogs = dialogs_.load(std::memory_order_relaxed);
    counters.registrations = registrar_.registered();
    const std::lock_guard lock{refused_lock_};
    counters.refused_by_cause = refused_by_cause_;
    counters.trunk_calls = trunk_calls_;
    for (const auto& [cause, count] : refused_by_cause_) counters.refused += count;
    return counters;
}

// ---- calls out ----------------------------------------------------------------------------------

void SofiaStack::dial_failed(const OutgoingCall& wish, int status, std::string why) {
    emit(Ended{wish.leg, status, std::move(why), false});
}

void SofiaStack::dial(OutgoingCall wish) {
    if (stopping_) return dial_failed(wish, 503, "stopping");
    if (calls_.contains(wish.leg.value)) return;  // A leg is placed once.
    Peer peer;
    peer.transport = "udp";
    std::string uri;
    switch (wish.to) {
        case OutgoingCall::To::Phone: {
            const Binding* at = registrar_.bindings().find(wish.target);
            if (!at) return dial_failed(wish, 480, "not registered");
            peer.source = Source::Phone;
            peer.name = wish.target;
            peer.transport = at->transport;
            // Back the way the registration came: the only way through a phone's NAT.
            peer.route = fmt::format("sip:{};transport={}", at->address, at->transport);
            uri = at->contact;
            break;
        }
        case OutgoingCall::To::Trunk: {
            for (const Trunk& trunk : config_.trunks)
                if (!peer.trunk && !trunk.proxy.empty() &&
                    (wish.trunk.empty() || wish.trunk == trunk.name))
                    peer.trunk = &trunk;
            if (!peer.trunk) return dial_failed(wish, 503, "no such trunk");
            peer.source = Source::Trunk;
            peer.name = peer.trunk->name;
            uri = fmt::format("sip:{}@{}", escaped_user(wish.target), peer.trunk->proxy);
            break;
        }
        case OutgoingCall::To::Uri:
            uri = wish.target;
            break;
    }
    if (!uri.starts_with("sip:") && !uri.starts_with("sips:"))
        return dial_failed(wish, 400, "no SIP address");
    for (const char* transport : {"tcp", "tls"})
        if (uri.find(fmt::format(";transport={}", transport)) != std::string::npos)
            peer.transport = transport;
    const std::string here = transports_.by_transport(peer.transport).host_port;
    auto call = std::make_unique<Call>(*this, wish.leg, std::move(peer), Call::State::Calling);
    add_call(std::move(call)).place(wish, std::move(uri), here);
}

// ---- time, and the end --------------------------------------------------------------------------

void SofiaStack::on_tick(SofiaStack* self, su_timer_t*, SofiaStack*) { self->tick(); }

void SofiaStack::tick() {
    const Instant now = mono_now();
    registrar_.tick(now);
    tell_refused();
    while (!wakes_.empty() && wakes_.begin()->first <= now) {
        const LegId leg = wakes_.begin()->second;
        wakes_.erase(wakes_.begin());
        const auto found = calls_.find(leg.value);
        if (found != calls_.end()) found->second->wake(now);
    }
    empty_graveyard();
    if (stopping_ && now >= stop_by_) su_root_break(root_);
}

void SofiaStack::begin_stop() {
    stopping_ = true;
    tell_refused();
    stop_by_ = mono_now() + stop_within;
    admission_.drain();
    std::vector<LegId> legs;
    for (const auto& [id, call] : calls_) legs.push_back(call->id());
    for (const LegId leg : legs)
        if (const auto found = calls_.find(leg.value); found != calls_.end())
            found->second->hang_up("SIP;cause=503;text=\"Service stopping\"");
    if (calls_.empty()) su_root_break(root_);
}

}  // namespace ys::sip
