// SPDX-License-Identifier: Apache-2.0
// Connections over TLS.
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/beast/websocket/ssl.hpp>

#include "platform/http/connection.h"

namespace ys::http {

asio::awaitable<void> run_tls(Server& server, asio::ip::tcp::socket socket,
                              std::shared_ptr<asio::ssl::context> tls, std::string source) {
    using Stream = beast::ssl_stream<beast::tcp_stream>;
    Stream stream(beast::tcp_stream(std::move(socket)), *tls);
    HttpConnection<Stream> connection(server, stream, std::move(source), true);
    boost::system::error_code ec;
    beast::get_lowest_layer(stream).expires_after(server.limits().tls_within);
    co_await stream.async_handshake(asio::ssl::stream_base::server,
                                    asio::redirect_error(asio::use_awaitable, ec));
    if (ec) co_return;
    co_await connection.run();
    beast::get_lowest_layer(stream).expires_after(1s);
    co_await stream.async_shutdown(asio::redirect_error(asio::use_awaitable, ec));
}

}  // namespace ys::http
