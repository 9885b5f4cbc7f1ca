// SPDX-License-Identifier: Apache-2.0
// What a hotline can be asked about, in whose words, and what it was asked.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/described.h"
#include "base/id.h"
#include "base/private_text.h"
#include "base/time.h"
#include "platform/sql/migration.h"
#include "platform/sql/scope.h"

namespace ys::knowledge {

const sql::Schema& matter_schema();

using MatterId = Id<struct MatterTag>;
using AskingId = Id<struct AskingTag>;
using QuestionId = Id<struct QuestionTag>;

struct MatterRow {
    MatterId id{};
    CentreId centre_id{};
    std::string code{};  ///< its name for good; one of each in a centre
    std::string title{}, scope{};
    bool is_safety = false;
};
BOOST_DESCRIBE_STRUCT(MatterRow, (), (id, centre_id, code, title, scope, is_safety))

struct AskingRow {
    AskingId id{};
    CentreId centre_id{};
    std::string matter{};  ///< "": none of the hotline's business
    std::string text{};
    UserId added_by{};  ///< none: it came with the hotline
    UtcTime added_at{};
};
BOOST_DESCRIBE_STRUCT(AskingRow, (), (id, centre_id, matter, text, added_by, added_at))

struct SynonymRow {
    std::uint64_t id = 0;
    CentreId centre_id{};
    std::string said{}, meant{};
};
BOOST_DESCRIBE_STRUCT(SynonymRow, (), (id, centre_id, said, meant))

/// One question and what became of it.
struct QuestionRow {
    QuestionId id{};
    CentreId centre_id{};
    UtcTime asked_at{};
    std::string channel{};    ///< as of facts::QuestionAsked
    Private words{};          ///< "" when a choice was picked
    std::string certainty{};  ///< as of facts::QuestionAsked
    std::string matter{};
    std::uint64_t article_id = 0;
    std::uint32_t version = 0;
};
BOOST_DESCRIBE_STRUCT(QuestionRow, (),
                      (id, centre_id, asked_at, channel, words, certainty, matter, article_id,
                       version))

struct MatterCount {
    std::string matter{};
    std::int64_t askings = 0, articles = 0;
};

class MatterStore {
public:
    // What came with the hotline.
    static Result<Done> add(sql::Transaction& tx, MatterRow row);
    static Result<Done> add(sql::Transaction& tx, SynonymRow row);
    static Result<Done> add_ready_made(sql::Transaction& tx, CentreId centre,
                                       const std::vector<AskingRow>& askings, UtcTime now);

    static constexpr std::size_t askings_max = 300;  ///< of one matter

    /// errors  not_found: no such matter; unique_violation: it is there already; EnoughAskings
    static Result<AskingRow> add(sql::Transaction& tx, AskingRow row);
    /// errors  not_found
    static Result<AskingRow> remove(sql::Transaction& tx, const Scope& scope, AskingId id);

    /// As they were added.
    static Result<std::vector<MatterRow>> matters(sql::Database& db, const Scope& scope);
    static Result<std::optional<MatterRow>> find(sql::Database& db, const Scope& scope,
                                                 std::string_view code);
    static Result<std::vector<MatterCount>> counts(sql::Database& db, const Scope& scope);
    static Result<std::vector<AskingRow>> askings(sql::Database& db, const Scope& scope,
                                                  std::string_view matter);

    // Of every centre: to learn from.
    static Result<std::vector<MatterRow>> all_matters(sql::Database& db);
    static Result<std::vector<AskingRow>> all_askings(sql::Database& db);
    static Result<std::vector<SynonymRow>> all_synonyms(sql::Database& db);

    /// With its fact; `call`: where it was asked, none for other channels.
    static Result<QuestionRow> note(sql::Transaction& tx, QuestionRow row, InteractionId call = {});
    /// Asked from `from` until before `to` and left without an answer, the newest first.
    static Result<std::vector<QuestionRow>> unanswered(sql::Database& db, const Scope& scope,
                                                       UtcTime from, UtcTime to, std::size_t limit);
    /// Asked in somebody's own words from `from` on, the newest first.
    static Result<std::vector<QuestionRow>> in_own_words(sql::Database& db, const Scope& scope,
                                                         UtcTime from, std::size_t limit);
    /// Ways of asking that people added from `from` on, the newest first; not what is nobody's.
    static Result<std::vector<AskingRow>> taught(sql::Database& db, const Scope& scope,
                                                 UtcTime from, std::size_t limit);
};

}  // namespace ys::knowledge
