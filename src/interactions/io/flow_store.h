// SPDX-License-Identifier: Apache-2.0
// Every version a flow ever had: written, published, in force, past. Kept for ever; each step is a
// fact in the same transaction.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/described.h"
#include "base/id.h"
#include "base/time.h"
#include "platform/sql/migration.h"
#include "platform/sql/scope.h"

namespace ys::interactions {

const sql::Schema& flow_schema();

struct FlowRow {
    std::string name{};  ///< as numbers have it
    CentreId centre_id{};
    std::uint32_t in_force = 0;  ///< version
};
BOOST_DESCRIBE_STRUCT(FlowRow, (), (name, centre_id, in_force))

struct FlowVersionRow {
    std::string flow{};
    std::uint32_t number = 0;
    CentreId centre_id{};
    std::string text{};
    std::uint32_t based_on = 0;  ///< version; 0 for none
    std::string state{};         ///< "draft" "scheduled" "in_force" "past" "dropped"
    UserId written_by{};         ///< none: it came with the hotline
    UtcTime written_at{};
    std::string why{};
    UserId published_by{};
    std::string publish_why{};
    std::optional<UtcTime> from_at{};  ///< its minute, once published
    std::optional<UtcTime> in_force_at{};
    std::optional<UtcTime> until_at{};
    std::string refused{};  ///< why its minute could not be kept: faults, one a line
};
BOOST_DESCRIBE_STRUCT(FlowVersionRow, (),
                      (flow, number, centre_id, text, based_on, state, written_by, written_at, why,
                       published_by, publish_why, from_at, in_force_at, until_at, refused))

/// Who does something to a flow, when and why. No user: the house itself.
struct FlowStep {
    UserId by{};
    std::string why{};
    UtcTime now{};
};

/// Every errors: not_found for a flow or version that the scope has not; operation_not_permitted
/// for a version that is in no state for that.
class FlowStore {
public:
    static constexpr std::size_t versions_max = 200;  ///< of a list

    static Result<std::vector<FlowRow>> flows(sql::Database& db, const Scope& scope);
    static Result<std::optional<FlowRow>> flow(sql::Database& db, const Scope& scope,
                                               const std::string& name);
    /// The newest first.
    static Result<std::vector<FlowVersionRow>> versions(sql::Database& db, const Scope& scope,
                                                        const std::string& flow);
    static Result<FlowVersionRow> version(sql::Database& db, const Scope& scope,
                                          const std::string& flow, std::uint32_t number);

    /// A draft; the draft there was is dropped. errors  stale: somebody wrote one since `based_on`
    static Result<FlowVersionRow> write(sql::Transaction& tx, const Scope& scope,
                                        const std::string& flow, const std::string& text,
                                        std::uint32_t based_on, const FlowStep& step);
    /// A draft is to come into force at `from`; another that was to, is dropped.
    static Result<Done> publish(sql::Transaction& tx, const Scope& scope, const std::string& flow,
                                std::uint32_t number, UtcTime from, const FlowStep& step);
    static Result<Done> drop(sql::Transaction& tx, const Scope& scope, const std::string& flow,
                             std::uint32_t number, const FlowStep& step);
    /// One whose minute has not come is a draft again.
    static Result<Done> withdraw(sql::Transaction& tx, const Scope& scope, const std::string& flow,
                                 std::uint32_t number, const FlowStep& step);
    /// The text of one that was in force or dropped is published again, as a new version.
    static Result<FlowVersionRow> roll_back(sql::Transaction& tx, const Scope& scope,
                                            const std::string& flow, std::uint32_t number,
                                            UtcTime from, const FlowStep& step);

    // ---- the house itself, of all centres --------------------------------------------------

    /// Flow by flow, those whose minute has come.
    static Result<std::vector<FlowVersionRow>> due(sql::Database& db, UtcTime now);
    /// When the next one is due.
    static Result<std::optional<UtcTime>> next_due(sql::Database& db);
    /// The one before is past from now on.
    /// errors  operation_not_permitted: it is not to come into force any more
    static Result<Done> put_in_force(sql::Transaction& tx, const FlowVersionRow& version,
                                     UtcTime now);
    /// Its minute has come, and it cannot be: it is a draft again, with what is wrong.
    static Result<Done> refuse(sql::Transaction& tx, const FlowVersionRow& version,
                               const std::string& faults, UtcTime now);

    /// By name.
    static Result<std::map<std::string, std::string>> texts_in_force(sql::Database& db);
    /// The text that came with the hotline: in force when the flow is new, or when nobody has ever
    /// changed it here; else a draft, or, while somebody is at a draft, a version to be brought
    /// back. The same text again changes nothing.
    static Result<Done> take_file(sql::Transaction& tx, CentreId centre, const std::string& flow,
                                  const std::string& text, UtcTime now);
    /// A text of the house's own, in force at once. Without a reason: it came with the hotline, and
    /// what was in force cannot be any more.
    static Result<FlowVersionRow> force(sql::Transaction& tx, const std::string& flow,
                                        const std::string& text, const FlowStep& step);
};

}  // namespace ys::interactions
