// SPDX-License-Identifier: Apache-2.0
// Flows tried out and looked at: checked as they are typed, walked by a caller who is none, and
// where yesterday's callers went.
#include <algorithm>
#include <chrono>

#include "api/answer.h"
#include "api/flow_view.h"
#include "base/overloaded.h"
#include "base/text.h"
#include "interactions/io/flow_heat.h"
#include "interactions/io/setup_store.h"
#include "interactions/setup_check.h"
#include "ivr/flow_text.h"
#include "ivr/run.h"
#include "ivr/spoken.h"
#include "platform/clock.h"

namespace ys::api {
namespace {

using centres::Action;
using interactions::FlowStore;

constexpr std::size_t name_bytes_max = 40, word_bytes_max = 60, tags_max = 20, events_max = 500;
constexpr std::int64_t day_us = 86'400'000'000;

struct CheckForm {
    std::optional<std::string> text;
    std::optional<ivr::FlowForm> flow;
    std::string name;  ///< "": of no house
};
BOOST_DESCRIBE_STRUCT(CheckForm, (), (text, flow, name))
struct TrialCaller {
    std::string number;
    bool withheld = false;
    std::vector<std::string> tags;
};
BOOST_DESCRIBE_STRUCT(TrialCaller, (), (number, withheld, tags))
struct TrialEvent {
    std::string kind;  ///< "prompts_ended" "key" "wait_over" "case_told" "live_told" "answer_told"
    std::string key;
    bool found = false;
    std::string now;  ///< where the case stands, a word of the citizen's page
};
BOOST_DESCRIBE_STRUCT(TrialEvent, (), (kind, key, found, now))
struct TrialForm {
    std::optional<std::string> text;
    std::optional<ivr::FlowForm> flow;
    std::string name;
    std::uint32_t version = 0;  ///< with a name and neither text nor flow
    TrialCaller caller;
    std::optional<UtcTime> at;  ///< none: now
    std::vector<TrialEvent> events;
};
BOOST_DESCRIBE_STRUCT(TrialForm, (), (text, flow, name, version, caller, at, events))
struct SaidPrompt {
    std::string name, text;
};
BOOST_DESCRIBE_STRUCT(SaidPrompt, (), (name, text))
struct TrialStep {
    std::int32_t event = -1;  ///< that caused it; -1: the start
    std::string kind;         ///< "enter" "keys" "say" "stop" "wait" "secure" "territory"
                              ///< "look_up" "queue" "voicemail" "finish"
    std::string node;
    std::vector<SaidPrompt> prompts;
    bool interruptible = true;
    std::int64_t wait_s = 0;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(TrialStep, (), (event, kind, node, prompts, interruptible, wait_s, text))
struct TrialView {
    std::vector<TrialStep> steps;
    std::string node;
    std::string waits_for;  ///< "prompts" "key" "case" "nothing"
    std::int64_t wait_s = 0;
    bool over = false;
    std::string outcome;  ///< "queue" "voicemail" "hang_up"; "" while it goes on
    std::string queue;
    std::vector<std::string> keys;  ///< that lead somewhere from here
};
BOOST_DESCRIBE_STRUCT(TrialView, (), (steps, node, waits_for, wait_s, over, outcome, queue, keys))
struct HeatNode {
    std::string node;
    std::uint64_t callers = 0, times = 0, left = 0;
};
BOOST_DESCRIBE_STRUCT(HeatNode, (), (node, callers, times, left))
struct HeatWay {
    std::string from, to;
    std::uint64_t callers = 0;
};
BOOST_DESCRIBE_STRUCT(HeatWay, (), (from, to, callers))
struct HeatKey {
    std::string node, key;
    std::uint64_t callers = 0;
};
BOOST_DESCRIBE_STRUCT(HeatKey, (), (node, key, callers))
struct HeatView {
    std::string day;
    std::uint64_t calls = 0;
    std::vector<std::uint32_t> versions;  ///< in force that day
    std::vector<HeatNode> nodes;
    std::vector<HeatWay> ways;
    std::vector<HeatKey> keys;
};
BOOST_DESCRIBE_STRUCT(HeatView, (), (day, calls, versions, nodes, ways, keys))

// ---- checking ----------------------------------------------------------------------------------

Task<http::Response> check(Api& api, Call& call) {
    YS_CO_TRY(const CheckForm form, body_of<CheckForm>(call));
    const FlowSource source{form.text, form.flow};
    YS_CO_TRY(const std::string text, text_in(source));
    const std::string name = cleaned(form.name, name_bytes_max);
    const Scope scope = api.scope_of(call.user(), Action::SeeKnowledge);
    auto query = [=, language = std::string(call.language), prompts = prompts_of(api),
                  hears = hears(api)](sql::Database& db) -> Result<CheckedFlow> {
        if (name.empty()) return checked_flow(text, name, nullptr, language);
        YS_TRY(const auto row, FlowStore::flow(db, scope, name));
        if (!row) return refused("not_found", RefusedAs::NotFound);
        YS_TRY(const auto setup, interactions::SetupStore::load(db));
        const interactions::FlowHouse house{setup, prompts, hears};
        return checked_flow(text, name, &house, language);
    };
    YS_CO_TRY(const CheckedFlow out, co_await api.stores().read(query));
    co_return answer_with(out);
}

// ---- a caller who is none ----------------------------------------------------------------------

/// A case that is nobody's, as the phone would tell it.
std::vector<std::string> told_of_no_case(const TrialEvent& event, UtcTime now) {
    if (!event.found) return {};
    ivr::CaseWords words{.number = "12345678", .now = event.now, .until = UtcTime{now.us + day_us}};
    ivr::Spoken said = ivr::spoken_progress(words, now);
    if (!said.empty()) return said;
    words.now = "open";
    words.until.reset();
    return ivr::spoken_progress(words, now);
}

class Trial {
public:
    Trial(const ivr::Flow& flow, ivr::Caller caller, UtcTime at,
          const std::map<std::string, std::string>* prompts)
        : flow_(flow), run_(flow, std::move(caller)), at_(at), prompts_(prompts) {
        take(run_.start(now()));
    }

