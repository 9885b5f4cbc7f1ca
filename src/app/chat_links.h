// SPDX-License-Identifier: Apache-2.0
// Conversations that go on as calls: their links on disk, and the call that comes by one.
#pragma once

#include <functional>
#include <string>

#include "api/carry_port.h"
#include "facts/facts.h"
#include "platform/sql/writer.h"

namespace ys::app {

class ChatLinks final : public api::CarryPort {
public:
    struct Ports {
        sql::Writer& writer;
        CentreId centre;
        std::function<void(std::function<void()>)> post;  ///< to the control loop
        std::function<Result<std::optional<api::ChatStoryView>>(sql::Database&, const Scope&,
                                                                api::ChatId)>
            story;
    };
    explicit ChatLinks(Ports ports) : ports_(std::move(ports)) {}

    /// From the journal: the first fact of a call that comes by a link binds it.
    void on(const facts::Fact& fact);

    // api::CarryPort
    void make(api::CarryForm wish, std::function<void(Result<api::CarryCode>)> then) override;
    Result<std::string> standing(sql::Database& db, std::string_view code) override;
    void calling(const std::string& code) override { code_ = code; }
    void called() override { code_.clear(); }
    Result<std::vector<api::CarriedView>> of_call(sql::Database& db, const Scope& scope,
                                                  InteractionId call) override;
    Result<std::vector<api::CarriedView>> of_case(sql::Database& db, const Scope& scope,
                                                  CaseId case_id, InteractionId call) override;

private:
    Ports ports_;
    std::string code_;  ///< of the call that begins now
};

}  // namespace ys::app
