// SPDX-License-Identifier: Apache-2.0
// The business systems of the settings, asked for everybody who may ask: each on threads of its
// own, bounded, the wait in front counted; who proved what in which call; a fact of every look.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "api/live_answer_port.h"
#include "api/source_pace.h"
#include "backoffice/http_business_system.h"
#include "backoffice/identity_check.h"
#include "outreach/io/door.h"
#include "platform/config/serve_config.h"
#include "platform/metrics/metrics.h"
#include "platform/sql/writer.h"
#include "platform/task/control_loop.h"
#include "platform/task/worker_pool.h"

namespace ys::app {

class ReadyDocuments;

class BusinessSystems final : public api::LiveAnswerPort {
public:
    static constexpr Seconds answers_within{2};  ///< from the question, queueing included
    static constexpr int under_way_max = 16;     ///< of one system; more are told to see a person
    static constexpr int asked_per_minute = 20;  ///< of one address
    static constexpr std::size_t calls_kept_max = 2'000;

    struct Ports {
        ControlLoop& loop;
        sql::Writer& writer;
        metrics::Registry& metrics;
        /// The call an agent is in, or none.
        std::function<InteractionId(UserId)> call_of;
        /// By code of the matter, what is looked at for who asks about it.
        std::map<std::string, backoffice::SubjectKind> kinds_of;
    };
    /// errors  invalid_argument in words an operator can act on: a kind nobody knows or that two
    ///         systems have, a key that cannot be read, a URL or network that is none
    static Result<std::unique_ptr<BusinessSystems>> make(
        Ports ports, const std::vector<config::BusinessSystem>& settings);

    ~BusinessSystems() override;

    /// From now on the owners of documents that became ready are written to.
    void tell_of_documents(CentreId centre, std::shared_ptr<const outreach::Door> door,
                           std::function<void()> written);

    std::vector<backoffice::SubjectKind> kinds() const override;
    backoffice::SubjectKind kind_for(const std::string& matter) const override;
    bool may_ask(const std::string& source) override;
    void look(api::LiveAsk ask, Then then) override;
    bool look_again(api::LiveAsk by_whom, Then then) override;
    /// Waits for questions that are on their way; on the loop, before the writer stops.
    void stop();

private:
    struct System {
        std::string name;
        std::unique_ptr<backoffice::HttpBusinessSystem> over_http;
        std::atomic<int> under_way{0};
        WorkerPool pool{2};
    };
    /// What the caller of a call proved to be theirs, or the place they asked about.
    struct Proved {
        api::LiveAsk ask;  ///< without digits
        std::optional<backoffice::CheckedIdentity> identity;
        UtcTime at;
    };
    struct Asked {
        api::LiveAsk ask;
        Then then;
        Instant until;
        std::optional<backoffice::CheckedIdentity> identity;  ///< proved already, or just now
    };
    explicit BusinessSystems(Ports ports);
    System* system_of(backoffice::SubjectKind kind) const;
    void begin(std::shared_ptr<Asked> asked);
    api::LiveReply answer(System& system, Asked& asked);
    void keep(std::shared_ptr<Asked> asked, api::LiveReply reply);
    void remember(const Asked& asked);

    Ports ports_;
    api::SourcePace pace_{asked_per_minute, 60'000};
    backoffice::IdentityGate gate_;
    std::vector<std::unique_ptr<System>> systems_;
    std::map<backoffice::SubjectKind, System*> by_kind_;
    std::map<InteractionId, Proved> proved_;  ///< on the loop
    std::unique_ptr<ReadyDocuments> ready_documents_;
    std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);
};

}  // namespace ys::app
