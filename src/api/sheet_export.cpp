// SPDX-License-Identifier: Apache-2.0
#include "api/sheet_export.h"

#include <fstream>
#include <iterator>

#include "api/answer.h"
#include "base/text.h"
#include "platform/clock.h"
#include "platform/journal/journal.h"

namespace ys::api {
namespace {

constexpr std::size_t reason_bytes_max = 300;

}  // namespace

Result<std::string> reason_of_export(const Call& call) {
    YS_TRY(const ExportForm form, body_of<ExportForm>(call));
    YS_TRY(std::string reason, form_text(form.reason, reason_bytes_max, "reason"));
    if (trimmed(reason).empty()) return refused("bad_field:reason", RefusedAs::Unfit);
    return reason;
}

std::filesystem::path sheet_path(const Api& api, const Call& call) {
    return api.settings().recordings.parent_path() /
           ("export-" + std::to_string(call.user().user.id.value) + "-" +
            std::to_string(utc_now().us) + ".xlsx");
}

Result<SheetMade> sheet_made(const std::filesystem::path& file,
                             const std::vector<std::string>& titles, const char* tab,
                             const std::function<Result<Done>(cases::CaseSheet&)>& fill) {
    SheetMade out;
    const auto write = [&]() -> Result<Done> {
        cases::CaseSheet sheet(file, titles, tab);
        YS_TRY([[maybe_unused]] const Done filled, fill(sheet));
        out.rows = sheet.rows();
        return sheet.end();
    };
    const auto written = write();
    std::ifstream in(file, std::ios::binary);
    out.bytes.assign(std::istreambuf_iterator<char>(in), {});
    std::error_code gone;
    std::filesystem::remove(file, gone);
    if (!written) return written.error();
    return out;
}

http::Response sheet_answer(SheetMade made, std::string_view what) {
    auto response =
        http::text_response(200, std::move(made.bytes),
                            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    response.with("Content-Disposition", "attachment; filename=\"" + std::string(what) + ".xlsx\"")
        .with("X-Rows", std::to_string(made.rows));
    return response;
}

Task<http::Response> traced_sheet(Api& api, const Call& call, std::string_view what, SheetMade made,
                                  std::string reason) {
    const centres::User& user = call.user().user;
    const facts::Fact fact{
        utc_now(),
        user.centre,
        {},
        AgentId{user.id.value},
        facts::ExportMade{user.id.value, std::string(what), "xlsx", made.rows, reason}};
    auto told = [fact](sql::Transaction& tx) { return journal::Journal::append(tx, {&fact, 1}); };
    YS_CO_TRY([[maybe_unused]] const Done done, co_await api.stores().write(told));
    co_return sheet_answer(std::move(made), what);
}

}  // namespace ys::api
