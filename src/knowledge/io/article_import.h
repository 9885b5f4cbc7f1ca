// SPDX-License-Identifier: Apache-2.0
// Articles out of Word documents and tables: what was understood becomes contents of drafts, and
// everything that was not is named with its place. Nothing is stored here.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/io/article_store.h"
#include "knowledge/io/article_text.h"
#include "knowledge/io/matter_store.h"

namespace ys::knowledge {

/// Something that was not understood, or not as it stands.
struct ImportNote {
    std::string
        place;  ///< "表一!C5", "C5", of a document its paragraph "12"; "" for the whole file
    std::string code;  ///< a key of the message files
    std::string said;  ///< the words that stand there, shortened
};
BOOST_DESCRIBE_STRUCT(ImportNote, (), (place, code, said))

struct ImportedArticle {
    std::string place;        ///< its row, or the paragraph it begins at
    std::string matter;       ///< its code; "": not said, or not one of ours
    std::string matter_said;  ///< as it stands in the file
    ContentText content;
    ArticleId twin;            ///< an article that is there under the same title; or none
    std::string twin_matter;   ///< what that one is about
    bool is_same = false;      ///< the twin says all of this already
    bool is_repeated = false;  ///< the file has one of this title above
    std::vector<ImportNote> notes;
};
BOOST_DESCRIBE_STRUCT(ImportedArticle, (),
                      (place, matter, matter_said, content, twin, twin_matter, is_same, is_repeated,
                       notes))

struct ImportReport {
    std::string form;      ///< "docx" "xlsx" "csv"
    std::string encoding;  ///< of a csv
    std::vector<ImportedArticle> items;
    std::vector<ImportNote> notes;  ///< of what became no article
};
BOOST_DESCRIBE_STRUCT(ImportReport, (), (form, encoding, items, notes))

struct ImportGround {
    std::vector<MatterRow> matters;
    std::chrono::minutes utc_offset{};
    UserId owner{};  ///< of what comes in
};

inline constexpr std::size_t imported_max = 500;  ///< articles of one file

/// Why this is no file for us, by its first bytes: "import_old_office" "import_pdf"
/// "import_no_office"; "" when it may be one.
std::string_view refused_as(std::string_view file);

/// errors  as of platform/office
Result<ImportReport> read_import(std::string_view file, const ImportGround& ground);

/// Fills in `twin` and what goes with it.
Result<Done> find_twins(sql::Database& db, const Scope& scope, UtcTime now, ImportReport& report);

/// Whether an article of this matter and title is there.
Result<bool> is_there(sql::Database& db, CentreId centre, std::string_view matter,
                      std::string_view title);

/// The heads of the columns of a table, as the template has them.
std::vector<std::string> import_columns();

}  // namespace ys::knowledge