    void on(const TrialEvent& event, std::int32_t number) {
        event_ = number;
        if (event.kind == "prompts_ended") {
            saying_ = false;
            take(run_.on(now(), ivr::PromptsEnded{}));
        } else if (event.kind == "wait_over") {
            at_.us += wait_.count() * 1'000;
            wait_ = {};
            take(run_.on(now(), ivr::WaitOver{}));
        } else if (event.kind == "case_told") {
            looks_ = false;
            take(run_.on(now(), ivr::CaseTold{told_of_no_case(event, at_)}));
        } else if (event.kind == "live_told") {
            looks_ = false;
            if (event.found)
                take(run_.on(now(), ivr::LiveTold{{"live-not-said"}, false}));
            else
                take(run_.on(now(), ivr::LiveTold{{"live-not-seen"}, true}));
        } else if (event.kind == "answer_told") {
            looks_ = false;
            ivr::AnswerTold told;
            if (event.found) told.prompts = {"live-not-said"};
            take(run_.on(now(), told));
        } else if (event.kind == "guesses_told") {
            looks_ = false;
            ivr::GuessesTold told;
            if (event.found) told.kinds = {"case", "again"};
            take(run_.on(now(), told));
        } else if (event.kind == "key" && event.key.size() == 1) {
            take(run_.on(now(), ivr::Key{event.key[0]}));
        }
    }

    TrialView take_view() {
        out_.node = run_.node();
        out_.over = run_.is_over();
        out_.waits_for = out_.over                ? "nothing"
                         : saying_                ? "prompts"
                         : looks_                 ? looked_up()
                         : wait_ > Millis::zero() ? "key"
                                                  : "nothing";
        out_.wait_s = out_.over || saying_ ? 0 : wait_.count() / 1'000;
        if (!out_.over) out_.keys = keys_here();
        return std::move(out_);
    }

private:
    Now now() const { return {Instant{} + std::chrono::microseconds{at_.us}, at_}; }

    std::vector<std::string> keys_here() const {
        std::vector<std::string> out;
        const ivr::Node* node = flow_.find(run_.node());
        if (node == nullptr || node->kind == ivr::NodeKind::Wait) return out;
        if (node->kind == ivr::NodeKind::Digits) {
            for (const char c : std::string_view("0123456789*#")) out.emplace_back(1, c);
            return out;
        }
        for (const auto& [key, to] : node->keys) out.emplace_back(1, key);
        if (node->kind == ivr::NodeKind::Guess && !looks_)
            for (std::size_t n = 1; n <= std::min(node->guesses.size(), ivr::guesses_max); ++n)
                out.push_back(std::to_string(n));
        if (std::ranges::find(out, "0") == out.end()) out.emplace_back("0");
        return out;
    }

