// SPDX-License-Identifier: Apache-2.0
#include "knowledge/io/article_text.h"

#include "base/overloaded.h"
#include "base/text.h"

namespace ys::knowledge {
namespace {

constexpr std::size_t read_max = 60'000;  ///< bytes; the engine's own limits are below

std::vector<std::string> cleaned_all(const std::vector<std::string>& list) {
    std::vector<std::string> out;
    for (const std::string& each : list)
        out.push_back(std::string(trimmed(cleaned(each, read_max))));
    return out;
}

}  // namespace

ArticleContent content_of(const ContentText& text) {
    const auto line = [](const std::string& from) {
        return std::string(trimmed(cleaned(from, read_max)));
    };
    const auto lines = [](const std::string& from) {
        std::string out;
        for (const std::string_view each : split(from, '\n')) out += cleaned(each, read_max) + '\n';
        return std::string(trimmed(out));
    };
    return {.title = line(text.title),
            .statement = line(text.statement),
            .texts = {lines(text.texts.agent), lines(text.texts.citizen), lines(text.texts.voice)},
            .materials = cleaned_all(text.materials),
            .steps = cleaned_all(text.steps),
            .regions = cleaned_all(text.regions),
            .transfer = line(text.transfer),
            .source = line(text.source),
            .valid_until = text.valid_until,
            .review_by = text.review_by,
            .owner = text.owner_id};
}

ContentText text_of(const ArticleContent& c) {
    return {.title = c.title,
            .statement = c.statement,
            .texts = {c.texts[0], c.texts[1], c.texts[2]},
            .materials = c.materials,
            .steps = c.steps,
            .regions = c.regions,
            .transfer = c.transfer,
            .source = c.source,
            .valid_until = c.valid_until,
            .review_by = c.review_by,
            .owner_id = c.owner};
}

std::string_view word(VersionState state) {
    switch (state) {
        case VersionState::Draft:
            return "draft";
        case VersionState::InReview:
            return "in_review";
        case VersionState::Approved:
            return "approved";
        case VersionState::Dropped:
            break;
    }
    return "dropped";
}

std::string_view verb_of(const ArticleCommand& command) {
    using Word = std::string_view;
    return std::visit(overloaded{[](const WriteArticle&) { return Word("write"); },
                                 [](const SubmitArticle&) { return Word("submit"); },
                                 [](const SendArticleBack&) { return Word("send_back"); },
                                 [](const ApproveArticle&) { return Word("approve"); },
                                 [](const DropVersion&) { return Word("drop"); },
                                 [](const RollArticleBack&) { return Word("roll_back"); },
                                 [](const RetireArticle&) { return Word("retire"); },
                                 [](const KeepArticle&) { return Word("keep"); }},
                      command);
}

}  // namespace ys::knowledge
