// SPDX-License-Identifier: Apache-2.0
// The API: every HTTP request and WebSocket of /api/v1, and the pages beside it.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>

#include <boost/json.hpp>

#include "api/desk_port.h"
#include "api/desk_sockets.h"
#include "api/live_view.h"
#include "api/route.h"
#include "api/rules_port.h"
#include "api/sessions.h"
#include "api/source_pace.h"
#include "api/stores.h"
#include "api/web_call_port.h"
#include "cases/handbook.h"
#include "centres/centre_tree.h"
#include "platform/http/router.h"
#include "platform/http/server.h"
#include "platform/http/static_files.h"
#include "platform/metrics/metrics.h"
#include "platform/task/worker_pool.h"

namespace ys::knowledge {
class AnswerBook;
class LifeEventBook;
}  // namespace ys::knowledge
namespace ys::outreach {
struct Door;
}

namespace ys::api {

class ChatPort;
class FlowsPort;
class LiveAnswerPort;
class PromptsPort;
class WebCallDesk;

/// What the API stands on; everything outlives it.
struct Ports {
    sql::Readers& readers;
    sql::Writer& writer;
    WorkerPool& pool;
    metrics::Registry& metrics;
    const centres::CentreTree& tree;
    DeskSockets& desks;
    DeskPort& desk;
    WebCallPort& web_calls;
    LiveView& live;
    RulesPort& rules;
    /// The centre an agent works in, none when unknown.
    std::function<CentreId(AgentId)> centre_of;
    /// The figures of `yingsheng kpi --json`; run on a reader thread. `agent` restricts them to one
    /// agent's calls, or is none.
    std::function<Result<boost::json::value>(sql::Database&, const Scope&, UtcTime from, UtcTime to,
                                             AgentId agent)>
        kpi;
    /// {per_second, left, right} of a recording file; run on the pool.
    std::function<Result<boost::json::value>(const std::filesystem::path&)> peaks;
    std::shared_ptr<const cases::Handbook> handbook;
    std::shared_ptr<const outreach::Door> door;  ///< none: nothing is set up
    knowledge::AnswerBook& answers;
    // None where the house has no such thing: the routes say so.
    ChatPort* chat = nullptr;
    FlowsPort* flows = nullptr;
    LiveAnswerPort* live_answers = nullptr;
    PromptsPort* prompts = nullptr;
    const knowledge::LifeEventBook* life_events = nullptr;
    std::span<const http::Asset> pages;
    /// Called on the writer's thread after a write through the API: who works behind it may have
    /// something to do. May be none.
    std::function<void()> written;
};

struct Settings {
    std::string version = "0.1.0";
    std::string hotline;  ///< its number, as shown after sign-in
    std::filesystem::path recordings;
    std::filesystem::path attachments;  ///< what citizens and repairers send
    std::string public_url;             ///< before "/case.html#…" in links; "" when none is set
    Sessions::Limits sessions;
    std::chrono::minutes utc_offset{480};      ///< of the centres' day
    int web_calls_per_minute = 6;              ///< tokens given to one address
    std::vector<std::string> trusted_proxies;  ///< whose X-Forwarded-For is believed
};

/// Shown to one user, not yet used.
struct ReservedCaseNumber {
    std::string number;
    CentreId centre;  ///< whose series it is of
};

class Api final : public http::Service {
public:
    Api(asio::io_context& context, Ports ports, Settings settings);
    ~Api() override;

    asio::awaitable<http::Response> answer(http::Request request) override;
    /// Ends the watch over sessions. The server is stopped before.
    asio::awaitable<void> stop();

    WebCallSockets& web_call_sockets();

    // For handlers.
    Ports& ports() { return ports_; }
    const std::shared_ptr<const cases::Handbook>& handbook() const { return ports_.handbook; }
    const centres::CentreTree& tree() const { return ports_.tree; }
    const Settings& settings() const { return settings_; }
    Stores& stores() { return stores_; }
    Sessions& sessions() { return sessions_; }
    WebCallDesk& web_call_desk() { return *web_call_desk_; }
    const std::vector<Route>& routes() const { return routes_; }
    /// Numbers of cases shown to a user and not yet used, by user.
    std::map<UserId, ReservedCaseNumber>& reserved_numbers() { return reserved_numbers_; }
    /// Sources that open links of surveys which are none.
    LoginThrottle& stray_links() { return stray_links_; }
    /// Of questions that citizens ask the robot.
    SourcePace& question_pace() { return question_pace_; }

    /// Centres whose things the user may touch with this action.
    Scope scope_of(const SessionUser& user, centres::Action action) const;
    bool is_own_only(const SessionUser& user, centres::Action action) const;
    /// errors  not_allowed (403); not_found (404) for a thing of another centre
    Result<Done> authorise(const SessionUser& user, centres::Action action,
                           const centres::Thing& thing) const;

private:
    Task<http::Response> answer_route(const Route& route, Call& call);
    Result<Done> admitted(const Route& route, const Call& call) const;
    asio::awaitable<void> watch_sessions();

    Ports ports_;
    Settings settings_;
    Stores stores_;
    Sessions sessions_;
    std::vector<Route> routes_;
    http::Router router_;
    http::StaticFiles pages_;
    std::unique_ptr<WebCallDesk> web_call_desk_;
    std::map<UserId, ReservedCaseNumber> reserved_numbers_;
    LoginThrottle stray_links_;
    SourcePace question_pace_{60, 60'000};
    TaskGroup tasks_;
};

/// The OpenAPI 3.1 document, as `yingsheng openapi` prints it.
boost::json::object openapi_document(std::string_view version);

}  // namespace ys::api
