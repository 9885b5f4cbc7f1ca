// SPDX-License-Identifier: Apache-2.0
#include "knowledge/io/book_sources.h"

namespace ys::knowledge {
namespace {

constexpr std::size_t articles_at_once = 500;

Result<Library> library_in(sql::Database& db) {
    Library out;
    YS_TRY(out.matters, MatterStore::all_matters(db));
    YS_TRY(out.askings, MatterStore::all_askings(db));
    YS_TRY(out.synonyms, MatterStore::all_synonyms(db));
    return out;
}

/// Runs `ask` on a reader thread and waits for it.
template <class R>
R asked(sql::Readers& readers, const std::function<R(sql::Database&)>& ask) {
    std::optional<R> out;
    const auto done = readers.read_and_wait([&](sql::Database& db) { out.emplace(ask(db)); });
    if (!done) return done.error();
    return *std::move(out);
}

}  // namespace

AnswerBook::Sources sources_from(sql::Readers& readers, std::function<void(const Error&)> failed) {
    using Page = Result<std::vector<KnownArticle>>;
    return {.library = [&readers] { return asked<Result<Library>>(readers, library_in); },
            .articles =
                [&readers](ArticleId after) {
                    return asked<Page>(readers, [after](sql::Database& db) {
                        return ArticleStore::page(db, after, articles_at_once);
                    });
                },
            .failed = std::move(failed)};
}

}  // namespace ys::knowledge
