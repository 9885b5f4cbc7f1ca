// SPDX-License-Identifier: Apache-2.0
#include "app/business_systems.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <utility>

#include <boost/describe/enum_from_string.hpp>
#include <boost/describe/enum_to_string.hpp>

#include "app/ready_documents.h"
#include "base/text.h"
#include "facts/facts.h"
#include "platform/clock.h"
#include "platform/journal/journal.h"
#include "platform/log/log.h"

namespace ys::app {
namespace {

using api::LiveReply;
using backoffice::CheckOutcome;
using backoffice::SubjectKind;

constexpr std::size_t key_chars_min = 16;  ///< shorter ones can be guessed
constexpr std::int64_t proof_counts_us = 15LL * 60 * 1'000'000;

Error wrong(const config::BusinessSystem& s, const std::string& what) {
    return {std::errc::invalid_argument, "[[business_system]] \"" + s.name + "\": " + what};
}

Result<Secret<std::string>> key_of(const config::BusinessSystem& s) {
    if (s.key_file.empty()) return Secret<std::string>{};
    std::ifstream file{s.key_file};
    std::string line;
    std::getline(file, line);
    if (line.size() < key_chars_min)
        return wrong(s, s.key_file + " holds no key of at least " + std::to_string(key_chars_min) +
                            " characters");
    return Secret<std::string>{std::move(line)};
}

std::string lower(std::string_view word) {
    std::string out(word);
    std::ranges::transform(out, out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    });
    return out;
}

/// Letters of numbers are capitals on paper; who types does not always press shift.
std::string upper(std::string_view word) {
    std::string out(word);
    std::ranges::transform(out, out.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    });
    return out;
}

LiveReply troubled(backoffice::Trouble trouble, backoffice::Language language) {
    auto said = backoffice::said_answer(trouble, {}, language);
    return {std::move(said.text),
            said.is_person_offered,
            {},
            lower(boost::describe::enum_to_string(trouble, "down"))};
}

LiveReply unchecked(CheckOutcome outcome, backoffice::Language language) {
    auto said = backoffice::said_check(outcome, language);
    return {std::move(said.text),
            said.is_person_offered,
            {},
            outcome == CheckOutcome::CannotCheck ? "down" : "not_checked"};
}

LiveReply reply_of(backoffice::Looked looked, backoffice::Language language) {
    if (const auto* trouble = std::get_if<backoffice::Trouble>(&looked))
        return troubled(*trouble, language);
    auto said = backoffice::said_answer(looked, utc_now(), language);
    auto& answer = std::get<backoffice::LiveAnswer>(looked);
    if (backoffice::is_personal(answer.subject.kind)) {
        constexpr std::size_t shown = 4;
        std::string& number = answer.subject.number;
        if (number.size() > shown) number.erase(0, number.size() - shown);
    }
    const char* outcome = answer.is_known ? "known" : "unknown";
    return {std::move(said.text), said.is_person_offered, std::move(answer), outcome};
}

}  // namespace

BusinessSystems::BusinessSystems(Ports ports) : ports_(std::move(ports)) {}
BusinessSystems::~BusinessSystems() = default;

void BusinessSystems::tell_of_documents(CentreId centre, std::shared_ptr<const outreach::Door> door,
                                        std::function<void()> written) {
    System* system = system_of(SubjectKind::Document);
    if (system == nullptr) return;
    ready_documents_ =
        std::make_unique<ReadyDocuments>(ReadyDocuments::Ports{.loop = ports_.loop,
                                                               .writer = ports_.writer,
                                                               .pool = system->pool,
                                                               .system = *system->over_http,
                                                               .name = system->name,
                                                               .centre = centre,
                                                               .door = std::move(door),
                                                               .written = std::move(written)});
    ready_documents_->look();
}

Result<std::unique_ptr<BusinessSystems>> BusinessSystems::make(
    Ports ports, const std::vector<config::BusinessSystem>& settings) {
    std::unique_ptr<BusinessSystems> out{new BusinessSystems(std::move(ports))};
    std::set<std::string> names;
    for (const config::BusinessSystem& s : settings) {
        if (s.name.empty() || !names.insert(s.name).second)
            return wrong(s, "needs a name of its own");
        if (s.kinds.empty()) return wrong(s, "kinds: what is it asked about?");
        YS_TRY(Secret<std::string> key, key_of(s));
        auto system = std::make_unique<System>();
        auto over_http = backoffice::HttpBusinessSystem::build(
            {.name = s.name, .url = s.url, .key = std::move(key), .allow = s.allow},
            out->ports_.metrics, [] { return ys::now(); });
        if (!over_http) return wrong(s, over_http.error().note);
        system->name = s.name;
        system->over_http = *std::move(over_http);
        for (const std::string& word : s.kinds) {
            SubjectKind kind = SubjectKind::None;
            if (!boost::describe::enum_from_string(word.c_str(), kind) || kind == SubjectKind::None)
                return wrong(s,
                             "kinds are Application, Appointment, Document, Hall and Stop, not \"" +
                                 cleaned(word, 40) + "\"");
            if (!out->by_kind_.emplace(kind, system.get()).second)
                return wrong(s, "another system has \"" + word + "\" already");
        }
        out->systems_.push_back(std::move(system));
    }
    out->ports_.metrics.asked("ys_backoffice_under_way", "Questions to business systems under way",
                              [systems = out.get()] {
                                  int n = 0;
                                  for (const auto& each : systems->systems_) n += each->under_way;
                                  return static_cast<double>(n);
                              });
    return out;
}