    const char* looked_up() const {
        const ivr::Node* node = flow_.find(run_.node());
        if (node != nullptr && node->kind == ivr::NodeKind::Live) return "live";
        if (node != nullptr && node->kind == ivr::NodeKind::Guess) return "guesses";
        return node != nullptr && node->kind == ivr::NodeKind::Answer ? "answer" : "case";
    }

    TrialStep& add(const char* kind, std::string text = {}) {
        TrialStep& step = out_.steps.emplace_back();
        step.event = event_;
        step.kind = kind;
        step.node = node_;
        step.text = std::move(text);
        return step;
    }
    void end(const char* kind, const char* outcome) {
        add(kind);
        out_.outcome = outcome;
    }
    void say(const ivr::Say& said) {
        TrialStep& step = add("say");
        step.interruptible = said.interruptible;
        for (const std::string& name : said.prompts) {
            SaidPrompt& prompt = step.prompts.emplace_back();
            prompt.name = name;
            if (prompts_ == nullptr) continue;
            const auto text = prompts_->find(name);
            if (text != prompts_->end()) prompt.text = text->second;
        }
        saying_ = true;
    }
    void wait(const ivr::Wait& wait) {
        wait_ = wait.limit;
        if (wait_ > Millis::zero()) add("wait").wait_s = wait_.count() / 1'000;
    }

    void take(const std::vector<ivr::Step>& steps) {
        for (const ivr::Step& step : steps)
            std::visit(overloaded{
                           [&](const ivr::EnterNode& s) {
                               node_ = s.node;
                               looks_ = false;
                               add("enter");
                           },
                           [&](const ivr::TellKeys& s) { add("keys", s.keys); },
                           [&](const ivr::Say& s) { say(s); },
                           [&](const ivr::StopSaying&) {
                               saying_ = false;
                               add("stop");
                           },
                           [&](const ivr::Wait& s) { wait(s); },
                           [&](const ivr::Secure& s) { add("secure", s.on ? "on" : "off"); },
                           [&](const ivr::SetTerritory& s) { add("territory", s.keyed); },
                           [&](const ivr::LookUpCase& s) {
                               looks_ = true;
                               add("look_up", s.number);
                           },
                           [&](const ivr::LookUpLive& s) {
                               looks_ = true;
                               add("look_up", s.number);
                           },
                           [&](const ivr::AskKnowledge& s) {
                               looks_ = true;
                               add("look_up", s.matter);
                           },
                           [&](const ivr::AskGuesses&) {
                               looks_ = true;
                               add("look_up");
                           },
                           [&](const ivr::StopGuessing&) { add("no_guesses"); },
                           [&](const ivr::ToQueue& s) {
                               end("queue", "queue");
                               out_.steps.back().text = out_.queue = s.queue;
                           },
                           [&](const ivr::ToVoicemail&) { end("voicemail", "voicemail"); },
                           [&](const ivr::Finish&) { end("finish", "hang_up"); },
                       },
                       step);
    }

