// SPDX-License-Identifier: Apache-2.0
// The life of one connection over any stream. Slow to compile: only the two users include it.
#pragma once

#include <algorithm>
#include <array>
#include <fstream>
#include <span>

#include <boost/asio/ssl/error.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include "platform/http/framing.h"
#include "platform/http/server.h"
#include "platform/http/websocket_session.h"
#include "platform/http/write_pieces.h"

namespace ys::http {
namespace beast = boost::beast;

/// Stream is beast::tcp_stream or an SSL stream over it.
template <class Stream>
class HttpConnection final : public Connection {
public:
    HttpConnection(Server& server, Stream& stream, std::string source, bool is_tls)
        : server_(server), stream_(stream), source_(std::move(source)), is_tls_(is_tls) {
        server_.add(*this);
    }
    ~HttpConnection() override { server_.remove(*this); }
    HttpConnection(const HttpConnection&) = delete;
    HttpConnection& operator=(const HttpConnection&) = delete;

    void abort() override { beast::get_lowest_layer(stream_).close(); }

    /// Answers requests until the connection closes, or the WebSocket it became has ended.
    asio::awaitable<void> run() {
        bool is_first = true;
        while (!server_.is_stopping() && co_await answer_one(is_first)) is_first = false;
    }

private:
    using Parser = beast::http::request_parser<beast::http::string_body>;

    beast::tcp_stream& tcp() { return beast::get_lowest_layer(stream_); }
    /// The time that `bytes` may take at the lowest rate we bear.
    Millis time_for(std::size_t bytes) const {
        return server_.limits().header_within + Millis{bytes * 1000 / server_.limits().rate_min};
    }

    asio::awaitable<bool> answer_one(bool is_first);
    asio::awaitable<bool> read_header(Parser& parser, bool is_first);
    asio::awaitable<bool> read_body(Parser& parser);
    asio::awaitable<bool> write(Response response, bool is_head, bool keep_alive);
    asio::awaitable<bool> write_file(FilePart part);
    asio::awaitable<bool> write_all(std::array<asio::const_buffer, 2> bytes);
    asio::awaitable<bool> refuse(const Refused& refused);

    Server& server_;
    Stream& stream_;
    std::string source_;
    bool is_tls_;
    beast::flat_buffer buffer_{128 * 1024};
};

template <class Stream>
asio::awaitable<bool> HttpConnection<Stream>::read_header(Parser& parser, bool is_first) {
    boost::system::error_code ec;
    if (!is_first && buffer_.size() == 0) {
        // Waiting for the next request may take long; sending its header may not.
        tcp().expires_after(server_.limits().idle_max);
        const std::size_t n = co_await stream_.async_read_some(
            buffer_.prepare(4096), asio::redirect_error(asio::use_awaitable, ec));
        buffer_.commit(n);
        if (ec) co_return false;
    }
    tcp().expires_after(server_.limits().header_within);
    co_await beast::http::async_read_header(stream_, buffer_, parser,
                                            asio::redirect_error(asio::use_awaitable, ec));
    if (!ec) co_return true;
    if (ec == beast::http::error::header_limit)
        co_await refuse({431, "the header is larger than 16 kB"});
    else if (ec == beast::http::error::body_limit)
        co_await refuse({413, "the body is larger than is taken here"});
    else if (ec.category() == make_error_code(beast::http::error::bad_method).category() &&
             ec != beast::http::error::end_of_stream && ec != beast::http::error::partial_message)
        co_await refuse({400, "this is not an HTTP/1.1 request"});
    co_return false;
}

template <class Stream>
asio::awaitable<bool> HttpConnection<Stream>::read_body(Parser& parser) {
    const std::size_t length = parser.content_length().value_or(0);
    if (length > server_.limits().body_max)
        co_return co_await refuse({413, "the body is larger than is taken here"});
    tcp().expires_after(time_for(length));
    if (equals_ignoring_case(to_view(parser.get()[beast::http::field::expect]), "100-continue")) {
        static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        if (!co_await write_all({asio::buffer(go_on), asio::const_buffer()})) co_return false;
    }
    boost::system::error_code ec;
    co_await beast::http::async_read(stream_, buffer_, parser,
                                     asio::redirect_error(asio::use_awaitable, ec));
    co_return !ec;
}

template <class Stream>
asio::awaitable<bool> HttpConnection<Stream>::answer_one(bool is_first) {
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(server_.limits().header_max));
    parser.body_limit(server_.limits().body_max);
    if (!co_await read_header(parser, is_first)) co_return false;
    Pairs headers;
    for (const auto& field : parser.get())
        headers.emplace_back(lowered(to_view(field.name_string())), to_view(field.value()));
    auto request = framed(to_view(parser.get().method_string()), to_view(parser.get().target()),
                          parser.get().version(), std::move(headers));
    if (const auto* refused = std::get_if<Refused>(&request)) co_return co_await refuse(*refused);
    if (!co_await read_body(parser)) co_return false;
    Request& ready = std::get<Request>(request);
    ready.body = std::move(parser.get().body());
    ready.remote_address = source_;
    ready.is_loopback = is_loopback_address(source_);
    ready.is_tls = is_tls_;
    const bool is_head = ready.method == "HEAD";
    const bool keep_alive = parser.get().keep_alive();
    tcp().expires_never();  // The service has deadlines of its own.
    const bool may_upgrade = ready.is_upgrade;
    Response response = co_await server_.answered(std::move(ready));
    if (response.websocket && may_upgrade) {
        co_await run_websocket(server_, stream_, parser.release(), std::move(response.websocket));
        co_return false;
    }
    co_return co_await write(std::move(response), is_head, keep_alive);
}

