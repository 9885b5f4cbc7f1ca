// SPDX-License-Identifier: Apache-2.0
// Which cases are asked for: the same words in the address of the list, of an export and of a
// saved view.
#pragma once

#include <string_view>
#include <vector>

#include "api/case_sight.h"
#include "cases/io/case_store.h"

namespace ys::api {

struct CaseQuery {
    cases::CaseSearch search;
    CaseSeer seer;
    std::uint64_t unit = 0;  ///< 0: any
    bool is_mine = false;    ///< the user's worklist
};

/// For the list of query words of a route.
std::vector<std::string_view> case_query_words();
/// errors  bad_field
Result<CaseQuery> case_query_of(Api& api, const Call& call);
/// A unit's people see what concerns them or units below; nobody a report about their own.
Result<cases::CaseSearch> narrow(sql::Database& db, const CaseQuery& asked);

}  // namespace ys::api
