// SPDX-License-Identifier: Apache-2.0
// Tables to take away: written to a file of the moment, read whole, gone from the disk; and why
// they were taken.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "api/api.h"
#include "base/described.h"
#include "cases/io/case_sheet.h"

namespace ys::api {

struct ExportForm {
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ExportForm, (), (reason))

/// errors  bad_field:reason
Result<std::string> reason_of_export(const Call& call);

struct SheetMade {
    std::string bytes;
    std::uint64_t rows = 0;
};
/// Where the table this user asks for now is written.
std::filesystem::path sheet_path(const Api& api, const Call& call);
/// Blocks until it is made: for a pool thread or a reader. tab  the sheet's name
Result<SheetMade> sheet_made(const std::filesystem::path& file,
                             const std::vector<std::string>& titles, const char* tab,
                             const std::function<Result<Done>(cases::CaseSheet&)>& fill);

/// what  "cases": also the file's name
http::Response sheet_answer(SheetMade made, std::string_view what);
/// The same, when its fact is on disk: no export of what people said without its trace.
/// what  must outlive the answer
Task<http::Response> traced_sheet(Api& api, const Call& call, std::string_view what, SheetMade made,
                                  std::string reason);

}  // namespace ys::api
