// SPDX-License-Identifier: Apache-2.0
#include "backoffice/simulators/simulator_server.h"

#include <array>
#include <atomic>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "backoffice/wire.h"
#include "platform/clock.h"
#include "platform/http/server.h"
#include "platform/json/described_json.h"

namespace ys::backoffice {
namespace {

using http::Request;
using http::Response;

Response json_response(std::string body) {
    return http::text_response(200, std::move(body), "application/json; charset=utf-8");
}

Response wrong_question() { return http::text_response(400, "no question of ours"); }

class SimulatorService final : public http::Service {
public:
    explicit SimulatorService(std::unique_ptr<const Simulator> simulator)
        : simulator_(std::move(simulator)) {}

    asio::awaitable<Response> answer(Request request) override {
        constexpr Millis longer_than_anybody_waits{3000};
        const std::uint64_t turn = turns_.fetch_add(1) + 1;
        const std::uint32_t every = down_every_;
        if (every != 0 && turn % every == 0) co_return http::text_response(503, "down on purpose");
        const bool is_wrong = is_wrong_;
        if (is_slow_) co_await sleep_until(mono_now() + longer_than_anybody_waits);
        Response right = answered(request);
        if (!is_wrong) co_return right;
        co_return spoilt(turn, std::move(right));
    }

    void set(Faults faults) {
        is_slow_ = faults.is_slow;
        is_wrong_ = faults.is_wrong;
        down_every_ = faults.down_every;
    }

private:
    Response answered(const Request& request) const {
        if (request.method != "POST") return http::text_response(405, "POST");
        if (request.path == "/look") return look(request.body);
        if (request.path == "/match") return match(request.body);
        if (request.path == "/ready") return ready(request.body);
        return http::text_response(404, "no such path");
    }

    Response look(const std::string& body) const {
        const auto asked = json::from_json<wire::Look>(body);
        if (!asked || asked->format != wire::look_format) return wrong_question();
        const auto answer = simulator_->look(asked->subject, asked->route, utc_now());
        if (!answer) return http::text_response(503, answer.error().note);
        return json_response(json::to_json(*answer));
    }

    Response match(const std::string& body) const {
        const auto asked = json::from_json<wire::Match>(body);
        if (!asked || asked->format != wire::match_format) return wrong_question();
        const bool is_match = simulator_->matches(asked->subject, asked->digits);
        return json_response(
            json::to_json(wire::Matched{std::string(wire::match_format), is_match}));
    }

    Response ready(const std::string& body) const {
        const auto asked = json::from_json<wire::Ready>(body);
        if (!asked || asked->format != wire::ready_format) return wrong_question();
        auto documents = simulator_->ready_after(asked->after, utc_now());
        if (documents.size() > wire::ready_max) documents.resize(wire::ready_max);
        return json_response(
            json::to_json(wire::ReadyList{std::string(wire::ready_format), std::move(documents)}));
    }

    /// What systems really send in place of an answer.
    static Response spoilt(std::uint64_t turn, Response right) {
        constexpr std::size_t too_long = 200'000;
        switch (turn % 6) {
            case 0:
                return http::text_response(200, "<html>登录</html>", "text/html; charset=utf-8");
            case 1:
                return json_response(right.body.substr(0, right.body.size() / 2));
            case 2:
                return json_response("{}");
            case 3:
                return json_response("[" + std::string(too_long, ' ') + "]");
            case 4:
                return http::text_response(302, "").with("Location", "/elsewhere");
            default:
                return json_response(R"({"format":"live-answer-0","documents":7})");
        }
    }

    std::unique_ptr<const Simulator> simulator_;
    std::atomic<std::uint64_t> turns_ = 0;
    std::atomic<bool> is_slow_ = false;
    std::atomic<bool> is_wrong_ = false;
    std::atomic<std::uint32_t> down_every_ = 0;
};

asio::awaitable<void> stop(http::Server* server) { co_await server->stop(); }

}  // namespace

struct SimulatorServer::Inside {
    explicit Inside(std::unique_ptr<const Simulator> simulator) : service(std::move(simulator)) {}
    asio::io_context loop{1};
    WorkerPool pool{1};
    metrics::Registry registry;
    SimulatorService service;
    http::Server server{loop, pool, registry, service, {}};
    std::uint16_t port = 0;
    std::thread thread;
};

SimulatorServer::SimulatorServer(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}

Result<std::unique_ptr<SimulatorServer>> SimulatorServer::start(
    std::unique_ptr<const Simulator> simulator, const std::string& host, std::uint16_t port) {
    auto inside = std::make_unique<Inside>(std::move(simulator));
    YS_TRY(inside->port, inside->server.listen(host, port));
    inside->thread = std::thread([&loop = inside->loop] { loop.run(); });
    return std::unique_ptr<SimulatorServer>(new SimulatorServer(std::move(inside)));
}

SimulatorServer::~SimulatorServer() {
    asio::co_spawn(inside_->loop, stop(&inside_->server), asio::detached);
    inside_->thread.join();
}

std::uint16_t SimulatorServer::port() const { return inside_->port; }

void SimulatorServer::set(Faults faults) { inside_->service.set(faults); }

}  // namespace ys::backoffice
