// SPDX-License-Identifier: Apache-2.0
// What we take from a parsed SIP message, copied into plain values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "voice/sip/sofia.h"

namespace ys::sip {

/// Where a message really came from; nothing a header claims.
struct FarAddress {
    std::string host;       ///< numeric, IPv6 without brackets
    std::string host_port;  ///< as it is written in a URI
};
FarAddress far_address(msg_t* msg);

/// User part of a URI, %-escapes undone (NUL included: the caller of this decides about it).
std::string user_of(const url_t* url);
std::string unescaped(const char* text);
/// The other way: what a user part may not hold is %-escaped (RFC 3261 §19.1.2).
std::string escaped_user(std::string_view user);

enum class Trust { FromOnly, AssertedIdentity };
struct Caller {
    std::string user;     ///< "" when withheld
    std::string display;  ///< raw
};
/// P-Asserted-Identity is looked at only with that trust (RFC 3325 §5); Privacy and anonymous URIs
/// hide the caller (RFC 3323 §4.2).
Caller caller_of(const sip_t* sip, Trust trust);

/// The session description: the body itself, or that part of a multipart body (RFC 5621 §3.1).
std::string sdp_of(const sip_t* sip);

/// "Digest ..." values of a header of the Authorization or Authenticate kind, one for each.
std::vector<std::string> auth_values(const msg_auth_t* header);

/// Text of the Reason header, cleaned; `otherwise` when there is none.
std::string reason_of(const sip_t* sip, std::string otherwise);

/// A Reason header's value from our own words: "SIP;cause=200;text=\"...\"", or the words
/// themselves when they are such a value already.
std::string reason_value(const std::string& reason);

/// Replaces as carried in the headers part of a Refer-To URI, if any (RFC 3891 §6.1).
std::optional<std::string> replaces_in(const url_t* refer_to);

/// The key of an application/dtmf-relay or application/dtmf body; 0 when there is none.
char info_key(const sip_t* sip);

}  // namespace ys::sip
