// SPDX-License-Identifier: Apache-2.0
// One SIP dialog and its transactions; lives on the SIP thread only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "voice/sip/outgoing_auth.h"
#include "voice/sip/session_timer.h"
#include "voice/sip/sip_stack.h"
#include "voice/sip/sofia.h"

namespace ys::sip {

/// Who is at the other end, found out before the call is built.
struct Peer {
    Source source = Source::Unknown;
    std::string name;       ///< trunk name or phone user
    std::string host;       ///< numeric address of the far end, "" until an answer came
    std::string transport;  ///< "udp" "tcp" "tls"
    std::string route;      ///< next hop that wins over the contact, "" for none
    const Trunk* trunk = nullptr;
};

class Call {
public:
    enum class State {
        Offered,   ///< came in, nothing final said
        Accepted,  ///< 200 sent, ACK awaited
        Calling,   ///< going out, nothing final heard
        Up,
        Closing,  ///< Ended is told; waiting for the last transaction
        Gone      ///< only memory
    };

    Call(SofiaStack& stack, LegId id, Peer peer, State state);
    ~Call();
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

    /// Takes an admitted INVITE over (and the message with it); false when sofia could not.
    bool take_invite(msg_t* msg, sip_t* sip);
    /// Sends the INVITE.
    void place(const OutgoingCall& wish, std::string request_uri, std::string from_host);

    // The commands of SipStack; untimely ones are ignored.
    void ring();
    void progress(const std::string& sdp);
    void answer(const std::string& sdp);
    void refuse(int status, const std::string& phrase, int retry_after_s);
    void hang_up(const std::string& reason);
    void offer(std::string sdp);
    void accept_offer(const std::string& sdp);
    void refer_result(int status);
    /// A moment asked for with wake_at has come.
    void wake(Instant now);

    LegId id() const { return id_; }
    State state() const { return state_; }
    const Peer& peer() const { return peer_; }
    nta_leg_t* dialog() const { return dialog_; }
    bool heeded() const { return heeded_; }
    bool incoming() const { return incoming_; }
    std::string source_counted;  ///< address this call was admitted under

    // sofia's callbacks.
    static int on_request(Call*, nta_leg_t*, nta_incoming_t*, const sip_t*);

private:
    static int on_ack_or_cancel(Call*, nta_incoming_t*, const sip_t*);
    static int on_prack(Call*, nta_reliable_t*, nta_incoming_t*, const sip_t*);
    static int on_invite_response(Call*, nta_outgoing_t*, const sip_t*);
    static int on_reoffer_response(Call*, nta_outgoing_t*, const sip_t*);
    static int on_bye_response(Call*, nta_outgoing_t*, const sip_t*);
    static int on_aside_response(Call*, nta_outgoing_t*, const sip_t*);
    static int on_reoffer_ack(Call*, nta_incoming_t*, const sip_t*);

    // What both directions share (call.cpp).
    void tell_end(int status, std::string reason, bool by_far_end);
    void finish();
    void tell_dialog(const sip_from_t* local, const sip_from_t* remote, const sip_call_id_t* id);
    void tell_ring(const sip_t* sip);
    void send_bye(const std::string& reason);
    void ack(nta_outgoing_t* request, const sip_t* response);
    void set_session_timer(SessionTimer timer);
    void session_due(Instant now);
    void session_refreshed();
    void dialog_lost(const sip_t* sip, int status);
    const url_string_t* route() const;
    const sip_contact_t* contact() const;
    void aside(nta_outgoing_t* request);
    void drop(nta_outgoing_t*& request);

    // Incoming (call_incoming.cpp).
    void provisional(int status, const char* phrase, const std::string& sdp);
    void acknowledged(const sip_t* sip);

    // Outgoing (call_outgoing.cpp).
    void send_invite();
    void invite_progress(const sip_t* sip, int status);
    void invite_accepted(const sip_t* sip);
    void invite_refused(const sip_t* sip, int status);
    bool retry_with_credentials(const sip_t* sip, int status);
    void establish(const sip_t* sip);
    std::string credentials(const char* method);

    // Inside the dialog (call_in_dialog.cpp).
    int request(nta_incoming_t* irq, const sip_t* sip);
    int got_bye(const sip_t* sip);
    int got_offer(nta_incoming_t* irq, const sip_t* sip);
    int got_refer(nta_incoming_t* irq, const sip_t* sip);
    int got_info(const sip_t* sip);
    bool from_our_peer(nta_incoming_t* irq) const;
    void notify(int status);
    void send_offer(const std::string& sdp);
    void reply_to_offer(nta_incoming_t* irq, const std::string& sdp);
    void send_next_offer();

    SofiaStack& stack_;
    const LegId id_;
    Peer peer_;
    State state_;
    const bool incoming_;
    bool told_ = false;
    bool heeded_ = false;
    bool bye_after_ack_ = false;
    bool offerless_ = false;       ///< the INVITE had no offer: ours goes in the answer
    bool early_answered_ = false;  ///< SDP went out in a reliable provisional answer
    bool peer_needs_100rel_ = false;
    bool peer_has_timer_ = false;
    bool peer_has_update_ = false;
    bool rang_ = false;
    std::string bye_reason_;

    nta_leg_t* dialog_ = nullptr;
    nta_incoming_t* invite_in_ = nullptr;
    nta_outgoing_t* invite_out_ = nullptr;
    nta_outgoing_t* bye_ = nullptr;
    std::vector<nta_outgoing_t*> asides_;  ///< PRACK, NOTIFY, UPDATE: nobody waits for them

    std::string local_sdp_, remote_sdp_;
    nta_incoming_t* offer_in_ = nullptr;     ///< re-INVITE or UPDATE waiting for accept_offer
    nta_incoming_t* offer_acked_ = nullptr;  ///< re-INVITE answered, ACK awaited
    nta_outgoing_t* offer_out_ = nullptr;
    std::string offer_out_sdp_;
    std::optional<std::string> next_offer_;

    Seconds asked_interval_{0};  ///< Session-Expires of the INVITE
    std::string asked_refresher_;
    SessionTimer timer_;
    std::optional<Instant> timer_due_;

    OutgoingCall wish_;
    std::string request_uri_, from_host_, call_id_;
    OutgoingAuth auth_;
    std::uint32_t last_rseq_ = 0;
    Seconds min_se_{0};

    bool referred_ = false;
    std::string refer_event_;
};

}  // namespace ys::sip
