// SPDX-License-Identifier: Apache-2.0
// What a caller is likely to want, of what is known of their number; the flow offers it.
#include <algorithm>

#include "app/house.h"
#include "base/text.h"
#include "cases/io/phone_progress.h"
#include "interactions/io/caller_past.h"
#include "interactions/io/guess_store.h"
#include "platform/clock.h"
#include "platform/log/log.h"

namespace ys::app {
namespace {

/// What cannot be read is not guessed; nobody waits for it longer than the flow says.
call::GuessedNeed guessed_need(sql::Database& db, const Scope& served,
                               const interactions::GuessNeed& asked, UtcTime now) {
    call::GuessedNeed out;
    const auto may = [&](std::string_view kind) {
        return std::ranges::find(asked.kinds, kind) != asked.kinds.end();
    };
    const auto guess = [&](const char* kind, const std::string& why) {
        out.kinds.emplace_back(kind);
        out.why += (out.why.empty() ? "" : ",") + why;
    };
    const auto wants_none = interactions::GuessStore::wants_none(db, Private(asked.caller));
    if (!wants_none || *wants_none) return {{}, wants_none ? "wants_none" : "not_read"};
    if (may("case")) {
        const auto one = cases::has_one_case(db, {served, asked.caller, {}, {}});
        if (one && *one) guess("case", "open_case");
    }
    if (may("again")) {
        const auto past = interactions::caller_past(db, served, asked.caller, now);
        if (past && past->repeats > 0)
            guess("again", "rang_before:" + std::to_string(past->repeats));
    }
    return out;
}

}  // namespace

void House::guess_need(const interactions::GuessNeed& asked,
                       std::function<void(call::GuessedNeed)> then) {
    const auto answer = std::make_shared<std::function<void(call::GuessedNeed)>>(std::move(then));
    const auto tell = [this, answer](call::GuessedNeed need) {
        loop_.post([answer, need = std::move(need)]() mutable { (*answer)(std::move(need)); });
    };
    if (asked.caller.empty()) return tell({{}, "withheld"});
    const auto is_asked =
        readers_->read([served = Scope{tree_.below(asked.centre)}, asked, tell](sql::Database& db) {
            tell(guessed_need(db, served, asked, utc_now()));
        });
    if (!is_asked) tell({{}, "busy"});
}

void House::never_guess(const interactions::NeverGuess& who) {
    if (who.caller.empty()) return;
    writer_->submit(
        [number = Private(who.caller)](sql::Transaction& tx) {
            return interactions::GuessStore::want_none(tx, {number, utc_now()});
        },
        [](Result<Done> done) {
            if (!done) log::error("interactions", "no_guesses_not_kept", done.error());
        });
}

}  // namespace ys::app
