// SPDX-License-Identifier: Apache-2.0
#include "api/life_view.h"

#include <algorithm>

#include "api/refusal.h"
#include "centres/io/user_store.h"
#include "knowledge/life_chat.h"
#include "platform/clock.h"

namespace ys::api {
namespace {

using knowledge::LifeEvent;

/// A page may send whatever it likes; what the event does not know is no part of anything.
knowledge::LifeState state_of(const LifeEvent& event, const LifeForm& said) {
    knowledge::LifeState out{knowledge::kept(event, said.answers), {}};
    for (const std::string& code : said.ready)
        if (knowledge::find_evidence(event, code) != nullptr) out.ready.insert(code);
    return out;
}

std::vector<LifeAskedView> asked_of(const LifeEvent& event, const knowledge::LifeAnswers& known) {
    std::vector<LifeAskedView> out;
    for (const knowledge::LifeQuestion& question : event.questions) {
        const auto answer = known.find(question.code);
        if (answer == known.end()) continue;
        const auto choice =
            std::ranges::find(question.choices, answer->second, &knowledge::LifeChoice::code);
        out.push_back({question.code, question.title, answer->second,
                       choice == question.choices.end() ? "" : choice->title});
    }
    return out;
}

LifeTurnView view_of(const LifeTurn& turn, const knowledge::LifeSources& sources) {
    const LifeEvent& event = *turn.event;
    knowledge::ChatTurn chat = knowledge::chat_turn(event, turn.state, turn.pins);
    LifeTurnView out;
    out.event = event.code;
    out.title = event.title;
    out.says = std::move(chat.says);
    out.question = std::move(chat.question);
    out.choices = std::move(chat.choices);
    out.asked = asked_of(event, turn.state.answers);
    for (knowledge::ChatService& each : chat.services) {
        const auto said = sources.find(each.matter);
        out.services.push_back({each.code, each.title, each.output, each.where, each.cost,
                                each.period, each.queue, each.matter, each.pin.article,
                                each.pin.version,
                                said == sources.end() ? "" : said->second.version.content.source});
    }
    for (knowledge::ChatMaterial& each : chat.materials) {
        if (each.given_by.empty() && !each.is_ready) ++out.missing;
        out.materials.push_back(
            {each.code, each.title, each.count, each.purpose, each.given_by, each.is_ready});
    }
    for (knowledge::ChatPlace& each : chat.places)
        out.places.push_back({each.code, each.title, each.address, each.hours});
    out.cost = std::move(chat.cost);
    return out;
}

}  // namespace

Result<LifeTurn> life_turn(const knowledge::LifeEventBook* book, std::string_view event,
                           const LifeForm& said, CentreId centre, UtcTime now) {
    LifeTurn out;
    if (book != nullptr) out.event = book->find(event);
    if (out.event == nullptr) return refused("not_found", RefusedAs::NotFound);
    const auto sources = book->sources(*out.event, Scope::of(centre), now);
    if (!sources) return refused("still_learning");
    out.state = state_of(*out.event, said);
    out.pins = knowledge::pins_of(*sources);
    out.view = view_of(out, *sources);
    out.view.as_of = now;
    return out;
}

Task<LifeTurn> life_turn_now(Api& api, std::string event, LifeForm said) {
    YS_CO_TRY(const CentreId head, co_await api.stores().read(head_centre));
    auto work = [book = api.ports().life_events, event = std::move(event), said = std::move(said),
                 head, now = utc_now()] { return life_turn(book, event, said, head, now); };
    Result<LifeTurn> turn = co_await api.ports().pool.run(work);
    if (turn) turn->view.telephone = api.settings().hotline;
    co_return turn;
}

Result<CentreId> head_centre(sql::Database& db) {
    YS_TRY(const auto centres, centres::UserStore::all_centres(db));
    const auto head = std::ranges::find(centres, CentreId{}, &centres::CentreRow::parent_id);
    if (head == centres.end()) return refused("not_found", RefusedAs::NotFound);
    return head->id;
}

}  // namespace ys::api
