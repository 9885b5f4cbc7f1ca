// SPDX-License-Identifier: Apache-2.0
// Tickets: each opens one socket of a conversation within a minute, so that the token itself is in
// no address and no log.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include <boost/asio/execution_context.hpp>

#include "api/chat_port.h"
#include "base/time.h"
#include "platform/http/message.h"

namespace ys::api {

/// One for each loop, found by asio::use_service; used on that loop only.
class ChatTickets final : public boost::asio::execution_context::service {
public:
    using key_type = ChatTickets;
    inline static boost::asio::execution_context::id id;
    explicit ChatTickets(boost::asio::execution_context& loop) : service(loop) {}

    struct Ticket {
        ChatId chat;
        std::string token, address;
        Instant expires{};
    };
    std::string issue(ChatId chat, const std::string& token, const std::string& address);
    /// Used up with this; none when it is unknown, too old or came from another address.
    std::optional<Ticket> take(std::string_view ticket, const std::string& address);

private:
    void shutdown() noexcept override {}

    static constexpr std::size_t tickets_max = 50'000;
    std::unordered_map<std::string, Ticket> issued_;  ///< by SHA-256 of the ticket
};

/// For who neither has nor had the conversation: without whole numbers.
void mask(ChatStoryView& story);

/// A file as its reader gets it: never a page.
Result<http::Response> chat_file(const http::Request& request, const ChatFileFound& found);

}  // namespace ys::api
