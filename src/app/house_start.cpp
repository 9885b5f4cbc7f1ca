// SPDX-License-Identifier: Apache-2.0
// How the house is built and taken down.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <ranges>
#include <set>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "app/business_systems.h"
#include "app/certificates.h"
#include "app/chats.h"
#include "app/flow_switch.h"
#include "app/holidays.h"
#include "app/house.h"
#include "app/live_speech.h"
#include "app/scenario_causes.h"
#include "app/scenario_knowledge.h"
#include "app/scenario_types.h"
#include "app/seed.h"
#include "app/speech_ear.h"
#include "app/voice_answers.h"
#include "cases/io/case_filing.h"
#include "cases/io/case_search.h"
#include "cases/io/rule_store.h"
#include "interactions/io/call_store.h"
#include "interactions/io/policy_file.h"
#include "platform/clock.h"
#include "platform/log/log.h"
#include "platform/password/password.h"
#include "platform/sql/sealed_url.h"
#include "platform/words/search_words.h"

namespace ys::app {
namespace {

namespace fs = std::filesystem;

bool is_loopback(const std::string& endpoint) {
    const auto at = config::parse_endpoint(endpoint);
    return at && (at->host.starts_with("127.") || at->host == "::1");
}

sip::Trunk trunk_of(const config::Trunk& t) {
    sip::Trunk trunk;
    trunk.name = t.name;
    trunk.source_addresses = t.sources.empty() ? std::vector<std::string>{t.host} : t.sources;
    trunk.proxy = t.host + ":" + std::to_string(t.port);
    if (t.transport != "udp") trunk.proxy += ";transport=" + t.transport;
    trunk.user = t.user;
    trunk.channels = t.channels;
    if (!t.password_file.empty()) {
        std::ifstream file{t.password_file};
        std::string password;
        std::getline(file, password);
        trunk.password = Secret<std::string>{password};
    }
    return trunk;
}

/// Names of the prompts that are there in a slower reading, too.
std::set<std::string> slow_prompts(const std::string& folder) {
    const std::string_view prefix = call::Switchboard::slow_prefix;
    std::set<std::string> names;
    std::error_code error;  // A folder that cannot be read has no prompts at all; media says so.
    for (const auto& entry : fs::directory_iterator{folder, error}) {
        const std::string name = entry.path().stem().string();
        if (entry.path().extension() == ".wav" && name.starts_with(prefix))
            names.insert(name.substr(prefix.size()));
    }
    return names;
}

}  // namespace

Result<std::unique_ptr<House>> House::build(ServeOptions options) {
    std::unique_ptr<House> house{new House{std::move(options)}};
    YS_TRY(house->scenario_,
           find_scenario(house->options_.settings.scenario, house->options_.settings.agents));
    YS_TRY(auto done, house->open_store());
    YS_TRY(done, house->fill_store());
    YS_TRY(done, house->make_coordinator());
    YS_TRY(done, house->start_media());
    YS_TRY(done, house->start_sip());
    YS_TRY(done, house->watch_incidents());
    YS_TRY(done, house->start_api());
    YS_TRY(done, house->start_exchange());
    house->sign_crowd_in();
    house->take_up_last_life();
    house->case_clocks_->look();
    house->audit_heads_->look();
    house->incidents_->look();
    house->count_things();
    YS_TRY(done, house->tell_ready());
    return house;
}

Result<Done> House::open_store() {
    // Absolute from here on: recordings are opened by other threads, rows keep only what is below.
    std::string& data = options_.settings.data;
    std::error_code error;
    data = fs::absolute(data).lexically_normal().string();
    fs::create_directories(data, error);
    if (error) return Error{error, "making the data folder " + data};
    fs::permissions(data, fs::perms::owner_all, error);
    database_url_ = options_.settings.database.url;
    if (database_url_.empty()) database_url_ = "sqlite:" + data + "/yingsheng.db";
    {
        YS_TRY(auto plain, sql::Database::open(database_url_));
        YS_TRY([[maybe_unused]] const Done done, migrate_all(plain));
    }
    const std::string key_file = key_file_of(data, options_.settings.vault.key_file);
    YS_TRY(vault::KeyLock lock, open_vault(database_url_, key_file));
    key_lock_.emplace(std::move(lock));
    database_url_ = sql::sealed_url(key_file, database_url_);
    YS_TRY(auto db, sql::Database::open(database_url_));
    writer_ = std::make_unique<sql::Writer>(std::move(db), sql::Writer::Limits{},
                                            [](const Error& error_seen) {
                                                log::error("store", "disk_fails", error_seen);
                                                log::flush();
                                                std::_Exit(70);
                                            });
    YS_TRY(readers_, sql::Readers::open(database_url_, 2));
    keeper_ = std::make_unique<interactions::FactKeeper>(*writer_);
    YS_TRY([[maybe_unused]] Done ruled, settle_flows());
    YS_TRY(ruled, take_case_rules());
    voicemail_cases_ = std::make_unique<VoicemailCases>(*writer_);
    case_clocks_ = std::make_unique<CaseClocks>(loop_.context(), *writer_, handbook_);
    const std::string& heads = options_.settings.audit.heads;
    YS_TRY(auto signer,
           journal::HeadSigner::open(heads.empty() ? config::keys_folder(data) : heads));
    audit_heads_ = std::make_unique<AuditHeads>(loop_.context(), *readers_, std::move(signer));
    return Done{};
}

Result<Done> House::take_case_rules() {
    YS_TRY(const auto types, case_types_of(options_.settings.scenario));
    return writer_->submit_and_wait([&](sql::Transaction& tx) -> Result<Done> {
        YS_TRY(handbook_, cases::RuleStore::handbook(tx, calendar_of(scenario_), types.rules));
        return Done{};
    });
}

Result<Done> House::fill_store() {
    bool is_empty = true;
    YS_TRY(auto done, readers_->read_and_wait([&](sql::Database& db) {
        const auto centres = centres::UserStore::all_centres(db);
        is_empty = centres && centres->empty();
    }));
    if (is_empty) {
        std::map<std::string, Secret<std::string>> hashes;
        // Load-test people never sign in by password.
        if (scenario_.crowd.each.login.empty()) {
            for (const std::string& password : passwords_of(scenario_)) {
                YS_TRY(std::string hash, password::hash(Secret<std::string>{password}));
                hashes[password] = Secret<std::string>{std::move(hash)};
            }
        }
        YS_TRY(done, seed(*writer_, scenario_, hashes, utc_now()));
        YS_TRY(done, settle_flows());
    }
    YS_TRY(const auto types, case_types_of(options_.settings.scenario));
    YS_TRY(done, check_case_types(types.types, *handbook_));
    YS_TRY(done, seed_case_types(*writer_, types.types, utc_now()));
    YS_TRY(const auto causes, causes_of(options_.settings.scenario));
    YS_TRY(done, seed_causes(*writer_, causes));
    YS_TRY(const ScenarioKnowledge known, knowledge_of(options_.settings.scenario));
    YS_TRY(done, seed_knowledge(*writer_, known, utc_now()));
    std::uint64_t last_recording = 0;
    YS_TRY(done, writer_->submit_and_wait([&](sql::Transaction& tx) -> Result<Done> {
        YS_TRY(at_work_, interactions::who_was_at_work(tx.db()));
        YS_TRY(lost_calls_, interactions::CallStore::end_unfinished(
                                tx, utc_now(), [&](const interactions::RecordingRow& row) {
                                    const Millis kept =
                                        RecordingFiles::repaired(recordings_dir(), row);
                                    recording_alarm_.found_at_start(kept > 0ms ? "gap" : "empty");
                                    return kept;
                                }));
        YS_TRY([[maybe_unused]] const Done made, VoicemailCases::make_up(tx, utc_now()));
        constexpr std::size_t filed_max = 100'000;
        YS_TRY([[maybe_unused]] const auto filed,
               cases::file_what_is_left(tx, *handbook_, utc_now(), filed_max));
        YS_TRY([[maybe_unused]] const auto found,
               cases::CaseWords::put_what_is_left(tx, filed_max));
        YS_TRY(last_recording, interactions::CallStore::highest_recording(tx.db()));
        return Done{};
    }));
    if (!lost_calls_.empty())
        log::warn("store", "calls_ended_by_last_stop", {{"calls", lost_calls_.size()}});
    recording_files_ = std::make_unique<RecordingFiles>(
        recordings_dir(),
        RecordingFiles::Ports{
            .readers = *readers_,
            .writer = *writer_,
            .post = [this](std::function<void()> work) { loop_.post(std::move(work)); },
            .encode = [this](RecordingId id,
                             std::string file) { media_->encode(id, std::move(file)); }});
    // Nothing of it runs before the loop does, and by then there is a media engine.
    recording_files_->take_up(RecordingId{last_recording});
    return Done{};
}

Result<Done> House::make_coordinator() {
    Result<interactions::Setup> setup = Error{std::errc::io_error, "reading the set-up"};
    YS_TRY([[maybe_unused]] auto done, readers_->read_and_wait([&](sql::Database& db) {
        setup = interactions::SetupStore::load(db);
        Scope everywhere;
        if (auto centres = centres::UserStore::all_centres(db)) centres_ = *std::move(centres);
        for (const auto& centre : centres_) everywhere.centres.push_back(centre.id);
        if (auto users = centres::UserStore::users(db, everywhere)) users_ = *std::move(users);
        if (auto queues = interactions::SetupStore::queues(db, everywhere))
            queue_rows_ = *std::move(queues);
        if (auto rules = interactions::SetupStore::outbound_rules(db, everywhere))
            outbound_rules_ = *std::move(rules);
    }));
    if (!setup) return setup.error();
    YS_TRY(done, count_today());
    YS_TRY(done, readers_->read([](sql::Database&) { words::learn_sounds(); }));
    setup->flows = scenario_.flows;
    for (const std::string& line : missing_holidays(scenario_, utc_now()))
        log::warn("app", "holidays_missing", {{"what", line}});
    for (const auto& number : setup->numbers) web_calls_.offer_number(number.number);
    YS_TRY(tree_, centres::tree_of(centres_));
    floor_.name_centres(centres_);
    floor_.name_people(users_);
    recording_alarm_.name_people(users_, tree_);
    floor_.name_queues(queue_rows_);
    floor_.name_agents(setup->agents);
    floor_.name_unhurried(setup->queues);
    floor_.note_helpers(setup->queues);
    numbers_ = setup->numbers;
    if (!centres_.empty())
        record({{utc_now(),
                 centres_.front().id,
                 {},
                 {},
                 facts::PolicyInForce{0, "start", interactions::policy_text(*setup)}}});
    YS_TRY(coordinator_, interactions::Coordinator::make(*std::move(setup)));
    return Done{};
}

Result<Done> House::watch_incidents() {
    YS_TRY(auto keeper, cases::IncidentKeeper::make(plans_of(scenario_.incident_rule), handbook_));
    incidents_ = std::make_unique<Incidents>(
        Incidents::Ports{
            .loop = loop_.context(),
            .writer = *writer_,
            .emergencies = [this](CentreId centre) { return coordinator_->emergencies(centre); },
            .command = [this](interactions::Command c) { switchboard_->on_command(std::move(c)); }},
        std::move(keeper));
    workers_.add([this] { incidents_->look(); });
    return Done{};
}

Result<Done> House::count_today() {
    std::uint64_t last_seq = 0;
    YS_TRY([[maybe_unused]] Done done, readers_->read_and_wait([&](sql::Database& db) {
        const auto last = db.value<std::uint64_t>({}, "SELECT COALESCE(MAX(seq), 0) FROM facts");
        if (last) last_seq = *last;
    }));
    Scope everywhere;
    for (const auto& centre : centres_) everywhere.centres.push_back(centre.id);
    const UtcTime now = utc_now();
    figures_.begin(now);
    return readers_->read([this, everywhere, now, last_seq](sql::Database& db) {
        auto counted =
            std::make_shared<reports::Kpi>(LiveFigures::counted(db, everywhere, now, last_seq));
        loop_.post([this, counted] {
            figures_.take(std::move(*counted));
            floor_.changed();
        });
    });
}

Result<Done> House::start_media() {
    const config::Serve& s = options_.settings;
    YS_TRY(const config::Endpoint sip_at, config::parse_endpoint(s.sip.listen.front()));
    media::MediaEngine::Config config;
    config.addresses = {s.media.address.empty() ? sip_at.host : s.media.address};
    config.prompts_dir = options_.prompts;
    config.own_prompts_dir = own_prompts_dir();
    config.threads = s.media.threads > 0 ? static_cast<int>(s.media.threads) : 1;
    const bool is_open_to_network = !is_loopback(s.sip.listen.front());
    config.port_first = is_open_to_network ? s.media.port_first : 0;
    config.port_last = is_open_to_network ? s.media.port_last : 0;
    // A load test's callers are silent by design.
    if (scenario_.crowd.count > 0) config.rtp_lost_after = std::chrono::hours{24};
    YS_TRY(media_, media::MediaEngine::start(std::move(config), [this](media::MediaEvent event) {
               loop_.post([this, event = std::move(event)]() mutable {
                   // Once stopped, what the last calls still say has nobody to go to.
                   if (sip_ && media_ && switchboard_) switchboard_->on_media(std::move(event));
               });
           }));
    return Done{};
}

Result<Done> House::start_sip() {
    const config::Serve& s = options_.settings;
    sip::SipStack::Config config;
    config.listen = s.sip.listen;
    config.tls_listen = s.sip.tls_listen;
    YS_TRY(config.certificate_dir, sip_certificate_dir(s));
    for (const auto& trunk : s.trunk) config.trunks.push_back(trunk_of(trunk));
    for (const auto& trunk : scenario_.trunk) config.trunks.push_back(trunk_of(trunk));
    for (const ScenarioPhone& phone : scenario_.phone) {
        const std::string& password = phone.password.empty() ? scenario_.password : phone.password;
        config.phones.push_back({phone.user, Secret<std::string>{password}});
    }
    config.accept_unknown_sources = std::ranges::all_of(s.sip.listen, is_loopback);
    config.open_registrations = scenario_.open_registrations && config.accept_unknown_sources;
    config.offers_sha256 = s.sip.phone_digest.empty() ? !config.accept_unknown_sources
                                                      : s.sip.phone_digest == "sha256+md5";
    const bool is_load_test = scenario_.calls_max > 0;
    config.calls_max = is_load_test ? scenario_.calls_max : s.sip.calls_max;
    config.invites_per_s_max =
        is_load_test ? scenario_.invites_per_second : s.sip.invites_per_second;
    config.source_invites_per_s_max =
        is_load_test ? scenario_.invites_per_second : s.sip.invites_per_second_per_source;
    config.source_calls_max = config.calls_max;
    YS_TRY(sip_, sip::SipStack::start(std::move(config), [this](sip::SipEvent event) {
               loop_.post([this, event = std::move(event)]() mutable {
                   if (!sip_ || !media_ || !switchboard_) return;
                   if (const auto* in = std::get_if<sip::Incoming>(&event)) sip_->heard(in->leg);
                   switchboard_->on_sip(std::move(event));
               });
           }));
    call::Switchboard::Config board;
    board.recordings_dir = recordings_dir();
    board.slow_prompts = slow_prompts(options_.prompts);
    board.home_area_code = scenario_.centre.front().area_code;
    for (const auto& number : numbers_) board.numbers[number.number] = number.centre;
    switchboard_ = std::make_unique<call::Switchboard>(
        std::move(board), *coordinator_, *sip_, *media_, static_cast<call::Surroundings&>(*this));
    return Done{};
}

/// A load test's agents are at their seats from the start.
void House::sign_crowd_in() {
    for (const ScenarioUser& user : scenario_.user) {
        if (!user.starts_ready) continue;
        const auto row = std::ranges::find(users_, user.login, &centres::UserRow::login);
        const auto seat = seat_of(user);
        if (row == users_.end() || !seat) continue;
        const AgentId agent{row->id.value};
        switchboard_->on_command(interactions::SignIn{agent, *seat});
        if (coordinator_->desk_view(agent)->state != "Ready")
            switchboard_->on_command(interactions::BecomeReady{agent});
    }
}

void House::count_things() {
    const auto ask = [this](const char* name, const char* help, auto get) {
        metrics_.asked(name, help, [get] { return static_cast<double>(get()); });
    };
    ask("ys_legs", "Legs up or ringing", [this] { return switchboard_->legs_open(); });
    ask("ys_interactions", "Interactions open",
        [this] { return coordinator_->interactions_open(); });
    ask("ys_timers", "Timers set", [this] { return alarms_.waiting(); });
    ask("ys_media_legs", "Legs of the media plane", [this] { return media_->counters().legs; });
    ask("ys_media_rooms", "Rooms of the media plane", [this] { return media_->counters().rooms; });
    ask("ys_media_sockets", "RTP sockets", [this] { return media_->counters().sockets; });
    ask("ys_recordings_open", "Recordings growing",
        [this] { return media_->counters().recordings; });
    ask("ys_media_packets_dropped", "RTP packets refused by source or form",
        [this] { return media_->counters().packets_dropped; });
    ask("ys_media_late_ticks", "Media ticks that began over 5 ms late",
        [this] { return media_->counters().late_ticks; });
    ask("ys_sip_dialogs", "SIP dialogs", [this] { return sip_->counters().dialogs; });
    ask("ys_sip_registrations", "Phones registered",
        [this] { return sip_->counters().registrations; });
    ask("ys_trunk_calls", "Voice lines taken, all trunks together", [this] {
        std::uint64_t calls = 0;
        for (const auto& [trunk, taken] : sip_->counters().trunk_calls) calls += taken;
        return calls;
    });
    ask("ys_trunk_full", "INVITEs refused because all lines of a trunk were busy",
        [this] { return sip_->counters().refused_by_cause["trunk_full"]; });
    ask("ys_sip_refused", "INVITEs refused without a call",
        [this] { return sip_->counters().refused; });
    ask("ys_commits", "Commits of the writer", [this] { return writer_->counts().commits; });
    ask("ys_agents_busy", "Agents alerted or busy", [this] {
        std::size_t busy = 0;
        for (const auto& user : users_) {
            const auto view = coordinator_->desk_view(AgentId{user.id.value});
            busy += view && (view->state == "Alerted" || view->state == "Busy") ? 1 : 0;
        }
        return busy;
    });
}

Result<Done> House::tell_ready() const {
    const auto bound = sip_->bound();
    boost::json::object ready{{"http", http_at_.empty() ? "" : http_at_.front()},
                              {"sip", bound.udp.empty() ? "" : bound.udp.front()},
                              {"sip_tls", bound.tls.empty() ? "" : bound.tls.front()},
                              {"demo_password", scenario_.password},
                              {"scenario", scenario_.name}};
    if (!options_.ready_file.empty()) {
        const std::string part = options_.ready_file + ".part";
        std::ofstream{part} << boost::json::serialize(ready) << "\n";
        std::error_code error;
        fs::rename(part, options_.ready_file, error);  // Readers see all of it or nothing.
        if (error) return Error{error, "writing " + options_.ready_file};
    }
    std::cout << "\n  应声 " << scenario_.title << "\n\n";
    for (const std::string& at : http_at_) std::cout << "  工作台 desk      " << at << "\n";
    for (const std::string& at : bound.udp) std::cout << "  话机 SIP phone    " << at << "\n";
    for (const std::string& at : bound.tls) std::cout << "                    " << at << " TLS\n";
    if (options_.is_lan && !scenario_.phone.empty()) {
        const std::string& user = scenario_.phone.front().user;
        std::cout << "  话机里填 type into a phone: 服务器 server " << options_.lan_address
                  << "  用户 user " << user << "  密码 password " << scenario_.password << "\n";
    }
    for (const std::string& line : scenario_.say_at_start) std::cout << "  " << line << "\n";
    if (scenario_.crowd.count == 0) {
        std::cout << "\n  演示账号 demo logins, 密码 password " << scenario_.password << "\n";
        constexpr std::size_t shown_max = 20;
        for (const auto& user : users_ | std::views::take(shown_max))
            std::cout << "    " << user.login << "  " << user.name << "  (" << user.roles << ")\n";
        if (users_.size() > shown_max) std::cout << "    … " << users_.size() - shown_max << "\n";
    }
    std::cout << "\n  Ctrl-C 停止 stops\n" << std::endl;
    return Done{};
}

// ---- running and stopping ----------------------------------------------------------------------

void House::run() {
    loop_.on_end_signal([this] { begin_drain(); });
    loop_.run();
}

void House::begin_drain() {
    if (std::exchange(is_draining_, true)) return;
    log::info("app", "draining", {{"calls", coordinator_->interactions_open()}});
    sip_->drain();
    switchboard_->on_command(interactions::Drain{});
    boost::asio::co_spawn(
        loop_.context(),
        [](House* house) -> boost::asio::awaitable<void> {
            const Instant until = mono_now() + drain_within;
            while (house->coordinator_->interactions_open() > 0 && mono_now() < until)
                co_await sleep_until(mono_now() + Millis{50});
            co_await house->http_->stop();
            co_await house->api_->stop();
            co_await house->exchange_->stop();
            house->finish();
        }(this),
        boost::asio::detached);
}

void House::finish() {
    floor_.stop();
    alarms_.stop();
    workers_.stop();
    case_clocks_->stop();
    if (chats_) chats_->stop();
    if (citizen_messages_) citizen_messages_->stop();
    audit_heads_->stop();
    incidents_->stop();
    business_systems_->stop();
    flow_switch_->stop();
    voice_answers_->stop();
    live_speech_->stop();
    ear_->close();
    loop_.finish();
    // What is still up gets a BYE; its facts are those of the last coordinator run.
    sip_.reset();
    media_.reset();
    writer_->stop();
    audit_heads_->keep_last();
    readers_->stop();
    log::info("app", "stopped");
    log::flush();
}

}  // namespace ys::app
