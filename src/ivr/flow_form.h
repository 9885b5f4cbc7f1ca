// SPDX-License-Identifier: Apache-2.0
// A flow as an editor's forms hold it: every line in a field, so that it can be sent and drawn.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/described.h"
#include "ivr/flow.h"
#include "ivr/flow_comments.h"

namespace ys::ivr {

struct KeyForm {
    std::string key, to;
};
struct RuleForm {
    std::string on;    ///< "tag" "number" "withheld" "open" "holiday" "time"
    std::string word;  ///< "" for some; of "time" as in the text: "mon-fri 08:30-17:30"
    std::string to;
};
/// Fields as in ivr::Node; those of other kinds stay as they are here.
struct NodeForm {
    std::string name, kind;
    std::int32_t line = 0;  ///< in the text; not read
    std::string comment;
    std::vector<std::string> say;
    bool interruptible = true;
    std::int32_t again = 0;  ///< again_for_ever
    std::string next;
    std::vector<KeyForm> keys;
    std::string other, nothing;
    std::int64_t wait_s = 5;
    std::int32_t digits_min = 1;
    std::int32_t digits_max = 20;
    bool secure = false;
    bool keys_territory = false;
    std::string piece;  ///< "" "number" "code"
    std::vector<RuleForm> rules;
    std::string queue, territory;
    std::int32_t priority = 0;
    std::vector<std::string> needs;
    bool announces = true;
    bool echo = false;
    std::vector<std::string> more;  ///< lines that no field here holds, as in the text
};
struct HoursForm {
    std::string name, days_and_time;
};
struct HolidayForm {
    std::string day, name;
};
struct FlowForm {
    std::string name, zone = "+08:00";
    std::vector<HoursForm> hours;
    std::vector<HolidayForm> holidays;
    std::vector<std::string> workdays, must_hear;
    std::string start, person, fallback;
    bool recorded = true;
    bool measuring = false;
    std::string comment;
    std::vector<NodeForm> nodes;
};
BOOST_DESCRIBE_STRUCT(KeyForm, (), (key, to))
BOOST_DESCRIBE_STRUCT(RuleForm, (), (on, word, to))
BOOST_DESCRIBE_STRUCT(NodeForm, (),
                      (name, kind, line, comment, say, interruptible, again, next, keys, other,
                       nothing, wait_s, digits_min, digits_max, secure, keys_territory, piece,
                       rules, queue, territory, priority, needs, announces, echo, more))
BOOST_DESCRIBE_STRUCT(HoursForm, (), (name, days_and_time))
BOOST_DESCRIBE_STRUCT(HolidayForm, (), (day, name))
BOOST_DESCRIBE_STRUCT(FlowForm, (),
                      (name, zone, hours, holidays, workdays, must_hear, start, person, fallback,
                       recorded, measuring, comment, nodes))

/// flow  as read from a text; comments of that same text
FlowForm form_of(const Flow& flow, const FlowComments& comments);

/// The text that says what the form says, whatever was typed into it: parse_flow judges it, so that
/// its faults have a line. What is typed in one field stays in its line.
std::string text_of(const FlowForm& form);

/// A way on the canvas.
struct Way {
    std::string from, to;
    /// "on" "key" "rule" "else" "other" "nothing"; "person": 0, where the node says nothing of it
    std::string how;
    std::string label;     ///< the key, or what the rule asks
    bool implied = false;  ///< no line says it; it is the flow's person
};
BOOST_DESCRIBE_STRUCT(Way, (), (from, to, how, label, implied))

/// Also those to nodes that are not there.
std::vector<Way> ways_of(const Flow& flow);

}  // namespace ys::ivr
