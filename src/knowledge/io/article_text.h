// SPDX-License-Identifier: Apache-2.0
// What a version says, as it is written: in its row and in a request. One description for both.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/described.h"
#include "knowledge/article.h"

namespace ys::knowledge {

struct AudienceTexts {
    std::string agent, citizen, voice;
};
struct ContentText {
    std::string title, statement;
    AudienceTexts texts;
    std::vector<std::string> materials, steps, regions;
    std::string transfer, source;
    std::optional<UtcTime> valid_until, review_by;
    UserId owner_id;
};
BOOST_DESCRIBE_STRUCT(AudienceTexts, (), (agent, citizen, voice))
BOOST_DESCRIBE_STRUCT(ContentText, (),
                      (title, statement, texts, materials, steps, regions, transfer, source,
                       valid_until, review_by, owner_id))

/// Signs that no text needs (controls, directions) are taken out; the engine says what is missing.
ArticleContent content_of(const ContentText& text);
ContentText text_of(const ArticleContent& content);

/// "draft" "in_review" "approved" "dropped"
std::string_view word(VersionState state);
/// "write" "submit" "send_back" "approve" "drop" "roll_back" "retire" "keep"
std::string_view verb_of(const ArticleCommand& command);

}  // namespace ys::knowledge
