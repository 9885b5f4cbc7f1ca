// SPDX-License-Identifier: Apache-2.0
#include "platform/journal/audit_heads.h"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>

#include "base/text.h"
#include "platform/json/described_json.h"

namespace ys::journal {
namespace {

namespace fs = std::filesystem;

std::string message_of(UtcTime at, const ChainHead& head) {
    return to_rfc3339(at) + "|" + std::to_string(head.number) + "|" + head.hash;
}

bool is_right(const SignedHead& head) {
    return vault::is_signed(message_of(head.at, head.head), head.key, head.signature);
}

struct Line {
    UtcTime at;
    std::uint64_t number = 0;
    std::string hash, key, signature;
};
BOOST_DESCRIBE_STRUCT(Line, (), (at, number, hash, key, signature))

}  // namespace

Result<HeadSigner> HeadSigner::open(const fs::path& folder) {
    YS_TRY(vault::SigningKey key, vault::SigningKey::open(folder / "audit-signing.key"));
    return HeadSigner(folder, std::move(key));
}

Result<SignedHead> HeadSigner::sign(const ChainHead& head, UtcTime at) const {
    YS_TRY(std::string signature, key_.sign(message_of(at, head)));
    return SignedHead{at, head, key_.public_key(), std::move(signature)};
}

Result<Done> HeadSigner::keep(const SignedHead& head) const {
    const fs::path path = heads_file(folder_);
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const auto failed = [&] {
        return Error{std::error_code(errno, std::generic_category()), "writing " + path.string()};
    };
    if (file < 0) return failed();
    const std::string line = to_line(head) + "\n";
    const ssize_t written = ::write(file, line.data(), line.size());
    const bool is_kept = written == static_cast<ssize_t>(line.size()) && ::fsync(file) == 0;
    const Error why = failed();
    ::close(file);
    if (!is_kept) return why;
    return Done{};
}

fs::path heads_file(const fs::path& folder) { return folder / "audit-heads.jsonl"; }

std::string to_line(const SignedHead& head) {
    return boost::json::serialize(
        json::to_value(Line{head.at, head.head.number, head.head.hash, head.key, head.signature}));
}

Result<std::vector<SignedHead>> read_heads(const fs::path& file) {
    std::ifstream in(file);
    if (!in) return Error{std::errc::no_such_file_or_directory, "reading " + file.string()};
    std::vector<SignedHead> out;
    std::string text;
    while (std::getline(in, text)) {
        if (trimmed(text).empty()) continue;
        const Error bad{
            std::errc::invalid_argument,
            file.string() + ":" + std::to_string(out.size() + 1) + " is no signed head"};
        const auto line = json::from_json<Line>(text);
        if (!line) return bad;
        SignedHead head{line->at, {line->number, line->hash}, line->key, line->signature};
        if (!is_right(head)) return bad;
        out.push_back(std::move(head));
    }
    return out;
}

}  // namespace ys::journal
