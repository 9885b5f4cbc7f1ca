// SPDX-License-Identifier: Apache-2.0
// Messages to citizens: what was sent about a case, who is to be called instead, and what the
// gateway tells us.
#include "api/answer.h"
#include "api/api.h"
#include "api/case_progress_view.h"
#include "api/private_need.h"
#include "api/route_lists.h"
#include "base/phone_number.h"
#include "base/text.h"
#include "cases/io/case_people.h"
#include "centres/io/user_store.h"
#include "customers/io/customer_store.h"
#include "outreach/io/door.h"
#include "outreach/io/message_store.h"
#include "outreach/stop_word.h"
#include "platform/clock.h"

namespace ys::api {
namespace {

using centres::Action;
using outreach::MessageId;
using outreach::MessageRow;
using outreach::MessageStore;

constexpr std::size_t shown_max = 200;

struct MessageView {
    MessageId id;
    std::string reason, channel, state, why, text;
    std::int32_t tries = 0;
    UtcTime created_at, changed_at;
    std::optional<UtcTime> next_at;
};
BOOST_DESCRIBE_STRUCT(MessageView, (),
                      (id, reason, channel, state, why, text, tries, created_at, changed_at,
                       next_at))
struct CaseMessagesView {
    std::vector<std::string> channels;  ///< set up here: "sms" "mail"; none: tell them yourself
    bool has_stopped = false;
    std::string mail;  ///< masked, "" for none
    std::vector<MessageView> items;
};
BOOST_DESCRIBE_STRUCT(CaseMessagesView, (), (channels, has_stopped, mail, items))
struct CaseMailForm {
    std::string mail;  ///< "" takes it away
};
BOOST_DESCRIBE_STRUCT(CaseMailForm, (), (mail))
struct MessageToCall {
    MessageId id;
    CaseId case_id;
    std::string case_number, reason, why, text;
    UtcTime created_at;
};
BOOST_DESCRIBE_STRUCT(MessageToCall, (), (id, case_id, case_number, reason, why, text, created_at))
struct CalledForm {
    std::string outcome;  ///< "told" "unreachable"
};
BOOST_DESCRIBE_STRUCT(CalledForm, (), (outcome))
struct TemplatesView {
    std::vector<outreach::MessageTemplate> items;
};
BOOST_DESCRIBE_STRUCT(TemplatesView, (), (items))

/// Without one nothing is set up.
std::shared_ptr<const outreach::Door> door_of(Api& api) {
    if (api.ports().door) return api.ports().door;
    return std::make_shared<const outreach::Door>();
}

MessageView view_of(const MessageRow& row) {
    return {row.id,   row.reason, row.channel,    row.state,      row.why,
            row.text, row.tries,  row.created_at, row.changed_at, row.next_at};
}

/// "l***@mail.example"
std::string masked_mail(std::string_view mail) {
    const auto at = mail.find('@');
    if (at == std::string_view::npos) return {};
    return std::string(mail.substr(0, 1)) + "***" + std::string(mail.substr(at));
}

Result<CaseMessagesView> messages_view(sql::Database& db, const outreach::Door& door,
                                       const Scope& scope, CaseId id) {
    CaseMessagesView out;
    if (door.has_sms()) out.channels.emplace_back("sms");
    if (door.has_mail()) out.channels.emplace_back("mail");
    YS_TRY(const auto row, cases::CaseStore::get(db, scope, id));
    if (!row) return refused("not_found", RefusedAs::NotFound);
    YS_TRY(const cases::CaseRow told, cases::CasePeople::as_told(db, *row));
    YS_TRY(const auto person, MessageStore::person(db, outreach::person_of(told.phone)));
    out.has_stopped = person.stopped_at.has_value();
    out.mail = masked_mail(person.mail);
    YS_TRY(const auto rows, MessageStore::of_case(db, scope, id));
    for (const MessageRow& each : rows) out.items.push_back(view_of(each));
    return out;
}

Task<http::Response> of_case(Api& api, Call& call) {
    YS_CO_TRY(const CaseId id, id_in_path<CaseId>(call, "id"));
    const CaseSeer seer = seer_of(api, call.user());
    auto query = [seer, id, door = door_of(api)](sql::Database& db) -> Result<CaseMessagesView> {
        YS_TRY([[maybe_unused]] const SeenCase seen, seen_case(db, seer, id));
        return messages_view(db, *door, seer.scope, id);
    };
    YS_CO_TRY(const CaseMessagesView view, co_await api.stores().read(query));
    co_return answer_with(view);
}

Task<http::Response> keep_mail(Api& api, Call& call) {
    YS_CO_TRY(const CaseId id, id_in_path<CaseId>(call, "id"));
    YS_CO_TRY(const CaseMailForm form, body_of<CaseMailForm>(call));
    if (!form.mail.empty() && !outreach::is_mail_address(form.mail))
        co_return refused("bad_mail", RefusedAs::Unfit);
    const Scope scope = api.scope_of(call.user(), Action::ChangeCases);
    CaseSeer seer = seer_of(api, call.user());
    seer.scope = scope;
    auto work = [scope, seer, id, mail = form.mail,
                 door = door_of(api)](sql::Transaction& tx) -> Result<CaseMessagesView> {
        YS_TRY(const SeenRow seen, seen_row(tx.db(), seer, id));
        YS_TRY(const cases::CaseRow row, cases::CasePeople::as_told(tx.db(), seen.row));
        if (row.phone.empty()) return refused("no_number", RefusedAs::Unfit);
        YS_TRY(auto person, MessageStore::person(tx.db(), outreach::person_of(row.phone)));
        person.mail = mail;
        YS_TRY([[maybe_unused]] const Done kept, MessageStore::keep_person(tx, person));
        return messages_view(tx.db(), *door, scope, id);
    };
    YS_CO_TRY(const CaseMessagesView view, co_await api.stores().write(work));
    co_return answer_with(view);
}

Task<http::Response> to_call(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::ChangeCases);
    const CaseSeer seer = seer_of(api, call.user());
    auto query = [scope, seer](sql::Database& db) -> Result<std::vector<MessageToCall>> {
        YS_TRY(const auto rows, MessageStore::to_call(db, scope, shown_max));
        std::vector<MessageToCall> out;
        for (const MessageRow& each : rows) {
            YS_TRY(const auto row, cases::CaseStore::get(db, scope, each.case_id));
            if (row && seer.disclosures.show(*row))
                out.push_back({each.id, each.case_id, row->number, each.reason, each.why, each.text,
                               each.created_at});
        }
        return out;
    };
    YS_CO_TRY(const auto items, co_await api.stores().read(query));
    co_return answer_with_page(items);
}

Task<http::Response> called(Api& api, Call& call) {
    YS_CO_TRY(const MessageId id, id_in_path<MessageId>(call, "id"));
    YS_CO_TRY(const CalledForm form, body_of<CalledForm>(call));
    const Scope scope = api.scope_of(call.user(), Action::ChangeCases);
    auto work = [scope, id, outcome = form.outcome, by = call.user().user.id, now = utc_now(),
                 door = door_of(api)](sql::Transaction& tx) -> Result<MessageView> {
        YS_TRY(const auto row, MessageStore::get(tx.db(), scope, id));
        if (!row) return refused("not_found", RefusedAs::NotFound);
        if (outcome != "told" && outcome != "unreachable")
            return refused("bad_field:outcome", RefusedAs::Unfit);
        if (row->channel != word(outreach::Channel::CallList) ||
            row->state != word(outreach::MessageState::Queued))
            return refused("stale", RefusedAs::Conflict);
        outreach::Telling telling{outreach::Arrived{}, "", by};
        if (outcome == "unreachable") telling.command = outreach::RefusedBy{outcome};
        YS_TRY(const auto told,
               MessageStore::tell(tx, door->rules(row->centre_id), id, telling, now));
        return view_of(told);
    };
    YS_CO_TRY(const MessageView view, co_await api.stores().write(work));
    co_return answer_with(view);
}

Task<http::Response> templates(Api& api, Call&) {
    co_return answer_with(TemplatesView{door_of(api)->book.templates()});
}

/// "unknown" says nothing that silence does not say.
std::optional<outreach::MessageCommand> receipt_in(const outreach::GatewayReport& report) {
    constexpr std::size_t reason_max = 80;
    if (report.state == "delivered") return outreach::Arrived{};
    if (report.state == "unknown") return outreach::SilenceFell{};
    if (report.state != "refused") return std::nullopt;
    const std::string why = cleaned(report.reason, reason_max);
    return outreach::RefusedBy{why.empty() ? "refused" : why};
}

Result<Done> take_receipt(sql::Transaction& tx, const outreach::Door& door,
                          const outreach::GatewayReport& report, UtcTime now) {
    const auto command = receipt_in(report);
    if (!command) return refused("bad_field:state", RefusedAs::Unfit);
    YS_TRY(const auto row, MessageStore::by_key(tx.db(), report.key));
    if (!row) return Done{};  // It went on to another channel, or was never ours.
    YS_TRY(
        [[maybe_unused]] const auto told,
        MessageStore::tell(tx, door.rules(row->centre_id), row->id, {*command, report.key}, now));
    return Done{};
}

/// A person's no is for every number that is known to be theirs.
Result<Done> take_wish(sql::Transaction& tx, const outreach::GatewayReport& report, UtcTime now) {
    const outreach::Wish wish = outreach::wish_of(report.text);
    const auto from = normalise(report.from, "");
    if (wish == outreach::Wish::None || !from || from->withheld()) return Done{};
    Scope everywhere;
    YS_TRY(const auto centres, centres::UserStore::all_centres(tx.db()));
    for (const auto& each : centres) everywhere.centres.push_back(each.id);
    std::vector<std::string> numbers{from->digits};
    YS_TRY(const auto owners,
           customers::CustomerStore::find_by_number(tx.db(), everywhere, from->digits));
    for (const auto& owner : owners) {
        YS_TRY(const auto theirs, customers::CustomerStore::numbers(tx.db(), everywhere, owner.id));
        numbers.insert(numbers.end(), theirs.begin(), theirs.end());
    }
    for (const std::string& number : numbers) {
        YS_TRY(auto person, MessageStore::person(tx.db(), outreach::person_of(number)));
        person.stopped_at.reset();
        if (wish == outreach::Wish::Stop) person.stopped_at = now;
        YS_TRY([[maybe_unused]] const Done kept, MessageStore::keep_person(tx, person));
    }
    return Done{};
}

Task<http::Response> gateway(Api& api, Call& call) {
    const auto door = door_of(api);
    const outreach::GatewaySignature given{
        std::string(call.request.header("x-yingsheng-timestamp")),
        std::string(call.request.header("x-yingsheng-signature"))};
    const UtcTime now = utc_now();
    if (!outreach::is_signed(door->sms.secret, given, now, call.request.body))
        co_return refused("bad_signature", RefusedAs::NotAllowed);
    YS_CO_TRY(const auto report, body_of<outreach::GatewayReport>(call));
    if (report.kind != "receipt" && report.kind != "incoming")
        co_return refused("bad_field:kind", RefusedAs::Unfit);
    auto work = [door, report, now,
                 signature = given.signature](sql::Transaction& tx) -> Result<Done> {
        YS_TRY(const bool is_first, MessageStore::is_first_time(tx, signature, now));
        if (!is_first) return Done{};
        if (report.kind == "receipt") return take_receipt(tx, *door, report, now);
        return take_wish(tx, report, now);
    };
    YS_CO_TRY([[maybe_unused]] const Done taken, co_await api.stores().write(work));
    co_return nothing_to_say();
}

}  // namespace

