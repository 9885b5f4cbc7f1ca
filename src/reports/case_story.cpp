// SPDX-License-Identifier: Apache-2.0
#include "reports/case_story.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace ys::reports {

/// Goes through the facts of one case once, in order, and keeps what the figures ask.
class CaseReading {
public:
    explicit CaseReading(const CaseStory& story);
    CountedCase out;

private:
    using Move = CaseStory::At<facts::CaseMoved>;
    struct Word {
        std::string solved, satisfied;
        std::uint64_t unit = 0;
    };

    void read_saved(const CaseStory& story);
    void read_moves(const CaseStory& story);
    void step(const facts::CaseMoved& move, UtcTime at);
    void hear(const facts::CaseConfirmed& words);
    void accept_ended(Counted counted, std::string_view why);

    void say(CaseFigure figure, Counted counted, std::string_view why, std::uint64_t unit = 0,
             std::uint64_t parts = 1);
    void say_timely();
    void say_closing();
    void say_dispatch();
    void say_follow_up();
    void say_first_time();
    void say_words(CaseFigure figure, std::string Word::*answer);
    /// What ends a case without anybody's merit or fault; "" when it counts.
    std::string_view out_of_count() const;

    std::string state_;
    bool is_filed_ = false;
    std::uint64_t handler_ = 0;
    std::uint64_t first_unit_ = 0;
    std::optional<CaseVerdict> dispatch_;
    UtcTime filed_at_;
    std::optional<UtcTime> taken_on_at_;
    std::uint64_t taken_on_by_ = 0;
    bool is_late_ = false;
    std::uint64_t late_unit_ = 0;
    bool is_settled_ = false, is_reopened_ = false, was_tried_ = false, is_asked_ = false;
    std::string first_word_;  ///< the verb
    std::uint64_t first_word_unit_ = 0;
    std::vector<Word> words_;
};

namespace {

/// Those of one moment, so that each begins where the one before ended; what changes no state and
/// fits where we stand goes first.
template <class Moves>
void chain(Moves first, Moves last, std::string state) {
    for (; first != last; ++first) {
        auto next = std::find_if(
            first, last, [&](const auto& m) { return m.body.from == state && m.body.to == state; });
        if (next == last)
            next = std::find_if(first, last, [&](const auto& m) { return m.body.from == state; });
        if (next == last) next = first;
        std::rotate(first, next, next + 1);
        state = first->body.to;
    }
}

/// What the type said; in facts of before it did, what the kind always was.
bool is_complaint(std::string_view kind, std::string_view nature) {
    if (!nature.empty()) return nature == "complaint";
    return kind == "complaint" || kind.starts_with("complaint.");
}

}  // namespace

void CaseStory::on(const facts::Fact& fact) {
    const auto keep = [&](auto& list, const auto* body) {
        if (body != nullptr) list.push_back({fact.at, fact.centre, *body});
    };
    keep(saved_, std::get_if<facts::CaseSaved>(&fact.body));
    keep(moved_, std::get_if<facts::CaseMoved>(&fact.body));
    keep(clocks_, std::get_if<facts::CaseClockTold>(&fact.body));
    keep(words_, std::get_if<facts::CaseConfirmed>(&fact.body));
}

std::optional<UtcTime> CaseStory::began_at() const {
    std::optional<UtcTime> out;
    const auto earlier = [&](UtcTime at) {
        if (!out || at < *out) out = at;
    };
    for (const auto& each : saved_)
        if (each.body.action == "created") earlier(each.at);
    if (out) return out;
    for (const auto& each : moved_)
        if (each.body.verb == "file") earlier(each.at);
    return out;
}

CountedCase CaseStory::counted() const { return CaseReading(*this).out; }

CaseReading::CaseReading(const CaseStory& story) {
    out.filed_at = filed_at_ = story.began_at().value_or(UtcTime{});
    read_saved(story);
    read_moves(story);
    say_timely();
    say_closing();
    const bool complains = is_complaint(out.kind, out.nature);
    say(CaseFigure::Complaints, complains ? Counted::Yes : Counted::Apart,
        complains          ? "complaint"
        : out.kind.empty() ? "kind_unknown"
                           : "not_a_complaint");
    say_dispatch();
    say_follow_up();
    say_first_time();
    say_words(CaseFigure::Solved, &Word::solved);
    say_words(CaseFigure::Satisfied, &Word::satisfied);
}

void CaseReading::read_saved(const CaseStory& story) {
    auto saved = story.saved_;
    std::ranges::sort(saved, {}, [](const auto& each) {
        return std::tuple(each.at, each.body.action != "created", each.body.kind);
    });
    for (const auto& each : saved) {
        out.number = each.body.number;
        out.centre = each.centre;
        if (!each.body.kind.empty()) {
            out.kind = each.body.kind;
            out.nature = each.body.nature;
        }
        if (each.body.action == "created") out.agent = AgentId{each.body.user};
    }
}

