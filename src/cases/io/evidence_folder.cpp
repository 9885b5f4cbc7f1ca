// SPDX-License-Identifier: Apache-2.0
#include "cases/io/evidence_folder.h"

#include <array>
#include <cerrno>
#include <memory>

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "platform/file/open_file.h"
#include "platform/image/decoder.h"
#include "platform/image/file_kind.h"
#include "platform/password/token.h"

namespace ys::cases {
namespace {

namespace fs = std::filesystem;
using file::make_folder;
using file::of_disk;
using file::OpenFile;
using file::sync_folder;
using file::write_at;
using image::FileKind;

/// All of it under its name, or nothing.
Result<Done> write_whole(const fs::path& path, std::string_view bytes) {
    const fs::path part = path.string() + ".part";
    const OpenFile file(part, O_WRONLY | O_CREAT | O_TRUNC);
    if (!file) return of_disk("making a file");
    YS_TRY([[maybe_unused]] const Done written, write_at(file.fd(), 0, bytes));
    if (::fsync(file.fd()) != 0 || ::rename(part.c_str(), path.c_str()) != 0)
        return of_disk("putting a file into place");
    return Done{};
}

std::int64_t size_of(int fd) {
    struct stat about {};
    return ::fstat(fd, &about) == 0 ? about.st_size : 0;
}

/// Nobody else writes it meanwhile, and it is still the one of that name.
/// errors  Busy, Gone
Result<Done> lock(const OpenFile& file, const fs::path& path) {
    if (::flock(file.fd(), LOCK_EX | LOCK_NB) != 0) return Error{EvidenceErrc::Busy, "locking"};
    struct stat held {
    }, named{};
    if (::fstat(file.fd(), &held) != 0 || ::stat(path.c_str(), &named) != 0 ||
        held.st_ino != named.st_ino)
        return Error{EvidenceErrc::Gone, "locking"};
    return Done{};
}

std::string hexadecimal(const unsigned char* bytes, std::size_t count) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (std::size_t i = 0; i < count; ++i) {
        out += digits[bytes[i] >> 4];
        out += digits[bytes[i] & 15];
    }
    return out;
}

Result<std::string> sha256_of(int fd) {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> sum(EVP_MD_CTX_new(),
                                                                      EVP_MD_CTX_free);
    EVP_DigestInit_ex(sum.get(), EVP_sha256(), nullptr);
    std::string block(256 * 1024, '\0');
    for (off_t at = 0;;) {
        const ssize_t n = ::pread(fd, block.data(), block.size(), at);
        if (n < 0) return of_disk("reading an upload");
        if (n == 0) break;
        EVP_DigestUpdate(sum.get(), block.data(), static_cast<std::size_t>(n));
        at += n;
    }
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    EVP_DigestFinal_ex(sum.get(), digest.data(), &size);
    return hexadecimal(digest.data(), size);
}

FileKind kind_of(std::string_view beginning) {
    return image::kind_of(
        {reinterpret_cast<const std::uint8_t*>(beginning.data()), beginning.size()});
}

/// By the first piece: a film of 100 MB is not sent to be refused at its end.
Result<Done> check_beginning(std::string_view bytes, std::int64_t announced) {
    const FileKind kind = kind_of(bytes);
    if (kind == FileKind::Other) return Error{EvidenceErrc::WrongType, "looking at an upload"};
    if (image::is_picture(kind) && announced > photo_bytes_max)
        return Error{EvidenceErrc::PhotoTooLarge, "looking at an upload"};
    return Done{};
}

Error why_not_decoded(const Error& error) {
    if (error.code == image::errc::too_large) return Error{EvidenceErrc::TooManyPixels, error.note};
    if (error.code == image::errc::failed) return error;
    return Error{EvidenceErrc::Damaged, error.note};
}

}  // namespace

fs::path EvidenceFolder::incoming(EvidenceId id) const {
    return root_ / "incoming" / std::to_string(id.value);
}

fs::path EvidenceFolder::kept(EvidenceId id, std::string_view ending) const {
    return root_ / "kept" / (std::to_string(id.value) + "." + std::string(ending));
}

fs::path EvidenceFolder::file(const EvidenceRow& row) const { return kept(row.id, row.kind); }

fs::path EvidenceFolder::thumbnail(const EvidenceRow& row) const {
    return kept(row.id, "small.jpg");
}

std::int64_t EvidenceFolder::received(EvidenceId id) const {
    std::error_code ec;
    const auto size = fs::file_size(incoming(id), ec);
    return ec ? 0 : static_cast<std::int64_t>(size);
}

