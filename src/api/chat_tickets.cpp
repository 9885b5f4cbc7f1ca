// SPDX-License-Identifier: Apache-2.0
#include "api/chat_tickets.h"

#include "platform/clock.h"
#include "platform/password/token.h"

namespace ys::api {
namespace {

constexpr Seconds ticket_life{60};

}  // namespace

std::string ChatTickets::issue(ChatId chat, const std::string& token, const std::string& address) {
    const Instant now = mono_now();
    if (issued_.size() * 2 >= tickets_max)
        std::erase_if(issued_, [&](const auto& each) { return each.second.expires < now; });
    // Older ones than the latest are of pages that were closed while they opened.
    if (issued_.size() >= tickets_max) issued_.clear();
    std::string ticket = password::random_token();
    issued_[password::sha256_hex(ticket)] = {chat, token, address, now + ticket_life};
    return ticket;
}

std::optional<ChatTickets::Ticket> ChatTickets::take(std::string_view ticket,
                                                     const std::string& address) {
    auto node = issued_.extract(password::sha256_hex(ticket));
    if (node.empty()) return std::nullopt;
    Ticket& found = node.mapped();
    if (found.expires < mono_now() || found.address != address) return std::nullopt;
    return std::move(found);
}

}  // namespace ys::api
