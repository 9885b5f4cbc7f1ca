// SPDX-License-Identifier: Apache-2.0
// Files that citizens send in a conversation: they come in pieces and stand under their own name
// once they are whole. Everything here blocks: for pool threads.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ys::app {

class ChatFiles {
public:
    static constexpr std::int64_t bytes_max = 10 * 1024 * 1024;
    static constexpr std::size_t piece_max = 512 * 1024;

    struct Piece {
        std::uint64_t chat = 0;
        std::string key;  ///< the page's own name of the file
        std::int64_t size = 0, offset = 0;
    };
    struct Taken {
        std::int64_t received = 0;
        std::string kind{};  ///< "jpg" "png" "pdf" "txt" once it is whole
    };

    explicit ChatFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// The piece is on disk when this returns; sent again it is harmless.
    /// errors  api::refused: file_empty, file_too_large, file_kind (by its first bytes), file_gap;
    ///         std::errc of the disk
    Result<Taken> take(const Piece& piece, std::string_view bytes);
    /// It is that message's from now on.
    Result<Done> settle(const Piece& piece, std::uint32_t number, std::string_view kind);
    std::filesystem::path path(std::uint64_t chat, std::uint32_t number,
                               std::string_view kind) const;
    /// Nobody sends the rest any more.
    void drop(const Piece& piece);
    /// What a stop left half sent.
    void sweep();

private:
    std::filesystem::path part_of(const Piece& piece) const;

    std::filesystem::path folder_;
};

}  // namespace ys::app
