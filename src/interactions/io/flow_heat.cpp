// SPDX-License-Identifier: Apache-2.0
#include "interactions/io/flow_heat.h"

#include <optional>
#include <set>
#include <unordered_map>

#include "facts/facts.h"
#include "platform/journal/fact_json.h"
#include "platform/sql/where.h"

namespace ys::interactions {
namespace {

/// One call so far.
struct Walk {
    std::string at;  ///< node of this flow they are in, "" when they left the flow
    std::set<std::string> seen;
    std::set<std::pair<std::string, std::string>> ways;
    std::set<std::pair<std::string, char>> keys;
};

class Counting {
public:
    explicit Counting(const std::string& flow) : flow_(flow) {}

    void on(InteractionId call, const facts::Body& body) {
        if (const auto* entered = std::get_if<facts::FlowNodeEntered>(&body))
            return enter(call, *entered);
        const auto walk = walks_.find(call);
        if (walk == walks_.end()) return;
        if (const auto* keyed = std::get_if<facts::KeysPressed>(&body))
            return press(walk->second, *keyed);
        const auto* ended = std::get_if<facts::CallEnded>(&body);
        if (ended != nullptr && ended->who == "citizen" && !walk->second.at.empty())
            ++heat_.nodes[walk->second.at].left;
        // Queued, recording a message, or over: the flow has let them go.
        const auto* recorded = std::get_if<facts::RecordingOpened>(&body);
        if (recorded == nullptr || recorded->purpose == "voicemail") walk->second.at.clear();
    }
    FlowHeat take() {
        heat_.calls = walks_.size();
        return std::move(heat_);
    }

private:
    void enter(InteractionId call, const facts::FlowNodeEntered& entered) {
        if (entered.flow != flow_) return;
        Walk& walk = walks_[call];
        FlowHeat::Place& place = heat_.nodes[entered.node];
        ++place.times;
        if (walk.seen.insert(entered.node).second) ++place.callers;
        const std::pair way{walk.at, entered.node};
        if (!walk.at.empty() && walk.ways.insert(way).second) ++heat_.ways[way];
        walk.at = entered.node;
    }
    void press(Walk& walk, const facts::KeysPressed& keyed) {
        const std::string keys{keyed.keys};
        if (keys.size() != 1 || keys[0] == '*' || keyed.node != walk.at) return;
        if (walk.keys.insert({keyed.node, keys[0]}).second) ++heat_.keys[{keyed.node, keys[0]}];
    }

    const std::string& flow_;
    std::unordered_map<InteractionId, Walk> walks_;
    FlowHeat heat_;
};

}  // namespace

Result<FlowHeat> flow_heat(sql::Database& db, const Scope& scope, const std::string& flow,
                           UtcTime from, UtcTime to) {
    sql::Where where(scope, "centre");
    where.also("at_us >= ? AND at_us < ?", from.us, to.us)
        .also("kind IN ('FlowNodeEntered','KeysPressed','Queued','RecordingOpened','CallEnded')");
    Counting counting(flow);
    std::optional<Error> failed;
    YS_TRY([[maybe_unused]] const auto n,
           db.run_with("SELECT interaction, kind, body FROM facts" + where.text() + " ORDER BY seq",
                       where.values(), [&](const sql::Row& row) {
                           InteractionId call;
                           row.get(0, call);
                           const auto body = journal::body_from(row.text(1), row.text(2));
                           if (body)
                               counting.on(call, *body);
                           else
                               failed = body.error();
                       }));
    if (failed) return *failed;
    return counting.take();
}

}  // namespace ys::interactions
