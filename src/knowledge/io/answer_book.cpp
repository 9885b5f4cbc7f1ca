// SPDX-License-Identifier: Apache-2.0
#include "knowledge/io/answer_book.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <map>

#include "knowledge/io/question_classifier.h"
#include "knowledge/io/question_reader.h"
#include "platform/clock.h"
#include "platform/words/characters.h"

namespace ys::knowledge {
namespace {

constexpr float usual_text = 600, usual_title = 24;  ///< words of an article, about
constexpr std::size_t guesses_max = 10;
/// An article whose score is below this share of the best one's is about something else.
constexpr float worth_showing = 0.3F;
constexpr std::chrono::seconds after_failing{60};
constexpr int nice_while_learning = 10;
/// Hits looked at for one shown: some are of versions that are not in force.
constexpr std::size_t looked_at_for_each = 8;

std::string text_of(const ArticleContent& c) {
    std::string out = c.title + ' ' + c.title + ' ' + c.statement + ' ' + c.statement;
    for (const std::string& text : c.texts) out += ' ' + text;
    for (const auto* list : {&c.materials, &c.steps, &c.regions})
        for (const std::string& each : *list) out += ' ' + each;
    return out;
}

/// Versions that are in force now or will be.
std::vector<const ArticleVersion*> to_be_found(const KnownArticle& known) {
    std::vector<const ArticleVersion*> out;
    const auto& turns = known.article.turns();
    for (std::size_t i = 0; i < turns.size(); ++i) {
        const bool is_over = i + 1 < turns.size() && turns[i + 1].from <= known.changed_at;
        if (turns[i].number != 0 && !is_over)
            out.push_back(&known.article.versions()[turns[i].number - 1]);
    }
    return out;
}

}  // namespace

struct AnswerBook::Learnt {
    std::vector<MatterRow> matters;
    std::vector<SynonymRow> synonyms;
    std::shared_ptr<const QuestionReader> reader;  ///< none when there is nothing to answer
    std::unique_ptr<const QuestionClassifier> classifier;
    std::unique_ptr<const QuestionMatcher> matcher;
};

AnswerBook::AnswerBook(Sources sources)
    : sources_(std::move(sources)),
      by_text_(usual_text),
      by_title_(usual_title),
      thread_([this](std::stop_token stop) { run(std::move(stop)); }) {}

AnswerBook::~AnswerBook() = default;

void AnswerBook::learn_in(std::chrono::milliseconds wait) {
    const Instant wanted = mono_now() + wait;
    const std::scoped_lock lock(mutex_);
    if (!due_ || wanted < *due_) due_ = wanted;
    due_changed_.notify_all();
}

std::shared_ptr<const AnswerBook::Learnt> AnswerBook::learnt() const {
    const std::scoped_lock lock(mutex_);
    return learnt_;
}

std::uint64_t AnswerBook::lessons() const {
    const std::scoped_lock lock(mutex_);
    return lessons_;
}

void AnswerBook::run(std::stop_token stop) {
    // Seconds of work that nobody on the telephone may hear.
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), nice_while_learning);
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
        if (!due_) {
            due_changed_.wait(lock, stop, [this] { return due_.has_value(); });
            continue;
        }
        const auto until = *due_;
        const auto is_earlier = [&] { return due_ && *due_ < until; };
        if (due_changed_.wait_for(lock, stop, until - mono_now(), is_earlier)) continue;
        if (stop.stop_requested()) return;
        due_.reset();
        lock.unlock();
        const Result<Done> done = learn();
        if (!done) {
            sources_.failed(done.error());
            learn_in(after_failing);
        }
        lock.lock();
    }
}

Result<Done> AnswerBook::take_all() {
    ArticleId after;
    for (;;) {
        YS_TRY(const std::vector<KnownArticle> page, sources_.articles(after));
        if (page.empty()) break;
        for (const KnownArticle& known : page) take(known);
        after = page.back().id;
    }
    has_all_ = true;
    return Done{};
}

Result<Done> AnswerBook::learn() {
    YS_TRY(Library library, sources_.library());
    if (!has_all_) {
        YS_TRY([[maybe_unused]] const Done done, take_all());
    }
    auto made = std::make_shared<Learnt>();
    if (library.matters.empty() && is_empty()) {
        const std::scoped_lock lock(mutex_);
        learnt_ = std::move(made);  // A hotline that says nothing needs no dictionaries.
        ++lessons_;
        return Done{};
    }
    const auto before = learnt();
    const auto is_same = [](const SynonymRow& a, const SynonymRow& b) {
        return a.said == b.said && a.meant == b.meant;
    };
    if (before && before->reader &&
        std::ranges::equal(before->synonyms, library.synonyms, is_same)) {
        made->reader = before->reader;
    } else {
        std::vector<Synonym> synonyms;
        for (const SynonymRow& each : library.synonyms) synonyms.push_back({each.said, each.meant});
        YS_TRY(made->reader, QuestionReader::make(std::move(synonyms)));
    }
    std::vector<bool> is_safety;
    std::map<std::pair<CentreId, std::string>, std::uint32_t> place_of;
    std::vector<Asking> askings;
    for (const MatterRow& matter : library.matters) {
        const auto place = static_cast<std::uint32_t>(is_safety.size());
        place_of[{matter.centre_id, matter.code}] = place;
        is_safety.push_back(matter.is_safety);
        askings.push_back({place, made->reader->read(matter.title)});
        askings.push_back({place, made->reader->read(matter.scope)});
    }
    const auto nobodys = static_cast<std::uint32_t>(is_safety.size());
    for (const AskingRow& each : library.askings) {
        const auto place = place_of.find({each.centre_id, each.matter});
        if (place == place_of.end() && !each.matter.empty()) continue;
        askings.push_back(
            {place == place_of.end() ? nobodys : place->second, made->reader->read(each.text)});
    }
    if (!library.matters.empty()) {
        YS_TRY(made->classifier, QuestionClassifier::learn(askings));
        made->matcher = std::make_unique<QuestionMatcher>(std::move(is_safety), askings);
    }
    made->matters = std::move(library.matters);
    made->synonyms = std::move(library.synonyms);
    const std::scoped_lock lock(mutex_);
    learnt_ = std::move(made);
    ++lessons_;
    return Done{};
}

