// SPDX-License-Identifier: Apache-2.0
#include "platform/journal/audit_chain.h"

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "platform/journal/fact_json.h"
#include "platform/password/token.h"

namespace ys::journal {
namespace {

constexpr std::array<std::string_view, 16> audited_kinds{
    "SupervisorActed", "RecordingHeard", "SignedIn",     "SignedOut",
    "SignInRefused",   "CaseSaved",      "OverflowSet",  "CallerBarred",
    "EmergencyMoved",  "CaseSeen",       "PrivateSeen",  "ExportMade",
    "ArticleMoved",    "FlowMoved",      "LiveLookedUp", "DirectoryMoved"};

constexpr std::size_t page = 2'000;  ///< links held in memory at once

struct Link {
    std::uint64_t number = 0, seq = 0;
    std::string hash;
    bool has_fact = false;
    UtcTime at;
    std::uint64_t centre = 0, interaction = 0, agent = 0;
    std::string kind, body;

    FactRow row() const { return {seq, at, centre, interaction, agent, kind, body}; }
};

Link link_from(const sql::Row& row) {
    Link link;
    row.get(0, link.number);
    row.get(1, link.seq);
    row.get(2, link.hash);
    link.has_fact = !row.is_null(3);
    row.get(4, link.at);
    row.get(5, link.centre);
    row.get(6, link.interaction);
    row.get(7, link.agent);
    row.get(8, link.kind);
    row.get(9, link.body);
    return link;
}

Result<std::vector<Link>> links_after(sql::Database& db, std::uint64_t number) {
    std::vector<Link> out;
    YS_TRY([[maybe_unused]] const Done read,
           db.each(
               "SELECT l.number, l.seq, l.hash, f.seq, f.at_us, f.centre, f.interaction,"
               " f.agent, f.kind, f.body FROM audit_links l LEFT JOIN facts f ON f.seq = l.seq"
               " WHERE l.number > ? ORDER BY l.number LIMIT ?",
               [&](const sql::Row& row) { out.push_back(link_from(row)); }, number, page));
    return out;
}

std::optional<ChainFault> fault_of(const Link& link, const ChainHead& before,
                                   std::span<const ChainHead> heads) {
    if (link.number != before.number + 1) return ChainFault{before.number + 1, 0, "link_deleted"};
    if (!link.has_fact) return ChainFault{link.number, link.seq, "deleted"};
    if (hash_after(before.hash, link.row()) != link.hash)
        return ChainFault{link.number, link.seq, "changed"};
    const auto other = [&](const ChainHead& head) {
        return head.number == link.number && head.hash != link.hash;
    };
    if (std::ranges::any_of(heads, other)) return ChainFault{link.number, link.seq, "rebuilt"};
    return std::nullopt;
}

/// An audited fact that no link holds; what was written before there was a chain is not meant.
Result<std::optional<ChainFault>> not_linked(sql::Database& db) {
    YS_TRY(const auto seq,
           db.value<std::uint64_t>(
               0, "SELECT MIN(seq) FROM facts WHERE " + std::string(audited_condition()) +
                      " AND seq > (SELECT MIN(l.seq) FROM audit_links l)"
                      " AND NOT EXISTS (SELECT 1 FROM audit_links l WHERE l.seq = facts.seq)"));
    if (seq == 0) return std::optional<ChainFault>{};
    return std::optional{ChainFault{0, seq, "not_linked"}};
}

}  // namespace

bool is_audited(const facts::Fact& fact) {
    const std::string_view kind = kind_of(fact.body);
    // A change of the rules has a user; those a start writes have none.
    if (kind == "PolicyInForce") return fact.agent.value > 0;
    return std::ranges::find(audited_kinds, kind) != audited_kinds.end();
}

std::string_view audited_condition() {
    static const std::string it = [] {
        std::string list;
        for (const std::string_view kind : audited_kinds) {
            list += list.empty() ? "'" : ",'";
            list += kind;
            list += '\'';
        }
        return "(kind IN (" + list + ") OR (kind = 'PolicyInForce' AND agent > 0))";
    }();
    return it;
}

std::string hash_after(std::string_view before, const FactRow& row) {
    std::string text(before);
    for (const std::int64_t n :
         {static_cast<std::int64_t>(row.seq), row.at.us, static_cast<std::int64_t>(row.centre),
          static_cast<std::int64_t>(row.interaction), static_cast<std::int64_t>(row.agent)})
        text += '|' + std::to_string(n);
    text += '|';
    text += row.kind;
    text += '|';
    text += row.body;
    return password::sha256_hex(text);
}

Result<Done> link_to_chain(sql::Transaction& tx, const FactRow& row) {
    constexpr const char* kept_as = "head of the audit chain";
    auto before = tx.db().kept<ChainHead>(kept_as);
    if (!before) {
        // SQLite has one writer; on PostgreSQL two programs append one after the other.
        if (tx.db().engine() == sql::Engine::Postgres) {
            YS_TRY([[maybe_unused]] const Done locked,
                   tx.db().run_soon("SELECT pg_advisory_xact_lock(7947)"));
        }
        YS_TRY(ChainHead head, chain_head(tx.db()));
        before = std::make_shared<const ChainHead>(std::move(head));
    }
    const ChainHead head{before->number + 1, hash_after(before->hash, row)};
    tx.db().keep(kept_as, std::make_shared<const ChainHead>(head));
    return tx.db().run_soon("INSERT INTO audit_links (number, seq, hash) VALUES (?, ?, ?)",
                            head.number, row.seq, head.hash);
}

Result<ChainHead> chain_head(sql::Database& db) {
    ChainHead head;
    YS_TRY([[maybe_unused]] const Done read,
           db.each("SELECT number, hash FROM audit_links ORDER BY number DESC LIMIT 1",
                   [&](const sql::Row& row) {
                       row.get(0, head.number);
                       row.get(1, head.hash);
                   }));
    return head;
}

Result<ChainReport> verify_chain(sql::Database& db, std::span<const ChainHead> heads) {
    ChainReport report{.heads = heads.size()};
    ChainHead before;
    for (bool is_more = true; is_more;) {
        YS_TRY(const auto links, links_after(db, before.number));
        for (const Link& link : links) {
            report.fault = fault_of(link, before, heads);
            if (report.fault) return report;
            before = {link.number, link.hash};
            ++report.links;
        }
        is_more = links.size() == page;
    }
    for (const ChainHead& head : heads) {
        if (head.number <= before.number) continue;
        report.fault = ChainFault{before.number + 1, 0, "cut_off"};
        return report;
    }
    YS_TRY(report.fault, not_linked(db));
    return report;
}

}  // namespace ys::journal
