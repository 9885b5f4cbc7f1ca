// SPDX-License-Identifier: Apache-2.0
#include "platform/http/server.h"

#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "platform/clock.h"
#include "platform/log/log.h"

namespace ys::http {

using asio::ip::tcp;

struct Server::Listener {
    Listener(asio::io_context& context, std::shared_ptr<asio::ssl::context> t)
        : acceptor(context), tls(std::move(t)) {}
    tcp::acceptor acceptor;
    std::shared_ptr<asio::ssl::context> tls;
};

Server::Server(asio::io_context& context, WorkerPool& pool, metrics::Registry& registry,
               Service& service, Limits limits)
    : context_(context),
      pool_(pool),
      service_(service),
      limits_(limits),
      registry_(registry),
      refused_(registry.counter("ys_http_connections_refused",
                                "Connections closed at once because of a cap.")),
      seconds_(registry.histogram("ys_http_seconds", "From request to answer, upgrades excepted.")),
      tasks_(context.get_executor()) {}

Server::~Server() = default;

Result<std::uint16_t> Server::listen(const std::string& address, std::uint16_t port,
                                     std::shared_ptr<asio::ssl::context> tls) {
    const std::string where = address + ":" + std::to_string(port);
    boost::system::error_code ec;
    const auto ip = asio::ip::make_address(address, ec);
    if (ec) return Error{ec, "listening on " + where + ": not an address"};
    auto listener = std::make_shared<Listener>(context_, std::move(tls));
    tcp::acceptor& acceptor = listener->acceptor;
    const tcp::endpoint endpoint(ip, port);
    acceptor.open(endpoint.protocol(), ec);
    if (!ec) acceptor.set_option(tcp::acceptor::reuse_address(true), ec);
    if (!ec && ip.is_v6()) acceptor.set_option(asio::ip::v6_only(true), ec);
    if (!ec) acceptor.bind(endpoint, ec);
    if (!ec) acceptor.listen(asio::socket_base::max_listen_connections, ec);
    if (ec) return Error{ec, "listening on " + where};
    const std::uint16_t chosen = acceptor.local_endpoint().port();
    listeners_.push_back(listener);
    tasks_.spawn("accept", accept(listener));
    return chosen;
}

bool Server::admit(const std::string& source) {
    std::size_t& open = per_source_[source];
    // A WebSocket stands in connections_ twice: the request it came by waits for its end. Of tasks
    // it is one, since its writer is its own.
    const std::size_t served = tasks_.size() - listeners_.size();
    if (served < limits_.connections_max && open < limits_.connections_per_source) {
        ++open;
        return true;
    }
    if (open == 0) per_source_.erase(source);
    refused_.add();
    return false;
}

asio::awaitable<void> Server::accept(std::shared_ptr<Listener> listener) {
    while (!is_stopping_) {
        boost::system::error_code ec;
        tcp::socket socket =
            co_await listener->acceptor.async_accept(asio::redirect_error(asio::use_awaitable, ec));
        if (ec == asio::error::operation_aborted || is_stopping_) co_return;
        if (ec) {  // Out of descriptors: try again when some may have been freed.
            log::warn("http", "accept_failed", {{"why", ec.message()}});
            co_await sleep_until(mono_now() + 100ms);
            continue;
        }
        const auto peer = socket.remote_endpoint(ec);
        if (ec) continue;
        std::string source = peer.address().to_string();
        if (!admit(source)) continue;
        socket.set_option(tcp::no_delay(true), ec);
        tasks_.spawn("connection", serve(std::move(socket), listener->tls, std::move(source)));
    }
}

asio::awaitable<void> Server::serve(tcp::socket socket, std::shared_ptr<asio::ssl::context> tls,
                                    std::string source) {
    try {
        if (tls)
            co_await run_tls(*this, std::move(socket), std::move(tls), source);
        else
            co_await run_plain(*this, std::move(socket), source);
    } catch (const std::exception& e) {
        log::warn("http", "connection_threw", {{"what", e.what()}});
    }
    const auto open = per_source_.find(source);
    if (open != per_source_.end() && --open->second == 0) per_source_.erase(open);
}

asio::awaitable<Response> Server::answered(Request request) {
    const Instant begun = mono_now();
    const bool is_upgrade = request.is_upgrade;
    const std::string method = request.method;
    Response response;
    try {
        response = co_await service_.answer(std::move(request));
    } catch (const std::exception& e) {
        log::error("http", "handler_threw", {{"what", e.what()}});
        response = text_response(500, "internal error\n");
    }
    const char* group = response.status < 400 ? "ok" : response.status < 500 ? "client" : "server";
    registry_.counter("ys_http_requests", "Requests answered.", {{"outcome", group}}).add();
    if (!is_upgrade) seconds_.observe(std::chrono::duration<double>(mono_now() - begun).count());
    co_return response;
}

asio::awaitable<void> Server::stop() {
    is_stopping_ = true;
    boost::system::error_code ignored;
    for (const auto& listener : listeners_) listener->acceptor.close(ignored);
    // Aborting makes a connection's pending operation fail; it then leaves the set by itself.
    const std::vector<Connection*> open(connections_.begin(), connections_.end());
    for (Connection* connection : open) connection->abort();
    co_await tasks_.join();
    listeners_.clear();
}

}  // namespace ys::http
