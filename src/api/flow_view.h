// SPDX-License-Identifier: Apache-2.0
// A flow as an editor is shown it: its versions, one of them in full, and what is wrong with it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/api.h"
#include "interactions/flow_fit.h"
#include "interactions/io/flow_store.h"
#include "ivr/flow_form.h"

namespace ys::api {

struct FlowLine {
    std::string name;
    CentreId centre_id;
    std::string centre_name;
    std::vector<std::string> numbers;  ///< hotline numbers that use it
    std::uint32_t in_force = 0;        ///< versions; 0 for none
    std::optional<UtcTime> in_force_since;
    std::uint32_t draft = 0;
    std::uint32_t scheduled = 0;
    std::optional<UtcTime> scheduled_at;
    UtcTime changed_at;
    bool may_change = false;
};
BOOST_DESCRIBE_STRUCT(FlowLine, (),
                      (name, centre_id, centre_name, numbers, in_force, in_force_since, draft,
                       scheduled, scheduled_at, changed_at, may_change))
struct FlowVersionLine {
    std::uint32_t number = 0;
    std::string state;
    std::uint32_t based_on = 0;
    std::string written_by;  ///< name; "": it came with the hotline
    UtcTime written_at;
    std::string why, published_by, publish_why;
    std::optional<UtcTime> from, in_force_at, until;
    std::string refused;  ///< sentences, one a line
};
BOOST_DESCRIBE_STRUCT(FlowVersionLine, (),
                      (number, state, based_on, written_by, written_at, why, published_by,
                       publish_why, from, in_force_at, until, refused))
struct FlowView {
    FlowLine line;
    std::vector<FlowVersionLine> versions;  ///< the newest first
};
BOOST_DESCRIBE_STRUCT(FlowView, (), (line, versions))
struct FlowFaultView {
    std::string code, node;
    std::int32_t line = 0;
    std::string sentence;
};
BOOST_DESCRIBE_STRUCT(FlowFaultView, (), (code, node, line, sentence))
struct KeysToPerson {
    std::string node;
    std::int32_t keys = 0;
};
BOOST_DESCRIBE_STRUCT(KeysToPerson, (), (node, keys))
struct CheckedFlow {
    std::string text;                   ///< canonical when it reads
    std::optional<ivr::FlowForm> flow;  ///< none: it does not read
    std::vector<FlowFaultView> faults;
    std::vector<KeysToPerson> keys_to_person;
    std::vector<ivr::Way> ways;
};
BOOST_DESCRIBE_STRUCT(CheckedFlow, (), (text, flow, faults, keys_to_person, ways))
struct FlowVersionView {
    FlowLine line;
    FlowVersionLine version;
    CheckedFlow checked;
};
BOOST_DESCRIBE_STRUCT(FlowVersionView, (), (line, version, checked))

/// What comes from an editor: exactly one of these. errors  bad_field, too_long
struct FlowSource {
    std::optional<std::string> text;
    std::optional<ivr::FlowForm> flow;
};
Result<std::string> text_in(const FlowSource& source);

/// house  none: only what the text says by itself
CheckedFlow checked_flow(const std::string& text, const std::string& name,
                         const interactions::FlowHouse* house, std::string_view language);

/// What flows call things, and how they stand in this house.
struct FlowContext {
    interactions::Setup setup;
    std::map<UserId, std::string> people;
    std::map<CentreId, std::string> centres;
};
Result<FlowContext> flow_context(sql::Database& db);

/// edits  the centres whose flows the user may change
Result<FlowView> flow_view(sql::Database& db, const Scope& scope, const Scope& edits,
                           const FlowContext& context, const std::string& name,
                           std::string_view language);
FlowVersionLine line_of(const interactions::FlowVersionRow& row, const FlowContext& context,
                        std::string_view language);

/// The prompts of the running house; none where nobody knows them.
const std::map<std::string, std::string>* prompts_of(Api& api);
/// Whether flows of this house may ask callers to speak.
bool hears(Api& api);

}  // namespace ys::api
