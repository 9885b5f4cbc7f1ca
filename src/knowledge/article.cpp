// SPDX-License-Identifier: Apache-2.0
#include "knowledge/article.h"

#include <algorithm>

#include "base/overloaded.h"
#include "base/text.h"

namespace ys::knowledge {
namespace {

constexpr std::size_t short_max = 200, statement_max = 2'000, text_max = 50'000, list_max = 100;

Result<Done> check_text(const std::string& text, std::size_t bytes_max, const char* part,
                        bool is_needed) {
    if (is_needed && trimmed(text).empty()) return Error{Errc::PartMissing, part};
    if (text.size() > bytes_max) return Error{Errc::PartTooLong, part};
    return Done{};
}

Result<Done> check_list(const std::vector<std::string>& list, const char* part) {
    if (list.size() > list_max) return Error{Errc::PartTooLong, part};
    for (const std::string& each : list) {
        YS_TRY([[maybe_unused]] const Done done, check_text(each, statement_max, part, true));
    }
    return Done{};
}

constexpr std::array text_names{"texts.agent", "texts.citizen", "texts.voice"};
static_assert(text_names.size() == audiences);

/// A draft may want parts; what is submitted may not.
Result<Done> check(const ArticleContent& content, bool is_whole) {
    YS_TRY(Done done, check_text(content.title, short_max, "title", true));
    YS_TRY(done, check_text(content.statement, statement_max, "statement", is_whole));
    for (std::size_t i = 0; i < audiences; ++i) {
        YS_TRY(done, check_text(content.texts[i], text_max, text_names[i], is_whole));
    }
    YS_TRY(done, check_list(content.materials, "materials"));
    YS_TRY(done, check_list(content.steps, "steps"));
    YS_TRY(done, check_list(content.regions, "regions"));
    YS_TRY(done, check_text(content.transfer, short_max, "transfer", false));
    YS_TRY(done, check_text(content.source, statement_max, "source", is_whole));
    if (is_whole && !content.owner) return Error{Errc::PartMissing, "owner"};
    return Done{};
}

Result<Done> check_words(const std::string& why) {
    if (trimmed(why).empty()) return Error{Errc::NeedsWords, "changing an article"};
    return check_text(why, statement_max, "why", false);
}

/// The state of a version after this event, or why it cannot be now.
Result<Done> move(ArticleVersion& version, VersionEvent event) {
    const auto to = next(version.state, event);
    if (!to) return Error{Errc::NotNow, "moving a version of an article"};
    version.state = *to;
    return Done{};
}

}  // namespace

std::vector<std::string> differing_parts(const ArticleContent& one, const ArticleContent& other) {
    std::vector<std::string> out;
    const auto compare = [&](const auto& a, const auto& b, const char* part) {
        if (!(a == b)) out.emplace_back(part);
    };
    compare(one.title, other.title, "title");
    compare(one.statement, other.statement, "statement");
    for (std::size_t i = 0; i < audiences; ++i)
        compare(one.texts[i], other.texts[i], text_names[i]);
    compare(one.materials, other.materials, "materials");
    compare(one.steps, other.steps, "steps");
    compare(one.regions, other.regions, "regions");
    compare(one.transfer, other.transfer, "transfer");
    compare(one.source, other.source, "source");
    compare(one.valid_until, other.valid_until, "valid_until");
    compare(one.review_by, other.review_by, "review_by");
    compare(one.owner, other.owner, "owner");
    return out;
}

Result<Article> Article::kept(std::vector<ArticleVersion> versions, std::vector<Turn> turns) {
    for (std::size_t i = 0; i < versions.size(); ++i)
        if (versions[i].number != i + 1) return Error{Errc::NoSuchVersion, "reading an article"};
    for (const Turn& turn : turns)
        if (turn.number > versions.size()) return Error{Errc::NoSuchVersion, "reading an article"};
    Article out;
    out.versions_ = std::move(versions);
    out.turns_ = std::move(turns);
    return out;
}

Result<Article> Article::ready_made(UtcTime now, ArticleContent content) {
    YS_TRY([[maybe_unused]] const Done done, check(content, true));
    if (content.valid_until && *content.valid_until <= now)
        return Error{Errc::AlreadyExpired, "taking in an article"};
    Article out;
    out.versions_.push_back(
        {.number = 1, .state = VersionState::Approved, .content = std::move(content), .from = now});
    out.take({now, 1, {}, {}});
    return out;
}

Result<Done> Article::on(UtcTime now, const ArticleCommand& command) {
    return std::visit(overloaded{[&](const WriteArticle& c) { return write(c); },
                                 [&](const SubmitArticle&) { return submit(now); },
                                 [&](const SendArticleBack& c) { return send_back(c); },
                                 [&](const ApproveArticle& c) { return approve(now, c); },
                                 [&](const DropVersion& c) { return drop(now, c); },
                                 [&](const RollArticleBack& c) { return roll_back(now, c); },
                                 [&](const RetireArticle& c) { return retire(now, c); },
                                 [&](const KeepArticle& c) { return keep(now, c); }},
                      command);
}

const ArticleVersion* Article::in_force(UtcTime at) const {
    const auto after = std::ranges::upper_bound(turns_, at, {}, &Turn::from);
    if (after == turns_.begin()) return nullptr;
    const std::uint32_t number = std::prev(after)->number;
    if (number == 0) return nullptr;
    const ArticleVersion& version = versions_[number - 1];
    const auto& until = version.content.valid_until;
    return until && *until <= at ? nullptr : &version;
}

const ArticleVersion* Article::open() const {
    const auto found = std::ranges::find_if(versions_, [](const ArticleVersion& version) {
        return version.state == VersionState::Draft || version.state == VersionState::InReview;
    });
    return found == versions_.end() ? nullptr : &*found;
}

bool Article::is_review_due(UtcTime now) const {
    const ArticleVersion* said = in_force(now);
    return said != nullptr && said->content.review_by && *said->content.review_by <= now;
}

ArticleVersion* Article::open_version() {
    const ArticleVersion* found = open();
    return found == nullptr ? nullptr : find(found->number);
}

ArticleVersion* Article::find(std::uint32_t number) {
    return number == 0 || number > versions_.size() ? nullptr : &versions_[number - 1];
}

void Article::take(Turn turn) {
    const auto at = std::ranges::upper_bound(turns_, turn.from, {}, &Turn::from);
    turns_.insert(at, std::move(turn));
}

Result<Done> Article::write(const WriteArticle& c) {
    YS_TRY([[maybe_unused]] Done done, check(c.content, false));
    ArticleVersion* version = open_version();
    if (version == nullptr) {
        const auto number = static_cast<std::uint32_t>(versions_.size() + 1);
        version = &versions_.emplace_back(ArticleVersion{.number = number, .content = {}});
    }
    YS_TRY(done, move(*version, VersionEvent::Write));
    version->content = c.content;
    if (std::ranges::find(version->writers, c.by) == version->writers.end())
        version->writers.push_back(c.by);
    return Done{};
}

Result<Done> Article::submit(UtcTime now) {
    ArticleVersion* version = open_version();
    if (version == nullptr) return Error{Errc::NothingOpen, "submitting an article"};
    YS_TRY([[maybe_unused]] Done done, check(version->content, true));
    const auto& until = version->content.valid_until;
    if (until && *until <= now) return Error{Errc::AlreadyExpired, "submitting an article"};
    return move(*version, VersionEvent::Submit);
}

Result<Done> Article::send_back(const SendArticleBack& c) {
    ArticleVersion* version = open_version();
    if (version == nullptr) return Error{Errc::NothingOpen, "sending an article back"};
    YS_TRY([[maybe_unused]] Done done, check_words(c.why));
    YS_TRY(done, move(*version, VersionEvent::SendBack));
    version->words = c.why;
    return Done{};
}

Result<Done> Article::approve(UtcTime now, const ApproveArticle& c) {
    ArticleVersion* version = open_version();
    if (version == nullptr) return Error{Errc::NothingOpen, "approving an article"};
    if (c.from < now) return Error{Errc::NotInThePast, "approving an article"};
    const auto& until = version->content.valid_until;
    if (until && *until <= c.from) return Error{Errc::AlreadyExpired, "approving an article"};
    if (std::ranges::find(version->writers, c.by) != version->writers.end())
        return Error{Errc::NeedsSecondPerson, "approving an article"};
    YS_TRY([[maybe_unused]] const Done done, move(*version, VersionEvent::Approve));
    version->approved_by = c.by;
    version->from = c.from;
    take({c.from, version->number, c.by, {}});
    return Done{};
}

Result<Done> Article::drop(UtcTime now, const DropVersion& c) {
    ArticleVersion* version = find(c.number);
    if (version == nullptr) return Error{Errc::NoSuchVersion, "dropping a version"};
    YS_TRY([[maybe_unused]] Done done, check_words(c.why));
    // What was said is not unsaid: another version takes its place, or it is retired.
    if (version->from && *version->from <= now)
        return Error{Errc::InForceAlready, "dropping a version"};
    YS_TRY(done, move(*version, VersionEvent::Drop));
    version->words = c.why;
    std::erase_if(turns_, [&](const Turn& turn) { return turn.number == c.number; });
    return Done{};
}

Result<Done> Article::roll_back(UtcTime now, const RollArticleBack& c) {
    const ArticleVersion* old = find(c.number);
    if (old == nullptr) return Error{Errc::NoSuchVersion, "rolling an article back"};
    if (old->state != VersionState::Approved) return Error{Errc::NotNow, "rolling an article back"};
    if (c.from < now) return Error{Errc::NotInThePast, "rolling an article back"};
    const auto& until = old->content.valid_until;
    if (until && *until <= c.from) return Error{Errc::AlreadyExpired, "rolling an article back"};
    YS_TRY([[maybe_unused]] const Done done, check_words(c.why));
    ArticleVersion again = *old;
    again.number = static_cast<std::uint32_t>(versions_.size() + 1);
    again.brought_back_by = c.by;
    again.from = c.from;
    again.words = c.why;
    take({c.from, again.number, c.by, c.why});
    versions_.push_back(std::move(again));
    return Done{};
}

Result<Done> Article::retire(UtcTime now, const RetireArticle& c) {
    if (c.from < now) return Error{Errc::NotInThePast, "retiring an article"};
    if (in_force(c.from) == nullptr) return Error{Errc::NothingSaid, "retiring an article"};
    YS_TRY([[maybe_unused]] const Done done, check_words(c.why));
    take({c.from, 0, c.by, c.why});
    return Done{};
}

Result<Done> Article::keep(UtcTime now, const KeepArticle& c) {
    YS_TRY([[maybe_unused]] const Done done, check_words(c.why));
    const auto is_planned = [&](const Turn& turn) { return turn.number == 0 && turn.from > now; };
    if (std::erase_if(turns_, is_planned) == 0)
        return Error{Errc::NotRetiring, "keeping an article"};
    return Done{};
}

}  // namespace ys::knowledge
