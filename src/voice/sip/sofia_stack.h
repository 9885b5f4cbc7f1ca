// SPDX-License-Identifier: Apache-2.0
// SipStack by sofia-sip: its transactions and dialogs (NTA) on a thread of its own.
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

#include "voice/sip/admission.h"
#include "voice/sip/call.h"
#include "voice/sip/front_door.h"
#include "voice/sip/registrar.h"
#include "voice/sip/sip_stack.h"
#include "voice/sip/transports.h"

namespace ys::sip {

/// Header objects every answer uses, made once.
struct Headers {
    sip_allow_t* allow = nullptr;
    sip_supported_t* supported = nullptr;
    sip_accept_t* accept = nullptr;
    sip_content_type_t* sdp = nullptr;
};

/// 128 random bits as text: Call-IDs, cnonces.
std::string fresh_token();

class SofiaStack final : public SipStack {
public:
    SofiaStack(Config config, Sink sink);
    ~SofiaStack() override;
    Result<Done> start_thread();

    void heard(LegId leg) override { heard_.store(leg.value, std::memory_order_relaxed); }
    void ring(LegId leg) override;
    void progress(LegId leg, std::string sdp) override;
    void answer(LegId leg, std::string sdp) override;
    void refuse(LegId leg, int status, std::string phrase, int retry_after_s) override;
    void hang_up(LegId leg, std::string reason) override;
    void invite(OutgoingCall call) override;
    void offer(LegId leg, std::string sdp) override;
    void accept_offer(LegId leg, std::string sdp) override;
    void refer_result(LegId leg, int status) override;
    void end_lost(Dialog dialog) override;
    void set_phones(std::vector<PhoneAccount> phones) override;
    void drain() override;
    Bound bound() const override { return bound_; }
    Counters counters() const override;

    // For the classes on the SIP thread.
    const Config& config() const { return config_; }
    nta_agent_t* agent() const { return agent_; }
    const Headers& headers() const { return headers_; }
    Transports& transports() { return transports_; }
    Admission& admission() { return admission_; }
    Registrar& registrar() { return registrar_; }
    FrontDoor& door() { return door_; }
    const Trunk* trunk_at(const std::string& host) const;
    void emit(SipEvent event) { sink_(std::move(event)); }
    void count_invite() { invites_.fetch_add(1, std::memory_order_relaxed); }
    /// Whether all lines of a trunk are taken, by calls in and out.
    bool is_full(const Trunk& trunk) const;
    void count_refused(const std::string& cause, const std::string& source);
    LegId new_leg() { return LegId{next_leg_++}; }
    Call& add_call(std::unique_ptr<Call> call);
    Call* call_of_replaces(const sip_replaces_t* replaces) const;
    /// Takes a call off the table; it is deleted when no callback of it runs any more.
    void bury(Call& call);
    void empty_graveyard();
    void wake_at(Instant when, LegId leg);
    /// After a glare (491): the call tries its offer again in a while.
    void retry_offer(LegId leg);
    Backlog backlog(Instant now);
    bool stopping() const { return stopping_; }

private:
    void run(std::promise<Result<Done>> ready);
    Result<Done> open();
    void close();
    void post(std::function<void()> work);
    void work_off();
    void with_call(LegId leg, std::function<void(Call&)> work);
    void dial(OutgoingCall wish);
    void dial_failed(const OutgoingCall& wish, int status, std::string why);
    void tell_refused();
    void tick();
    void begin_stop();
    static void on_wake(SofiaStack* self, su_msg_r, SofiaStack**);
    static void on_tick(SofiaStack* self, su_timer_t*, SofiaStack*);

    const Config config_;
    const Sink sink_;
    std::thread thread_;

    std::mutex mailbox_lock_;
    std::vector<std::function<void()>> mailbox_;
    bool open_for_posts_ = false;

    su_root_t* root_ = nullptr;
    su_timer_t* timer_ = nullptr;
    nta_agent_t* agent_ = nullptr;
    su_home_t* home_ = nullptr;
    Headers headers_;
    Transports transports_;
    Bound bound_;
    Admission admission_;
    Registrar registrar_;
    FrontDoor door_;
    std::unordered_map<std::string, const Trunk*> trunks_by_host_;

    std::uint64_t next_leg_;
    std::unordered_map<std::uint64_t, std::unique_ptr<Call>> calls_;
    std::vector<std::unique_ptr<Call>> graveyard_;
    std::multimap<Instant, LegId> wakes_;
    std::deque<std::pair<Instant, LegId>> unheeded_;
    std::atomic<std::uint64_t> heard_{0};  ///< the last leg the house has begun with
    std::map<std::pair<std::string, std::string>, std::uint64_t> untold_;  ///< refused, till a tick
    bool stopping_ = false;
    Instant stop_by_{};

    std::atomic<std::uint64_t> invites_{0}, dialogs_{0};
    mutable std::mutex refused_lock_;
    std::map<std::string, std::uint64_t> trunk_calls_;  ///< under refused_lock_
    std::map<std::string, std::uint64_t> refused_by_cause_;
};

}  // namespace ys::sip
