// SPDX-License-Identifier: Apache-2.0
// Callers who want to be offered no guesses of what they ring for.
#pragma once

#include "base/described.h"
#include "base/private_text.h"
#include "base/time.h"
#include "platform/sql/database.h"
#include "platform/sql/migration.h"
#include "platform/sql/writer.h"

namespace ys::interactions {

const sql::Schema& guess_schema();

struct NoGuessesRow {
    Private number{};
    UtcTime at{};
};
BOOST_DESCRIBE_STRUCT(NoGuessesRow, (), (number, at))

class GuessStore {
public:
    static Result<bool> wants_none(sql::Database& db, const Private& number);
    /// Once said, it holds; said again, it still does.
    static Result<Done> want_none(sql::Transaction& tx, const NoGuessesRow& row);
};

}  // namespace ys::interactions
