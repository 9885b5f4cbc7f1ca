// SPDX-License-Identifier: Apache-2.0
// Defects on their way to who mends them: a table to take away, and the schedule that comes back
// signed with the secret which signed what went out.
#include <algorithm>
#include <array>

#include <boost/asio/execution/context.hpp>
#include <boost/asio/query.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "api/answer.h"
#include "api/api.h"
#include "api/defect_view.h"
#include "api/partner_hooks.h"
#include "api/sheet_export.h"
#include "base/text.h"
#include "exchange/io/exchange_store.h"
#include "platform/clock.h"
#include "platform/journal/journal.h"

namespace ys::api {
namespace {

using cases::DefectId;
using cases::DefectStore;
using centres::Action;

constexpr std::size_t line_bytes_max = 200, words_bytes_max = 1'500;

// ---- the table ---------------------------------------------------------------------------------

std::string local_day(UtcTime at, std::chrono::minutes offset) {
    return to_rfc3339({at.us + std::chrono::microseconds(offset).count()}).substr(0, 10);
}

std::string state_title(std::string_view state) {
    constexpr std::array titles{std::pair{"open", "待认领"},      std::pair{"owned", "已认领"},
                                std::pair{"scheduled", "已排期"}, std::pair{"done", "已修复待观察"},
                                std::pair{"closed", "已关闭"},    std::pair{"reopened", "重新打开"},
                                std::pair{"dropped", "不采纳"}};
    for (const auto& [word, title] : titles)
        if (word == state) return title;
    return std::string(state);
}

/// "系统缺陷 12路; 数据延迟": titles of the centre's list.
std::string causes_text(const DefectView& view, const std::vector<cases::CauseRow>& causes) {
    std::string out;
    for (const cases::CauseMatch& match : view.matches) {
        const auto known = std::ranges::find(causes, match.cause, &cases::CauseRow::code);
        out += (out.empty() ? "" : "; ") + (known == causes.end() ? match.cause : known->title);
        for (const std::string& part : {match.type, match.place, match.route})
            if (!part.empty()) out += " " + part;
    }
    return out;
}

std::vector<std::string> cells_of(const DefectView& view,
                                  const std::vector<cases::CauseRow>& causes,
                                  std::chrono::minutes offset) {
    return {std::to_string(view.id.value),
            view.kind == "suggestion" ? "建议" : "缺陷",
            cases::without_long_numbers(view.title),
            causes_text(view, causes),
            state_title(view.state),
            view.owner,
            view.due_on,
            view.done_at ? local_day(*view.done_at, offset) : "",
            std::to_string(view.before),
            view.since ? std::to_string(*view.since) : "",
            local_day(view.made_at, offset)};
}

struct Exporting {
    BoardAsked asked;
    std::filesystem::path file;
    std::chrono::minutes utc_offset;
    UtcTime now;
};

Result<SheetMade> exported(sql::Database& db, const Exporting& what) {
    YS_TRY(const BoardView board, board_view(db, what.asked, what.now));
    YS_TRY(const auto causes, cases::CauseStore::list(db, what.asked.centre));
    const auto fill = [&](cases::CaseSheet& sheet) -> Result<Done> {
        for (const DefectView& view : board.defects)
            sheet.add(cells_of(view, causes, what.utc_offset));
        return Done{};
    };
    return sheet_made(what.file,
                      {"编号", "类别", "名称", "原因", "状态", "负责", "计划完成", "修复日期",
                       "前一周来电", "最近一周来电", "登记日期"},
                      "缺陷与建议", fill);
}

Task<http::Response> take_away(Api& api, Call& call) {
    YS_CO_TRY(const std::string reason, reason_of_export(call));
    const Exporting what{.asked = {.scope = api.scope_of(call.user(), Action::ExportCases),
                                   .centre = call.user().user.centre,
                                   .kind = cleaned(call.request.argument("kind"), 16),
                                   .with_ended = true},
                         .file = sheet_path(api, call),
                         .utc_offset = api.settings().utc_offset,
                         .now = utc_now()};
    auto query = [what](sql::Database& db) { return exported(db, what); };
    YS_CO_TRY(SheetMade made, co_await api.stores().read(query));
    co_return co_await traced_sheet(api, call, "defects", std::move(made), reason);
}

// ---- what comes back ---------------------------------------------------------------------------

struct DefectAnswerData {
    std::uint64_t id = 0;
    std::string owner;   ///< "defect.owned"
    std::string due_on;  ///< "defect.scheduled": "2026-12-01"
    std::string words;
    std::optional<UtcTime> done_at;  ///< "defect.done": when it went into use
};
BOOST_DESCRIBE_STRUCT(DefectAnswerData, (), (id, owner, due_on, words, done_at))
struct DefectAnswer {
    std::string type;  ///< "defect.owned" "defect.scheduled" "defect.done" "defect.dropped"
    std::string timestamp;
    DefectAnswerData data;
};
BOOST_DESCRIBE_STRUCT(DefectAnswer, (), (type, timestamp, data))
struct DefectAnswered {
    std::uint64_t id = 0;
    std::string state;
};
BOOST_DESCRIBE_STRUCT(DefectAnswered, (), (id, state))

/// Closing is not theirs: the figures here decide, and a person.
std::optional<cases::DefectVerb> verb_of(std::string_view type) {
    if (type == "defect.owned") return cases::DefectVerb::Own;
    if (type == "defect.scheduled") return cases::DefectVerb::Schedule;
    if (type == "defect.done") return cases::DefectVerb::Finish;
    if (type == "defect.dropped") return cases::DefectVerb::Drop;
    return std::nullopt;
}

Result<cases::DefectCommand> command_of(const DefectAnswer& sent, UtcTime now) {
    const auto verb = verb_of(sent.type);
    if (!verb) return refused("bad_field:type", RefusedAs::Unfit);
    cases::DefectCommand out{.verb = *verb, .now = now, .done_at = sent.data.done_at};
    YS_TRY(out.owner, form_text(sent.data.owner, line_bytes_max, "owner"));
    YS_TRY(out.due_on, form_text(sent.data.due_on, line_bytes_max, "due_on"));
    YS_TRY(out.words, form_text(sent.data.words, words_bytes_max, "words", Lines::Many));
    return out;
}

Result<DefectAnswered> take_in(sql::Transaction& tx, const std::string& partner,
                               const std::string& webhook_id, const DefectAnswer& sent,
                               UtcTime now) {
    YS_TRY(auto row, DefectStore::of_partner(tx.db(), partner, DefectId{sent.data.id}));
    if (!row) return refused("not_found", RefusedAs::NotFound);
    YS_TRY(const bool is_again, DefectStore::seen_before(tx, partner, webhook_id, now));
    if (is_again) return DefectAnswered{row->id.value, row->state};
    YS_TRY(cases::DefectCommand command, command_of(sent, now));
    command.partner = partner;
    const CentreId centre = row->centre_id;
    YS_TRY(const cases::DefectActed acted,
           DefectStore::act(tx, *std::move(row), command, {.partner = partner}));
    if (acted.refused) {
        const bool is_conflict = *acted.refused == cases::DefectRefusal::NotNow;
        return refused(cases::word(*acted.refused),
                       is_conflict ? RefusedAs::Conflict : RefusedAs::Unfit);
    }
    const facts::Fact fact{
        now,
        centre,
        {},
        {},
        facts::ExchangeMoved{
            .partner = partner, .direction = "in", .what = "updated", .note = sent.type}};
    YS_TRY([[maybe_unused]] const Done told, journal::Journal::append(tx, {&fact, 1}));
    return DefectAnswered{acted.row.id.value, acted.row.state};
}

Task<http::Response> answered(Api& api, Call& call) {
    constexpr std::size_t id_bytes_max = 100;
    const std::string partner = cleaned(call.request.param("partner"), 64);
    const std::string id = cleaned(call.request.header("webhook-id"), id_bytes_max);
    const UtcTime now = utc_now();
    const auto executor = co_await boost::asio::this_coro::executor;
    auto& loop = boost::asio::query(executor, boost::asio::execution::context);
    const exchange::WebhookHeaders given{call.request.header("webhook-id"),
                                         call.request.header("webhook-timestamp"),
                                         call.request.header("webhook-signature")};
    const bool is_theirs = boost::asio::use_service<PartnerHooks>(loop).is_signed(
        partner, given, now, call.request.body);
    if (!is_theirs) co_return refused("bad_signature", RefusedAs::NotAllowed);
    YS_CO_TRY(const DefectAnswer sent, body_of<DefectAnswer>(call));
    auto work = [=](sql::Transaction& tx) { return take_in(tx, partner, id, sent, now); };
    YS_CO_TRY(const DefectAnswered now_is, co_await api.stores().write(work));
    co_return answer_with(now_is);
}

}  // namespace

std::vector<Route> defect_out_routes() {
    return {
        {.method = "POST",
         .pattern = "/api/v1/defects/export",
         .summary = "All defects and suggestions as .xlsx, with both weeks; with a reason.",
         .access = Access::Right,
         .action = Action::ExportCases,
         .handler = take_away,
         .query = {"kind"},
         .takes = schema_for<ExportForm>},
        {.method = "POST",
         .pattern = "/api/v1/partners/{partner}/defects",
         .summary = "What a partner says of its defect, signed as Standard Webhooks 1.0 has it.",
         .access = Access::Public,
         .handler = answered,
         .takes = schema_for<DefectAnswer>,
         .gives = schema_for<DefectAnswered>},
    };
}

}  // namespace ys::api
