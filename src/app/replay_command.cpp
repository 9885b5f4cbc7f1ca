// SPDX-License-Identifier: Apache-2.0
// `yingsheng replay`: a time's decisions made again from the journal alone, and its callers played
// under the rules that held and under others.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <optional>
#include <sstream>

#include <boost/json.hpp>

#include "app/commands.h"
#include "centres/io/user_store.h"
#include "interactions/io/policy_file.h"
#include "interactions/replay.h"
#include "interactions/what_if.h"
#include "platform/journal/journal.h"

namespace ys::app {
namespace {

using interactions::Replay;
using interactions::Setup;

/// The rules a day begins with were written at the last start: looked for so far back.
constexpr std::int64_t look_back_us = 31 * std::int64_t{86'400'000'000};
/// Calls of the window may end after it.
constexpr std::int64_t look_on_us = 4 * std::int64_t{3'600'000'000};

struct Again {
    std::size_t decisions = 0;
    std::vector<Replay::Difference> differences;
    std::optional<Setup> policy;  ///< in force when the window ended
};

struct Figures {
    std::string queue;
    CentreId centre;
    routing::Tally then, now;
};

/// Feeds the journal to one replay a start of the server.
class Rerun {
public:
    Rerun(UtcTime from, UtcTime to) : from_(from), to_(to), what_if_(from, to) {}

    void on(const facts::Fact& fact) {
        what_if_.on(fact);
        if (fact.at >= to_) return;
        if (const auto* rules = std::get_if<facts::PolicyInForce>(&fact.body))
            return rule(fact, *rules);
        if (!replay_) return;
        if (fact.at < from_) decisions_before_ = replay_->decisions();
        replay_->on(fact);
    }

    const interactions::WhatIf& what_if() const { return what_if_; }

    Result<Again> finish() {
        if (!failure_.empty()) return Error{std::errc::invalid_argument, failure_};
        if (!again_.policy)
            return Error{std::errc::no_message, "the journal has no rules from before that time"};
        close();
        return std::move(again_);
    }

private:
    void rule(const facts::Fact& fact, const facts::PolicyInForce& f) {
        auto policy = interactions::read_policy(f.policy, "journal");
        if (!policy) {
            failure_ = policy.error().note;
            return;
        }
        if (f.what == "start") {
            close();
            replay_.emplace(interactions::rules_of(*policy));
        } else if (replay_) {
            replay_->change(fact.at, interactions::rules_of(*policy));
        }
        again_.policy = *std::move(policy);
    }
    void close() {
        if (!replay_) return;
        replay_->finish();
        again_.decisions += replay_->decisions() - decisions_before_;
        for (const Replay::Difference& d : replay_->differences())
            if (d.at >= from_) again_.differences.push_back(d);
        decisions_before_ = 0;
        replay_.reset();
    }

    UtcTime from_, to_;
    std::optional<Replay> replay_;
    std::size_t decisions_before_ = 0;
    Again again_;
    std::string failure_;
    interactions::WhatIf what_if_;
};

std::vector<Figures> compared(const interactions::WhatIf& what_if, const Setup& then,
                              const Setup& now, std::uint64_t seed) {
    // The same patience is drawn for both, so that only the rules differ.
    Dice dice_then{seed}, dice_now{seed};
    const auto was = routing::rehearse(what_if.day(interactions::rules_of(then), dice_then));
    const auto is = routing::rehearse(what_if.day(interactions::rules_of(now), dice_now));
    std::vector<Figures> rows;
    for (std::size_t i = 0; i < then.queues.size(); ++i) {
        Figures& row = rows.emplace_back();
        row.queue = then.queues[i].title.empty() ? then.queues[i].name : then.queues[i].title;
        row.centre = then.queues[i].centre;
        row.then = was.queues[i];
        for (std::size_t k = 0; k < now.queues.size(); ++k)
            if (now.queues[k].id == then.queues[i].id) row.now = is.queues[k];
    }
    rows.push_back({"", {}, was.total, is.total});
    return rows;
}

boost::json::object as_json(const routing::Tally& t) {
    const auto or_null = [](std::optional<double> v) {
        return v ? boost::json::value(*v) : boost::json::value(nullptr);
    };
    return {{"offered", t.offered},
            {"answered", t.answered},
            {"abandoned", t.abandoned},
            {"wait_mean_s", or_null(t.mean_wait_s())},
            {"abandoned_rate", or_null(t.abandoned_rate())},
            {"within_15s_rate", or_null(t.within_15s_rate())}};
}

void print_row(const char* when, const routing::Tally& t) {
    std::printf(
        "    %-8s offered %6llu  answered %6llu  abandoned %5.1f %%  wait %6.1f s"
        "  within 15 s %5.1f %%\n",
        when, static_cast<unsigned long long>(t.offered),
        static_cast<unsigned long long>(t.answered), t.abandoned_rate().value_or(0) * 100,
        t.mean_wait_s().value_or(0), t.within_15s_rate().value_or(0) * 100);
}

void print(const Again& again, const std::vector<Figures>& rows) {
    std::printf("decisions %zu, different when made again %zu\n", again.decisions,
                again.differences.size());
    for (const Replay::Difference& d : again.differences)
        std::printf("    %s call %llu: agent %llu in the journal, %llu now\n",
                    to_rfc3339(d.at).c_str(), static_cast<unsigned long long>(d.interaction.value),
                    static_cast<unsigned long long>(d.journal.value),
                    static_cast<unsigned long long>(d.decided.value));
    for (const Figures& row : rows) {
        if (row.queue.empty())
            std::printf("all\n");
        else
            std::printf("centre %llu queue %s\n", static_cast<unsigned long long>(row.centre.value),
                        row.queue.c_str());
        print_row("then", row.then);
        print_row("now", row.now);
    }
}

void print_json(const Again& again, const std::vector<Figures>& rows) {
    boost::json::array list;
    for (const Figures& row : rows)
        list.push_back(boost::json::object{{"centre", row.centre.value},
                                           {"queue", row.queue},
                                           {"then", as_json(row.then)},
                                           {"now", as_json(row.now)}});
    std::cout << boost::json::serialize(boost::json::object{{"decisions", again.decisions},
                                                            {"different", again.differences.size()},
                                                            {"queues", std::move(list)}})
              << "\n";
}

Result<Setup> policy_from(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    std::stringstream text;
    if (!file || !(text << file.rdbuf()))
        return Error{std::errc::no_such_file_or_directory, "cannot read " + path};
    return interactions::read_policy(text.str(), path);
}

Result<Done> replay(const ReplayFlags& flags) {
    YS_TRY(const UtcTime from, parse_rfc3339(flags.from));
    YS_TRY(const UtcTime to, parse_rfc3339(flags.to));
    if (from >= to) return Error{std::errc::invalid_argument, "--from must be before --to"};
    YS_TRY(auto db, sql::Database::open(flags.store.url(), sql::Access::ReadOnly));
    YS_TRY(const auto centres, centres::UserStore::all_centres(db));
    Scope everywhere;
    for (const auto& centre : centres) everywhere.centres.push_back(centre.id);
    Rerun rerun{from, to};
    YS_TRY([[maybe_unused]] const Done read,
           journal::Journal::read(db, everywhere, {from.us - look_back_us}, {to.us + look_on_us},
                                  [&](const journal::Entry& e) { rerun.on(e.fact); }));
    YS_TRY(const Again again, rerun.finish());
    std::optional<Setup> other;
    if (!flags.policy.empty()) {
        YS_TRY(other, policy_from(flags.policy));
    }
    const auto rows =
        compared(rerun.what_if(), *again.policy, other ? *other : *again.policy, flags.seed);
    if (flags.store.as_json)
        print_json(again, rows);
    else
        print(again, rows);
    return Done{};
}

}  // namespace

int run_replay(const ReplayFlags& flags) {
    const auto done = replay(flags);
    if (done) return exit_done;
    print_error(done.error(), flags.store.as_json);
    return done.error().code == std::errc::invalid_argument ? exit_wrong_use : exit_failed;
}

}  // namespace ys::app
