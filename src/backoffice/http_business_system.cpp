// SPDX-License-Identifier: Apache-2.0
#include "backoffice/http_business_system.h"

#include <algorithm>

#include "backoffice/wire.h"
#include "base/text.h"
#include "platform/json/described_json.h"
#include "platform/log/log.h"

namespace ys::backoffice {
namespace {

constexpr std::size_t answer_max_bytes = 64 * 1024;
constexpr Millis least_wait{100};  ///< less is no time for an answer

Error wrong(const char* what) { return {std::errc::invalid_argument, what}; }

bool is_down(int status) {
    return status == 408 || status == 425 || status == 429 || status >= 500;
}

Result<Done> check(std::vector<DocumentReady>& documents, std::uint64_t after) {
    constexpr std::size_t text_max_bytes = 300;
    if (documents.size() > wire::ready_max) return wrong("too many documents");
    for (DocumentReady& each : documents) {
        if (each.seq <= after) return wrong("documents out of order");
        after = each.seq;
        if (!parse_subject(SubjectKind::Document, each.number) ||
            !parse_subject(SubjectKind::Document, each.phone))
            return wrong("a document's number");
        for (std::string* text : {&each.name.zh, &each.name.en, &each.where.zh, &each.where.en})
            *text = cleaned(*text, text_max_bytes);
        if (each.name.zh.empty() || each.where.zh.empty()) return wrong("a document's words");
    }
    return Done{};
}

}  // namespace

Result<std::unique_ptr<HttpBusinessSystem>> HttpBusinessSystem::build(HttpSystemSettings settings,
                                                                      metrics::Registry& registry,
                                                                      std::function<Now()> clock) {
    if (!settings.url.starts_with("http://") && !settings.url.starts_with("https://"))
        return Error{std::errc::invalid_argument, "the URL of a business system"};
    while (settings.url.ends_with('/')) settings.url.pop_back();
    YS_TRY(auto guard, web_client::AddressGuard::build(settings.allow));
    return std::unique_ptr<HttpBusinessSystem>(
        new HttpBusinessSystem(std::move(settings), std::move(guard), registry, std::move(clock)));
}

HttpBusinessSystem::HttpBusinessSystem(HttpSystemSettings settings, web_client::AddressGuard guard,
                                       metrics::Registry& registry, std::function<Now()> clock)
    : settings_(std::move(settings)),
      guard_(std::move(guard)),
      clock_(std::move(clock)),
      answered_(counter(registry, "answered")),
      slow_(counter(registry, "slow")),
      down_(counter(registry, "down")),
      wrong_(counter(registry, "wrong")),
      stale_(counter(registry, "stale")),
      resting_(counter(registry, "resting")),
      breaker_(settings_.breaker) {}

metrics::Counter& HttpBusinessSystem::counter(metrics::Registry& registry,
                                              const char* outcome) const {
    return registry.counter("ys_backoffice_questions",
                            "Questions to business systems, by what came of them",
                            {{"system", settings_.name}, {"outcome", outcome}});
}

void HttpBusinessSystem::count(Trouble trouble) {
    switch (trouble) {
        case Trouble::Slow:
            return slow_.add();
        case Trouble::Down:
            return down_.add();
        case Trouble::Wrong:
            return wrong_.add();
        case Trouble::Stale:
            return stale_.add();
        case Trouble::Resting:
            return resting_.add();
    }
}

CircuitBreaker::State HttpBusinessSystem::breaker_state() const {
    const std::lock_guard lock(mutex_);
    return breaker_.state(clock_().mono);
}

std::variant<std::string, Trouble> HttpBusinessSystem::send(const char* path, std::string body,
                                                            Millis within) const {
    web_client::WebRequest what{.url = settings_.url + path,
                                .headers = {{"Content-Type", "application/json; charset=utf-8"},
                                            {"Accept", "application/json"}},
                                .body = std::move(body),
                                .within = within,
                                .answer_max = answer_max_bytes};
    if (!settings_.key.reveal().empty())
        what.headers.emplace_back("Authorization", "Bearer " + settings_.key.reveal());
    auto answer = web_client::send(what, guard_);
    std::string why;
    Trouble trouble = Trouble::Down;
    if (!answer) {
        why = answer.error().note;
        if (answer.error().code == std::errc::timed_out) trouble = Trouble::Slow;
        if (answer.error().code == std::errc::message_size) trouble = Trouble::Wrong;
    } else if (answer->status == 200) {
        return std::move(answer->body);
    } else {
        why = "status " + std::to_string(answer->status);
        if (!is_down(answer->status)) trouble = Trouble::Wrong;
    }
    log::warn("backoffice", "no_answer",
              {{"system", settings_.name},
               {"trouble", boost::describe::enum_to_string(trouble, "?")},
               {"why", why}});
    return trouble;
}

template <class T>
std::variant<T, Trouble> HttpBusinessSystem::ask(
    const char* path, std::string body, Instant until,
    const std::function<Result<T>(std::string_view, UtcTime)>& read) {
    const Instant began = clock_().mono;
    // Not asked: that the question waited too long with us is not the system's failure.
    if (until < began + least_wait) {
        count(Trouble::Slow);
        return Trouble::Slow;
    }
    const Millis within =
        std::min(Millis{settings_.within}, std::chrono::duration_cast<Millis>(until - began));
    std::optional<CircuitBreaker::Ticket> ticket;
    {
        const std::lock_guard lock(mutex_);
        ticket = breaker_.may_ask(began);
    }
    if (!ticket) {
        count(Trouble::Resting);
        return Trouble::Resting;
    }
    const auto got = send(path, std::move(body), within);
    const Now after = clock_();
    std::variant<T, Trouble> out = Trouble::Wrong;
    if (const auto* trouble = std::get_if<Trouble>(&got)) {
        out = *trouble;
    } else if (auto made = read(std::get<std::string>(got), after.utc)) {
        out = *std::move(made);
    } else {
        log::warn("backoffice", "wrong_answer",
                  {{"system", settings_.name}, {"why", made.error().note}});
    }
    const auto* trouble = std::get_if<Trouble>(&out);
    if (trouble) count(*trouble);
    const std::lock_guard lock(mutex_);
    breaker_.settle(*ticket, !trouble, after.mono);
    return out;
}

Looked HttpBusinessSystem::look(const Question& question, Instant until) {
    const wire::Look what{std::string(wire::look_format), question.subject(), question.route()};
    Looked looked =
        ask<LiveAnswer>("/look", json::to_json(what), until,
                        [&](std::string_view body, UtcTime now) -> Result<LiveAnswer> {
                            YS_TRY(LiveAnswer answer, json::from_json<LiveAnswer>(body));
                            return checked_answer(std::move(answer), question.subject(), now);
                        });
    const auto* answer = std::get_if<LiveAnswer>(&looked);
    if (!answer) return looked;
    // It answers, so the breaker stays closed; what it says is of no use to anybody.
    if (is_stale(*answer, clock_().utc)) {
        count(Trouble::Stale);
        return Trouble::Stale;
    }
    answered_.add();
    return looked;
}

Result<bool> HttpBusinessSystem::matches(const Subject& subject, std::string_view digits,
                                         Instant until) {
    const wire::Match what{std::string(wire::match_format), subject, std::string(digits)};
    const auto matched = ask<bool>(
        "/match", json::to_json(what), until, [](std::string_view body, UtcTime) -> Result<bool> {
            YS_TRY(const auto answer, json::from_json<wire::Matched>(body));
            if (answer.format != wire::match_format || !answer.is_match)
                return wrong("a match of another format");
            return *answer.is_match;
        });
    if (!std::holds_alternative<bool>(matched))
        return Error{std::errc::io_error, "checking digits with " + settings_.name};
    answered_.add();
    return std::get<bool>(matched);
}

std::variant<std::vector<DocumentReady>, Trouble> HttpBusinessSystem::ready_after(
    std::uint64_t seq) {
    using Documents = std::vector<DocumentReady>;
    const wire::Ready what{std::string(wire::ready_format), seq};
    auto ready =
        ask<Documents>("/ready", json::to_json(what), Instant::max(),
                       [&](std::string_view body, UtcTime) -> Result<Documents> {
                           YS_TRY(auto answer, json::from_json<wire::ReadyList>(body));
                           if (answer.format != wire::ready_format || !answer.documents)
                               return wrong("documents of another format");
                           YS_TRY([[maybe_unused]] const Done done, check(*answer.documents, seq));
                           return *std::move(answer.documents);
                       });
    if (std::holds_alternative<Documents>(ready)) answered_.add();
    return ready;
}

}  // namespace ys::backoffice
