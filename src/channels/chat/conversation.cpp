// SPDX-License-Identifier: Apache-2.0
#include "channels/chat/conversation.h"

#include <algorithm>
#include <array>

#include "base/panic.h"
#include "base/text.h"

namespace ys::chat {
namespace {

constexpr std::size_t key_bytes_max = 64, contact_bytes_max = 100, rating_bytes_max = 1'000,
                      pass_note_bytes_max = 1'500;

/// As cleaned(), where lines stay lines. Longer by a byte than the limit means too long.
std::string cleaned_lines(std::string_view text, std::size_t limit) {
    std::string out;
    // Nothing is lost that could be kept: what is cleaned becomes at most three times as long.
    if (text.size() > limit * 4) return std::string(limit + 1, 'x');
    for (const std::string_view line : split(text, '\n')) {
        if (!out.empty()) out += '\n';
        out += cleaned(line, limit + 1);
    }
    return std::string(trimmed(out));
}

Result<Done> check_quote(const std::optional<WantedQuote>& wanted) {
    if (!wanted) return Done{};
    const Quote& quote = wanted->quote;
    if (quote.article == 0 || quote.version == 0 || quote.version != wanted->version_in_force)
        return Error{Errc::ArticleNotSaid, "quoting an article in a chat"};
    return Done{};
}

std::optional<Quote> quote_of(const std::optional<WantedQuote>& wanted) {
    return wanted ? std::optional{wanted->quote} : std::nullopt;
}

}  // namespace

std::string whole_key(Author author, AgentId agent, std::string_view key) {
    return std::string(word(author)) + " " + std::to_string(agent.value) + " " + std::string(key);
}

bool asks_for_person(std::string_view text) {
    constexpr std::size_t bytes_max = 60;
    static constexpr std::array asking{
        U"转人工", U"人工", U"人工客服", U"转人工客服", U"转人工服务", U"人工服务",  U"我要人工",
        U"找人工", U"真人", U"转接人工", U"我要转人工", U"请转人工",   U"我要找人工"};
    if (text.size() > bytes_max) return false;
    std::u32string said = characters_that_count(text);
    while (!said.empty() &&
           std::u32string_view(U"。!?,!吧呀啊").find(said.back()) != std::u32string_view::npos)
        said.pop_back();
    return std::ranges::any_of(asking, [&](const char32_t* each) { return said == each; });
}

struct Conversation::Step {
    const Rules& rules;
    Now now;
    Outcome out;
};

Conversation::Conversation(ConversationId id, CentreId centre, QueueId queue)
    : standing_{.id = id, .centre = centre, .queue = queue} {}

Conversation::Conversation(Standing kept, std::unordered_map<std::string, std::uint32_t> keys,
                           Now now)
    : standing_(std::move(kept)),
      keys_(std::move(keys)),
      asked_(now.mono),
      heard_(now.mono),
      owed_since_(now.mono),
      ended_(now.mono) {
    // What it has waited by the wall clock, so that who asked earlier is still before who asked
    // later; a clock that was put back makes nobody wait in the future.
    if (standing_.asked_at)
        asked_ -= std::chrono::microseconds(
            std::max<std::int64_t>(0, now.utc.us - standing_.asked_at->us));
    // Nobody has opened the page again yet.
    if (!is_over(standing_.state)) gone_since_ = now.mono;
}

AgentId Conversation::agent() const {
    return standing_.state == State::WithAgent ? standing_.agent : AgentId{};
}

Result<Conversation::Outcome> Conversation::on(const Rules& rules, Now now,
                                               const Command& command) {
    Step s{rules, now, {}};
    const auto done = std::visit([&](const auto& c) { return take(s, c); }, command);
    if (!done) return done.error();
    return std::move(s.out);
}

void Conversation::move(Event event) {
    const auto to = next(standing_.state, event);
    YS_ASSERT(to);
    standing_.state = *to;
}

void Conversation::say(Step& s, Message message) {
    message.number = ++standing_.messages;
    message.at = s.now.utc;
    if (message.author == Author::System) message.key = std::to_string(message.number);
    if (message.author != Author::System) heard_ = s.now.mono;
    if (message.author == Author::Citizen) was_asked_after_ = false;
    keys_[whole_key(message.author, message.agent, message.key)] = message.number;
    s.out.effects.push_back(Show{standing_.id, message.number, agent()});
    s.out.messages.push_back(std::move(message));
}

void Conversation::note(Step& s, Note note) {
    say(s, Message{.author = Author::System, .note = note});
}

bool Conversation::is_resent(Step& s, const Message& message) const {
    const auto found = keys_.find(whole_key(message.author, message.agent, message.key));
    if (found == keys_.end()) return false;
    s.out.number = found->second;
    s.out.is_resent = true;
    return true;
}

/// Makes the text of a new message fit to be shown.
Result<Done> Conversation::check(Step& s, Message& message) {
    if (is_over(standing_.state)) return Error{Errc::HasEnded, "saying something in a chat"};
    if (message.key.empty() || message.key.size() > key_bytes_max ||
        cleaned(message.key, key_bytes_max) != message.key)
        return Error{Errc::KeyUnfit, "saying something in a chat"};
    const std::size_t limit = message.quote ? s.rules.article_bytes_max : s.rules.text_bytes_max;
    message.text = cleaned_lines(message.text, limit);
    if (message.text.empty()) return Error{Errc::TextMissing, "saying something in a chat"};
    if (message.text.size() > limit) return Error{Errc::TextTooLong, "saying something in a chat"};
    if (standing_.messages >= s.rules.messages_max)
        return Error{Errc::TooManyMessages, "saying something in a chat"};
    return Done{};
}

/// A bucket of `burst` that refills by one each pause.
Result<Done> Conversation::check_pace(Step& s) {
    const Instant from = std::max(pace_, s.now.mono) + s.rules.burst_pause;
    if (from - s.now.mono > s.rules.burst_pause * s.rules.burst)
        return Error{Errc::TooFast, "saying something in a chat"};
    pace_ = from;
    return Done{};
}

Result<Done> Conversation::check_agent(AgentId agent) const {
    if (is_over(standing_.state)) return Error{Errc::HasEnded, "an agent's word in a chat"};
    if (!agent || this->agent() != agent) return Error{Errc::NotYours, "an agent's word in a chat"};
    return Done{};
}

void Conversation::guard(Step& s, Message& message) const {
    if (!s.rules.guard) return;
    auto guarded = s.rules.guard->check(message.text);
    if (guarded.is_clean()) return;
    message.shown = std::move(guarded.shown);
    if (message.agent)
        s.out.effects.push_back(WarnAgent{standing_.id, message.agent, standing_.messages + 1,
                                          std::move(guarded.words)});
}

Result<Done> Conversation::take(Step& s, const Begin&) {
    if (standing_.state != State::New) return Error{Errc::NotNow, "beginning a chat"};
    move(Event::Begin);
    standing_.began_at = s.now.utc;
    heard_ = s.now.mono;
    note(s, Note::RobotGreets);
    return Done{};
}

Result<Done> Conversation::take(Step& s, const CitizenSays& c) {
    Message message{.author = Author::Citizen, .key = c.key, .text = c.text};
    if (is_resent(s, message)) return Done{};
    if (standing_.state == State::New) return Error{Errc::NotNow, "saying something in a chat"};
    YS_TRY([[maybe_unused]] Done done, check(s, message));
    YS_TRY(done, check_pace(s));
    const bool wants_person = asks_for_person(message.text);
    say(s, std::move(message));
    s.out.number = standing_.messages;
    if (standing_.state == State::WithAgent && standing_.unanswered == 0) {
        standing_.unanswered = standing_.messages;
        owed_since_ = s.now.mono;
    }
    if (standing_.state != State::WithRobot) return Done{};
    if (wants_person) return take(s, AskForPerson{c.office});
    standing_.robot_asked = standing_.messages;
    owed_since_ = s.now.mono;
    s.out.effects.push_back(AskRobot{standing_.id, standing_.messages});
    return Done{};
}

Result<Done> Conversation::take(Step& s, const AskForPerson& c) {
    if (is_over(standing_.state)) return Error{Errc::HasEnded, "asking for a person"};
    if (standing_.state == State::New) return Error{Errc::NotNow, "asking for a person"};
    // Pressed twice, or a person is here already.
    if (standing_.state != State::WithRobot) return Done{};
    if (c.office == Office::Closed) {
        if (standing_.messages >= s.rules.messages_max)
            return Error{Errc::TooManyMessages, "asking for a person"};
        note(s, Note::Closed);
        return Done{};
    }
    move(Event::AskForPerson);
    asked_ = s.now.mono;
    standing_.asked_at = s.now.utc;
    standing_.robot_answered = standing_.robot_asked;
    note(s, Note::Queued);
    s.out.effects.push_back(AskForAgent{standing_.id, standing_.queue, asked_});
    return Done{};
}

Result<Done> Conversation::take(Step& s, const StayWithRobot&) {
    if (standing_.state != State::Waiting) return Error{Errc::NotNow, "going back to the robot"};
    if (standing_.messages >= s.rules.messages_max)
        return Error{Errc::TooManyMessages, "going back to the robot"};
    YS_TRY([[maybe_unused]] const Done done, check_pace(s));
    move(Event::StayWithRobot);
    standing_.asked_at.reset();
    standing_.robot_failures = 0;
    heard_ = s.now.mono;
    s.out.effects.push_back(LeaveQueue{standing_.id, standing_.queue});
    note(s, Note::WithRobotAgain);
    return Done{};
}

Result<Done> Conversation::take(Step& s, const LeaveMessage& c) {
    Message message{.author = Author::Citizen, .key = c.key, .text = c.text};
    if (is_resent(s, message)) return Done{};
    YS_TRY([[maybe_unused]] Done done, check(s, message));
    if (!next(standing_.state, Event::LeaveMessage))
        return Error{Errc::NotNow, "leaving a message"};
    std::string contact = cleaned(c.contact, contact_bytes_max + 1);
    if (contact.size() > contact_bytes_max) return Error{Errc::ContactTooLong, "leaving a message"};
    YS_TRY(done, check_pace(s));
    standing_.contact = std::move(contact);
    say(s, std::move(message));
    s.out.number = standing_.messages;
    s.out.effects.push_back(MakeCase{standing_.id, s.out.number});
    end(s, Event::LeaveMessage, Note::MessageLeft);
    return Done{};
}

Result<Done> Conversation::take(Step& s, const RobotSays& c) {
    Message message{.author = Author::Robot,
                    .key = std::to_string(c.answers),
                    .text = c.text,
                    .quote = quote_of(c.quote)};
    if (is_resent(s, message)) return Done{};
    // An answer may come too late: a person was asked for, or the next question has its answer.
    if (standing_.state != State::WithRobot || c.answers <= standing_.robot_answered ||
        c.answers > standing_.robot_asked)
        return Error{Errc::NotNow, "the robot's answer"};
    YS_TRY([[maybe_unused]] Done done, check_quote(c.quote));
    YS_TRY(done, check(s, message));
    // What an article says was read by two people, and is the same everywhere.
    if (!message.quote) guard(s, message);
    standing_.robot_answered = c.answers;
    say(s, std::move(message));
    s.out.number = standing_.messages;
    if (c.is_understood) {
        standing_.robot_failures = 0;
    } else {
        count_failure(s);
    }
    return Done{};
}

void Conversation::count_failure(Step& s) {
    if (++standing_.robot_failures >= s.rules.robot_failures_max) note(s, Note::PersonOffered);
}

Result<Done> Conversation::take(Step& s, const AgentGiven& c) {
    if (!c.agent || standing_.state != State::Waiting)
        return Error{Errc::NotNow, "giving a chat to an agent"};
    move(Event::Give);
    standing_.agent = c.agent;
    s.out.effects.push_back(Given{standing_.id, c.agent});
    note(s, Note::AgentJoined);
    standing_.unanswered = standing_.messages;
    owed_since_ = s.now.mono;
    return Done{};
}

Result<Done> Conversation::take(Step& s, const AgentSays& c) {
    Message message{.author = Author::Agent,
                    .agent = c.agent,
                    .key = c.key,
                    .text = c.text,
                    .quote = quote_of(c.quote)};
    if (is_resent(s, message)) return Done{};
    YS_TRY([[maybe_unused]] Done done, check_agent(c.agent));
    YS_TRY(done, check_quote(c.quote));
    YS_TRY(done, check(s, message));
    guard(s, message);
    standing_.unanswered = 0;
    say(s, std::move(message));
    s.out.number = standing_.messages;
    return Done{};
}

/// At the old place: `asked_` stays.
void Conversation::to_queue(Step& s, Event event, Why why) {
    // What is full would go round for ever: nobody can answer in it any more.
    if (standing_.messages >= s.rules.messages_max) return end(s, Event::End, Note::EndedBySilence);
    const AgentId agent = standing_.agent;
    move(event);
    standing_.agent = {};
    standing_.unanswered = 0;
    s.out.effects.push_back(TakenAway{standing_.id, agent, why});
    note(s, Note::BackInQueue);
    s.out.effects.push_back(AskForAgent{standing_.id, standing_.queue, asked_});
}

Result<Done> Conversation::take(Step& s, const AgentLost& c) {
    YS_TRY([[maybe_unused]] const Done done, check_agent(c.agent));
    to_queue(s, Event::AgentLost, Why::Lost);
    return Done{};
}

/// Whoever was passed on has waited once already: there they come first.
Result<Done> Conversation::take(Step& s, const PassOn& c) {
    YS_TRY([[maybe_unused]] const Done done, check_agent(c.agent));
    if (c.office == Office::Closed) return Error{Errc::QueueClosed, "passing a chat on"};
    if (standing_.messages >= s.rules.messages_max)
        return Error{Errc::TooManyMessages, "passing a chat on"};
    std::string words = cleaned_lines(c.note, pass_note_bytes_max);
    if (words.size() > pass_note_bytes_max) return Error{Errc::TextTooLong, "passing a chat on"};
    const Instant asked = std::min(asked_, c.before - Millis{1});
    if (standing_.asked_at)
        standing_.asked_at->us -=
            std::chrono::duration_cast<std::chrono::microseconds>(asked_ - asked).count();
    asked_ = asked;
    move(Event::PassOn);
    standing_.queue = c.queue;
    standing_.agent = {};
    standing_.unanswered = 0;
    s.out.effects.push_back(TakenAway{standing_.id, c.agent, Why::Passed});
    say(s, Message{.author = Author::System,
                   .text = std::move(words),
                   .shown = c.title,
                   .note = Note::PassedOn});
    s.out.effects.push_back(AskForAgent{standing_.id, standing_.queue, asked_});
    return Done{};
}

Result<Done> Conversation::take(Step& s, const CitizenGone&) {
    if (!gone_since_) gone_since_ = s.now.mono;
    return Done{};
}

Result<Done> Conversation::take(Step& s, const CitizenBack&) {
    if (gone_since_) heard_ = s.now.mono;
    gone_since_.reset();
    return Done{};
}

Result<Done> Conversation::take(Step& s, const CitizenEnds&) {
    if (is_over(standing_.state)) return Done{};  // Pressed twice, or the agent was quicker.
    if (!next(standing_.state, Event::End)) return Error{Errc::NotNow, "ending a chat"};
    end(s, Event::End, Note::EndedByCitizen);
    return Done{};
}

Result<Done> Conversation::take(Step& s, const AgentEnds& c) {
    if (is_over(standing_.state)) return Done{};
    YS_TRY([[maybe_unused]] const Done done, check_agent(c.agent));
    end(s, Event::End, Note::EndedByAgent);
    return Done{};
}

void Conversation::end(Step& s, Event event, Note cause) {
    const State before = standing_.state;
    note(s, cause);
    if (before == State::Waiting)
        s.out.effects.push_back(LeaveQueue{standing_.id, standing_.queue});
    if (before == State::WithAgent)
        s.out.effects.push_back(TakenAway{standing_.id, standing_.agent, Why::Ended});
    move(event);
    standing_.cause = cause;
    standing_.unanswered = 0;
    standing_.ended_at = s.now.utc;
    ended_ = s.now.mono;
}

Result<Done> Conversation::take(Step& s, const Rate& c) {
    if (standing_.state == State::Rated) return Error{Errc::RatedAlready, "rating a chat"};
    if (standing_.state != State::Ended || s.now.mono > ended_ + s.rules.rated_within)
        return Error{Errc::NotNow, "rating a chat"};
    std::string words = cleaned_lines(c.words, rating_bytes_max);
    if (c.stars < 1 || c.stars > 5 || words.size() > rating_bytes_max)
        return Error{Errc::RatingUnfit, "rating a chat"};
    move(Event::Rate);
    standing_.stars = c.stars;
    standing_.rating_words = std::move(words);
    return Done{};
}

bool Conversation::is_citizens_turn() const {
    if (standing_.state == State::WithRobot)
        return standing_.robot_answered == standing_.robot_asked;
    return standing_.state == State::WithAgent && standing_.unanswered == 0;
}

Instant Conversation::silent_since() const {
    return gone_since_ ? std::max(*gone_since_, heard_) : heard_;
}

std::optional<Instant> Conversation::due(const Rules& rules) const {
    switch (standing_.state) {
        case State::New:
            return std::nullopt;
        case State::Ended:
        case State::Rated:
            return ended_ + rules.rated_within;
        case State::Waiting:
            if (!gone_since_) return std::nullopt;
            return *gone_since_ + rules.waited_for_within;
        case State::WithRobot:
        case State::WithAgent:
            break;
    }
    if (!is_citizens_turn())
        return owed_since_ + (standing_.state == State::WithRobot ? rules.robot_answers_within
                                                                  : rules.agent_answers_within);
    if (gone_since_) return silent_since() + rules.waited_for_within;
    return silent_since() + (was_asked_after_ ? rules.ended_after : rules.asked_after);
}

Result<Done> Conversation::take(Step& s, const TimePassed&) {
    const auto at = due(s.rules);
    if (!at || s.now.mono < *at || is_over(standing_.state)) return Done{};
    if (standing_.state == State::Waiting || (is_citizens_turn() && gone_since_)) {
        end(s, Event::End, Note::EndedAway);
    } else if (is_citizens_turn() && was_asked_after_) {
        end(s, Event::End, Note::EndedBySilence);
    } else if (is_citizens_turn()) {
        was_asked_after_ = true;
        note(s, Note::StillThere);
    } else if (standing_.state == State::WithAgent) {
        to_queue(s, Event::AgentSilent, Why::Silent);
    } else {
        standing_.robot_answered = standing_.robot_asked;
        heard_ = s.now.mono;
        note(s, Note::RobotSilent);
        count_failure(s);
    }
    return Done{};
}

}  // namespace ys::chat
