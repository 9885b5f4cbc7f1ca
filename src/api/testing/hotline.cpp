// SPDX-License-Identifier: Apache-2.0
#include "api/testing/hotline.h"

#include <algorithm>
#include <condition_variable>
#include <fstream>
#include <future>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include "api/refusal.h"
#include "api/rooms.h"
#include "cases/io/case_store.h"
#include "cases/io/unit_store.h"
#include "centres/io/user_store.h"
#include "customers/io/barred_store.h"
#include "customers/io/customer_store.h"
#include "interactions/io/call_store.h"
#include "interactions/io/rules_store.h"
#include "interactions/io/setup_store.h"
#include "interactions/io/waiting_store.h"
#include "knowledge/io/book_sources.h"
#include "platform/journal/fact_json.h"
#include "platform/password/password.h"

namespace ys::api::testing {
namespace {

constexpr UtcTime day_one{1'764'000'000'000'000};

/// Hashing takes 25 ms; one hash serves everybody in every test.
const std::string& password_hash() {
    static const std::string it = *password::hash(Secret<std::string>{"right-password"});
    return it;
}

template <class T>
T must(Result<T> result) {
    if (!result) panic(result.error().note.c_str(), result.error().where.file, 0);
    return *std::move(result);
}

}  // namespace

Result<Done> RecordedDesk::command(UserId user, std::string_view name,
                                   const boost::json::object& args) {
    note(std::string(name) + " " + boost::json::serialize(args), user);
    if (name == "hold") return refused("not_in_a_call");
    return Done{};
}

void RecordedDesk::note(const std::string& what, UserId user) {
    const std::lock_guard hold(mutex_);
    seen_.push_back(what + " " + std::to_string(user.value));
}

std::size_t RecordedDesk::count(const std::string& what) const {
    const std::lock_guard hold(mutex_);
    return static_cast<std::size_t>(std::ranges::count_if(
        seen_, [&](const std::string& each) { return each.starts_with(what); }));
}

void RecordedDesk::wait_for(const std::string& what, std::size_t times) const {
    while (count(what) < times) std::this_thread::yield();
}

Result<Done> RecordedWebCalls::offer(WebCallId call, const std::string& number,
                                     const std::string& sdp, const std::string&) {
    if (sdp == "refuse") return refused("busy");
    sockets->send(call, {{"type", "answer"}, {"sdp", "for " + number + ": " + sdp}});
    return Done{};
}

void RecordedWebCalls::hang_up(WebCallId call) {
    sockets->send(call, {{"type", "state"}, {"state", "ended"}});
    sockets->close(call);
}

std::vector<LiveSeat> FixedLiveView::seats(CentreId centre) {
    if (centre != heating) return {};
    return {{AgentId{1}, "Ready", "", day_one}};
}

std::vector<LiveQueue> FixedLiveView::queues(CentreId centre) {
    if (centre != heating) return {};
    return {{QueueId{1}, 4, 2}};
}

boost::json::value json_of(const Answer& answer) {
    boost::system::error_code ec;
    auto value = boost::json::parse(answer.body, ec);
    EXPECT_FALSE(ec) << answer.body;
    return value;
}

Answer Browser::ask(const std::string& method, const std::string& path, const std::string& body,
                    const std::string& headers) {
    std::string text = method + " " + path + " HTTP/1.1\r\nHost: desk.example\r\n" + headers;
    if (!token.empty()) text += "Cookie: ys_session=" + token + "\r\n";
    if (method != "GET") text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    RawClient client(port_, false, address_);
    return client.ask(text + "\r\n" + body);
}

Answer Browser::get(const std::string& path, const std::string& headers) {
    return ask("GET", path, "", headers);
}

Answer Browser::send(const std::string& method, const std::string& path, const std::string& body,
                     const std::string& headers) {
    return ask(method, path, body,
               headers + "Content-Type: application/json\r\nX-CSRF: " + csrf + "\r\n");
}

Answer Browser::sign_in(const std::string& login, const std::string& password) {
    const boost::json::object form{{"login", login}, {"password", password}};
    Answer answer = send("POST", "/api/v1/session", boost::json::serialize(form));
    if (answer.status != 200) return answer;
    const std::string cookie = answer.header("set-cookie");
    token = cookie.substr(11, cookie.find(';') - 11);
    csrf = json_of(answer).at("csrf").as_string();
    return answer;
}

std::unique_ptr<RawClient> Browser::open_desk() {
    auto client = std::make_unique<RawClient>(port_, false, address_);
    const Answer answer = client->upgrade("/api/v1/desk", "http://desk.example",
                                          "Cookie: ys_session=" + token + "\r\n");
    if (answer.status != 101) return nullptr;
    return client;
}

Result<Done> RecordedRules::may_become(const interactions::Setup&) {
    if (refusal.empty()) return Done{};
    return Error{std::errc::invalid_argument, refusal};
}

Hotline::Hotline() {
    recordings_ = folder_.path() + "/recordings";
    attachments_ = folder_.path() + "/attachments";
    url_ = "sqlite:" + folder_.path() + "/test.db";
    std::filesystem::create_directories(recordings_);
    auto db = must(sql::Database::open(url_));
    must(sql::migrate(db, all_rooms()));
    writer_ =
        std::make_unique<sql::Writer>(std::move(db), sql::Writer::Limits{}, [](const Error&) {});
    readers_ = must(sql::Readers::open(url_, 2));
    seed();
    answers_ = std::make_unique<knowledge::AnswerBook>(
        knowledge::sources_from(*readers_, [](const Error&) {}));
    Ports ports{
        .readers = *readers_,
        .writer = *writer_,
        .pool = pool_,
        .metrics = registry_,
        .tree = tree_,
        .desks = sockets_,
        .desk = desk_,
        .web_calls = web_calls_,
        .live = live_,
        .rules = rules_,
        .centre_of =
            [this](AgentId agent) {
                return agent == AgentId{users_.at("driver").value} ? bus : heating;
            },
        .kpi = [](sql::Database&, const Scope& scope, UtcTime, UtcTime,
                  AgentId agent) -> Result<boost::json::value> {
            return boost::json::value{{"centres", scope.centres.size()}, {"agent", agent.value}};
        },
        .peaks = [](const std::filesystem::path&) -> Result<boost::json::value> {
            return boost::json::value{{"per_second", 10}};
        },
        .handbook = must(cases::Handbook::make({})),
        .answers = *answers_,
        .pages = {}};
    Settings settings;
    settings.hotline = "6000";
    settings.recordings = recordings_;
    settings.attachments = attachments_;
    api_ = std::make_unique<Api>(context_, std::move(ports), settings);
    web_calls_.sockets = &api_->web_call_sockets();
    server_ = std::make_unique<http::Server>(context_, pool_, registry_, *api_, http::Limits{});
    port_ = must(server_->listen("127.0.0.1", 0));
    thread_ = std::thread([this] { context_.run(); });
}

asio::awaitable<void> Hotline::stop() {
    co_await server_->stop();
    co_await api_->stop();
}

Hotline::~Hotline() {
    asio::co_spawn(context_, stop(), asio::detached);
    thread_.join();
    readers_->stop();
    writer_->stop();
}

void Hotline::on_loop(std::function<void()> work) {
    std::promise<void> done;
    asio::post(context_, [&] {
        work();
        done.set_value();
    });
    done.get_future().wait();
}

Browser Hotline::signed_in(const std::string& login) {
    Browser made = browser();
    EXPECT_EQ(made.sign_in(login).status, 200) << login;
    return made;
}

void Hotline::seed_case_units() {
    const auto seeded = write([&](sql::Transaction& tx) -> Result<Done> {
        const std::vector<cases::UnitRow> units{
            {cases::UnitId{1}, heating, "热线中心", {}, 1},
            {cases::UnitId{2}, heating, "督办室", {}, 2},
            {cases::UnitId{3}, heating, "公司", {}, 0},
            {cases::UnitId{4}, heating, "北站", cases::UnitId{3}, 0},
            {cases::UnitId{5}, heating, "南站", cases::UnitId{3}, 0}};
        for (const cases::UnitRow& unit : units) {
            YS_TRY([[maybe_unused]] const auto id, cases::UnitStore::put_unit(tx, unit));
        }
        YS_TRY(Done done, cases::UnitStore::put_duty(tx, {heating, "北桥区报修归北站", "repair",
                                                          "北桥区", cases::UnitId{4}}));
        YS_TRY(done, cases::UnitStore::put_member(
                         tx, {user("handler"), cases::UnitId{4}, heating, "unit"}));
        return cases::UnitStore::put_member(
            tx, {user("supervisor"), cases::UnitId{3}, heating, "unit,superior"});
    });
    EXPECT_TRUE(seeded);
}

void Hotline::seed() {
    struct Person {
        const char* login;
        CentreId centre;
        const char* roles;
    };
    must(write([&](sql::Transaction& tx) -> Result<Done> {
        must(centres::UserStore::put_centre(tx, {head, {}, "城市热线"}));
        must(centres::UserStore::put_centre(tx, {heating, head, "供热"}));
        must(centres::UserStore::put_centre(tx, {bus, head, "公交"}));
        for (const Person& each :
             {Person{"li", heating, "agent"}, Person{"wang", heating, "agent"},
              Person{"supervisor", heating, "supervisor,agent"},
              Person{"quality", heating, "quality"}, Person{"knowledge", heating, "knowledge"},
              Person{"admin", head, "admin"}, Person{"chief", head, "supervisor"},
              Person{"driver", bus, "agent"}, Person{"handler", heating, "handler"},
              Person{"crew", heating, "crew"}, Person{"disclosure", heating, "disclosure"},
              Person{"closed", heating, "agent"}}) {
            centres::UserRow row;
            row.centre_id = each.centre;
            row.login = each.login;
            row.name = std::string("<b>") + each.login + "</b>";
            row.work_number = std::to_string(1001 + users_.size());
            row.roles = each.roles;
            row.is_active = row.login != "closed";
            row.password_hash = Secret<std::string>{password_hash()};
            users_[each.login] = must(centres::UserStore::put_user(tx, row));
        }
        interactions::QueueRow queue;
        queue.centre_id = heating;
        queue.name = "heating";
        queue.title = "供热";
        must(interactions::SetupStore::put_queue(tx, queue));
        return Done{};
    }));
    must(readers_->read_and_wait([&](sql::Database& db) {
        tree_ = must(centres::tree_of(must(centres::UserStore::all_centres(db))));
    }));
    seed_things(heating, 100, user("li"));
    seed_things(bus, 200, user("driver"));
}

void Hotline::seed_things(CentreId centre, std::uint64_t first, UserId agent) {
    Things things;
    things.call = InteractionId{first};
    things.recording = RecordingId{first};
    const std::string file = "recording-" + std::to_string(first) + ".wav";
    std::ofstream out(recordings_ / file, std::ios::binary);
    for (int i = 0; i < 100'000; ++i) out.put(static_cast<char>('a' + i % 26));
    must(write([&](sql::Transaction& tx) -> Result<Done> {
        customers::CustomerRow customer;
        customer.centre_id = centre;
        customer.name = "<script>alert(1)</script>";
        customer.tags = "elder,vip";
        things.customer = must(customers::CustomerStore::add(tx, customer, {"13900000001"}));
        cases::CaseRow row;
        row.title = "暖气不热";
        row.customer_id = things.customer;
        row.phone = "13900000001";
        const cases::Saving saving{.user = agent, .now = day_one};
        things.case_id = must(cases::CaseStore::create(tx, centre, row, saving)).id;
        interactions::CallRow call;
        call.id = things.call;
        call.centre_id = centre;
        call.direction = "in";
        call.caller = "13900000001";
        call.customer_id = things.customer;
        call.agent_id = AgentId{agent.value};
        call.arrived_at = day_one;
        call.ended_at = UtcTime{day_one.us + 60'000'000};
        call.cause = "completed";
        interactions::RecordingRow recording;
        recording.id = things.recording;
        recording.centre_id = centre;
        recording.interaction_id = things.call;
        recording.agent_id = AgentId{agent.value};
        recording.purpose = "call";
        recording.file = file;
        recording.length_ms = 12'000;
        recording.outcome = "complete";
        recording.opened_at = day_one;
        const std::vector<interactions::RowChange> changes{interactions::PutCall{call},
                                                           interactions::OpenRecording{recording}};
        must(interactions::CallStore::write(tx, changes));
        const std::vector<facts::Fact> facts{
            {day_one, centre, things.call, {}, facts::CallArrived{.direction = "in"}},
            {day_one, centre, things.call, {}, facts::DialogKept{.leg = first}},
            {day_one, centre, things.call, {}, facts::RecordingMarked{first, "hold", true, 1000}},
            {day_one, centre, things.call, {}, facts::RecordingMarked{first, "hold", false, 3000}}};
        return journal::Journal::append(tx, facts);
    }));
    things_[centre] = things;
}

std::string Hotline::journal_text() {
    std::string out;
    must(readers_->read_and_wait([&](sql::Database& db) {
        must(journal::Journal::replay(db, 0, [&](const journal::Entry& entry) {
            out += std::string(journal::kind_of(entry.fact.body)) + " " +
                   journal::body_json(entry.fact.body) + "\n";
        }));
    }));
    return out;
}

std::size_t Hotline::facts_of_kind(std::string_view kind) {
    const std::string text = journal_text();
    std::size_t n = 0;
    for (std::size_t at = 0; (at = text.find(std::string(kind) + " {", at)) != std::string::npos;
         ++at)
        ++n;
    return n;
}

}  // namespace ys::api::testing
