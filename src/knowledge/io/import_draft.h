// SPDX-License-Identifier: Apache-2.0
// One article as it is gathered from a file, part after part.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "knowledge/io/article_import.h"
#include "knowledge/io/import_parts.h"

namespace ys::knowledge {

class ImportDraft {
public:
    ImportDraft(const ImportGround& ground, std::string place);

    /// Adds to what the part has. Words that cannot be of this part are noted and left out.
    void put(ImportPart part, std::string_view text, const std::string& place);
    /// A number where a day belongs. False: the part is none for a number.
    bool put_days(ImportPart part, double days, bool counts_from_1904, const std::string& place);
    void note(const std::string& place, std::string code, std::string_view said);
    bool has_title() const { return !out_.content.title.empty(); }

    /// The article; or, when it cannot be a draft, why, in `refused`.
    std::optional<ImportedArticle> end(std::vector<ImportNote>& refused) &&;

private:
    void put_matter(std::string_view text, const std::string& place);
    void put_minute(ImportPart part, std::string_view text, const std::string& place);
    std::string& text_of_part(ImportPart part);

    const ImportGround& ground_;
    ImportedArticle out_;
};

/// A title as titles are compared.
std::string title_key(std::string_view title);

}  // namespace ys::knowledge
