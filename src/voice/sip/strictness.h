// SPDX-License-Identifier: Apache-2.0
// What RFC 3261 forbids and sofia's parser lets through: judged before anything acts on it.
#pragma once

#include <optional>
#include <string>

#include "voice/sip/sofia.h"

namespace ys::sip {

struct Fault {
    int status;
    const char* phrase;
};

/// The first thing wrong with a request, with the answer RFC 4475 asks for.
std::optional<Fault> fault_of(const sip_t* sip);

/// Names of extensions the request requires and we lack ("" for none), for Unsupported.
std::string unsupported_by_us(const sip_t* sip);

}  // namespace ys::sip