void AnswerBook::take(const KnownArticle& known) {
    {
        const std::unique_lock lock(articles_mutex_);
        const auto there = articles_.find(known.id);
        if (there != articles_.end() && there->second.revision >= known.revision) return;
        put(known);
    }
    const auto now = learnt();
    if (now && !now->reader) learn_in(std::chrono::milliseconds{0});
}

bool AnswerBook::is_empty() const {
    const std::shared_lock lock(articles_mutex_);
    return articles_.empty();
}

void AnswerBook::put(const KnownArticle& known) {
    auto& documents = documents_of_[known.id];
    for (const DocumentNumber old : documents) {
        by_text_.drop(old);
        by_title_.drop(old);
    }
    documents.clear();
    for (const ArticleVersion* version : to_be_found(known)) {
        const auto text = characters_in(words::plain_text(text_of(version->content)));
        const auto title = sounds_in(words::plain_text(version->content.title));
        documents.push_back(by_text_.put(text));
        by_title_.put(title);
        places_.push_back({known.id, version->number});
    }
    if (articles_.insert_or_assign(known.id, known).second)
        about_[known.matter].push_back(known.id);
}

Heard AnswerBook::hear(std::string_view question, const Scope& scope) {
    const auto now = learnt();
    if (!now) {
        learn_in(std::chrono::milliseconds{0});
        return {};
    }
    Heard out{.is_learnt = true};
    if (!now->matcher) return out;
    const QuestionWords words = now->reader->read(question);
    const Understood meant =
        now->matcher->understood(words, now->classifier->guess(words, guesses_max));
    for (const Meant& each : meant.choices)
        if (scope.contains(now->matters[each.matter].centre_id))
            out.choices.push_back(now->matters[each.matter]);
    // What another centre would have answered was not understood here.
    if (out.choices.size() == meant.choices.size() || out.choices.size() > 1)
        out.certainty = meant.certainty;
    else if (!out.choices.empty())
        out.certainty = Certainty::Choose;
    return out;
}

std::optional<QuestionWords> AnswerBook::read(std::string_view text) {
    const auto now = learnt();
    if (now && now->reader) return now->reader->read(text);
    if (now) return QuestionWords{};
    learn_in(std::chrono::milliseconds{0});
    return std::nullopt;
}

std::vector<Said> AnswerBook::find(std::string_view text, const Scope& scope, UtcTime now,
                                   std::size_t n) {
    const auto knows = learnt();
    if (!knows) {
        learn_in(std::chrono::milliseconds{0});
        return {};
    }
    if (!knows->reader) return {};
    const QuestionWords words = knows->reader->read(text);
    const std::shared_lock lock(articles_mutex_);
    std::unordered_map<DocumentNumber, float> scores;
    for (const Hit& hit : by_text_.best(words.characters, n * looked_at_for_each))
        scores[hit.document] += hit.score;
    for (const Hit& hit : by_title_.best(words.sounds, n * looked_at_for_each))
        scores[hit.document] += hit.score;
    std::vector<Hit> hits;
    for (const auto& [document, score] : scores) hits.push_back({document, score});
    std::ranges::sort(hits, [](const Hit& a, const Hit& b) {
        return a.score != b.score ? a.score > b.score : a.document < b.document;
    });
    std::vector<Said> out;
    for (const Hit& hit : hits) {
        if (out.size() == n || hit.score < hits.front().score * worth_showing) break;
        const Place& place = places_[hit.document];
        const KnownArticle& known = articles_.at(place.article);
        const ArticleVersion* said = known.article.in_force(now);
        if (said == nullptr || said->number != place.version || !scope.contains(known.centre))
            continue;
        out.push_back({known.id, known.centre, known.matter, *said});
    }
    return out;
}

std::vector<Said> AnswerBook::about(std::string_view matter, const Scope& scope,
                                    UtcTime now) const {
    const std::shared_lock lock(articles_mutex_);
    std::vector<Said> out;
    const auto there = about_.find(std::string(matter));
    if (there == about_.end()) return out;
    for (const ArticleId id : there->second) {
        const KnownArticle& known = articles_.at(id);
        const ArticleVersion* said = known.article.in_force(now);
        if (said != nullptr && scope.contains(known.centre))
            out.push_back({id, known.centre, known.matter, *said});
    }
    return out;
}

std::optional<Said> AnswerBook::said_by(ArticleId article, const Scope& scope, UtcTime now) const {
    const std::shared_lock lock(articles_mutex_);
    const auto known = articles_.find(article);
    if (known == articles_.end() || !scope.contains(known->second.centre)) return std::nullopt;
    const ArticleVersion* said = known->second.article.in_force(now);
    if (said == nullptr) return std::nullopt;
    return Said{article, known->second.centre, known->second.matter, *said};
}

}  // namespace ys::knowledge
