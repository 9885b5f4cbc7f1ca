// SPDX-License-Identifier: Apache-2.0
// SIP as the rest of the house sees it: dialogs as values, no library's type in sight.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/time.h"

namespace ys::sip {

struct Trunk {
    std::string name;
    std::vector<std::string>
        source_addresses;  ///< numeric; an INVITE from one of them is this trunk's
    std::string proxy;     ///< "host:port[;transport=tcp|tls]" for calls out, "" for none
    std::string user;      ///< digest towards the trunk, "" for none
    Secret<std::string> password;
    std::string realm;  ///< credentials are only given to this realm and this proxy address
    bool sends_asserted_identity = false;  ///< P-Asserted-Identity is trusted from here alone
    std::size_t channels = 0;  ///< voice lines bought; calls beyond get 486. 0: not counted
};
struct PhoneAccount {
    std::string user;
    Secret<std::string> password;
};

enum class Source { Trunk, Phone, Unknown };

// ---- events; called on the SIP thread: post them and return ------------------------------------

struct Incoming {
    LegId leg;
    Source source = Source::Unknown;
    std::string source_name;   ///< trunk name or phone user
    std::string address;       ///< numeric source address
    std::string transport;     ///< "udp" "tcp" "tls"
    std::string called_user;   ///< user part of the Request-URI, unescaped, not yet normalised
    std::string caller_user;   ///< From or P-Asserted-Identity by trust; "" when withheld
    std::string display_name;  ///< raw; clean before showing
    std::string call_id;
    std::string sdp;  ///< "" when the INVITE carried no offer
    LegId replaces;   ///< the dialog named by Replaces, when it is one of ours
};
struct Ringing {  ///< 180/183 to a call we made
    LegId leg;
    std::string sdp;
};
struct Answered {  ///< 200 to a call we made, or ACK's SDP for an offerless INVITE
    LegId leg;
    std::string sdp;
};
struct Offered {  ///< re-INVITE or UPDATE from the far end: answer with accept_offer
    LegId leg;
    std::string sdp;
};
struct Ended {
    LegId leg;
    int status = 0;      ///< final SIP status of a call that was never up, else 0
    std::string reason;  ///< phrase or Reason header, cleaned
    bool by_far_end = true;
};
struct Referred {
    LegId leg;
    std::string target_user;
    LegId replaces;
};
struct InfoKey {  ///< application/dtmf-relay
    LegId leg;
    char key = 0;
};
struct PhoneRegistered {
    std::string user;
    std::string address;
};
struct PhoneGone {
    std::string user;
};
struct Refused {        ///< answered without building a call
    std::string cause;  ///< "overload" "source_limit" "trunk_full" "not_allowed" "malformed"
    std::string source;
    std::uint64_t count = 1;  ///< alike since the last one was told, 250 ms ago or more
};
/// What names a dialog and leads into it (RFC 3261 §12): enough to end it after a restart. Of a
/// phone that rings: what its INVITE is cancelled by (§9.1).
struct Dialog {
    std::string call_id, local_tag, remote_tag;
    std::string local_uri, remote_uri;
    std::string remote_target;  ///< URI of their Contact
    std::string route;          ///< a Route header's value, "" for none
    std::string transport;      ///< "udp" "tcp" "tls"
    std::uint64_t cseq = 0;     ///< the last one of ours
    std::string branch{};       ///< of our INVITE while it rings; "" once it is up
};
struct DialogKnown {
    LegId leg;
    Dialog dialog;
};
using SipEvent = std::variant<Incoming, Ringing, Answered, DialogKnown, Offered, Ended, Referred,
                              InfoKey, PhoneRegistered, PhoneGone, Refused>;

struct OutgoingCall {
    LegId leg;
    std::string target;  ///< a registered phone's user, "number" for a trunk, or a full sip: URI
    enum class To { Phone, Trunk, Uri } to = To::Trunk;
    std::string trunk;      ///< which trunk; "" for the first that has a proxy
    std::string from_user;  ///< shown number
    std::string from_name;
    std::string sdp;
    bool auto_answer = false;  ///< Call-Info/Alert-Info answer-after=0 for our own desk phones
};

class SipStack {
public:
    struct Config {
        std::vector<std::string> listen{"127.0.0.1:5060"};  ///< host:port; UDP and TCP on each
        std::string tls_listen;                             ///< "host:port", "" for none
        std::string certificate_dir;  ///< holds agent.pem (key + chain) and cafile.pem
        std::string realm = "yingsheng";
        std::vector<Trunk> trunks;
        std::vector<PhoneAccount> phones;
        bool offers_sha256 = true;            ///< false: phones are challenged with MD5 alone
        bool accept_unknown_sources = false;  ///< demo on loopback only
        std::size_t calls_max = 4000;
        double invites_per_s_max = 0;  ///< 0: only delay decides
        double source_invites_per_s_max = 50;
        std::size_t source_calls_max = 2000;
        std::uint64_t first_leg = 1;
        Seconds session_expires{1800};
        Seconds registration_min{60};     ///< shorter wishes get 423
        bool open_registrations = false;  ///< bench on loopback only: unknown users need no proof
    };
    using Sink = std::function<void(SipEvent)>;

    static Result<std::unique_ptr<SipStack>> start(Config config, Sink sink);
    virtual ~SipStack() = default;  ///< says BYE to what is up, then joins its thread

    // All calls return at once and may be made from any thread; a leg that is gone is ignored.
    /// The house has begun with this Incoming. How late that is decides whether more are let in.
    virtual void heard(LegId leg) = 0;
    virtual void ring(LegId leg) = 0;                       ///< 180
    virtual void progress(LegId leg, std::string sdp) = 0;  ///< 183 with early media
    virtual void answer(LegId leg, std::string sdp) = 0;    ///< 200
    virtual void refuse(LegId leg, int status, std::string phrase, int retry_after_s) = 0;
    virtual void hang_up(LegId leg, std::string reason) = 0;  ///< BYE, CANCEL or a final refusal
    virtual void invite(OutgoingCall call) = 0;
    virtual void offer(
        LegId leg,
        std::string sdp) = 0;  ///< re-INVITE; Answered follows, with the old SDP if refused
    virtual void accept_offer(LegId leg, std::string sdp) = 0;  ///< answers Offered
    virtual void refer_result(LegId leg, int status) = 0;       ///< NOTIFY sipfrag to a Referred
    /// BYE into a dialog of an earlier life of this process, CANCEL to a phone it left ringing;
    /// nobody waits for the answer.
    virtual void end_lost(Dialog dialog) = 0;
    virtual void set_phones(std::vector<PhoneAccount> phones) = 0;
    /// Refuses every new INVITE with 503 from now on.
    virtual void drain() = 0;

    struct Bound {
        std::vector<std::string> udp, tcp, tls;  ///< "host:port" really bound
    };
    virtual Bound bound() const = 0;
    struct Counters {
        std::uint64_t invites = 0, refused = 0, dialogs = 0, registrations = 0;
        std::map<std::string, std::uint64_t> refused_by_cause;
        std::map<std::string, std::uint64_t> trunk_calls;  ///< up or ringing, by trunk
    };
    virtual Counters counters() const = 0;
};

}  // namespace ys::sip
