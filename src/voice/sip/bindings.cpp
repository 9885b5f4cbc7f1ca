// SPDX-License-Identifier: Apache-2.0
// The table of registered phones.
#include "voice/sip/bindings.h"

namespace ys::sip {

Bindings::Change Bindings::bind(const std::string& user, Binding binding) {
    const auto found = bindings_.find(user);
    const bool fresh = found == bindings_.end();
    if (fresh && bindings_.size() >= bindings_max) return Change::Full;
    if (!fresh) user_by_address_.erase(found->second.address);
    user_by_address_[binding.address] = user;
    ends_.emplace(binding.expires_at, user);
    bindings_[user] = std::move(binding);
    return fresh ? Change::New : Change::Refreshed;
}

bool Bindings::unbind(const std::string& user) {
    const auto found = bindings_.find(user);
    if (found == bindings_.end()) return false;
    user_by_address_.erase(found->second.address);
    bindings_.erase(found);
    return true;
}

std::vector<std::string> Bindings::expire(Instant now) {
    std::vector<std::string> gone;
    while (!ends_.empty() && ends_.begin()->first <= now) {
        const std::string user = std::move(ends_.begin()->second);
        ends_.erase(ends_.begin());
        const Binding* binding = find(user);
        if (binding && binding->expires_at <= now && unbind(user)) gone.push_back(user);
    }
    return gone;
}

const Binding* Bindings::find(const std::string& user) const {
    const auto found = bindings_.find(user);
    return found == bindings_.end() ? nullptr : &found->second;
}

const std::string* Bindings::user_at(const std::string& address) const {
    const auto found = user_by_address_.find(address);
    return found == user_by_address_.end() ? nullptr : &found->second;
}

}  // namespace ys::sip
