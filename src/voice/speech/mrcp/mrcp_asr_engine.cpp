// SPDX-License-Identifier: Apache-2.0
#include "voice/speech/mrcp/mrcp_asr_engine.h"

#include <algorithm>

#include <sys/socket.h>

#include "voice/media/udp_socket.h"
#include "voice/speech/errc.h"
#include "voice/speech/mrcp/mrcp_session.h"

namespace ys::speech {
namespace {

constexpr Millis least_wait{300};  ///< less is no time for a call, a channel and an answer
constexpr std::uint64_t first_strange_leg = std::uint64_t{1} << 62;  ///< ours are below

Error bad(const char* why) { return {std::errc::invalid_argument, why}; }

/// A URI and nothing that could end its line.
bool is_grammar(std::string_view text) {
    if (text.empty() || text.size() > 500 || text.find(':') == std::string_view::npos) return false;
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; });
}

bool is_language(std::string_view text) {
    if (text.size() > 35) return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-';
    });
}

/// Which of our addresses a packet to it would leave from; none is sent.
Result<std::string> address_towards(const MrcpAddress& server) {
    const auto to = media::SocketAddress::parse(server.address, server.port);
    YS_ASSERT(to);
    YS_TRY(const auto probe, media::UdpSocket::bind(to->is_v6() ? "::" : "0.0.0.0", 0));
    sockaddr_storage own{};
    socklen_t size = sizeof own;
    if (::connect(probe.fd(), to->raw(), to->size()) != 0 ||
        ::getsockname(probe.fd(), reinterpret_cast<sockaddr*>(&own), &size) != 0)
        return bad("speech.url: there is no way to this address");
    return media::SocketAddress::from(own).address_text();
}

}  // namespace

Result<std::unique_ptr<MrcpAsrEngine>> MrcpAsrEngine::build(MrcpAsrSettings settings,
                                                            std::function<Now()> clock) {
    YS_TRY(MrcpAddress server, parse_mrcp_address(settings.url));
    if (!is_grammar(settings.grammar))
        return bad(
            "speech.model: of MRCP the grammar's URI, such as \"builtin:speech/transcribe\" to "
            "write down whatever is said");
    if (!is_language(settings.language))
        return bad("speech.language is a tag such as \"zh-CN\", or empty");
    YS_TRY(auto guard, web_client::AddressGuard::build(settings.allow));
    auto engine = std::unique_ptr<MrcpAsrEngine>(new MrcpAsrEngine(
        std::move(settings), std::move(server), std::move(guard), std::move(clock)));
    YS_TRY(Done started, engine->start());
    static_cast<void>(started);
    return engine;
}

MrcpAsrEngine::MrcpAsrEngine(MrcpAsrSettings settings, MrcpAddress server,
                             web_client::AddressGuard guard, std::function<Now()> clock)
    : settings_(std::move(settings)),
      server_(std::move(server)),
      guard_(std::move(guard)),
      clock_(std::move(clock)),
      breaker_(settings_.breaker) {}

MrcpAsrEngine::~MrcpAsrEngine() = default;

Result<Done> MrcpAsrEngine::start() {
    YS_TRY(here_, address_towards(server_));
    const bool is_v6 = here_.find(':') != std::string::npos;
    sip::SipStack::Config config;
    config.listen = {(is_v6 ? "[" + here_ + "]" : here_) + ":0"};
    config.first_leg = first_strange_leg;
    YS_TRY(sip_, sip::SipStack::start(std::move(config),
                                      [this](sip::SipEvent event) { on_sip(std::move(event)); }));
    sip_->drain();  // It calls; nobody calls it.
    return Done{};
}

std::string MrcpAsrEngine::name() const { return "mrcp " + settings_.grammar; }

CircuitBreaker::State MrcpAsrEngine::breaker_state() const {
    const std::lock_guard lock(mutex_);
    return breaker_.state(clock_().mono);
}

void MrcpAsrEngine::on_sip(sip::SipEvent event) {
    LegId leg;
    if (const auto* answered = std::get_if<sip::Answered>(&event)) leg = answered->leg;
    if (const auto* ended = std::get_if<sip::Ended>(&event)) leg = ended->leg;
    const std::lock_guard lock(sessions_lock_);
    const auto found = sessions_.find(leg);
    if (found != sessions_.end()) found->second->tell(std::move(event));
}

Result<SpokenWords> MrcpAsrEngine::ask(const AsrOrder& order, Millis within) {
    const LegId leg{++last_leg_};
    MrcpSession session({.sip = *sip_,
                         .server = server_,
                         .guard = guard_,
                         .leg = leg,
                         .here = here_,
                         .grammar = settings_.grammar,
                         .language = settings_.language},
                        order.samples, within);
    {
        const std::lock_guard lock(sessions_lock_);
        sessions_.emplace(leg, &session);
    }
    auto words = session.run();
    // Under the lock, so that nobody is telling it anything when it goes.
    const std::lock_guard lock(sessions_lock_);
    sessions_.erase(leg);
    return words;
}

Result<SpokenWords> MrcpAsrEngine::write_down(const AsrOrder& order) {
    const Instant began = clock_().mono;
    const Instant until = std::min(order.until, began + settings_.within);
    const auto within = std::chrono::duration_cast<Millis>(until - began);
    const Millis sound{order.samples.size() / (std::size_t{8} * server_.pace)};
    // Not asked: that there is less time than it takes to say it again is not the server's failure.
    if (within < sound + least_wait)
        return Error{Errc::timed_out, "speech.within_ms is too short for so long a sentence"};
    std::optional<CircuitBreaker::Ticket> ticket;
    {
        const std::lock_guard lock(mutex_);
        ticket = breaker_.may_ask(began);
    }
    if (!ticket) return Error{Errc::resting, "the recogniser"};
    auto words = ask(order, within);
    const bool has_worked = words || words.error().code == Errc::not_understood;
    const std::lock_guard lock(mutex_);
    breaker_.settle(*ticket, has_worked, clock_().mono);
    return words;
}

}  // namespace ys::speech
