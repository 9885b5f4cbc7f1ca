// SPDX-License-Identifier: Apache-2.0
// Fuzz target: a datagram that claims to be STUN, and the ICE agent that judges it.
#include <netinet/in.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "base/panic.h"
#include "voice/media/webrtc/ice_lite.h"
#include "voice/media/webrtc/stun.h"

using namespace ys;
using namespace ys::media;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto view = StunView::parse({data, size});
    if (!view) return 0;
    static_cast<void>(view->type());
    static_cast<void>(view->username());
    static_cast<void>(view->unknown_required());
    for (std::uint16_t attribute = 0; attribute < 0x40; ++attribute) {
        const auto value = view->find(attribute);
        YS_ASSERT(!value || value->data() + value->size() <= data + size);
    }
    YS_ASSERT(!view->is_signed_with("a password no input can know, 0123456789"));
    IceLite agent({"ufrag", "a password no input can know, 0123456789", "theirs"});
    sockaddr_storage from{};
    from.ss_family = AF_INET;
    const auto outcome = agent.on_check(*view, from, PairKey::of(from, 0), Instant{},
                                        [](std::span<const std::uint8_t>) { std::abort(); });
    YS_ASSERT(outcome.kind == IceLite::Outcome::Kind::Dropped && agent.pairs().empty());
    // With a password known to all, the rest of the agent is reached too.
    IceLite open({"ufrag", "open", "theirs"});
    const auto answered = open.on_check(
        *view, from, PairKey::of(from, 0), Instant{},
        [](std::span<const std::uint8_t> reply) { YS_ASSERT(StunView::parse(reply).has_value()); });
    static_cast<void>(answered);
    return 0;
}
