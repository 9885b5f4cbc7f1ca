// SPDX-License-Identifier: Apache-2.0
#include "api/desk_socket.h"

#include <algorithm>
#include <array>
#include <set>

#include "api/answer.h"
#include "api/api.h"
#include "api/chat_port.h"
#include "api/open_desks.h"
#include "api/problem.h"
#include "api/session_view.h"
#include "base/text.h"
#include "platform/clock.h"
#include "platform/http/syntax.h"
#include "platform/json/described_json.h"

namespace ys::api {
namespace {

using centres::Action;

struct CommandRight {
    std::string_view name;
    Action action;
};
// clang-format off
constexpr std::array command_rights{
    CommandRight{"sign_in", Action::TakeCalls},     CommandRight{"sign_out", Action::TakeCalls},
    CommandRight{"ready", Action::TakeCalls},       CommandRight{"break", Action::TakeCalls},
    CommandRight{"answer", Action::TakeCalls},      CommandRight{"decline", Action::TakeCalls},
    CommandRight{"hang_up", Action::TakeCalls},     CommandRight{"hold", Action::TakeCalls},
    CommandRight{"retrieve", Action::TakeCalls},    CommandRight{"mute", Action::TakeCalls},
    CommandRight{"transfer", Action::TakeCalls},    CommandRight{"consult", Action::TakeCalls},
    CommandRight{"add_party", Action::TakeCalls},   CommandRight{"end_consult", Action::TakeCalls},
    CommandRight{"drop_party", Action::TakeCalls},  CommandRight{"dial", Action::DialOut},
    CommandRight{"survey", Action::TakeCalls},      CommandRight{"digits", Action::TakeCalls},
    CommandRight{"secure_input", Action::TakeCalls},
    CommandRight{"wrap_up_done", Action::TakeCalls},
    CommandRight{"offer", Action::TakeCalls},       CommandRight{"monitor", Action::Monitor},
    CommandRight{"stop_monitor", Action::Monitor},  CommandRight{"take_over", Action::Monitor},
    CommandRight{"force_state", Action::ForceState},
    CommandRight{"slide_overflow", Action::SlideOverflow},  // The coordinator asks for the queue's.
    CommandRight{"emergency_ask", Action::Monitor},
    CommandRight{"emergency_confirm", Action::Monitor},
    CommandRight{"emergency_end", Action::Monitor},
    CommandRight{"watch_floor", Action::WatchFloor},
    CommandRight{"chat_ready", Action::TakeCalls},  CommandRight{"chat_pause", Action::TakeCalls},
    CommandRight{"chat_say", Action::TakeCalls},    CommandRight{"chat_end", Action::TakeCalls},
    CommandRight{"chat_read", Action::TakeCalls},   CommandRight{"chat_case", Action::TakeCalls},
    CommandRight{"chat_pass", Action::TakeCalls},
};
// clang-format on

class DeskSocket final : public http::WebSocketHandler,
                         public std::enable_shared_from_this<DeskSocket> {
public:
    DeskSocket(Api& api, SessionUser user, boost::json::value session)
        : api_(api), session_(std::move(session)) {
        page_.user = std::move(user);
    }

    void opened(http::WebSocket& socket) override {
        page_.socket = &socket;
        last_ = mono_now();
        const bool is_first = open_desks().add(page_);
        DeskPort& port = api_.ports().desk;
        if (is_first) port.connected(id());
        send({{"type", "hello"},
              {"at", to_rfc3339(utc_now())},
              {"desk", port.desk(id())},
              {"session", std::move(session_)}});
        port.page_opened(id());
        if (ChatPort* chats = api_.ports().chat)
            send({{"type", "chats"}, {"at", to_rfc3339(utc_now())}, {"chats", chats->desk(id())}});
    }

    void message(std::string_view text) override {
        if (!may_speak()) return page_.socket->close(close_too_fast, "too_fast");
        auto request = parse_desk_request(text);
        if (!request) return refuse(0, problem_of(request.error()).code);
        if (request->name == "ping") return send({{"type", "pong"}, {"at", to_rfc3339(utc_now())}});
        if (const auto may = allowed(*request); !may)
            return refuse(request->id, refusal_code(may.error()));
        if (request->name == "answer" || request->name == "offer") open_desks().takes_media(page_);
        if (request->name.starts_with("chat_")) return take_chat_command(*request);
        const auto done = api_.ports().desk.command(id(), request->name, request->args);
        if (!done) return refuse(request->id, refusal_code(done.error()));
        send({{"type", "done"}, {"id", request->id}, {"at", to_rfc3339(utc_now())}});
    }

    void closed() override {
        const auto left = open_desks().remove(page_);
        page_.socket = nullptr;
        DeskPort& port = api_.ports().desk;
        ChatPort* chats = api_.ports().chat;
        if (left.was_last && chats != nullptr) chats->desk_closed(id());
        if (left.was_last)
            port.disconnected(id());
        else if (left.was_media)
            port.media_page_closed(id());
    }

private:
    DeskSockets::Inside& open_desks() { return api_.ports().desks.inside(); }
    UserId id() const { return page_.user.user.id; }

    /// A bucket of tokens, filled as time goes by.
    bool may_speak() {
        const Instant now = mono_now();
        const std::chrono::duration<double> passed = now - last_;
        last_ = now;
        tokens_ = std::min(commands_burst, tokens_ + passed.count() * commands_per_second);
        if (tokens_ < 1) return false;
        tokens_ -= 1;
        return true;
    }

    /// Answered when it is on disk; the page may be gone by then.
    void take_chat_command(const DeskRequest& request) {
        ChatPort* chats = api_.ports().chat;
        if (chats == nullptr) return refuse(request.id, "chat_not_offered");
        chats->command(id(), request.name, request.args,
                       [self = weak_from_this(), asked = request.id](auto result) {
                           const auto page = self.lock();
                           if (!page || page->page_.socket == nullptr) return;
                           if (!result) return page->refuse(asked, problem_of(result.error()).code);
                           boost::json::object done = *std::move(result);
                           done["type"] = "done";
                           done["id"] = asked;
                           done["at"] = to_rfc3339(utc_now());
                           page->send(done);
                       });
    }

    /// The same function as for REST, asked again for every command. An agent named in the
    /// arguments must be within reach too.
    Result<Done> allowed(const DeskRequest& request) {
        const auto action = action_of_command(request.name);
        if (!action) return refused("unknown_command");
        const auto* agent = request.args.if_contains("agent");
        const bool is_about_another = *action == Action::Monitor || *action == Action::ForceState;
        centres::Thing thing{page_.user.user.centre, id()};
        if (is_about_another && agent) {
            if (!agent->is_number()) return refused("bad_arguments");
            const UserId other{agent->is_uint64() ? agent->get_uint64()
                               : agent->is_int64() && agent->get_int64() > 0
                                   ? static_cast<std::uint64_t>(agent->get_int64())
                                   : 0};
            thing = {api_.ports().centre_of(AgentId{other.value}), other};
        }
        return api_.authorise(page_.user, *action, thing);
    }

    void refuse(std::int64_t request, std::string_view code) {
        send({{"type", "refused"},
              {"id", request},
              {"code", code},
              {"text", text_of(code, "zh")},
              {"at", to_rfc3339(utc_now())}});
    }

    void send(const boost::json::object& message) {
        page_.socket->send(boost::json::serialize(message));
    }

    Api& api_;
    OpenDesk page_;
    boost::json::value session_;
    double tokens_ = commands_burst;
    Instant last_{};
};

Task<http::Response> open_desk(Api& api, Call& call) {
    if (!call.request.is_upgrade)
        co_return problem_response({426, "socket_needed", {}, {}}, call.language)
            .with("Upgrade", "websocket");
    YS_CO_TRY(const SessionView view, co_await session_view(api, call.user()));
    http::Response response;
    response.websocket = make_desk_socket(api, call.user(), json::to_value(view));
    co_return response;
}

}  // namespace

std::optional<Action> action_of_command(std::string_view name) {
    const auto found = std::ranges::find(command_rights, name, &CommandRight::name);
    if (found == command_rights.end()) return std::nullopt;
    return found->action;
}

std::shared_ptr<http::WebSocketHandler> make_desk_socket(Api& api, SessionUser user,
                                                         boost::json::value session) {
    return std::make_shared<DeskSocket>(api, std::move(user), std::move(session));
}

asio::awaitable<void> recheck_sockets(DeskSockets& desks, Sessions& sessions) {
    std::set<std::string> hashes;
    for (const OpenDesk* page : desks.inside().all()) hashes.insert(page->user.token_hash);
    for (const std::string& hash : hashes) {
        auto found = co_await sessions.find_by_hash(hash);
        if (!found) continue;  // The store is away: nobody is thrown out for that.
        // Pages may have come and gone meanwhile; look again.
        for (OpenDesk* page : desks.inside().all()) {
            if (page->user.token_hash != hash) continue;
            if (*found)
                page->user.user = (*found)->user;
            else
                page->socket->close(close_signed_out, "signed_out");
        }
    }
}

std::vector<Route> desk_routes() {
    return {{.method = "GET",
             .pattern = "/api/v1/desk",
             .summary = "The desk's WebSocket; see docs/desk-protocol.md.",
             .handler = open_desk}};
}

}  // namespace ys::api
