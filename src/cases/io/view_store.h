// SPDX-License-Identifier: Apache-2.0
// Filters of the case list that a user gave a name (常用筛选).
#pragma once

#include <string>
#include <vector>

#include "base/described.h"
#include "base/private_text.h"
#include "platform/sql/migration.h"

namespace ys::cases {

const sql::Schema& view_schema();

using ViewId = Id<struct ViewTag>;
struct ViewRow {
    ViewId id{};
    UserId user_id{};
    std::string name{};
    Private query{};  ///< as in the address of the list: "state=working&late=1"
};
BOOST_DESCRIBE_STRUCT(ViewRow, (), (id, user_id, name, query))

/// A view belongs to one user; their own id is its scope.
class ViewStore {
public:
    static constexpr std::size_t views_max = 50;
    /// Under a name there is, it takes the place of the old one.
    /// errors  result_out_of_range when the user has too many
    static Result<ViewRow> put(sql::Transaction& tx, ViewRow row);
    /// errors  not_found
    static Result<Done> drop(sql::Transaction& tx, UserId user, ViewId id);
    static Result<std::vector<ViewRow>> of(sql::Database& db, UserId user);
};

}  // namespace ys::cases
