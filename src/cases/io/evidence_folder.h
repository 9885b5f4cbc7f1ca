// SPDX-License-Identifier: Apache-2.0
// The bytes of photos and videos: they come in pieces, each on disk before it is acknowledged, and
// move into place once they are whole.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "cases/io/evidence_store.h"

namespace ys::cases {

/// Everything here blocks: for pool threads. Two for the same upload at once: one is told Busy.
class EvidenceFolder {
public:
    explicit EvidenceFolder(std::filesystem::path root) : root_(std::move(root)) {}

    /// Bytes of an open upload that are there; 0 when none are.
    std::int64_t received(EvidenceId id) const;
    /// Puts a piece at `offset`; what of it is there already is not written again. Both the piece
    /// and all before it are on disk when this returns.
    /// returns  the bytes that are there now
    /// errors   EvidenceErrc: Gap, Busy; WrongType or PhotoTooLarge by the first bytes; Differs for
    ///          more than was announced; std::errc of the disk
    Result<std::int64_t> append(const EvidenceRow& row, std::int64_t offset,
                                std::string_view bytes);
    /// The whole is checked; a photo is made anew, a video moved. On disk when this returns, and
    /// may be done again until `finished`.
    /// errors  EvidenceErrc: Incomplete, Differs, TooManyPixels, Damaged, Busy
    Result<KeptBytes> settle(const EvidenceRow& row);
    /// What was sent is not needed any more: its row is kept.
    void finished(EvidenceId id);
    /// Nothing of it stays.
    void drop(EvidenceId id);
    /// Uploads that have bytes here, finished ones that were not tidied up among them.
    std::vector<EvidenceId> waiting() const;

    std::filesystem::path file(const EvidenceRow& row) const;
    std::filesystem::path thumbnail(const EvidenceRow& row) const;

private:
    std::filesystem::path incoming(EvidenceId id) const;
    std::filesystem::path kept(EvidenceId id, std::string_view ending) const;
    Result<KeptBytes> settle_photo(EvidenceId id);
    Result<KeptBytes> settle_video(const EvidenceRow& row, const std::filesystem::path& from,
                                   std::string_view ending);

    std::filesystem::path root_;
};

}  // namespace ys::cases
