// SPDX-License-Identifier: Apache-2.0
// A small hotline for tests: three centres, their people, a customer, case, call and recording in
// two of them, behind a real server on loopback. What the coordinator would do is recorded.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "api/api.h"
#include "platform/http/testing/raw_client.h"
#include "platform/sql/testing/postgres_server.h"

namespace ys::api::testing {

using http::testing::Answer;
using http::testing::Frame;
using http::testing::RawClient;

// The head centre has two below it; most people work in the first.
inline constexpr CentreId head{1}, heating{2}, bus{3};

/// What one centre holds, with numbers of its own.
struct Things {
    CustomerId customer;
    CaseId case_id;
    InteractionId call;
    RecordingId recording;
};

/// Takes commands as the running centre would; "hold" is refused, everything else done.
class RecordedDesk final : public DeskPort {
public:
    void connected(UserId user) override { note("connected", user); }
    void disconnected(UserId user) override { note("disconnected", user); }
    void media_page_closed(UserId user) override { note("media_page_closed", user); }
    boost::json::value desk(UserId) override { return {{"state", "LoggedOut"}}; }
    Result<Done> command(UserId user, std::string_view name,
                         const boost::json::object& args) override;

    std::size_t count(const std::string& what) const;
    void wait_for(const std::string& what, std::size_t times = 1) const;

private:
    void note(const std::string& what, UserId user);
    mutable std::mutex mutex_;
    std::vector<std::string> seen_;  ///< "connected 11", "ready 11 {}"
};

class RecordedWebCalls final : public WebCallPort {
public:
    Result<Done> offer(WebCallId call, const std::string& number, const std::string& sdp,
                       const std::string&) override;
    void key(WebCallId, char key) override { keys += key; }
    void hang_up(WebCallId call) override;
    void closed(WebCallId) override { ++closed_calls; }
    bool is_offered(const std::string& number) override { return number == "6000"; }

    WebCallSockets* sockets = nullptr;
    std::string keys;
    std::atomic<int> closed_calls{0};
};

class FixedLiveView final : public LiveView {
public:
    std::vector<LiveSeat> seats(CentreId centre) override;
    std::vector<LiveQueue> queues(CentreId centre) override;
    std::string not_ready_because() override { return why; }
    std::string why;
};

/// Takes every change of the rules; refuses any while `refusal` is set.
class RecordedRules final : public RulesPort {
public:
    Result<Done> may_become(const interactions::Setup&) override;
    void change(interactions::ChangeRules change) override { changes.push_back(change); }
    std::vector<interactions::DaySetup> days_of_flows(int year) override {
        return {{{year, 10, 1}, "国庆节", false}};
    }
    void rename(CentreId centre, const std::string& name) override { names[centre] = name; }
    std::string refusal;
    std::vector<interactions::ChangeRules> changes;
    std::map<CentreId, std::string> names;  ///< of centres that were given a new one
};

/// One signed-in browser.
class Browser {
public:
    Browser(std::uint16_t port, std::string address = "127.0.0.1")
        : port_(port), address_(std::move(address)) {}

    Answer sign_in(const std::string& login, const std::string& password = "right-password");
    Answer get(const std::string& path, const std::string& headers = "");
    /// With cookie, CSRF header and JSON content type.
    Answer send(const std::string& method, const std::string& path, const std::string& body,
                const std::string& headers = "");
    std::unique_ptr<RawClient> open_desk();

    std::string token, csrf;

private:
    Answer ask(const std::string& method, const std::string& path, const std::string& body,
               const std::string& headers);
    std::uint16_t port_;
    std::string address_;
};

boost::json::value json_of(const Answer& answer);

class Hotline : public ::testing::Test {
protected:
    Hotline();
    ~Hotline() override;

    Browser browser(const std::string& address = "127.0.0.1") { return {port_, address}; }
    /// Signed in as one of: li, wang (agents of heating), supervisor, quality, knowledge, handler,
    /// closed
    /// (all heating), admin, chief (head; supervisor), driver (agent of bus).
    Browser signed_in(const std::string& login);
    /// Heating gets units: 北站 and 南站 below 公司, "handler" in 北站, "supervisor" in 公司.
    void seed_case_units();
    UserId user(const std::string& login) const { return users_.at(login); }
    const Things& things_of(CentreId centre) const { return things_.at(centre); }
    /// Facts of one kind in the journal so far.
    std::size_t facts_of_kind(std::string_view kind);
    std::string journal_text();
    Result<Done> write(sql::Writer::Work work) { return writer_->submit_and_wait(std::move(work)); }
    /// Runs `work` on the control loop and waits.
    void on_loop(std::function<void()> work);

    std::uint16_t port_ = 0;
    RecordedDesk desk_;
    RecordedWebCalls web_calls_;
    FixedLiveView live_;
    RecordedRules rules_;
    DeskSockets sockets_;
    std::filesystem::path recordings_, attachments_;
    std::unique_ptr<Api> api_;

private:
    void seed();
    void seed_things(CentreId centre, std::uint64_t first, UserId agent);
    asio::awaitable<void> stop();

    sql::testing::TemporaryFolder folder_;
    std::string url_;
    asio::io_context context_{1};
    WorkerPool pool_{2};
    metrics::Registry registry_;
    centres::CentreTree tree_;
    std::unique_ptr<sql::Writer> writer_;
    std::unique_ptr<sql::Readers> readers_;
    std::unique_ptr<knowledge::AnswerBook> answers_;
    std::unique_ptr<http::Server> server_;
    std::map<std::string, UserId> users_;
    std::map<CentreId, Things> things_;
    std::thread thread_;
};

}  // namespace ys::api::testing