void CaseReading::read_moves(const CaseStory& story) {
    std::vector<Move> moves = story.moved_;
    std::ranges::sort(moves, {}, [](const Move& m) {
        return std::tuple(m.at, m.body.verb != "file", m.body.verb, m.body.from, m.body.to,
                          m.body.unit);
    });
    for (auto first = moves.begin(); first != moves.end();) {
        const auto last =
            std::find_if(first, moves.end(), [&](const Move& m) { return m.at != first->at; });
        chain(first, last, first == moves.begin() ? first->body.from : (first - 1)->body.to);
        first = last;
    }
    auto clocks = story.clocks_;
    std::ranges::sort(clocks, {},
                      [](const auto& c) { return std::tuple(c.at, c.body.clock, c.body.what); });
    auto words = story.words_;
    std::ranges::sort(words, {}, [](const auto& w) {
        return std::tuple(w.at, w.body.solved, w.body.satisfied, w.body.channel);
    });
    // What a clock and the citizen said is of the moment before what was done because of it.
    auto clock = clocks.begin();
    auto said = words.begin();
    const auto before = [&](UtcTime at) {
        for (; clock != clocks.end() && clock->at <= at; ++clock) {
            if (clock->body.what != "broken") continue;
            if (clock->body.clock == "accept") accept_ended(Counted::No, "accept_late");
            if (clock->body.clock != "close" || is_late_) continue;
            is_late_ = true;
            late_unit_ = clock->body.responsible;
        }
        for (; said != words.end() && said->at <= at; ++said) hear(said->body);
    };
    for (const Move& move : moves) {
        if (!out.centre) out.centre = move.centre;
        before(move.at);
        step(move.body, move.at);
    }
    before(UtcTime{INT64_MAX});
    for (Word& word : words_)
        if (word.unit == 0) word.unit = handler_;  // Settled: it had no handler before.
}

void CaseReading::accept_ended(Counted counted, std::string_view why) {
    if (first_unit_ != 0 && !dispatch_)
        dispatch_ = CaseVerdict{CaseFigure::Dispatch, counted, why, first_unit_};
}

void CaseReading::step(const facts::CaseMoved& move, UtcTime at) {
    const std::string& verb = move.verb;
    if (verb == "file") is_filed_ = true;
    if (verb == "dispatch" && first_unit_ == 0) first_unit_ = move.unit;
    if (verb == "accept") accept_ended(Counted::Yes, "accepted_in_time");
    if (verb == "return" || verb == "return_again") accept_ended(Counted::No, "returned");
    if (verb == "take_over") {
        accept_ended(Counted::No, "accept_late");
        if (!dispatch_) dispatch_ = CaseVerdict{CaseFigure::Dispatch, Counted::No, "nobody_sent"};
    }
    const bool takes_on = verb == "accept" || verb == "take_over" || verb == "assign";
    if (takes_on && !taken_on_at_) {
        taken_on_at_ = at;
        taken_on_by_ = move.unit;
    }
    const bool is_word = verb == "confirm" || verb == "object" || verb == "object_unheard";
    if (is_word && first_word_.empty()) {
        first_word_ = verb;
        first_word_unit_ = handler_;
    }
    is_asked_ |= is_word;
    was_tried_ |= verb == "record_attempt" && state_ == "awaiting_confirmation";
    is_settled_ |= verb == "settle";
    is_reopened_ |= verb == "reopen";
    if (takes_on || verb == "dispatch" || verb == "settle" || verb == "object")
        handler_ = move.unit;
    if (verb == "return" || verb == "return_again") handler_ = 0;
    if (verb == "reopen") {
        handler_ = move.responsible;
        if (!words_.empty()) words_.pop_back();  // It was not so: they will be asked again.
    }
    state_ = move.to;
}

void CaseReading::hear(const facts::CaseConfirmed& words) {
    was_tried_ |= words.solved == "unreached";
    is_asked_ |= words.solved == "yes" || words.solved == "no";
    words_.push_back({words.solved, words.satisfied, handler_});
}

void CaseReading::say(CaseFigure figure, Counted counted, std::string_view why, std::uint64_t unit,
                      std::uint64_t parts) {
    out.verdicts.push_back({figure, counted, why, unit, parts, true});
}

std::string_view CaseReading::out_of_count() const {
    if (!is_filed_) return "no_file";
    if (state_ == "out_of_scope" || state_ == "withdrawn")
        return state_ == "withdrawn" ? "withdrawn" : "out_of_scope";
    return "";
}

