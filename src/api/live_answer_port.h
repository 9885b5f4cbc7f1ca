// SPDX-License-Identifier: Apache-2.0
// What routes and the chat ask of the business systems: one sentence with its time, and what it was
// made of. Everything here runs on the control loop.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "backoffice/live_answer.h"
#include "backoffice/said_answer.h"
#include "base/id.h"
#include "base/secret.h"

namespace ys::api {

struct LiveAsk {
    CentreId centre;
    backoffice::SubjectKind kind = backoffice::SubjectKind::None;
    std::string number;          ///< as keyed or typed; a place's name
    Secret<std::string> digits;  ///< of the identity check; "" for a place
    std::string route;           ///< of a stop: this one only
    std::string channel;         ///< "page" "desk" "chat" "keys"
    UserId user;                 ///< agent who asks; none: the citizen
    InteractionId call;          ///< the citizen's call, or none
    backoffice::Language language = backoffice::Language::Chinese;
};

/// What is told, and on the disk already that it is.
struct LiveReply {
    std::string sentence;
    bool is_person_offered = false;
    /// Known or not known; none where nothing could be seen. Of a person's number only the end is
    /// left.
    std::optional<backoffice::LiveAnswer> answer;
    std::string outcome;  ///< as of facts::LiveLookedUp; for operators
};

class LiveAnswerPort {
public:
    using Then = std::function<void(LiveReply)>;
    virtual ~LiveAnswerPort() = default;
    /// What can be asked about; none when no business system is set up.
    virtual std::vector<backoffice::SubjectKind> kinds() const = 0;
    /// What is looked at for who asks about this matter; None for nothing.
    virtual backoffice::SubjectKind kind_for(const std::string& matter) const = 0;
    /// Counts one question of an address; false when it is one too many.
    virtual bool may_ask(const std::string& source) = 0;
    /// `then` comes within some two seconds, never from within this call. Whatever happens there is
    /// a sentence.
    virtual void look(LiveAsk ask, Then then) = 0;
    /// The question that the caller of this agent's call has proved to be theirs, asked again: of
    /// now. False, and no `then`, when there is none.
    virtual bool look_again(LiveAsk by_whom, Then then) = 0;
};

/// look() for a coroutine.
inline boost::asio::awaitable<LiveReply> looked(LiveAnswerPort& port, LiveAsk ask) {
    namespace asio = boost::asio;
    return asio::async_initiate<const asio::use_awaitable_t<>&, void(LiveReply)>(
        [](auto handler, LiveAnswerPort* from, LiveAsk what) {
            // A std::function is copied; a handler is not.
            auto kept = std::make_shared<decltype(handler)>(std::move(handler));
            from->look(std::move(what),
                       [kept](LiveReply reply) { std::move (*kept)(std::move(reply)); });
        },
        asio::use_awaitable, &port, std::move(ask));
}

/// look_again() for a coroutine: nothing when the caller has asked nothing.
inline boost::asio::awaitable<std::optional<LiveReply>> looked_again(LiveAnswerPort& port,
                                                                     LiveAsk by_whom) {
    namespace asio = boost::asio;
    return asio::async_initiate<const asio::use_awaitable_t<>&, void(std::optional<LiveReply>)>(
        [](auto handler, LiveAnswerPort* from, LiveAsk who) {
            auto kept = std::make_shared<decltype(handler)>(std::move(handler));
            auto then = [kept](std::optional<LiveReply> reply) {
                std::move (*kept)(std::move(reply));
            };
            if (from->look_again(std::move(who), then)) return;
            const auto home = asio::get_associated_executor(*kept);
            asio::post(home, [then] { then({}); });
        },
        asio::use_awaitable, &port, std::move(by_whom));
}

}  // namespace ys::api
