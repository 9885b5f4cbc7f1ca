// SPDX-License-Identifier: Apache-2.0
// The words of cases in the database's own index: SQLite's FTS5, PostgreSQL's GIN. Both hold words
// cut by search_words, hashed with the house's key, and no text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "cases/io/case_store.h"

namespace ys::cases {

/// Part of the cases room: a case and its words are saved in one transaction.
sql::Migration case_words_tables(int version);
/// Where words wait until the commit of the transaction that wrote them; empty between two.
sql::Migration new_words_table(int version);

class CaseWords {
public:
    /// Part of the transaction that saves the case.
    static Result<Done> put(sql::Transaction& tx, const CaseRow& row);
    /// Under a new key every word is another.
    static Result<Done> begin_again(sql::Database& db);
    /// For cases of before there was an index, the newest first; how many there were.
    static Result<std::size_t> put_what_is_left(sql::Transaction& tx, std::size_t limit);

    /// How a query asks for cases with all of this: what to write after FROM, a condition with one
    /// `?`, its value, and the order that reads the newest first without reading the rest.
    struct Asking {
        std::string from, condition, value, order;
    };
    /// Nothing is found by a text without words: then `value` is "".
    static Asking asking(sql::Engine engine, const Scope& scope, std::string_view typed);
};

}  // namespace ys::cases
