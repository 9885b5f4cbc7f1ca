// SPDX-License-Identifier: Apache-2.0
// The HTTP side of the house: server, certificate, and what the API asks of the other rooms.
#include <filesystem>

#include "api/partner_hooks.h"
#include "api/write_signal.h"
#include "app/business_systems.h"
#include "app/certificates.h"
#include "app/chats.h"
#include "app/flow_switch.h"
#include "app/house.h"
#include "app/kpi.h"
#include "app/life_events.h"
#include "app/official_directory.h"
#include "app/outreach_door.h"
#include "knowledge/io/book_sources.h"
#include "platform/clock.h"
#include "platform/http/embedded_pages.h"
#include "platform/log/log.h"
#include "voice/media/peaks.h"

namespace ys::app {
namespace {

namespace fs = std::filesystem;

Result<boost::json::value> peaks_of(const fs::path& recording) {
    fs::path sidecar = recording;
    sidecar.replace_extension(".peaks");
    auto peaks = media::read_peaks(sidecar.string());
    if (!peaks) peaks = media::waveform_peaks(recording.string());
    if (!peaks) return peaks.error();
    return boost::json::value{
        {"per_second", media::Peaks::per_second},
        {"left", boost::json::array(peaks->left.begin(), peaks->left.end())},
        {"right", boost::json::array(peaks->right.begin(), peaks->right.end())}};
}

}  // namespace

/// To citizens, and who goes through it.
Result<std::shared_ptr<const outreach::Door>> House::open_door() {
    YS_TRY(outreach::Door made, make_door(options_.settings, scenario_, centres_));
    auto door = std::make_shared<const outreach::Door>(std::move(made));
    citizen_messages_ = std::make_unique<CitizenMessages>(
        CitizenMessages::Ports{loop_.context(), *writer_, handbook_, door});
    workers_.add([this] { citizen_messages_->look(); });
    citizen_messages_->look();
    return door;
}

/// Whoever answers in writing is a queue of the hotline.
Result<Done> House::open_chats() {
    if (scenario_.chat_queue.empty() || centres_.empty()) return Done{};
    const CentreId centre = centres_.front().id;
    const auto row = std::ranges::find_if(queue_rows_, [&](const interactions::QueueRow& each) {
        return each.centre_id == centre && each.name == scenario_.chat_queue;
    });
    if (row == queue_rows_.end()) return Done{};
    Result<interactions::Setup> setup = Error{std::errc::io_error, "reading the set-up"};
    YS_TRY([[maybe_unused]] const Done done, readers_->read_and_wait([&](sql::Database& db) {
        setup = interactions::SetupStore::load(db);
    }));
    if (!setup) return setup.error();
    const auto user_named = [this](UserId id) {
        return std::ranges::find(users_, id, &centres::UserRow::id);
    };
    chats_ = std::make_unique<Chats>(
        Chats::Ports{.loop = loop_.context(),
                     .writer = *writer_,
                     .readers = *readers_,
                     .pool = pool_,
                     .desks = desk_sockets_,
                     .answers = *answers_,
                     .files = fs::path{options_.settings.data} / "attachments" / "chats",
                     .telephone = scenario_.number.empty() ? "" : scenario_.number.front().number,
                     .work_number =
                         [this, user_named](UserId id) {
                             const auto user = user_named(id);
                             return user == users_.end() ? std::string{} : user->work_number;
                         },
                     .written = [this] { workers_.poke(); },
                     .live = business_systems_.get()},
        row->id, centre, *setup);
    return chats_->take_up();
}

Result<Done> House::start_api() {
    const config::Serve& s = options_.settings;
    YS_TRY(const auto door, open_door());
    answers_ = std::make_unique<knowledge::AnswerBook>(knowledge::sources_from(
        *readers_,
        [](const Error& error) { log::error("knowledge", "answers_not_learnt", error); }));
    // Calls come first: what takes seconds waits until the house stands.
    answers_->learn_in(30s);
    YS_TRY([[maybe_unused]] const Done systems, start_business_systems());
    business_systems_->tell_of_documents(centres_.front().id, door, [this] { workers_.poke(); });
    YS_TRY([[maybe_unused]] const Done opened, open_chats());
    YS_TRY([[maybe_unused]] const Done listed,
           open_directory(loop_.context(), *writer_, scenario_, centres_.front().id, utc_now(),
                          config::keys_folder(s.data)));
    YS_TRY(life_events_, life_events_of(s.scenario, *answers_));
    watch_flows();
    api::Ports ports{.readers = *readers_,
                     .writer = *writer_,
                     .pool = pool_,
                     .metrics = metrics_,
                     .tree = tree_,
                     .desks = desk_sockets_,
                     .desk = desks_,
                     .web_calls = web_calls_,
                     .live = *this,
                     .rules = *this,
                     .centre_of =
                         [this](AgentId agent) {
                             const auto user = std::ranges::find(users_, UserId{agent.value},
                                                                 &centres::UserRow::id);
                             return user == users_.end() ? CentreId{} : user->centre_id;
                         },
                     .kpi = kpi_as_json,
                     .peaks = peaks_of,
                     .handbook = handbook_,
                     .door = door,
                     .answers = *answers_,
                     .chat = chats_.get(),
                     .flows = flow_switch_.get(),
                     .live_answers = business_systems_.get(),
                     .life_events = life_events_.get(),
                     .pages = web::assets(),
                     .written = [this] { workers_.poke(); }};
    workers_.add([this] { boost::asio::use_service<api::WriteSignal>(loop_.context()).raise(); });
    api::Settings settings;
    settings.hotline = scenario_.number.empty() ? "" : scenario_.number.front().number;
    settings.trusted_proxies = s.http.trusted_proxies;
    settings.recordings = fs::path{s.data} / "recordings";
    settings.attachments = fs::path{s.data} / "attachments";
    settings.public_url = s.http.public_url;
    settings.sessions.age_max = std::chrono::hours{s.session.hours_max};
    settings.sessions.idle_max = std::chrono::minutes{s.session.idle_minutes_max};
    api_ = std::make_unique<api::Api>(loop_.context(), std::move(ports), std::move(settings));

    http::Limits limits;
    limits.body_max = std::size_t{s.http.body_max_kb} * 1024;
    limits.connections_max = s.http.connections_max;
    limits.connections_per_source = s.http.connections_per_source;
    http_ = std::make_unique<http::Server>(loop_.context(), pool_, metrics_, *api_, limits);
    for (const std::string& listen : s.http.listen) {
        YS_TRY(const config::Endpoint at, config::parse_endpoint(listen));
        YS_TRY(const auto tls, https_context(s, at.host));
        YS_TRY(const std::uint16_t port, http_->listen(at.host, at.port, tls));
        const std::string scheme = tls ? "https://" : "http://";
        http_at_.push_back(scheme + at.host + ":" + std::to_string(port));
    }
    return Done{};
}

Result<Done> House::start_exchange() {
    exchange_ = std::make_unique<ExchangeSender>(loop_.context(), *readers_, *writer_, handbook_);
    Result<std::vector<Partner>> partners = std::vector<Partner>{};
    YS_TRY([[maybe_unused]] Done done, readers_->read_and_wait([&](sql::Database& db) {
        partners = partners_of(db, options_.settings.partner, centres_, tree_);
    }));
    if (!partners) return partners.error();
    auto& hooks = boost::asio::use_service<api::PartnerHooks>(loop_.context());
    for (const Partner& each : *partners)
        if (each.row.has_hook) hooks.know(each.row.name, each.hook_secret);
    YS_TRY(done, exchange_->begin(*writer_, *std::move(partners)));
    workers_.add([this] { exchange_->look(); });
    return Done{};
}

}  // namespace ys::app
