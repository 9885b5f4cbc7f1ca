// SPDX-License-Identifier: Apache-2.0
// Articles out of files, and text out of pasted pages: first what was understood, nothing stored;
// then the drafts that somebody chose.
#include <algorithm>
#include <array>

#include "api/answer.h"
#include "api/api.h"
#include "api/article_view.h"
#include "api/sheet_export.h"
#include "base/text.h"
#include "knowledge/io/answer_book.h"
#include "knowledge/io/article_import.h"
#include "platform/clock.h"
#include "platform/office/pasted_page.h"

namespace ys::api {
namespace {

using centres::Action;
using knowledge::ArticleId;
using knowledge::ArticleStore;
using knowledge::ImportReport;
using knowledge::KnownArticle;

constexpr std::size_t drafts_max = 200, code_bytes_max = 60, paste_bytes_max = 512 * 1024;

struct ImportDraftForm {
    std::string matter;
    knowledge::ContentText content;
    bool is_wanted_twice = false;  ///< made also when one of this matter and title is there
};
BOOST_DESCRIBE_STRUCT(ImportDraftForm, (), (matter, content, is_wanted_twice))
struct ImportDraftsForm {
    std::vector<ImportDraftForm> items;
};
BOOST_DESCRIBE_STRUCT(ImportDraftsForm, (), (items))
struct ImportDraftsView {
    std::vector<ArticleId> made;         ///< in the order of those that were not there
    std::vector<std::uint32_t> skipped;  ///< places among the items, from 0: they were there
};
BOOST_DESCRIBE_STRUCT(ImportDraftsView, (), (made, skipped))

struct PasteForm {
    std::string html;
};
BOOST_DESCRIBE_STRUCT(PasteForm, (), (html))
struct PastedBlock {
    std::string kind;  ///< "heading" "paragraph" "item" "row"
    std::string text;
};
BOOST_DESCRIBE_STRUCT(PastedBlock, (), (kind, text))
struct PasteView {
    std::vector<PastedBlock> blocks;
    std::vector<std::string> left_out;  ///< "picture" "drawing" "script" "frame" "media" "form"
};
BOOST_DESCRIBE_STRUCT(PasteView, (), (blocks, left_out))

/// Why a file is none for us, in the words of who brought it.
Error refused_file(const Error& error) {
    const auto is = [&](std::errc code) { return error.code == std::make_error_code(code); };
    if (is(std::errc::file_too_large)) return refused("import_too_large", RefusedAs::Unfit);
    if (is(std::errc::operation_not_permitted)) return refused("import_unsafe", RefusedAs::Unfit);
    if (is(std::errc::illegal_byte_sequence)) return refused("import_encoding", RefusedAs::Unfit);
    if (is(std::errc::invalid_argument)) return refused("import_broken", RefusedAs::Unfit);
    return error;
}

Task<http::Response> preview(Api& api, Call& call) {
    const SessionUser user = call.user();
    const Scope scope = readable(api, user);
    const std::string_view no = knowledge::refused_as(call.request.body);
    if (!no.empty()) co_return refused(no, RefusedAs::Unfit);
    auto matters = [scope](sql::Database& db) {
        return knowledge::MatterStore::matters(db, scope);
    };
    knowledge::ImportGround ground;
    YS_CO_TRY(ground.matters, co_await api.stores().read(matters));
    ground.utc_offset = api.settings().utc_offset;
    ground.owner = user.user.id;
    // Unpacking and reading may take a while: not on the thread that calls are on.
    auto work = [&call, &ground] { return knowledge::read_import(call.request.body, ground); };
    Result<ImportReport> report = co_await api.ports().pool.run(work);
    if (!report) co_return refused_file(report.error());
    auto twins = [scope, report = *std::move(report),
                  now = utc_now()](sql::Database& db) mutable -> Result<ImportReport> {
        YS_TRY([[maybe_unused]] const Done done, knowledge::find_twins(db, scope, now, report));
        return std::move(report);
    };
    YS_CO_TRY(const ImportReport whole, co_await api.stores().read(twins));
    co_return answer_with(whole);
}

struct Drafted {
    ImportDraftsView view;
    std::vector<KnownArticle> made;
};

struct Wanted {
    std::vector<ImportDraftForm> items;
    UserId writer;
    CentreId centre;
    Scope scope;
    UtcTime now;
};

/// All of them or none.
Result<Drafted> drafted(sql::Transaction& tx, const Wanted& wanted) {
    Drafted out;
    for (std::uint32_t i = 0; i < wanted.items.size(); ++i) {
        const ImportDraftForm& form = wanted.items[i];
        const std::string place = "items." + std::to_string(i);
        const std::string matter = cleaned(form.matter, code_bytes_max);
        YS_TRY(const auto known, knowledge::MatterStore::find(tx.db(), wanted.scope, matter));
        if (!known) return refused("bad_field:" + place + ".matter", RefusedAs::Unfit);
        knowledge::WriteArticle written{wanted.writer, knowledge::content_of(form.content)};
        YS_TRY(const bool is_there,
               knowledge::is_there(tx.db(), wanted.centre, matter, written.content.title));
        if (is_there && !form.is_wanted_twice) {
            out.view.skipped.push_back(i);
            continue;
        }
        auto made = ArticleStore::add(tx, wanted.centre, matter, written, wanted.now);
        if (!made) return made.error();
        out.view.made.push_back(made->id);
        out.made.push_back(*std::move(made));
    }
    return out;
}

Task<http::Response> make_drafts(Api& api, Call& call) {
    YS_CO_TRY(ImportDraftsForm form, body_of<ImportDraftsForm>(call));
    if (form.items.empty() || form.items.size() > drafts_max)
        co_return refused("bad_field:items", RefusedAs::Unfit);
    const SessionUser& user = call.user();
    const Wanted wanted{std::move(form.items), user.user.id, user.user.centre, readable(api, user),
                        utc_now()};
    auto work = [wanted](sql::Transaction& tx) { return drafted(tx, wanted); };
    YS_CO_TRY(const Drafted made, co_await api.stores().write(work));
    auto take = [&api, &made] {
        for (const KnownArticle& each : made.made) api.ports().answers.take(each);
        return true;
    };
    co_await api.ports().pool.run(take);
    co_return answer_with(made.view, 201);
}

std::vector<std::vector<std::string>> example_rows(const std::string& matter) {
    return {knowledge::import_columns(),
            {matter, "示例：停热期间如何退费", "停热超过24小时的，按停热天数退费。",
             "先核对户号和停热日期，再说明退费时间。", "您好，停热超过24小时的，按停热天数退费。",
             "停热超过二十四小时的，按天退费。", "户号；身份证", "登记；核实；退费", "全市",
             "《供热用热管理办法》第十八条", "2027-12-31", "2027-06-30", "12345"}};
}

std::string separated(const std::vector<std::vector<std::string>>& rows) {
    // Excel takes it for UTF-8 by its mark only.
    std::string out = "\xEF\xBB\xBF";
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) out += (i == 0 ? "\"" : ",\"") + row[i] + '"';
        out += "\r\n";
    }
    return out;
}