void CaseReading::say_timely() {
    constexpr auto figure = CaseFigure::ComplaintTimely;
    if (out.kind.empty()) return say(figure, Counted::Apart, "kind_unknown", handler_);
    if (!is_complaint(out.kind, out.nature))
        return say(figure, Counted::Apart, "not_a_complaint", handler_);
    if (const auto why = out_of_count(); !why.empty())
        return say(figure, Counted::Apart, why, handler_);
    if (is_late_) return say(figure, Counted::No, "late", late_unit_);
    if (state_ == "closed") return say(figure, Counted::Yes, "closed_in_time", handler_);
    say(figure, Counted::Apart, "open_in_time", handler_);
}

void CaseReading::say_closing() {
    constexpr auto figure = CaseFigure::Closing;
    if (const auto why = out_of_count(); !why.empty())
        return say(figure, Counted::Apart, why, handler_);
    const bool is_closed = state_ == "closed";
    say(figure, is_closed ? Counted::Yes : Counted::No, is_closed ? "closed" : "still_open",
        handler_);
}

void CaseReading::say_dispatch() {
    const auto gone = out_of_count();
    const bool waits = first_unit_ != 0 || !is_settled_;
    if (!gone.empty()) {
        say(CaseFigure::Dispatch, Counted::Apart, gone, first_unit_);
    } else if (dispatch_) {
        out.verdicts.push_back(*dispatch_);
    } else {
        say(CaseFigure::Dispatch, Counted::Apart, waits ? "not_accepted_yet" : "settled",
            first_unit_);
    }
    constexpr auto figure = CaseFigure::DispatchTime;
    if (!gone.empty()) return say(figure, Counted::Apart, gone, first_unit_);
    if (!taken_on_at_)
        return say(figure, Counted::Apart, waits ? "not_accepted_yet" : "settled", first_unit_);
    const auto ms = std::max<std::int64_t>(0, taken_on_at_->us - filed_at_.us) / 1000;
    say(figure, Counted::Yes, "taken_on", taken_on_by_, static_cast<std::uint64_t>(ms));
}

void CaseReading::say_follow_up() {
    constexpr auto figure = CaseFigure::FollowUp;
    if (const auto why = out_of_count(); !why.empty())
        return say(figure, Counted::Apart, why, handler_);
    if (state_ != "closed") return say(figure, Counted::Apart, "still_open", handler_);
    if (is_asked_) return say(figure, Counted::Yes, "asked", handler_);
    if (was_tried_) return say(figure, Counted::Yes, "tried", handler_);
    say(figure, Counted::No, "not_asked", handler_);
}

void CaseReading::say_first_time() {
    constexpr auto figure = CaseFigure::FirstTime;
    if (const auto why = out_of_count(); !why.empty())
        return say(figure, Counted::Apart, why, handler_);
    const std::uint64_t unit = first_word_.empty() ? handler_ : first_word_unit_;
    if (!first_word_.empty() && first_word_ != "confirm")
        return say(figure, Counted::No, "objected", unit);
    if (is_reopened_) return say(figure, Counted::No, "reopened", unit);
    if (first_word_ == "confirm") return say(figure, Counted::Yes, "confirmed", unit);
    const auto is_no = [](const Word& word) { return word.solved == "no"; };
    if (is_settled_ && std::ranges::any_of(words_, is_no))
        return say(figure, Counted::No, "said_no", unit);
    if (is_settled_) return say(figure, Counted::Yes, "settled", unit);
    say(figure, Counted::Apart, state_ == "closed" ? "unreached" : "still_open", unit);
}

/// The last answer on each unit's own work; the very last one is the case's.
void CaseReading::say_words(CaseFigure figure, std::string Word::*answer) {
    if (const auto why = out_of_count(); !why.empty())
        return say(figure, Counted::Apart, why, handler_);
    std::vector<CaseVerdict> said;
    for (const Word& word : words_) {
        const bool is_yes = word.*answer == "yes";
        if (!is_yes && word.*answer != "no") continue;
        std::erase_if(said, [&](const CaseVerdict& v) { return v.unit == word.unit; });
        for (CaseVerdict& earlier : said) earlier.is_last = false;
        said.push_back({figure, is_yes ? Counted::Yes : Counted::No,
                        is_yes ? "said_yes" : "said_no", word.unit});
    }
    if (!said.empty()) {
        out.verdicts.insert(out.verdicts.end(), said.begin(), said.end());
        return;
    }
    const bool unreached = was_tried_ && !is_asked_;
    say(figure, Counted::Apart,
        is_reopened_         ? "reopened"
        : unreached          ? "unreached"
        : is_asked_          ? "not_said"
        : state_ == "closed" ? "not_asked"
                             : "still_open",
        handler_);
}

}  // namespace ys::reports
