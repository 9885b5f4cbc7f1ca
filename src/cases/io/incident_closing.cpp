// SPDX-License-Identifier: Apache-2.0
#include "cases/io/incident_closing.h"

#include "cases/case_engine.h"
#include "cases/errc.h"
#include "platform/sql/described_rows.h"

namespace ys::cases {
namespace {

bool is_refusal(const Error& error) {
    return error.code.category() == make_error_code(Errc::NotNow).category();
}

bool waits_for_reply(CaseState state) {
    return state == CaseState::Filed || state == CaseState::Returned ||
           state == CaseState::Dispatched || state == CaseState::Accepted ||
           state == CaseState::Working;
}

/// The next thing on the way to the citizen; nothing when it is there, or off the way.
std::optional<CaseCommand> next_step(const CaseFile& file, UnitId parent_handler,
                                     const IncidentClosing& closing) {
    const CaseActor system{{}, "system", {}};
    const CaseActor unit{{}, "unit", file.handler};
    switch (file.state) {
        case CaseState::Filed:
        case CaseState::Returned:
            if (!parent_handler) return std::nullopt;
            return CaseCommand{system, DispatchCase{parent_handler, "incident"}};
        case CaseState::Dispatched:
            return CaseCommand{unit, AcceptCase{}};
        case CaseState::Accepted:
        case CaseState::Working:
            return CaseCommand{unit, ReplyToCase{{{file.demands.front().number, closing.words}}}};
        case CaseState::Replied:
            return CaseCommand{{closing.closer, "reviewer", {}}, ReviewReply{true, ""}};
        case CaseState::Reviewed:
            return CaseCommand{system, TellCitizen{"incident"}};
        default:
            return std::nullopt;
    }
}

/// Walks the case as far as it goes; a refusal on the way leaves it to its unit.
Result<StoredFile> walk(sql::Transaction& tx, const Handbook& handbook, StoredFile stored,
                        const IncidentClosing& closing) {
    const Scope scope = Scope::of(stored.centre_id);
    if (!waits_for_reply(stored.file.state) || stored.file.demands.size() != 1) return stored;
    YS_TRY(const auto parent, CaseFileStore::get(tx.db(), scope, closing.parent));
    const UnitId handler = parent ? parent->file.handler : UnitId{};
    while (const auto step = next_step(stored.file, handler, closing)) {
        auto moved = CaseFileStore::act(tx, handbook, scope, stored.file.id,
                                        {closing.now, *step, {}, closing.is_quiet});
        if (!moved && is_refusal(moved.error())) return stored;
        if (!moved) return moved.error();
        stored = *std::move(moved);
    }
    return stored;
}

Result<Done> note(sql::Transaction& tx, const StoredFile& stored, const IncidentClosing& closing) {
    const CaseNoticeRow row{.case_id = stored.file.id,
                            .centre_id = stored.centre_id,
                            .at = closing.now,
                            .receiver = "citizen",
                            .reason = "reply",
                            .words = closing.words};
    return sql::done(sql::insert(tx, "case_notices", row));
}

}  // namespace

Result<std::string> close_member(sql::Transaction& tx, const Handbook& handbook, CentreId centre,
                                 CaseId id, const IncidentClosing& closing) {
    YS_TRY(auto stored, CaseFileStore::get(tx.db(), Scope::of(centre), id));
    if (!stored) return std::string("over");
    const CaseState before = stored->file.state;
    if (before == CaseState::Withdrawn || before == CaseState::OutOfScope)
        return std::string("over");
    YS_TRY(const StoredFile after, walk(tx, handbook, *std::move(stored), closing));
    if (closing.is_quiet) return std::string("with_another");
    const bool is_told =
        waits_for_reply(before) && after.file.state == CaseState::AwaitingConfirmation;
    if (is_told) return std::string("replied");
    YS_TRY([[maybe_unused]] const Done noted, note(tx, after, closing));
    return std::string("noted");
}

Result<Done> close_parent(sql::Transaction& tx, const Handbook& handbook, CentreId centre,
                          const IncidentClosing& closing) {
    const Scope scope = Scope::of(centre);
    YS_TRY(auto stored, CaseFileStore::get(tx.db(), scope, closing.parent));
    if (!stored) return Done{};
    IncidentClosing quietly = closing;
    quietly.is_quiet = true;
    YS_TRY(const StoredFile after, walk(tx, handbook, *std::move(stored), quietly));
    if (after.file.state != CaseState::AwaitingConfirmation) return Done{};
    const CaseActor closer{closing.closer, "agent", after.file.first_receiver};
    const auto closed =
        CaseFileStore::act(tx, handbook, scope, closing.parent,
                           {closing.now,
                            {closer, ConfirmCase{true, std::nullopt, closing.words}},
                            {},
                            quietly.is_quiet});
    if (!closed && !is_refusal(closed.error())) return closed.error();
    return Done{};
}

}  // namespace ys::cases
