// SPDX-License-Identifier: Apache-2.0
// The audited facts, each tied to all before it by a hash: a row that is changed, taken out or put
// in later breaks the chain at its place. Who rebuilds the whole chain is found out by a head that
// was kept elsewhere (audit_heads.h).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "facts/facts.h"
#include "platform/sql/database.h"

namespace ys::journal {

/// Whether a fact of this kind is shown in the audit, and so is a link of the chain.
bool is_audited(const facts::Fact& fact);
/// The same as a condition of SQL over the columns of `facts`.
std::string_view audited_condition();

/// The end of the chain. Its number rises by one with each audited fact.
struct ChainHead {
    std::uint64_t number = 0;  ///< 0: nothing is audited yet
    std::string hash;          ///< 64 hexadecimal digits; "" with 0
    friend bool operator==(const ChainHead&, const ChainHead&) = default;
};

/// A fact as its row is written.
struct FactRow {
    std::uint64_t seq = 0;
    UtcTime at;
    std::uint64_t centre = 0, interaction = 0, agent = 0;
    std::string_view kind, body;
};

/// SHA-256 over the hash before, and the row; each part ends with "|", the body comes last.
std::string hash_after(std::string_view before, const FactRow& row);

/// Links an audited fact to the chain: the head is read once a transaction.
Result<Done> link_to_chain(sql::Transaction& tx, const FactRow& row);

Result<ChainHead> chain_head(sql::Database& db);

struct ChainFault {
    std::uint64_t number = 0;  ///< place in the chain; 0 for a fact that is in no link
    std::uint64_t seq = 0;     ///< of the fact; 0 when not known
    std::string what;  ///< "changed" "deleted" "link_deleted" "not_linked" "cut_off" "rebuilt"
};
struct ChainReport {
    std::uint64_t links = 0;
    std::uint64_t heads = 0;          ///< how many heads were compared
    std::optional<ChainFault> fault;  ///< the first; nothing when all is well
};

/// Reads the chain from its beginning. `heads` were taken of it before: a chain that is whole and
/// does not go through them was rebuilt ("rebuilt") or has lost its end ("cut_off").
/// errors  sql::errc
Result<ChainReport> verify_chain(sql::Database& db, std::span<const ChainHead> heads);

}  // namespace ys::journal