template <class Stream>
asio::awaitable<bool> HttpConnection<Stream>::write_all(std::array<asio::const_buffer, 2> bytes) {
    return write_pieces(stream_, bytes, is_tls_);
}

template <class Stream>
asio::awaitable<bool> HttpConnection<Stream>::write(Response response, bool is_head,
                                                    bool keep_alive) {
    keep_alive = keep_alive && !server_.is_stopping();
    const std::string head = head_of(response, keep_alive);
    const std::string_view body = is_head || response.file ? std::string_view()
                                  : response.body.empty()  ? response.constant_body
                                                           : std::string_view(response.body);
    tcp().expires_after(time_for(head.size() + body.size()));
    if (!co_await write_all({asio::buffer(head), asio::buffer(body)})) co_return false;
    if (response.file && !is_head && !co_await write_file(*response.file)) co_return false;
    co_return keep_alive;
}

template <class Stream>
asio::awaitable<bool> HttpConnection<Stream>::write_file(FilePart part) {
    static constexpr std::size_t block_bytes = 64 * 1024;
    std::ifstream file(part.path, std::ios::binary);
    file.seekg(static_cast<std::streamoff>(part.first));
    std::string block;
    while (part.length > 0) {
        block.resize(std::min<std::uint64_t>(block_bytes, part.length));
        // On the pool: a slow disk must not hold the calls up. The frame outlives the work.
        const std::size_t got = co_await server_.pool().run([&file, &block] {
            file.read(block.data(), static_cast<std::streamsize>(block.size()));
            return static_cast<std::size_t>(file.gcount());
        });
        // A file that got shorter cannot be told any more in the status; cutting the answer does.
        if (got == 0) co_return false;
        part.length -= got;
        tcp().expires_after(time_for(got));
        if (!co_await write_all({asio::buffer(block.data(), got), asio::const_buffer()}))
            co_return false;
    }
    co_return true;
}

template <class Stream>
asio::awaitable<bool> HttpConnection<Stream>::refuse(const Refused& refused) {
    Response response = text_response(refused.status, std::string(refused.why) + "\n");
    co_await write(std::move(response), false, false);
    // Closing with bytes unread would reset the connection before the answer is read.
    boost::system::error_code ec;
    tcp().socket().shutdown(asio::ip::tcp::socket::shutdown_send, ec);
    tcp().expires_after(1s);
    std::array<char, 4096> rest{};
    for (std::size_t drained = 0; !ec && drained < 64 * 1024;)
        drained += co_await tcp().async_read_some(asio::buffer(rest),
                                                  asio::redirect_error(asio::use_awaitable, ec));
    co_return false;
}

}  // namespace ys::http
