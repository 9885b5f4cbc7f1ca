// SPDX-License-Identifier: Apache-2.0
// Connections over TCP.
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "platform/http/connection.h"

namespace ys::http {

asio::awaitable<void> run_plain(Server& server, asio::ip::tcp::socket socket, std::string source) {
    beast::tcp_stream stream(std::move(socket));
    HttpConnection<beast::tcp_stream> connection(server, stream, std::move(source), false);
    co_await connection.run();
    boost::system::error_code ignored;
    stream.socket().shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
}

}  // namespace ys::http
