// SPDX-License-Identifier: Apache-2.0
// One WebSocket over any stream: reads messages, writes a bounded mailbox. Included by the two
// files that instantiate connections and by nobody else.
#pragma once

#include <deque>
#include <exception>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/websocket/stream.hpp>

#include "platform/http/framing.h"
#include "platform/http/server.h"

namespace ys::http {

namespace beast = boost::beast;

/// Stream is used by reference: it belongs to the connection that was upgraded.
template <class Stream>
class WebSocketSession final : public WebSocket, public Connection {
public:
    WebSocketSession(Server& server, Stream& stream, WebSocketHandler& handler)
        : server_(server),
          socket_(stream),
          handler_(handler),
          wake_(socket_.get_executor()),
          writer_(socket_.get_executor()) {
        wake_.expires_at(asio::steady_timer::time_point::max());
        server_.add(*this);
    }
    ~WebSocketSession() override { server_.remove(*this); }
    WebSocketSession(const WebSocketSession&) = delete;
    WebSocketSession& operator=(const WebSocketSession&) = delete;

    void abort() override {
        is_dead_ = true;
        beast::get_lowest_layer(socket_).close();
        wake_.cancel();
    }

    void send(std::string text) override {
        if (is_dead_ || is_closing_) return;
        waiting_bytes_ += text.size();
        waiting_.push_back(std::move(text));
        const Limits& limits = server_.limits();
        if (waiting_.size() > limits.mailbox_messages_max ||
            waiting_bytes_ > limits.mailbox_bytes_max)
            return abort();
        wake_.cancel();
    }

    void close(std::uint16_t code, std::string_view reason) override {
        if (is_dead_ || is_closing_) return;
        is_closing_ = true;
        reason = reason.substr(0, 123);  // RFC 6455 §5.5: a control frame holds 125 bytes.
        close_reason_ = beast::websocket::close_reason(
            static_cast<beast::websocket::close_code>(code), {reason.data(), reason.size()});
        wake_.cancel();
    }

    template <class Handshake>
    asio::awaitable<void> run(const Handshake& handshake) {
        beast::get_lowest_layer(socket_).expires_never();
        // Silence for 10 s is asked about with a ping; 20 s of it is the end.
        socket_.set_option(beast::websocket::stream_base::timeout{10s, 20s, true});
        socket_.read_message_max(server_.limits().message_max);
        boost::system::error_code ec;
        co_await socket_.async_accept(handshake, asio::redirect_error(asio::use_awaitable, ec));
        if (ec || server_.is_stopping()) co_return;
        handler_.opened(*this);
        // The writer is a task of its own; it is waited for below, so this frame outlives it. Not
        // one of the server's: it counts those as connections.
        writer_.spawn("websocket", write());
        std::exception_ptr thrown;
        try {
            co_await read();
        } catch (...) {
            thrown = std::current_exception();
        }
        is_dead_ = true;
        handler_.closed();
        beast::get_lowest_layer(socket_).close();
        wake_.cancel();
        co_await writer_.join();
        if (thrown) std::rethrow_exception(thrown);
    }

private:
    asio::awaitable<void> read() {
        beast::flat_buffer buffer;
        for (;;) {
            boost::system::error_code ec;
            co_await socket_.async_read(buffer, asio::redirect_error(asio::use_awaitable, ec));
            if (ec || is_dead_) co_return;
            if (!socket_.got_text()) {
                close(1003, "text only");
            } else if (!is_closing_) {
                const auto bytes = buffer.cdata();
                handler_.message({static_cast<const char*>(bytes.data()), bytes.size()});
            }
            buffer.consume(buffer.size());
        }
    }

    asio::awaitable<void> write() {
        socket_.text(true);
        socket_.auto_fragment(false);  // One message, one frame.
        while (!is_dead_) {
            boost::system::error_code ec;
            if (!waiting_.empty()) {
                const std::string text = std::move(waiting_.front());
                waiting_.pop_front();
                co_await socket_.async_write(asio::buffer(text),
                                             asio::redirect_error(asio::use_awaitable, ec));
                waiting_bytes_ -= text.size();
                if (ec) break;
            } else if (is_closing_) {
                // A peer that does not answer the close is not waited for long: it was told to go.
                socket_.set_option(beast::websocket::stream_base::timeout{1s, 20s, true});
                co_await socket_.async_close(close_reason_,
                                             asio::redirect_error(asio::use_awaitable, ec));
                break;
            } else {
                co_await wake_.async_wait(asio::redirect_error(asio::use_awaitable, ec));
            }
        }
        // The reader may be waiting for a peer that no longer reads.
        beast::get_lowest_layer(socket_).close();
    }

    Server& server_;
    beast::websocket::stream<Stream&> socket_;
    WebSocketHandler& handler_;
    asio::steady_timer wake_;  ///< cancelled when there is something to do
    TaskGroup writer_;
    std::deque<std::string> waiting_;
    std::size_t waiting_bytes_ = 0;
    beast::websocket::close_reason close_reason_;
    bool is_closing_ = false;
    bool is_dead_ = false;
};

template <class Stream, class Handshake>
asio::awaitable<void> run_websocket(Server& server, Stream& stream, Handshake handshake,
                                    std::shared_ptr<WebSocketHandler> handler) {
    WebSocketSession<Stream> session(server, stream, *handler);
    co_await session.run(handshake);
}

}  // namespace ys::http
