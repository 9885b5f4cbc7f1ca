// SPDX-License-Identifier: Apache-2.0
#include "app/sealed_tables.h"

#include "cases/io/case_store.h"
#include "customers/io/barred_store.h"
#include "customers/io/customer_store.h"
#include "platform/config/serve_config.h"
#include "platform/sql/sealed_url.h"
#include "platform/vault/vault.h"

namespace ys::app {
namespace {

/// Every row under the last key; only then may the others go.
Result<Done> bring_under(const std::string& url, const std::string& key_file) {
    YS_TRY(auto db, sql::Database::open(sql::sealed_url(key_file, url)));
    YS_TRY(vault::KeyRing ring, vault::key_ring(key_file));
    YS_TRY([[maybe_unused]] const Done sealed,
           sql::seal_all(db, vault::Vault(ring), sealed_tables()));
    if (ring.keys.size() == 1) return Done{};
    ring.keys.erase(ring.keys.begin(), ring.keys.end() - 1);
    return vault::write_key_ring(key_file, ring);
}

}  // namespace

std::vector<sql::SealedTable> sealed_tables() {
    return {sql::sealed_table<cases::CaseRow>("cases"),
            sql::sealed_table<cases::DraftRow>("drafts", ""),
            sql::sealed_table<customers::CustomerRow>("customers"),
            {"customer_numbers", "", {"number"}},
            sql::sealed_table<customers::BarredRow>("barred_callers")};
}

std::string key_file_of(const std::string& data, const std::string& key_file) {
    return key_file.empty() ? config::keys_folder(data) + "/vault.key" : key_file;
}

Result<vault::KeyLock> open_vault(const std::string& url, const std::string& key_file) {
    YS_TRY([[maybe_unused]] const vault::KeyRing made, vault::key_ring(key_file));
    YS_TRY(auto lock, vault::KeyLock::take(key_file, vault::KeyLock::Kind::Shared));
    YS_TRY([[maybe_unused]] const Done sealed, bring_under(url, key_file));
    return lock;
}

Result<Done> rotate_key(const std::string& url, const std::string& key_file) {
    YS_TRY(vault::KeyRing ring, vault::key_ring(key_file));
    YS_TRY(const auto lock, vault::KeyLock::take(key_file, vault::KeyLock::Kind::Alone));
    vault::add_key(ring);
    // In the file before anything is sealed with it: a stop half-way loses no row.
    YS_TRY([[maybe_unused]] const Done written, vault::write_key_ring(key_file, ring));
    return bring_under(url, key_file);
}

}  // namespace ys::app