    const ivr::Flow& flow_;
    ivr::Run run_;
    UtcTime at_;
    const std::map<std::string, std::string>* prompts_;
    TrialView out_;
    std::string node_;
    std::int32_t event_ = -1;
    bool saying_ = false, looks_ = false;
    Millis wait_{};
};

ivr::Caller caller_of(const TrialCaller& form) {
    ivr::Caller out;
    if (!form.withheld) out.number = cleaned(form.number, word_bytes_max);
    for (const std::string& tag : form.tags)
        if (out.tags.size() < tags_max) out.tags.push_back(cleaned(tag, word_bytes_max));
    return out;
}

/// The text to walk through: as it is typed, or of a version.
Result<std::string> text_of_trial(sql::Database& db, const Scope& scope, const TrialForm& form) {
    if (form.text || form.flow) return text_in({form.text, form.flow});
    YS_TRY(const auto row, FlowStore::version(db, scope, form.name, form.version));
    return row.text;
}

Task<http::Response> simulate(Api& api, Call& call) {
    YS_CO_TRY(const TrialForm form, body_of<TrialForm>(call));
    if (form.events.size() > events_max) co_return refused("too_long:events", RefusedAs::Unfit);
    const Scope scope = api.scope_of(call.user(), Action::SeeKnowledge);
    auto query = [=, prompts = prompts_of(api),
                  now = utc_now()](sql::Database& db) -> Result<TrialView> {
        YS_TRY(const std::string text, text_of_trial(db, scope, form));
        auto flow = ivr::parse_flow(text);
        if (!flow) return refused("does_not_read", RefusedAs::Conflict);
        YS_TRY(const auto setup, interactions::SetupStore::load(db));
        flow->calendar = interactions::calendar_in_force(std::move(flow->calendar), setup.days);
        Trial trial(*flow, caller_of(form.caller), form.at.value_or(now), prompts);
        std::int32_t number = 0;
        for (const TrialEvent& event : form.events) trial.on(event, number++);
        return trial.take_view();
    };
    YS_CO_TRY(const TrialView out, co_await api.stores().read(query));
    co_return answer_with(out);
}

// ---- where callers went ------------------------------------------------------------------------

struct HeatDay {
    std::string name;
    UtcTime from, to;
};

/// errors  bad_field
Result<HeatDay> day_in(const Call& call, std::chrono::minutes offset) {
    const std::int64_t offset_us = std::chrono::microseconds{offset}.count();
    const std::string text = cleaned(call.request.argument("day"), word_bytes_max);
    std::int64_t begin = (utc_now().us + offset_us) / day_us * day_us - day_us;
    if (!text.empty()) {
        const auto day = parse_day(text);
        if (!day) return refused("bad_field:day", RefusedAs::Unfit);
        const std::chrono::year_month_day date{std::chrono::year{day->year},
                                               std::chrono::month{day->month},
                                               std::chrono::day{day->day}};
        begin = std::chrono::sys_days{date}.time_since_epoch().count() * day_us;
    }
    const std::chrono::year_month_day date{
        std::chrono::sys_days{std::chrono::days{begin / day_us}}};
    return HeatDay{to_text(Day{static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                               static_cast<unsigned>(date.day())}),
                   UtcTime{begin - offset_us}, UtcTime{begin - offset_us + day_us}};
}

HeatView view_of(const interactions::FlowHeat& found) {
    HeatView out;
    out.calls = found.calls;
    for (const auto& [node, place] : found.nodes)
        out.nodes.push_back({node, place.callers, place.times, place.left});
    for (const auto& [way, callers] : found.ways)
        out.ways.push_back({way.first, way.second, callers});
    for (const auto& [key, callers] : found.keys)
        out.keys.push_back({key.first, std::string(1, key.second), callers});
    return out;
}

Task<http::Response> heat(Api& api, Call& call) {
    YS_CO_TRY(const HeatDay day, day_in(call, api.settings().utc_offset));
    const Scope scope = api.scope_of(call.user(), Action::SeeKnowledge);
    auto query = [=, name = cleaned(call.request.param("name"), name_bytes_max)](
                     sql::Database& db) -> Result<HeatView> {
        YS_TRY(const auto versions, FlowStore::versions(db, scope, name));
        YS_TRY(const auto found, interactions::flow_heat(db, scope, name, day.from, day.to));
        HeatView out = view_of(found);
        out.day = day.name;
        for (const auto& v : versions)
            if (v.in_force_at && *v.in_force_at < day.to && (!v.until_at || *v.until_at > day.from))
                out.versions.push_back(v.number);
        return out;
    };
    YS_CO_TRY(const HeatView out, co_await api.stores().read(query));
    co_return answer_with(out);
}

}  // namespace

std::vector<Route> flow_trial_routes() {
    return {
        {.method = "POST",
         .pattern = "/api/v1/flows/check",
         .summary = "What is wrong with a flow as it is typed.",
         .access = Access::Right,
         .action = Action::SeeKnowledge,
         .handler = check,
         .takes = schema_for<CheckForm>,
         .gives = schema_for<CheckedFlow>},
        {.method = "POST",
         .pattern = "/api/v1/flows/simulate",
         .summary = "Walks through a flow as a caller; nothing is kept.",
         .access = Access::Right,
         .action = Action::SeeKnowledge,
         .handler = simulate,
         .takes = schema_for<TrialForm>,
         .gives = schema_for<TrialView>},
        {.method = "GET",
         .pattern = "/api/v1/flows/{name}/heat",
         .summary =
             "How many callers came to each node of a flow on one day, and how they went on.",
         .access = Access::Right,
         .action = Action::SeeKnowledge,
         .handler = heat,
         .query = {"day"},
         .gives = schema_for<HeatView>},
    };
}

}  // namespace ys::api
