// SPDX-License-Identifier: Apache-2.0
#include "app/web_calls.h"

#include <utility>

#include "api/refusal.h"

namespace ys::app {

Result<Done> WebCalls::offer(api::WebCallId call, const std::string& number, const std::string& sdp,
                             const std::string& remote_address) {
    if (legs_.contains(call)) return api::refused("already_calling");
    starting_ = call;
    const auto leg =
        ports_.switchboard().web_call({.number = number, .offer = sdp, .address = remote_address});
    starting_ = {};
    if (!leg) return api::refused("no_such_number");
    legs_[call] = *leg;
    calls_[*leg] = call;
    return Done{};
}

void WebCalls::key(api::WebCallId call, char key) {
    if (const auto at = legs_.find(call); at != legs_.end())
        ports_.switchboard().web_key(at->second, key);
}

void WebCalls::hang_up(api::WebCallId call) {
    const auto at = legs_.find(call);
    if (at == legs_.end()) return;
    const LegId leg = at->second;
    legs_.erase(at);
    calls_.erase(leg);
    ports_.switchboard().web_gone(leg);
}

void WebCalls::closed(api::WebCallId call) { hang_up(call); }

void WebCalls::send(LegId leg, const boost::json::object& message) {
    const auto at = calls_.find(leg);
    const api::WebCallId call = at == calls_.end() ? starting_ : at->second;
    if (call) ports_.sockets().send(call, message);
}

void WebCalls::send_answer(LegId leg, const std::string& sdp) {
    send(leg, {{"type", "answer"}, {"sdp", sdp}});
}

void WebCalls::send_state(LegId leg, const std::string& state) {
    send(leg, {{"type", "state"}, {"state", state}});
    if (state != "ended") return;
    const auto at = calls_.find(leg);
    if (at == calls_.end()) return;
    const api::WebCallId call = at->second;
    legs_.erase(call);
    calls_.erase(at);
    ports_.sockets().close(call);
}

}  // namespace ys::app
