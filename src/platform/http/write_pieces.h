// SPDX-License-Identifier: Apache-2.0
// Writing an answer: gathered on a plain socket, one TLS record at a time on an encrypted one.
#pragma once

#include <algorithm>
#include <array>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace ys::http {

/// False when the peer is gone. Over TLS a long gathered write stalls in Beast's stream after the
/// first record, so each write there is one record (RFC 8446 §5.1: at most 2^14 bytes).
template <class Stream>
boost::asio::awaitable<bool> write_pieces(Stream& stream,
                                          std::array<boost::asio::const_buffer, 2> bytes,
                                          bool is_tls) {
    namespace asio = boost::asio;
    boost::system::error_code ec;
    if (!is_tls) {
        co_await asio::async_write(stream, bytes, asio::redirect_error(asio::use_awaitable, ec));
        co_return !ec;
    }
    constexpr std::size_t record_max = 16 * 1024;
    for (asio::const_buffer rest : bytes) {
        while (rest.size() > 0 && !ec) {
            const asio::const_buffer piece{rest.data(), std::min(record_max, rest.size())};
            co_await asio::async_write(stream, piece,
                                       asio::redirect_error(asio::use_awaitable, ec));
            rest += piece.size();
        }
    }
    co_return !ec;
}

}  // namespace ys::http
