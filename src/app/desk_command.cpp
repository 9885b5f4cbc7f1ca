// SPDX-License-Identifier: Apache-2.0
#include "app/desk_command.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "api/refusal.h"
#include "base/phone_number.h"
#include "base/text.h"
#include "interactions/emergencies.h"

namespace ys::app {

namespace in = interactions;
using boost::json::object;

namespace {

constexpr std::size_t reason_bytes_max = 200;
constexpr std::size_t digits_max = 32;

Error bad(std::string_view code = "bad_arguments") { return api::refused(code); }

Result<in::Target> target_arg(const object& args) {
    const auto* to = args.if_contains("to");
    if (!to || !to->is_object()) return bad();
    const object& o = to->get_object();
    const std::string kind = text_arg(o, "kind", 16);
    if (kind == "agent" && id_arg(o, "agent"))
        return in::Target{in::TargetKind::Agent, AgentId{id_arg(o, "agent")}, {}, {}};
    if (kind == "queue" && id_arg(o, "queue"))
        return in::Target{in::TargetKind::Queue, {}, QueueId{id_arg(o, "queue")}, {}};
    if (kind == "number") {
        const auto number = normalise(text_arg(o, "number", 32), "");
        if (number && !number->withheld())
            return in::Target{in::TargetKind::Number, {}, {}, number->digits};
    }
    return bad();
}

Result<in::Command> sign_in(AgentId agent, const object& args) {
    const auto* given = args.if_contains("seat");
    if (!given || !given->is_object()) return bad();
    const object& seat = given->get_object();
    const std::string kind = text_arg(seat, "kind", 20);
    const std::string address = text_arg(seat, "address", 64);
    if (kind == "browser") return in::Command{in::SignIn{agent, {SeatKind::Browser, ""}}};
    if (address.empty()) return bad("seat_address_needed");
    // The user of a phone that registers here, never an address of somebody else's choosing.
    if (kind == "sip_phone" && address.find_first_of(":;@<>?&% ") == std::string::npos)
        return in::Command{in::SignIn{agent, {SeatKind::SipPhone, address}}};
    const auto number = normalise(address, "");
    if (kind == "outside_number" && number && !number->withheld())
        return in::Command{in::SignIn{agent, {SeatKind::OutsideNumber, number->digits}}};
    return bad();
}

Result<in::Command> end_consult(AgentId agent, const object& args) {
    const std::string how = text_arg(args, "how", 16);
    using How = in::EndConsult::How;
    if (how == "complete") return in::Command{in::EndConsult{agent, How::Complete}};
    if (how == "join") return in::Command{in::EndConsult{agent, How::Join}};
    if (how == "cancel") return in::Command{in::EndConsult{agent, How::Cancel}};
    return bad();
}

Result<in::Command> digits(AgentId agent, const object& args) {
    std::string keys = text_arg(args, "digits", digits_max);
    if (keys.empty() || keys.find_first_not_of("0123456789*#ABCD") != std::string::npos)
        return bad();
    return in::Command{in::SendDigits{agent, std::move(keys)}};
}

Result<in::Command> monitor(AgentId agent, const object& args) {
    const std::string reason = text_arg(args, "reason", reason_bytes_max);
    if (reason.empty()) return bad("reason_needed");
    const std::string mode = text_arg(args, "mode", 16);
    std::optional<in::MonitorMode> wanted;
    if (mode == "listen") wanted = in::MonitorMode::Listen;
    if (mode == "whisper") wanted = in::MonitorMode::Whisper;
    if (mode == "barge") wanted = in::MonitorMode::Barge;
    if (!wanted) return bad();
    return in::Command{in::Monitor{agent, AgentId{id_arg(args, "agent")}, *wanted, reason}};
}

Result<in::Command> force_state(AgentId agent, const object& args) {
    const std::string reason = text_arg(args, "reason", reason_bytes_max);
    if (reason.empty()) return bad("reason_needed");
    const std::string to = text_arg(args, "to", 16);
    std::optional<in::ForcedState> wanted;
    if (to == "ready") wanted = in::ForcedState::Ready;
    if (to == "break") wanted = in::ForcedState::Break;
    if (to == "logged_out") wanted = in::ForcedState::LoggedOut;
    if (!wanted) return bad();
    return in::Command{in::ForceState{agent, AgentId{id_arg(args, "agent")}, *wanted, reason}};
}

/// after_s: seconds until a queue's helpers take part; "never" when it is null.
Result<in::Command> slide_overflow(AgentId agent, const object& args) {
    constexpr std::uint64_t after_s_max = 3600;
    const std::string reason = text_arg(args, "reason", reason_bytes_max);
    if (reason.empty()) return bad("reason_needed");
    in::SlideOverflow slide{agent, QueueId{id_arg(args, "queue")}, std::nullopt, reason};
    const auto* after = args.if_contains("after_s");
    if (after == nullptr || (!after->is_null() && !after->is_number())) return bad();
    if (after->is_null()) return in::Command{slide};
    const std::uint64_t seconds = id_arg(args, "after_s");
    if (seconds > after_s_max) return bad();
    slide.after = Seconds{seconds};
    return in::Command{slide};
}

/// areas: parts of addresses, at most 20; until: RFC 3339.
Result<in::Command> emergency_ask(AgentId agent, const object& args) {
    constexpr std::size_t areas_max = 20;
    constexpr std::size_t area_bytes_max = 100;
    in::AskEmergency ask{
        agent, CentreId{id_arg(args, "centre")},          text_arg(args, "kind", 40), {},
        {},    text_arg(args, "reason", reason_bytes_max)};
    if (ask.reason.empty()) return bad("reason_needed");
    const auto until = parse_rfc3339(text_arg(args, "until", 40));
    const auto* areas = args.if_contains("areas");
    const bool has_areas = areas != nullptr && areas->is_array();
    if (!until || !in::is_emergency_prompt(ask.kind) || !has_areas) return bad();
    ask.until = *until;
    if (areas->get_array().size() > areas_max) return bad();
    for (const auto& area : areas->get_array()) {
        if (!area.is_string()) return bad();
        std::string text = cleaned(area.get_string(), area_bytes_max);
        if (!trimmed(text).empty()) ask.areas.push_back(std::move(text));
    }
    return in::Command{std::move(ask)};
}

Result<in::Command> emergency_end(AgentId agent, const object& args) {
    const std::string reason = text_arg(args, "reason", reason_bytes_max);
    if (reason.empty()) return bad("reason_needed");
    return in::Command{in::EndEmergency{agent, id_arg(args, "emergency"), reason}};
}

Result<in::Command> take_over(AgentId agent, const object& args) {
    const std::string reason = text_arg(args, "reason", reason_bytes_max);
    if (reason.empty()) return bad("reason_needed");
    return in::Command{in::TakeOver{agent, AgentId{id_arg(args, "agent")}, reason}};
}

template <class C>
Result<in::Command> plain(AgentId agent, const object&) {
    return in::Command{C{agent}};
}

template <class C>
Result<in::Command> towards(AgentId agent, const object& args) {
    YS_TRY(in::Target to, target_arg(args));
    return in::Command{C{agent, std::move(to)}};
}

struct Named {
    std::string_view name;
    Result<in::Command> (*make)(AgentId, const object&);
};

constexpr std::array commands{
    Named{"sign_in", sign_in},
    Named{"sign_out", plain<in::SignOut>},
    Named{"ready", plain<in::BecomeReady>},
    Named{"break",
          [](AgentId a, const object& args) -> Result<in::Command> {
              return in::Command{in::TakeBreak{a, text_arg(args, "reason", reason_bytes_max)}};
          }},
    Named{"decline", plain<in::DeclinePressed>},
    Named{"hang_up", plain<in::HangUp>},
    Named{"hold", plain<in::Hold>},
    Named{"retrieve", plain<in::Retrieve>},
    Named{"transfer", towards<in::BlindTransfer>},
    Named{"consult", towards<in::Consult>},
    Named{"end_consult", end_consult},
    Named{"add_party", towards<in::AddParty>},
    Named{"drop_party",
          [](AgentId a, const object& args) -> Result<in::Command> {
              return in::Command{in::DropParty{a, LegId{id_arg(args, "leg")}}};
          }},
    Named{"survey", plain<in::ToSurvey>},
    Named{"digits", digits},
    Named{"secure_input",
          [](AgentId a, const object& args) -> Result<in::Command> {
              return in::Command{in::SecureInputByAgent{a, flag_arg(args, "on")}};
          }},
    Named{"wrap_up_done",
          [](AgentId a, const object& args) -> Result<in::Command> {
              return in::Command{in::FinishWrapUp{a, text_arg(args, "disposition", 64)}};
          }},
    Named{"monitor", monitor},
    Named{"stop_monitor", plain<in::StopMonitor>},
    Named{"take_over", take_over},
    Named{"force_state", force_state},
    Named{"slide_overflow", slide_overflow},
    Named{"emergency_ask", emergency_ask},
    Named{"emergency_confirm",
          [](AgentId a, const object& args) -> Result<in::Command> {
              return in::Command{in::ConfirmEmergency{a, id_arg(args, "emergency")}};
          }},
    Named{"emergency_end", emergency_end},
};

}  // namespace

std::string text_arg(const object& args, std::string_view name, std::size_t limit) {
    const auto* value = args.if_contains(name);
    if (!value || !value->is_string()) return {};
    return cleaned(value->get_string(), limit);
}

std::uint64_t id_arg(const object& args, std::string_view name) {
    const auto* value = args.if_contains(name);
    if (!value) return 0;
    boost::system::error_code error;
    const auto number = value->to_number<std::uint64_t>(error);
    return error ? 0 : number;
}

bool flag_arg(const object& args, std::string_view name) {
    const auto* value = args.if_contains(name);
    return value && value->is_bool() && value->get_bool();
}

Result<in::Command> desk_command(AgentId agent, std::string_view name, const object& args) {
    const auto at = std::ranges::find(commands, name, &Named::name);
    if (at == commands.end()) return bad("unknown_command");
    return at->make(agent, args);
}

}  // namespace ys::app
