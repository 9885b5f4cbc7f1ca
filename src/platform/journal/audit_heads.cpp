// SPDX-License-Identifier: Apache-2.0
#include "platform/journal/audit_heads.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <memory>
#include <optional>

#include "base/text.h"
#include "platform/json/described_json.h"
#include "platform/vault/key_file.h"

namespace ys::journal {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t key_bytes = 32;        // RFC 8032 §5.1.5
constexpr std::size_t signature_bytes = 64;  // RFC 8032 §5.1.6

struct FreeKey {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;
using Digest = std::unique_ptr<EVP_MD_CTX, FreeKey>;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::string message_of(UtcTime at, const ChainHead& head) {
    return to_rfc3339(at) + "|" + std::to_string(head.number) + "|" + head.hash;
}

bool is_signed(const SignedHead& head) {
    const auto key = vault::from_hex(head.key);
    const auto signature = vault::from_hex(head.signature);
    if (!key || key->size() != key_bytes || !signature || signature->size() != signature_bytes)
        return false;
    const Key open_key(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes_of(*key), key->size()));
    const Digest context(EVP_MD_CTX_new());
    const std::string message = message_of(head.at, head.head);
    return open_key && context &&
           EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, open_key.get()) == 1 &&
           EVP_DigestVerify(context.get(), bytes_of(*signature), signature->size(),
                            bytes_of(message), message.size()) == 1;
}

struct Line {
    UtcTime at;
    std::uint64_t number = 0;
    std::string hash, key, signature;
};
BOOST_DESCRIBE_STRUCT(Line, (), (at, number, hash, key, signature))

}  // namespace

Result<HeadSigner> HeadSigner::open(const fs::path& folder) {
    YS_TRY(Secret<std::string> key, vault::own_key(folder / "audit-signing.key", key_bytes));
    return HeadSigner(folder, std::move(key));
}

Result<SignedHead> HeadSigner::sign(const ChainHead& head, UtcTime at) const {
    const Error failed{std::errc::io_error, "signing the head of the audit"};
    const std::string& raw = key_.reveal();
    const Key key(
        EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytes_of(raw), raw.size()));
    const Digest context(EVP_MD_CTX_new());
    std::string open_key(key_bytes, '\0'), signature(signature_bytes, '\0');
    std::size_t open_size = open_key.size(), size = signature.size();
    const std::string message = message_of(at, head);
    const bool is_done =
        key && context &&
        EVP_PKEY_get_raw_public_key(key.get(), bytes_of(open_key), &open_size) == 1 &&
        EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
        EVP_DigestSign(context.get(), bytes_of(signature), &size, bytes_of(message),
                       message.size()) == 1;
    if (!is_done) return failed;
    return SignedHead{at, head, hex(open_key), hex(signature)};
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
        if (!is_signed(head)) return bad;
        out.push_back(std::move(head));
    }
    return out;
}

}  // namespace ys::journal
