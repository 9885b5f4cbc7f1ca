// SPDX-License-Identifier: Apache-2.0
// The HTTP and HTTPS server: sockets, limits and framing. What to answer is the Service's.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include "base/result.h"
#include "base/time.h"
#include "platform/http/message.h"
#include "platform/metrics/metrics.h"
#include "platform/task/task.h"
#include "platform/task/worker_pool.h"

namespace ys::http {

struct Limits {
    std::size_t header_max = 16 * 1024;
    std::size_t body_max = 1024 * 1024;
    std::size_t message_max = 256 * 1024;  ///< one WebSocket message
    std::size_t mailbox_messages_max = 256;
    std::size_t mailbox_bytes_max = 1024 * 1024;
    std::size_t connections_max = 4096;
    std::size_t connections_per_source = 256;
    Millis header_within{10'000};  ///< from the first byte, or from accepting
    Millis idle_max{60'000};       ///< between requests of one connection
    Millis tls_within{10'000};
    std::size_t rate_min = 1000;  ///< bytes per second of a body or an answer, after 10 s
};

struct Service {
    virtual ~Service() = default;
    /// Throws nothing that it could answer; what it throws is logged and answered with 500.
    virtual asio::awaitable<Response> answer(Request request) = 0;
};

/// Beneath a connection: lets the server end it from outside.
struct Connection {
    virtual ~Connection() = default;
    virtual void abort() = 0;
};

class Server {
public:
    /// Everything given must outlive the server. `pool` reads files.
    Server(asio::io_context& context, WorkerPool& pool, metrics::Registry& registry,
           Service& service, Limits limits);
    ~Server();

    /// tls      null for plain HTTP
    /// returns  the port, as chosen by the system when 0 was asked for
    /// errors   those of the socket; the note names the address
    Result<std::uint16_t> listen(const std::string& address, std::uint16_t port,
                                 std::shared_ptr<asio::ssl::context> tls = nullptr);
    /// Closes the listeners and every connection, and waits until all are gone.
    asio::awaitable<void> stop();
    std::size_t connections() const { return connections_.size(); }

    const Limits& limits() const { return limits_; }
    Service& service() { return service_; }
    WorkerPool& pool() { return pool_; }
    TaskGroup& tasks() { return tasks_; }
    bool is_stopping() const { return is_stopping_; }
    void add(Connection& connection) { connections_.insert(&connection); }
    void remove(Connection& connection) { connections_.erase(&connection); }
    /// Answers one request: the service, with what it throws turned into 500, and metrics.
    asio::awaitable<Response> answered(Request request);

private:
    struct Listener;
    asio::awaitable<void> accept(std::shared_ptr<Listener> listener);
    asio::awaitable<void> serve(asio::ip::tcp::socket socket,
                                std::shared_ptr<asio::ssl::context> tls, std::string source);
    bool admit(const std::string& source);

    asio::io_context& context_;
    WorkerPool& pool_;
    Service& service_;
    Limits limits_;
    metrics::Registry& registry_;
    metrics::Counter& refused_;
    metrics::Histogram& seconds_;
    TaskGroup tasks_;
    std::vector<std::shared_ptr<Listener>> listeners_;
    std::set<Connection*> connections_;
    std::map<std::string, std::size_t> per_source_;
    bool is_stopping_ = false;
};

/// The life of one connection; returns when it is closed. In plain_connection.cpp and
/// tls_connection.cpp.
asio::awaitable<void> run_plain(Server& server, asio::ip::tcp::socket socket, std::string source);
asio::awaitable<void> run_tls(Server& server, asio::ip::tcp::socket socket,
                              std::shared_ptr<asio::ssl::context> tls, std::string source);

}  // namespace ys::http
