// SPDX-License-Identifier: Apache-2.0
// What offer and answer settled about one browser: ICE credentials and its certificate's digest.
#pragma once

#include <string>

namespace ys::media {

struct WebRtcPeer {
    std::string local_ufrag;  ///< unique in its port: first packets are told apart by it
    std::string local_pwd;
    std::string remote_ufrag;
    std::string remote_pwd;
    std::string remote_fingerprint;  ///< "sha-256 AB:CD:.." (RFC 8122 §5), 32 bytes
};

}  // namespace ys::media
