// SPDX-License-Identifier: Apache-2.0
// Links that carry a conversation on from writing to a call. Each opens
// once; only the digest of its code is kept, and what it led to stays.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/described.h"
#include "base/private_text.h"
#include "base/time.h"
#include "channels/chat/message.h"
#include "platform/sql/database.h"
#include "platform/sql/scope.h"

namespace ys::chat {

/// The second step of schema() in chat_store.h.
extern const std::string_view link_tables;

using LinkId = Id<struct LinkTag>;

/// A call follows at once.
inline constexpr std::chrono::minutes call_link_for{30};

struct LinkRow {
    LinkId id{};
    CentreId centre_id{};
    std::string code_digest{};
    std::string way{};                 ///< "call": what it leads to
    ConversationId chat_id{};          ///< where it comes from, or none
    CaseId case_id{};                  ///< what it is about, or none
    InteractionId interaction_id{};    ///< the call it led to, or was made in
    Private page{}, field{}, fault{};  ///< of the form somebody was filling in
    UserId made_by{};                  ///< none: the citizen
    UtcTime made_at{}, expires_at{};
    std::optional<UtcTime> used_at{};

    /// "open" "used" "expired"
    std::string_view standing(UtcTime now) const;
};
BOOST_DESCRIBE_STRUCT(LinkRow, (),
                      (id, centre_id, code_digest, way, chat_id, case_id, interaction_id, page,
                       field, fault, made_by, made_at, expires_at, used_at))

class LinkStore {
public:
    struct Made {
        std::string code;  ///< told once, kept nowhere
        UtcTime expires_at;
    };
    /// wish    without id, digest and times. Writes the fact "made"
    /// errors  full: too many in an hour
    static Result<Made> make(sql::Transaction& tx, LinkRow wish, UtcTime now);
    /// Whoever has the code may look. None: there is no such link, or it was long ago.
    static Result<std::optional<LinkRow>> find(sql::Database& db, std::string_view code);
    /// The link becomes this call, once: none when it is used, too old or unknown. Writes "called".
    static Result<std::optional<LinkRow>> call(sql::Transaction& tx, std::string_view code,
                                               InteractionId call, UtcTime now);

    /// Links that led to this call.
    static Result<std::vector<LinkRow>> of_call(sql::Database& db, const Scope& scope,
                                                InteractionId call);
    /// Conversations that became this case, the last first.
    static Result<std::vector<ConversationId>> chats_of(sql::Database& db, const Scope& scope,
                                                        CaseId case_id);
};

}  // namespace ys::chat
