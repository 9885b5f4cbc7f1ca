// SPDX-License-Identifier: Apache-2.0
// Rows of before there was a key, or under an older one, are brought under the key in use.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/private_text.h"
#include "platform/sql/described_rows.h"
#include "platform/sql/migration.h"
#include "platform/vault/vault.h"

namespace ys::sql {

const Schema& sealing_schema();

struct SealedTable {
    std::string name;
    std::string key;  ///< the column that names a row; "": rows are found by the sealed text itself
    std::vector<std::string> columns;
    /// Instead of columns, for what is not a row's text: done again after a stop half-way.
    std::function<Result<Done>(Database& db)> own{};
};

/// The Private fields of T are the columns.
template <class T>
SealedTable sealed_table(std::string name, std::string key = "id") {
    SealedTable table{std::move(name), std::move(key), {}, {}};
    boost::mp11::mp_for_each<fields_of<T>>([&](auto field) {
        using Field = std::remove_cvref_t<decltype(std::declval<T&>().*field.pointer)>;
        if constexpr (std::is_same_v<Field, Private>) table.columns.emplace_back(field.name);
    });
    return table;
}

/// Batch after batch, each a transaction; a second run goes on where the first was stopped. A table
/// that is under the key in use costs one lookup. `db` was opened with these keys.
/// errors  permission_denied when something was sealed with a key that is not here: nothing is then
///         written under another
Result<Done> seal_all(Database& db, const vault::Vault& vault, std::span<const SealedTable> tables);

}  // namespace ys::sql
