// SPDX-License-Identifier: Apache-2.0
// Everything the hotline can answer, in memory: which matter a question means, which articles say
// something about it now, and which have its words.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

#include "knowledge/io/article_store.h"
#include "knowledge/io/matter_store.h"
#include "knowledge/question_matcher.h"
#include "knowledge/word_index.h"

namespace ys::knowledge {

/// What is learnt from.
struct Library {
    std::vector<MatterRow> matters;
    std::vector<AskingRow> askings;
    std::vector<SynonymRow> synonyms;
};

/// What an article says at this moment.
struct Said {
    ArticleId id;
    CentreId centre;
    std::string matter;
    ArticleVersion version;
};

struct Heard {
    bool is_learnt = false;  ///< false: nothing is understood yet, ask again in a moment
    Certainty certainty = Certainty::Unknown;
    std::vector<MatterRow> choices{};
};

/// May be asked by many threads at once. An article that was taken is found at once; what changed
/// in the ways of asking, some two seconds after `learn_in`.
class AnswerBook {
public:
    struct Sources {
        std::function<Result<Library>()> library;
        /// A page of all articles behind this one, by id; empty behind the last.
        std::function<Result<std::vector<KnownArticle>>(ArticleId after)> articles;
        std::function<void(const Error&)> failed;  ///< told when there was nothing to learn from
    };
    /// The sources are asked on the book's own thread, which sleeps until `learn_in`.
    explicit AnswerBook(Sources sources);
    /// Waits for what is being learnt.
    ~AnswerBook();

    /// Begins after `wait`, or earlier when that was wanted before.
    void learn_in(std::chrono::milliseconds wait);
    /// After each change of an article, from any thread; an older revision changes nothing.
    void take(const KnownArticle& known);

    bool is_learnt() const { return learnt() != nullptr; }
    /// Times something was learnt, so that a test can wait for the next.
    std::uint64_t lessons() const;

    // `scope`: whose matters and articles the asker may be told. Before anything was learnt it is
    // wanted now.
    Heard hear(std::string_view question, const Scope& scope);
    /// As the robot reads it; nothing before something was learnt.
    std::optional<QuestionWords> read(std::string_view text);
    /// Best first; nothing before something was learnt.
    std::vector<Said> find(std::string_view text, const Scope& scope, UtcTime now, std::size_t n);
    /// The one that was first added first.
    std::vector<Said> about(std::string_view matter, const Scope& scope, UtcTime now) const;
    /// What this article says now; none when it says nothing, or not to these centres.
    std::optional<Said> said_by(ArticleId article, const Scope& scope, UtcTime now) const;

private:
    struct Learnt;
    struct Place {
        ArticleId article;
        std::uint32_t version;
    };
    std::shared_ptr<const Learnt> learnt() const;
    void run(std::stop_token stop);
    Result<Done> learn();
    Result<Done> take_all();
    void put(const KnownArticle& known);
    bool is_empty() const;

    Sources sources_;

    mutable std::mutex mutex_;  ///< of the four below
    std::condition_variable_any due_changed_;
    std::optional<Instant> due_;
    std::shared_ptr<const Learnt> learnt_;
    std::uint64_t lessons_ = 0;

    mutable std::shared_mutex articles_mutex_;  ///< of what follows
    std::unordered_map<ArticleId, KnownArticle> articles_;
    std::unordered_map<std::string, std::vector<ArticleId>> about_;  ///< by matter
    std::unordered_map<ArticleId, std::vector<DocumentNumber>> documents_of_;
    std::vector<Place> places_;  ///< of each document
    WordIndex by_text_, by_title_;

    bool has_all_ = false;  ///< of the thread alone
    std::jthread thread_;   ///< last: it uses everything above
};

}  // namespace ys::knowledge