Task<http::Response> example(Api& api, Call& call) {
    const std::string form = cleaned(call.request.argument("form"), code_bytes_max);
    if (form != "csv" && form != "xlsx") co_return refused("bad_field:form", RefusedAs::Unfit);
    const Scope scope = readable(api, call.user());
    auto query = [scope](sql::Database& db) { return knowledge::MatterStore::matters(db, scope); };
    YS_CO_TRY(const auto matters, co_await api.stores().read(query));
    const auto rows = example_rows(matters.empty() ? std::string() : matters.front().title);
    if (form == "xlsx") {
        auto write = [&rows, file = sheet_path(api, call)] {
            return sheet_made(file, rows.front(), "知识", [&rows](cases::CaseSheet& sheet) {
                for (std::size_t i = 1; i < rows.size(); ++i) sheet.add(rows[i]);
                return Result<Done>(Done{});
            });
        };
        YS_CO_TRY(SheetMade made, co_await api.ports().pool.run(write));
        co_return sheet_answer(std::move(made), "articles");
    }
    auto response = http::text_response(200, separated(rows), "text/csv; charset=utf-8");
    response.with("Content-Disposition", "attachment; filename=\"articles.csv\"");
    co_return response;
}

std::string_view word(office::BlockKind kind) {
    switch (kind) {
        case office::BlockKind::Heading:
            return "heading";
        case office::BlockKind::Item:
            return "item";
        case office::BlockKind::Row:
            return "row";
        case office::BlockKind::Paragraph:
            break;
    }
    return "paragraph";
}

Task<http::Response> paste(Api& api, Call& call) {
    YS_CO_TRY(const PasteForm form, body_of<PasteForm>(call));
    if (form.html.size() > paste_bytes_max) co_return refused("too_long:html", RefusedAs::Unfit);
    auto work = [&form] { return office::read_page(form.html); };
    Result<office::Blocks> page = co_await api.ports().pool.run(work);
    if (!page) co_return refused("paste_too_large", RefusedAs::Unfit);
    PasteView view;
    for (const office::Block& each : page->items) {
        PastedBlock block{std::string(word(each.kind)), {}};
        for (const std::string_view line : split(each.text, '\n'))
            block.text += (block.text.empty() ? "" : "\n") + cleaned(line, paste_bytes_max);
        view.blocks.push_back(std::move(block));
    }
    for (const office::Unread& each : page->unread)
        if (std::ranges::find(view.left_out, each.what) == view.left_out.end())
            view.left_out.push_back(each.what);
    co_return answer_with(view);
}

}  // namespace

std::vector<Route> article_import_routes() {
    return {
        {.method = "POST",
         .pattern = "/api/v1/article-imports",
         .summary = "What a .docx, .xlsx or .csv (the body) would become, and what was not "
                    "understood. Nothing is stored.",
         .access = Access::Right,
         .action = Action::ChangeKnowledge,
         .handler = preview,
         .gives = schema_for<ImportReport>},
        {.method = "POST",
         .pattern = "/api/v1/article-imports/drafts",
         .summary = "Drafts of what was understood; those that are there already are left out.",
         .access = Access::Right,
         .action = Action::ChangeKnowledge,
         .handler = make_drafts,
         .takes = schema_for<ImportDraftsForm>,
         .gives = schema_for<ImportDraftsView>},
        {.method = "GET",
         .pattern = "/api/v1/article-imports/example",
         .summary = "A table to fill in, as .xlsx or .csv.",
         .access = Access::Right,
         .action = Action::ChangeKnowledge,
         .handler = example,
         .query = {"form"}},
        {.method = "POST",
         .pattern = "/api/v1/article-pastes",
         .summary = "Pasted HTML as text in blocks: no markup comes back.",
         .access = Access::Right,
         .action = Action::ChangeKnowledge,
         .handler = paste,
         .takes = schema_for<PasteForm>,
         .gives = schema_for<PasteView>},
    };
}

}  // namespace ys::api
