// SPDX-License-Identifier: Apache-2.0
// An article (知识条目): what the hotline says about a matter, to three audiences, in versions that
// are written by one person, approved by another and in force from a minute on.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/id.h"
#include "base/moves.h"
#include "base/result.h"
#include "base/time.h"
#include "knowledge/errc.h"

namespace ys::knowledge {

enum class Audience : std::uint8_t { Agent, Citizen, Voice };
inline constexpr std::size_t audiences = 3;

/// What a version says. Parts that are empty are not shown.
struct ArticleContent {
    std::string title;
    std::string statement;                     ///< 口径: the sentence that everybody says
    std::array<std::string, audiences> texts;  ///< by Audience; each its own, none made of another
    std::vector<std::string> materials;        ///< 材料清单
    std::vector<std::string> steps;            ///< 步骤
    std::vector<std::string> regions;          ///< 适用地区; none: everywhere
    std::string transfer;                      ///< 电话转接: a number, or nobody
    std::string source;                        ///< the clause it stands in
    std::optional<UtcTime> valid_until{};      ///< 有效期; it is said no more from then on
    std::optional<UtcTime> review_by{};        ///< somebody looks at it again before
    UserId owner{};
    bool operator==(const ArticleContent&) const = default;
};

/// "statement", "texts.voice", …: what one has otherwise than the other.
std::vector<std::string> differing_parts(const ArticleContent& one, const ArticleContent& other);

enum class VersionState : std::uint8_t { Draft, InReview, Approved, Dropped };
enum class VersionEvent : std::uint8_t { Write, Submit, SendBack, Approve, Drop };

struct VersionMove {
    VersionState from;
    VersionEvent on;
    VersionState to;
};
// clang-format off
inline constexpr std::array version_moves{
    VersionMove{VersionState::Draft,    VersionEvent::Write,    VersionState::Draft},
    VersionMove{VersionState::Draft,    VersionEvent::Submit,   VersionState::InReview},
    VersionMove{VersionState::Draft,    VersionEvent::Drop,     VersionState::Dropped},
    VersionMove{VersionState::InReview, VersionEvent::SendBack, VersionState::Draft},
    VersionMove{VersionState::InReview, VersionEvent::Approve,  VersionState::Approved},
    VersionMove{VersionState::InReview, VersionEvent::Drop,     VersionState::Dropped},
    VersionMove{VersionState::Approved, VersionEvent::Drop,     VersionState::Dropped},
};
// clang-format on
constexpr std::optional<VersionState> next(VersionState from, VersionEvent on) {
    return next_in(version_moves, from, on);
}
static_assert(is_unambiguous(version_moves));
static_assert(!next(VersionState::Approved, VersionEvent::Write),
              "what was said is never rewritten");
static_assert(!next(VersionState::Draft, VersionEvent::Approve), "nothing is said unread");

struct ArticleVersion {
    std::uint32_t number = 0;  ///< from 1; a number is never given twice
    VersionState state = VersionState::Draft;
    ArticleContent content;
    std::vector<UserId> writers{};  ///< everybody who wrote on it, each once
    UserId approved_by{};           ///< also of what is brought back: who read it then
    UserId brought_back_by{};
    std::optional<UtcTime> from{};  ///< in force, once approved
    std::string words{};            ///< why it was sent back, dropped or brought back
    bool operator==(const ArticleVersion&) const = default;
};

// What is done to an article. `by` may do it: who may is not decided here.
struct WriteArticle {
    UserId by;
    ArticleContent content;
};
struct SubmitArticle {
    UserId by;
};
struct SendArticleBack {
    UserId by;
    std::string why;
};
struct ApproveArticle {
    UserId by;
    UtcTime from;  ///< not before now
};
/// The open version, or one that is approved and not yet in force.
struct DropVersion {
    UserId by;
    std::uint32_t number;
    std::string why;
};
/// What was approved once is said again, under a new number.
struct RollArticleBack {
    UserId by;
    std::uint32_t number;
    UtcTime from;
    std::string why;
};
struct RetireArticle {
    UserId by;
    UtcTime from;
    std::string why;
};
/// It is not retired after all; what was retired already comes back by `RollArticleBack`.
struct KeepArticle {
    UserId by;
    std::string why;
};
/// From here on this version is said, and who decided it.
struct Turn {
    UtcTime from;
    std::uint32_t number = 0;  ///< 0: nothing
    UserId by{};
    std::string why{};
    bool operator==(const Turn&) const = default;
};
using ArticleCommand = std::variant<WriteArticle, SubmitArticle, SendArticleBack, ApproveArticle,
                                    DropVersion, RollArticleBack, RetireArticle, KeepArticle>;

class Article {
public:
    Article() = default;
    /// What `versions` and `turns` gave when it was kept.
    /// errors  NoSuchVersion for numbers out of their order and turns of no version
    static Result<Article> kept(std::vector<ArticleVersion> versions, std::vector<Turn> turns);
    /// It came with the hotline: nobody wrote it here, and it is said from now on.
    /// errors  as SubmitArticle and ApproveArticle
    static Result<Article> ready_made(UtcTime now, ArticleContent content);

    /// now     not earlier than in the call before
    /// errors  Errc; nothing has changed then
    Result<Done> on(UtcTime now, const ArticleCommand& command);

    /// What is said at this moment: nothing before the first, once retired, and past its validity.
    /// What it answered for a time that has passed it answers for ever.
    const ArticleVersion* in_force(UtcTime at) const;
    /// Being written or read by somebody: at most one.
    const ArticleVersion* open() const;
    const std::vector<ArticleVersion>& versions() const { return versions_; }
    /// By time; of equal times the later given one counts.
    const std::vector<Turn>& turns() const { return turns_; }
    /// Somebody was to look at what is said, and nobody has.
    bool is_review_due(UtcTime now) const;

private:
    Result<Done> write(const WriteArticle& c);
    Result<Done> submit(UtcTime now);
    Result<Done> send_back(const SendArticleBack& c);
    Result<Done> approve(UtcTime now, const ApproveArticle& c);
    Result<Done> drop(UtcTime now, const DropVersion& c);
    Result<Done> roll_back(UtcTime now, const RollArticleBack& c);
    Result<Done> retire(UtcTime now, const RetireArticle& c);
    ArticleVersion* open_version();
    ArticleVersion* find(std::uint32_t number);
    Result<Done> keep(UtcTime now, const KeepArticle& c);
    void take(Turn turn);

    std::vector<ArticleVersion> versions_;  ///< the one of number n at n - 1
    std::vector<Turn> turns_;
};

}  // namespace ys::knowledge