std::vector<Route> message_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/cases/{id}/messages",
         .summary = "What the citizen of a case was written, and how it can be done here.",
         .access = Access::Right,
         .action = Action::SeeCases,
         .handler = of_case,
         .gives = schema_for<CaseMessagesView>},
        {.method = "PUT",
         .pattern = "/api/v1/cases/{id}/mail",
         .summary = "The mail address of who is to be told about a case.",
         .access = Access::Right,
         .action = Action::ChangeCases,
         .handler = keep_mail,
         .takes = schema_for<CaseMailForm>,
         .gives = schema_for<CaseMessagesView>},
        {.method = "GET",
         .pattern = "/api/v1/messages/to-call",
         .summary = "Citizens whom no message reached, to be called, the oldest first.",
         .access = Access::Right,
         .action = Action::ChangeCases,
         .handler = to_call,
         .gives = page_schema_for<MessageToCall>},
        {.method = "POST",
         .pattern = "/api/v1/messages/{id}/called",
         .summary = "Somebody called them: told, or not reached either.",
         .access = Access::Right,
         .action = Action::ChangeCases,
         .handler = called,
         .takes = schema_for<CalledForm>,
         .gives = schema_for<MessageView>},
        {.method = "GET",
         .pattern = "/api/v1/message-templates",
         .summary = "What this hotline writes for which reason.",
         .access = Access::Right,
         .action = Action::ChangeSettings,
         .handler = templates,
         .gives = schema_for<TemplatesView>},
        {.method = "POST",
         .pattern = "/api/v1/messages/gateway",
         .summary = "Receipts and citizens' answers from the SMS gateway, signed.",
         .access = Access::Public,
         .handler = gateway,
         .takes = schema_for<outreach::GatewayReport>},
    };
}

}  // namespace ys::api
