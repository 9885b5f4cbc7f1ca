// SPDX-License-Identifier: Apache-2.0
// The units of a centre, who is in them, and what they are there for.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/described.h"
#include "cases/duty_catalogue.h"
#include "cases/unit_tree.h"
#include "platform/sql/database.h"
#include "platform/sql/scope.h"

namespace ys::cases {

struct UnitRow {
    UnitId id{};
    CentreId centre_id{};
    std::string name{};
    UnitId superior_id{};
    std::int32_t fallback_rank = 0;  ///< from 1, the first owns what nobody takes; 0 for none
};
BOOST_DESCRIBE_STRUCT(UnitRow, (), (id, centre_id, name, superior_id, fallback_rank))

struct UnitMemberRow {
    UserId user_id{};
    UnitId unit_id{};
    CentreId centre_id{};
    std::string roles{};  ///< of the workflow: "unit,superior"
    bool has(std::string_view role) const;
};
BOOST_DESCRIBE_STRUCT(UnitMemberRow, (), (user_id, unit_id, centre_id, roles))

struct DutyRow {
    CentreId centre_id{};
    std::string title{};
    std::string category{};  ///< steps with "/" between: "repair/no_heat"; "" fits everything
    std::string area{};
    UnitId unit_id{};
};
BOOST_DESCRIBE_STRUCT(DutyRow, (), (centre_id, title, category, area, unit_id))

struct CentreUnits {
    UnitTree tree;
    DutyCatalogue duties;
};

class UnitStore {
public:
    /// Gives a unit its id when it has none.
    static Result<UnitId> put_unit(sql::Transaction& tx, UnitRow unit);
    static Result<Done> put_member(sql::Transaction& tx, const UnitMemberRow& member);
    static Result<Done> put_duty(sql::Transaction& tx, const DutyRow& duty);

    /// Nothing when the centre has no units: its cases are not handled by the engine.
    /// errors  data_breaks_a_rule as UnitTree and DutyCatalogue say
    /// Read once a transaction.
    static Result<std::shared_ptr<const CentreUnits>> load(sql::Database& db, CentreId centre);
    static Result<std::vector<UnitRow>> units(sql::Database& db, const Scope& scope);
    static Result<std::vector<UnitMemberRow>> units_of(sql::Database& db, const Scope& scope,
                                                       UserId user);
};

}  // namespace ys::cases
