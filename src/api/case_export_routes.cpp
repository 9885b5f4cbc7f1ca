// SPDX-License-Identifier: Apache-2.0
// Cases as a table to take away: who may, why, how many; names and numbers stay masked.
#include <filesystem>
#include <fstream>
#include <iterator>

#include "api/answer.h"
#include "api/api.h"
#include "api/case_query.h"
#include "base/phone_number.h"
#include "cases/io/case_sheet.h"
#include "platform/clock.h"
#include "platform/journal/journal.h"

namespace ys::api {
namespace {

namespace fs = std::filesystem;
using cases::CaseRow;
using centres::Action;

constexpr std::size_t rows_max = 20'000, page_rows = 500, reason_bytes_max = 300;

struct ExportForm {
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ExportForm, (), (reason))

struct Exported {
    std::string bytes;
    std::uint64_t rows = 0;
};

struct Exporting {
    CaseQuery asked;
    fs::path file;
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

Result<Exported> exported(sql::Database& db, const Exporting& what) {
    Exported out;
    const auto write = [&]() -> Result<Done> {
        cases::CaseSheet sheet(what.file, {"工单号", "类型", "标题", "联系人", "电话", "地址",
                                           "紧急程度", "状态", "登记时间", "承诺时间"});
        YS_TRY([[maybe_unused]] Done done, write_rows(db, what, sheet));
        out.rows = sheet.rows();
        return sheet.end();
    };
    const auto written = write();
    std::ifstream in(what.file, std::ios::binary);
    out.bytes.assign(std::istreambuf_iterator<char>(in), {});
    std::error_code gone;
    fs::remove(what.file, gone);
    if (!written) return written.error();
    return out;
}

Task<http::Response> make(Api& api, Call& call) {
    YS_CO_TRY(const ExportForm form, body_of<ExportForm>(call));
    YS_CO_TRY(const std::string reason, form_text(form.reason, reason_bytes_max, "reason"));
    if (reason.empty()) co_return refused("bad_field:reason", RefusedAs::Unfit);
    const UserId user = call.user().user.id;
    const UtcTime now = utc_now();
    Exporting what{
        .file = api.settings().recordings.parent_path() /
                ("export-" + std::to_string(user.value) + "-" + std::to_string(now.us) + ".xlsx"),
        .utc_offset = api.settings().utc_offset};
    YS_CO_TRY(what.asked, case_query_of(api, call));
    what.asked.seer.scope = api.scope_of(call.user(), Action::ExportCases);
    auto query = [what](sql::Database& db) { return exported(db, what); };
    YS_CO_TRY(Exported made, co_await api.stores().read(query));
    // On disk before the first byte leaves: no export without its trace.
    auto told = [=, rows = made.rows, centre = call.user().user.centre](sql::Transaction& tx) {
        const facts::Fact fact{now,
                               centre,
                               {},
                               AgentId{user.value},
                               facts::ExportMade{user.value, "cases", "xlsx", rows, reason}};
        return journal::Journal::append(tx, {&fact, 1});
    };
    YS_CO_TRY([[maybe_unused]] const Done done, co_await api.stores().write(told));
    auto response =
        http::text_response(200, std::move(made.bytes),
                            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    response.with("Content-Disposition", "attachment; filename=\"cases.xlsx\"")
        .with("X-Rows", std::to_string(made.rows));
    co_return response;
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
