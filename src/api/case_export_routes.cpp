// SPDX-License-Identifier: Apache-2.0
// Cases as a table to take away: who may, why, how many; names and numbers stay masked.
#include "api/answer.h"
#include "api/api.h"
#include "api/case_query.h"
#include "api/sheet_export.h"
#include "base/phone_number.h"

namespace ys::api {
namespace {

using cases::CaseRow;
using centres::Action;

constexpr std::size_t rows_max = 20'000, page_rows = 500;

struct Exporting {
    CaseQuery asked;
    std::filesystem::path file;
    std::chrono::minutes utc_offset;
};

std::string local_time(UtcTime at, std::chrono::minutes offset) {
    std::string text =
        to_rfc3339({at.us + std::chrono::microseconds(offset).count()}).substr(0, 16);
    text[10] = ' ';
    return text;
}

/// The first character of a name, as it is called: 李**.
std::string masked_person(std::string_view name) {
    if (name.empty()) return "";
    std::size_t first = 1;
    while (first < name.size() && (static_cast<unsigned char>(name[first]) & 0xC0) == 0x80) ++first;
    return std::string(name.substr(0, first)) + "**";
}

std::string_view urgency_title(std::string_view urgency) {
    if (urgency == "emergency") return "特急";
    return urgency == "urgent" ? "紧急" : "一般";
}

std::vector<std::string> cells_of(const CaseRow& row, std::chrono::minutes offset) {
    return {row.number,
            cases::title_of_kind(row),
            cases::without_long_numbers(row.title),
            masked_person(row.name),
            row.phone.empty() ? "" : masked(row.phone),
            cases::without_house(row.address),
            std::string(urgency_title(row.urgency)),
            row.status == "open" ? "未办结" : "已办结",
            local_time(row.created_at, offset),
            row.promised_at ? local_time(*row.promised_at, offset) : ""};
}

/// Page after page, the newest first: never more than one in memory.
Result<Done> write_rows(sql::Database& db, const Exporting& what, cases::CaseSheet& sheet) {
    YS_TRY(cases::CaseSearch search, narrow(db, what.asked));
    search.limit = page_rows;
    while (sheet.rows() < rows_max) {
        YS_TRY(const std::vector<CaseRow> rows,
               cases::CaseStore::search(db, what.asked.seer.scope, search));
        for (const CaseRow& row : rows)
            if (sheet.rows() < rows_max) sheet.add(cells_of(row, what.utc_offset));
        if (rows.size() < page_rows) break;
        search.before = rows.back().id;
    }
    return Done{};
}

Result<SheetMade> exported(sql::Database& db, const Exporting& what) {
    return sheet_made(what.file,
                      {"工单号", "类型", "标题", "联系人", "电话", "地址", "紧急程度", "状态",
                       "登记时间", "承诺时间"},
                      "工单", [&](cases::CaseSheet& sheet) { return write_rows(db, what, sheet); });
}

Task<http::Response> make(Api& api, Call& call) {
    YS_CO_TRY(const std::string reason, reason_of_export(call));
    Exporting what{.file = sheet_path(api, call), .utc_offset = api.settings().utc_offset};
    YS_CO_TRY(what.asked, case_query_of(api, call));
    what.asked.seer.scope = api.scope_of(call.user(), Action::ExportCases);
    auto query = [what](sql::Database& db) { return exported(db, what); };
    YS_CO_TRY(SheetMade made, co_await api.stores().read(query));
    co_return co_await traced_sheet(api, call, "cases", std::move(made), reason);
}

}  // namespace

std::vector<Route> case_export_routes() {
    return {{.method = "POST",
             .pattern = "/api/v1/cases/export",
             .summary = "The cases of the list as .xlsx, at most 20,000, masked; with a reason.",
             .access = Access::Right,
             .action = Action::ExportCases,
             .handler = make,
             .query = case_query_words(),
             .takes = schema_for<ExportForm>}};
}

}  // namespace ys::api
