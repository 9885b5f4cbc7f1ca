// SPDX-License-Identifier: Apache-2.0
#include "app/exchange_sender.h"

#include <algorithm>

#include <boost/asio/redirect_error.hpp>

#include "app/exchange_events.h"
#include "cases/io/case_file_store.h"
#include "cases/io/case_store.h"
#include "exchange/io/open311.h"
#include "exchange/io/webhook_signature.h"
#include "platform/clock.h"
#include "platform/http/syntax.h"
#include "platform/log/log.h"
#include "platform/sql/errc.h"
#include "platform/web_client/web_client.h"

namespace ys::app {
namespace {

using exchange::DeliveryRow;
using exchange::ExchangeStore;
using exchange::LinkRow;
using exchange::Tried;
using web_client::WebAnswer;
using web_client::WebRequest;

constexpr std::size_t at_once = 20;
constexpr Seconds look_at_least_every{10};

Tried tried_of(const Result<WebAnswer>& answer) {
    if (!answer) return {0, answer.error().note};
    return {answer->status, answer->is_good() ? "" : answer->body.substr(0, 200)};
}

WebRequest webhook(const Partner& partner, const DeliveryRow& row, UtcTime now) {
    const std::int64_t at_s = now.us / 1'000'000;
    const std::string id = "case-" + std::to_string(row.seq);
    return {.url = partner.hook_url,
            .headers = {{"Content-Type", "application/json"},
                        {"webhook-id", id},
                        {"webhook-timestamp", std::to_string(at_s)},
                        {"webhook-signature",
                         exchange::webhook_signature(partner.hook_secret, id, at_s, row.body)}},
            .body = row.body};
}

/// What a unit of ours does when its work is done elsewhere.
Result<Done> act(sql::Transaction& tx, const cases::Handbook& handbook, const LinkRow& link,
                 cases::UnitId unit, UtcTime now, cases::CaseAction action) {
    const cases::CaseActor by{{}, "unit", unit};
    YS_TRY([[maybe_unused]] const auto done,
           cases::CaseFileStore::act(tx, handbook, Scope::of(link.centre_id), link.case_id,
                                     {now, {by, std::move(action)}, {}}));
    return Done{};
}

facts::Fact came_in(const LinkRow& link, UtcTime now, std::string what) {
    return {now,
            link.centre_id,
            {},
            {},
            facts::ExchangeMoved{.partner = link.partner,
                                 .direction = "in",
                                 .case_id = link.case_id.value,
                                 .what = std::move(what),
                                 .note = link.their_id}};
}

}  // namespace

ExchangeSender::ExchangeSender(asio::io_context& loop, sql::Readers& readers, sql::Writer& writer,
                               std::shared_ptr<const cases::Handbook> handbook)
    : loop_(loop),
      stores_(readers, writer),
      handbook_(std::move(handbook)),
      gather_wake_(loop),
      tasks_(loop.get_executor()) {}

Result<Done> ExchangeSender::begin(sql::Writer& writer, std::vector<Partner> partners) {
    std::vector<exchange::PartnerRow> rows;
    for (const Partner& partner : partners) rows.push_back(partner.row);
    YS_TRY([[maybe_unused]] const Done done, writer.submit_and_wait([&](sql::Transaction& tx) {
        return ExchangeStore::set_partners(tx, rows);
    }));
    if (partners.empty()) return Done{};
    for (Partner& partner : partners)
        lines_.push_back(
            std::make_unique<Line>(Line{std::move(partner), asio::steady_timer(loop_)}));
    tasks_.spawn("exchange", gather());
    for (auto& line : lines_) tasks_.spawn("exchange " + line->partner.row.name, serve(*line));
    return Done{};
}

void ExchangeSender::look() {
    is_more_ = true;
    gather_wake_.cancel();
}

asio::awaitable<void> ExchangeSender::stop() {
    co_await tasks_.stop();
    network_.stop();
}

/// The journal into deliveries, whenever something was written.
asio::awaitable<void> ExchangeSender::gather() {
    while (!tasks_.is_stopping()) {
        is_more_ = false;
        auto work = [this](sql::Transaction& tx) {
            return ExchangeStore::collect(
                tx,
                [this](sql::Transaction& inner, const exchange::PartnerRow& row,
                       const journal::Entry& entry) -> Result<std::optional<DeliveryRow>> {
                    for (const auto& line : lines_)
                        if (line->partner.row.name == row.name)
                            return delivery_of(inner, line->partner, entry);
                    return std::optional<DeliveryRow>{};
                });
        };
        const auto made = co_await stores_.write(work);
        if (!made) log::error("exchange", "not_gathered", made.error());
        if (made && *made > 0)
            for (auto& line : lines_) {
                line->is_more = true;
                line->wake.cancel();
            }
        if (is_more_ || tasks_.is_stopping()) continue;
        // Clocks write facts that no request pokes for.
        gather_wake_.expires_after(look_at_least_every);
        boost::system::error_code ignored;
        co_await gather_wake_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
}

asio::awaitable<void> ExchangeSender::serve(Line& line) {
    while (!tasks_.is_stopping()) {
        line.is_more = false;
        const auto sent = co_await send_due(line);
        if (!sent) log::error("exchange", line.partner.row.name, sent.error());
        if (sent && *sent > 0) continue;
        const UtcTime now = utc_now();
        const bool asks = !line.partner.open311_url.empty();
        if (asks && now.us - line.asked_at.us >=
                        std::chrono::microseconds(line.partner.ask_every).count()) {
            line.asked_at = now;
            const auto asked = co_await ask_about_all(line);
            if (!asked) log::error("exchange", line.partner.row.name, asked.error());
        }
        if (tasks_.is_stopping()) co_return;
        if (line.is_more) continue;
        line.wake.expires_after(asks ? std::min(look_at_least_every, line.partner.ask_every)
                                     : look_at_least_every);
        boost::system::error_code ignored;
        co_await line.wake.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
}

Task<std::size_t> ExchangeSender::send_due(Line& line) {
    auto query = [name = line.partner.row.name, now = utc_now()](sql::Database& db) {
        return ExchangeStore::due(db, name, now, at_once);
    };
    YS_CO_TRY(const std::vector<DeliveryRow> rows, co_await stores_.read(query));
    for (const DeliveryRow& row : rows) {
        if (tasks_.is_stopping()) break;
        YS_CO_TRY([[maybe_unused]] const Done done, co_await send(line, row));
    }
    co_return rows.size();
}

Task<Done> ExchangeSender::send(Line& line, DeliveryRow row) {
    // Not `? co_await : co_await`: GCC 12 destroys the result of the arm it took once too often.
    Result<Tried> got = Tried{};
    if (row.kind == "file")
        got = co_await hand_over(line.partner, row);
    else
        got = co_await tell(line.partner, row);
    if (!got) co_return got.error();
    auto work = [id = row.id, tried = *got, now = utc_now()](sql::Transaction& tx) {
        return ExchangeStore::tried(tx, id, now, tried);
    };
    co_return co_await stores_.write(work);
}

Task<Tried> ExchangeSender::tell(const Partner& partner, const DeliveryRow& row) {
    auto ask = [request = webhook(partner, row, utc_now()), guard = partner.guard] {
        return web_client::send(request, guard);
    };
    co_return tried_of(co_await network_.run(ask));
}

/// A case becomes theirs to do: filed there once, linked, and accepted here in their unit's name.
Task<Tried> ExchangeSender::hand_over(const Partner& partner, const DeliveryRow& row) {
    auto query = [name = partner.row.name, row](sql::Database& db)
        -> Result<std::pair<std::optional<cases::CaseRow>, std::optional<LinkRow>>> {
        YS_TRY(auto found, cases::CaseStore::get(db, Scope::of(row.centre_id), row.case_id));
        YS_TRY(auto link, ExchangeStore::link(db, name, "out", row.case_id));
        return std::pair{std::move(found), std::move(link)};
    };
    YS_CO_TRY(const auto known, co_await stores_.read(query));
    if (!known.first) co_return Tried{410, "the case is gone"};
    if (known.second) co_return Tried{200, ""};
    auto ask =
        [request =
             WebRequest{.url = partner.open311_url + "/requests.json",
                        .headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                                    {"Idempotency-Key", exchange::request_id(*known.first)}},
                        .body = exchange::request_form(*known.first, partner.open311_key.reveal())},
         guard = partner.guard] { return web_client::send(request, guard); };
    const Result<WebAnswer> answer = co_await network_.run(ask);
    if (!answer || !answer->is_good()) co_return tried_of(answer);
    const auto their_id = exchange::their_id_from(answer->body);
    if (!their_id) co_return Tried{422, their_id.error().note};
    const UtcTime now = utc_now();
    const LinkRow link{partner.row.name, "out", row.case_id, row.centre_id, *their_id, "open", now};
    auto work = [link, now, unit = cases::UnitId{partner.row.unit_id},
                 handbook = handbook_](sql::Transaction& tx) -> Result<Done> {
        YS_TRY([[maybe_unused]] const Done kept, ExchangeStore::put_link(tx, link));
        const facts::Fact fact = came_in(link, now, "acknowledged");
        YS_TRY([[maybe_unused]] const Done told, journal::Journal::append(tx, {&fact, 1}));
        // Moved on meanwhile: the link stands all the same.
        (void)act(tx, *handbook, link, unit, now, cases::AcceptCase{});
        return Done{};
    };
    YS_CO_TRY([[maybe_unused]] const Done done, co_await stores_.write(work));
    co_return Tried{answer->status, ""};
}

Task<Done> ExchangeSender::ask_about_all(Line& line) {
    auto query = [name = line.partner.row.name](sql::Database& db) {
        return ExchangeStore::links(db, name, "out");
    };
    YS_CO_TRY(const std::vector<LinkRow> links, co_await stores_.read(query));
    for (const LinkRow& link : links) {
        if (link.their_status == "closed" || tasks_.is_stopping()) continue;
        const auto asked = co_await ask_about(line.partner, link);
        if (!asked) log::warn("exchange", "not_asked", {{"why", asked.error().note}});
    }
    co_return Done{};
}

Task<Done> ExchangeSender::ask_about(const Partner& partner, LinkRow link) {
    auto ask = [request =
                    WebRequest{.method = "GET",
                               .url = partner.open311_url + "/requests/" +
                                      http::percent_encoded(link.their_id) + ".json?api_key=" +
                                      http::percent_encoded(partner.open311_key.reveal())},
                guard = partner.guard] { return web_client::send(request, guard); };
    YS_CO_TRY(const WebAnswer answer, co_await network_.run(ask));
    if (!answer.is_good()) co_return Error{std::errc::io_error, "asking about a case elsewhere"};
    YS_CO_TRY(const auto theirs, exchange::their_request_from(answer.body));
    if (theirs.status == link.their_status) co_return Done{};
    const UtcTime now = utc_now();
    link.their_status = theirs.status;
    link.seen_at = now;
    auto work = [this, link, notes = theirs.notes, now](sql::Transaction& tx) {
        return take_answer(tx, link, notes, now);
    };
    co_return co_await stores_.write(work);
}

/// What they did is the unit's reply to each demand; it is reviewed here before the citizen is
/// told, as every reply.
Result<Done> ExchangeSender::take_answer(sql::Transaction& tx, const LinkRow& link,
                                         const std::string& notes, UtcTime now) const {
    YS_TRY([[maybe_unused]] const Done kept, ExchangeStore::put_link(tx, link));
    const facts::Fact fact = came_in(link, now, "updated");
    YS_TRY([[maybe_unused]] const Done told, journal::Journal::append(tx, {&fact, 1}));
    YS_TRY(const auto stored,
           cases::CaseFileStore::get(tx.db(), Scope::of(link.centre_id), link.case_id));
    if (!stored || !stored->file.handler) return Done{};
    cases::ReplyToCase reply;
    for (const cases::CaseDemand& demand : stored->file.demands)
        reply.answers[demand.number] = notes.empty() ? link.their_id : notes;
    // Each is refused where it has been done already; the reply is what counts.
    (void)act(tx, *handbook_, link, stored->file.handler, now, cases::AcceptCase{});
    (void)act(tx, *handbook_, link, stored->file.handler, now, cases::BeginWork{});
    const auto replied = act(tx, *handbook_, link, stored->file.handler, now, std::move(reply));
    if (!replied) log::warn("exchange", "reply_not_taken", {{"why", replied.error().note}});
    return Done{};
}

}  // namespace ys::app
