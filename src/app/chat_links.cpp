// SPDX-License-Identifier: Apache-2.0
#include "app/chat_links.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "api/refusal.h"
#include "base/text.h"
#include "channels/chat/io/chat_store.h"
#include "channels/chat/io/link_store.h"
#include "platform/clock.h"
#include "platform/log/log.h"
#include "platform/sql/errc.h"

namespace ys::app {
namespace {

constexpr std::size_t page_max = 120, field_max = 80, fault_max = 200;

/// Numbers of papers and telephones that a form's own words repeat are nobody's business.
Private carried(std::string_view text, std::size_t most) {
    return Private{with_numbers_masked(cleaned(text, most))};
}

}  // namespace

void ChatLinks::make(api::CarryForm wish, std::function<void(Result<api::CarryCode>)> then) {
    chat::LinkRow row{.centre_id = ports_.centre, .way = "call"};
    row.page = carried(wish.page, page_max);
    row.field = carried(wish.field, field_max);
    row.fault = carried(wish.fault, fault_max);
    auto made = std::make_shared<chat::LinkStore::Made>();
    ports_.writer.submit(
        [row, made, token = wish.token](sql::Transaction& tx) mutable -> Result<Done> {
            if (!token.empty()) {
                YS_TRY(const auto theirs, chat::ChatStore::of_citizen(tx.db(), row.centre_id,
                                                                      chat::citizen_of(token), 1));
                if (!theirs.empty()) row.chat_id = theirs.front().id;
            }
            if (!row.chat_id && row.page.empty())
                return api::refused("bad_request", api::RefusedAs::Unfit);
            auto link = chat::LinkStore::make(tx, row, utc_now());
            if (!link && link.error().code == sql::errc::full)
                return api::refused("too_many_tries", api::RefusedAs::TooMany);
            if (!link) return link.error();
            *made = *std::move(link);
            return Done{};
        },
        [post = ports_.post, made, then = std::move(then)](const Result<Done>& done) {
            post([made, then, done] {
                if (!done) return then(done.error());
                then(api::CarryCode{made->code, made->expires_at});
            });
        });
}

Result<std::string> ChatLinks::standing(sql::Database& db, std::string_view code) {
    YS_TRY(const auto row, chat::LinkStore::find(db, code));
    return std::string(row && row->way == "call" ? row->standing(utc_now()) : "unknown");
}

void ChatLinks::on(const facts::Fact& fact) {
    const auto* arrived = std::get_if<facts::CallArrived>(&fact.body);
    if (code_.empty() || arrived == nullptr || arrived->direction != "web") return;
    ports_.writer.submit(
        [code = std::exchange(code_, {}), call = fact.interaction](sql::Transaction& tx) {
            const auto bound = chat::LinkStore::call(tx, code, call, utc_now());
            return bound ? Result<Done>{Done{}} : Result<Done>{bound.error()};
        },
        [](const Result<Done>& done) {
            if (!done) log::error("chat", "link_not_bound", done.error());
        });
}

Result<std::vector<api::CarriedView>> ChatLinks::of_call(sql::Database& db, const Scope& scope,
                                                         InteractionId call) {
    YS_TRY(const auto rows, chat::LinkStore::of_call(db, scope, call));
    std::vector<api::CarriedView> out;
    for (const chat::LinkRow& row : rows) {
        api::CarriedView view{row.id.value, row.made_at, row.page, row.field, row.fault, {}};
        if (row.chat_id) {
            YS_TRY(view.story, ports_.story(db, scope, api::ChatId{row.chat_id.value}));
        }
        out.push_back(std::move(view));
    }
    return out;
}

Result<std::vector<api::CarriedView>> ChatLinks::of_case(sql::Database& db, const Scope& scope,
                                                         CaseId case_id, InteractionId call) {
    std::vector<api::CarriedView> out;
    if (call) {
        YS_TRY(out, of_call(db, scope, call));
    }
    YS_TRY(const auto chats, chat::LinkStore::chats_of(db, scope, case_id));
    for (const chat::ConversationId id : chats) {
        const bool is_there = std::ranges::any_of(out, [&](const api::CarriedView& each) {
            return each.story && each.story->chat.id.value == id.value;
        });
        if (is_there) continue;
        api::CarriedView view{};
        YS_TRY(view.story, ports_.story(db, scope, api::ChatId{id.value}));
        if (view.story) out.push_back(std::move(view));
    }
    return out;
}

}  // namespace ys::app
