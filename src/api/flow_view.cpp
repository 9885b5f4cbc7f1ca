// SPDX-License-Identifier: Apache-2.0
#include "api/flow_view.h"

#include <algorithm>

#include "api/flows_port.h"
#include "api/refusal.h"
#include "centres/io/user_store.h"
#include "interactions/io/setup_store.h"
#include "ivr/checker.h"
#include "ivr/flow_comments.h"
#include "ivr/flow_text.h"

namespace ys::api {
namespace {

using interactions::FlowFault;
using interactions::FlowRow;
using interactions::FlowStore;
using interactions::FlowVersionRow;

template <class Names, class Id>
std::string name_in(const Names& names, Id id) {
    const auto it = names.find(id);
    return it == names.end() ? "" : it->second;
}

void stand(FlowLine& line, const FlowVersionRow& v) {
    line.changed_at = std::max(line.changed_at, v.written_at);
    if (v.state == "draft") line.draft = v.number;
    if (v.state == "scheduled") {
        line.scheduled = v.number;
        line.scheduled_at = v.from_at;
    }
    if (v.state == "in_force") line.in_force_since = v.in_force_at;
}

}  // namespace

Result<std::string> text_in(const FlowSource& source) {
    if (source.text.has_value() == source.flow.has_value())
        return refused("bad_field:text", RefusedAs::Unfit);
    std::string text = source.text ? *source.text : ivr::text_of(*source.flow);
    if (text.size() > ivr::flow_bytes_max) return refused("too_long:text", RefusedAs::Unfit);
    return text;
}

CheckedFlow checked_flow(const std::string& text, const std::string& name,
                         const interactions::FlowHouse* house, std::string_view language) {
    CheckedFlow out;
    out.text = text;
    if (const auto read = ivr::parse_flow(text)) {
        // Lines are those of the text that is sent back.
        out.text = ivr::to_text(*read, ivr::comments_of(text));
        const auto flow = ivr::parse_flow(out.text);
        YS_ASSERT(flow);
        out.flow = ivr::form_of(*flow, ivr::comments_of(out.text));
        out.ways = ivr::ways_of(*flow);
        for (const auto& [node, keys] : ivr::keys_to_person(*flow))
            out.keys_to_person.push_back({node, keys});
    }
    const auto faults = house ? interactions::faults_in_house(name, out.text, *house)
                              : interactions::faults_of_text(out.text);
    for (const FlowFault& f : faults)
        out.faults.push_back({f.code, f.node, f.line, interactions::sentence_of(f, language)});
    return out;
}

Result<FlowContext> flow_context(sql::Database& db) {
    FlowContext out;
    YS_TRY(out.setup, interactions::SetupStore::load(db));
    YS_TRY(const auto centres, centres::UserStore::all_centres(db));
    Scope everywhere;
    for (const centres::CentreRow& row : centres) {
        out.centres[row.id] = row.name;
        everywhere.centres.push_back(row.id);
    }
    YS_TRY(const auto users, centres::UserStore::users(db, everywhere));
    for (const centres::UserRow& row : users) out.people[row.id] = row.name;
    return out;
}

FlowVersionLine line_of(const FlowVersionRow& row, const FlowContext& context,
                        std::string_view language) {
    FlowVersionLine out;
    out.number = row.number;
    out.state = row.state;
    out.based_on = row.based_on;
    out.written_by = name_in(context.people, row.written_by);
    out.written_at = row.written_at;
    out.why = row.why;
    out.published_by = name_in(context.people, row.published_by);
    out.publish_why = row.publish_why;
    out.from = row.from_at;
    out.in_force_at = row.in_force_at;
    out.until = row.until_at;
    for (const FlowFault& f : interactions::faults_from(row.refused))
        out.refused += (out.refused.empty() ? "" : "\n") + (f.node.empty() ? "" : f.node + "：") +
                       interactions::sentence_of(f, language);
    return out;
}

Result<FlowView> flow_view(sql::Database& db, const Scope& scope, const Scope& edits,
                           const FlowContext& context, const std::string& name,
                           std::string_view language) {
    YS_TRY(const auto row, FlowStore::flow(db, scope, name));
    if (!row) return refused("not_found", RefusedAs::NotFound);
    YS_TRY(const auto versions, FlowStore::versions(db, scope, name));
    FlowView out;
    out.line.name = row->name;
    out.line.centre_id = row->centre_id;
    out.line.centre_name = name_in(context.centres, row->centre_id);
    out.line.in_force = row->in_force;
    out.line.may_change = edits.contains(row->centre_id);
    for (const auto& number : context.setup.numbers)
        if (number.flow == name) out.line.numbers.push_back(number.number);
    for (const FlowVersionRow& v : versions) {
        stand(out.line, v);
        out.versions.push_back(line_of(v, context, language));
    }
    return out;
}

const std::map<std::string, std::string>* prompts_of(Api& api) {
    if (api.ports().flows == nullptr || api.ports().flows->prompts().empty()) return nullptr;
    return &api.ports().flows->prompts();
}

bool hears(Api& api) {
    const FlowsPort* flows = api.ports().flows;
    return flows != nullptr && flows->hears();
}

}  // namespace ys::api