Result<std::int64_t> EvidenceFolder::append(const EvidenceRow& row, std::int64_t offset,
                                            std::string_view bytes) {
    const fs::path path = incoming(row.id);
    const auto end = offset + static_cast<std::int64_t>(bytes.size());
    if (end > row.sent_bytes) return Error{EvidenceErrc::Differs, "more than was announced"};
    if (offset == 0) {
        YS_TRY([[maybe_unused]] const Done fits, check_beginning(bytes, row.sent_bytes));
    }
    YS_TRY(Done done, make_folder(path.parent_path()));
    const OpenFile file(path, offset == 0 ? O_WRONLY | O_CREAT : O_WRONLY);
    if (!file && errno == ENOENT) return Error{EvidenceErrc::Gap, "nothing is there yet"};
    if (!file) return of_disk("opening an upload");
    YS_TRY(done, lock(file, path));
    const std::int64_t there = size_of(file.fd());
    if (offset > there) return Error{EvidenceErrc::Gap, "after the end of what is there"};
    if (end > there) {
        const auto known = static_cast<std::size_t>(there - offset);
        YS_TRY(done, write_at(file.fd(), there, bytes.substr(known)));
    }
    if (::fdatasync(file.fd()) != 0) {
        // What of it is on disk is unknown, and asking again would not tell: it begins anew.
        const Error why = of_disk("syncing an upload");
        ::unlink(path.c_str());
        return why;
    }
    if (offset == 0) {
        YS_TRY(done, sync_folder(path.parent_path()));
    }
    return std::max(end, there);
}

Result<KeptBytes> EvidenceFolder::settle(const EvidenceRow& row) {
    fs::path path = incoming(row.id);
    std::error_code ec;
    // A film that was moved before the program was stopped has only its row to get.
    for (const char* ending : {"mp4", "mov"})
        if (!fs::exists(path, ec) && fs::exists(kept(row.id, ending), ec))
            path = kept(row.id, ending);
    const OpenFile file(path, O_RDONLY);
    if (!file) return Error{EvidenceErrc::Incomplete, "nothing was sent"};
    YS_TRY(Done done, lock(file, path));
    if (size_of(file.fd()) != row.sent_bytes)
        return Error{EvidenceErrc::Incomplete, "not all was sent"};
    YS_TRY(const std::string sum, sha256_of(file.fd()));
    if (sum != row.sent_sha256) {
        drop(row.id);
        return Error{EvidenceErrc::Differs, "the sum of what was sent"};
    }
    std::array<char, image::enough_to_tell> beginning{};
    const ssize_t n = ::pread(file.fd(), beginning.data(), beginning.size(), 0);
    const FileKind kind =
        kind_of({beginning.data(), static_cast<std::size_t>(std::max<ssize_t>(n, 0))});
    YS_TRY(done, make_folder(root_ / "kept"));
    if (image::is_picture(kind)) return settle_photo(row.id);
    return settle_video(row, path, kind == FileKind::Mp4 ? "mp4" : "mov");
}

Result<KeptBytes> EvidenceFolder::settle_photo(EvidenceId id) {
    const auto picture = image::decode(incoming(id));
    if (!picture) return why_not_decoded(picture.error());
    YS_TRY(Done done, write_whole(kept(id, "jpg"), picture->jpeg));
    YS_TRY(done, write_whole(kept(id, "small.jpg"), picture->thumbnail));
    YS_TRY(done, sync_folder(root_ / "kept"));
    return KeptBytes{"jpg", static_cast<std::int64_t>(picture->jpeg.size()),
                     password::sha256_hex(picture->jpeg), picture->width, picture->height};
}

Result<KeptBytes> EvidenceFolder::settle_video(const EvidenceRow& row, const fs::path& from,
                                               std::string_view ending) {
    const fs::path to = kept(row.id, ending);
    if (from != to && ::rename(from.c_str(), to.c_str()) != 0)
        return of_disk("putting a film into place");
    YS_TRY([[maybe_unused]] const Done done, sync_folder(root_ / "kept"));
    return KeptBytes{std::string(ending), row.sent_bytes, row.sent_sha256, 0, 0};
}

void EvidenceFolder::finished(EvidenceId id) {
    std::error_code ec;  // What stays is dropped as left over.
    fs::remove(incoming(id), ec);
}

std::vector<EvidenceId> EvidenceFolder::waiting() const {
    std::vector<EvidenceId> out;
    std::error_code ec;
    for (const auto& each : fs::directory_iterator(root_ / "incoming", ec))
        if (const auto id = parse_number(each.path().filename().string()))
            out.push_back(EvidenceId{*id});
    return out;
}

void EvidenceFolder::drop(EvidenceId id) {
    std::error_code ec;
    fs::remove(incoming(id), ec);
    for (const char* ending : {"jpg", "jpg.part", "small.jpg", "small.jpg.part", "mp4", "mov"})
        fs::remove(kept(id, ending), ec);
}

}  // namespace ys::cases