std::vector<SubjectKind> BusinessSystems::kinds() const {
    std::vector<SubjectKind> out;
    for (const auto& [kind, system] : by_kind_) out.push_back(kind);
    return out;
}

SubjectKind BusinessSystems::kind_for(const std::string& matter) const {
    const auto kind = ports_.kinds_of.find(matter);
    if (kind == ports_.kinds_of.end() || !by_kind_.contains(kind->second)) return SubjectKind::None;
    return kind->second;
}

bool BusinessSystems::may_ask(const std::string& source) { return pace_.take(mono_now(), source); }

BusinessSystems::System* BusinessSystems::system_of(SubjectKind kind) const {
    const auto found = by_kind_.find(kind);
    return found == by_kind_.end() ? nullptr : found->second;
}

void BusinessSystems::look(api::LiveAsk ask, Then then) {
    if (backoffice::is_personal(ask.kind)) {
        ask.number = upper(ask.number);
        ask.digits = Secret<std::string>{upper(ask.digits.reveal())};
    }
    begin(std::make_shared<Asked>(
        Asked{std::move(ask), std::move(then), mono_now() + answers_within, {}}));
}

bool BusinessSystems::look_again(api::LiveAsk by_whom, Then then) {
    const auto proved = proved_.find(ports_.call_of(by_whom.user));
    if (proved == proved_.end()) return false;
    api::LiveAsk ask = proved->second.ask;
    ask.centre = by_whom.centre;
    ask.channel = by_whom.channel;
    ask.user = by_whom.user;
    ask.call = {};
    ask.language = by_whom.language;
    begin(std::make_shared<Asked>(Asked{std::move(ask), std::move(then),
                                        mono_now() + answers_within, proved->second.identity}));
    return true;
}

void BusinessSystems::begin(std::shared_ptr<Asked> asked) {
    System* system = system_of(asked->ask.kind);
    if (system == nullptr) {
        auto reply = troubled(backoffice::Trouble::Down, asked->ask.language);
        reply.outcome = "not_set_up";
        return keep(std::move(asked), std::move(reply));
    }
    if (system->under_way.fetch_add(1) >= under_way_max) {
        --system->under_way;
        auto reply = troubled(backoffice::Trouble::Resting, asked->ask.language);
        return keep(std::move(asked), std::move(reply));
    }
    system->pool.post([this, system, asked = std::move(asked)]() mutable {
        LiveReply reply = answer(*system, *asked);
        --system->under_way;
        keep(std::move(asked), std::move(reply));
    });
}

/// On a thread of the system's own.
LiveReply BusinessSystems::answer(System& system, Asked& asked) {
    const api::LiveAsk& ask = asked.ask;
    const auto subject = backoffice::parse_subject(ask.kind, ask.number);
    // Said like wrong digits: what has no shape is nobody's number.
    if (!subject) return unchecked(CheckOutcome::WrongDigits, ask.language);
    const bool is_personal = backoffice::is_personal(ask.kind);
    if (is_personal && !asked.identity) {
        auto tried = gate_.try_digits(*subject, ask.digits.reveal(), *system.over_http, utc_now(),
                                      asked.until);
        if (!tried.identity) return unchecked(tried.outcome, ask.language);
        asked.identity = std::move(tried.identity);
    }
    const auto question = is_personal
                              ? backoffice::Question::about_person(*asked.identity, utc_now())
                              : backoffice::Question::about_place(ask.kind, ask.number, ask.route);
    if (!question) return unchecked(CheckOutcome::WrongDigits, ask.language);
    return reply_of(system.over_http->look(*question, asked.until), ask.language);
}

/// From whatever thread. What is told is on the disk before; what cannot be kept is not told.
void BusinessSystems::keep(std::shared_ptr<Asked> asked, LiveReply reply) {
    const api::LiveAsk& ask = asked->ask;
    const auto kept = std::make_shared<LiveReply>(std::move(reply));
    facts::LiveLookedUp body;
    body.kind = boost::describe::enum_to_string(ask.kind, "");
    body.number = Private(cleaned(ask.number, 120));
    body.channel = ask.channel;
    body.outcome = kept->outcome;
    body.user = ask.user.value;
    const facts::Fact fact{utc_now(), ask.centre, ask.call, AgentId{ask.user.value},
                           std::move(body)};
    ports_.writer.submit(
        [fact](sql::Transaction& tx) {
            return journal::Journal::append(tx, {&fact, 1});
        },
        [this, is_alive = is_alive_, asked, kept](Result<Done> done) {
            if (!done) {
                log::error("backoffice", "look_not_kept", done.error());
                *kept = troubled(backoffice::Trouble::Down, asked->ask.language);
            }
            ports_.loop.post([this, is_alive, asked, kept] {
                if (!*is_alive) return;
                if (kept->answer) remember(*asked);
                asked->then(std::move(*kept));
            });
        });
}

void BusinessSystems::remember(const Asked& asked) {
    if (!asked.ask.call) return;
    const UtcTime now = utc_now();
    std::erase_if(proved_,
                  [&](const auto& each) { return now.us - each.second.at.us > proof_counts_us; });
    if (proved_.size() >= calls_kept_max) return;
    Proved proved{asked.ask, asked.identity, now};
    proved.ask.digits = {};
    proved_.insert_or_assign(asked.ask.call, std::move(proved));
}

void BusinessSystems::stop() {
    if (ready_documents_) ready_documents_->stop();
    for (const auto& system : systems_) system->pool.stop();
    *is_alive_ = false;
}

}  // namespace ys::app
