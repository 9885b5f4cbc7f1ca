// SPDX-License-Identifier: Apache-2.0
// Heads of the audit's chain, signed and kept outside the data folder: one line of JSON each, in a
// file that is only appended to. A copy of a line is a witness of everything before it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "platform/journal/audit_chain.h"
#include "platform/vault/signing_key.h"

namespace ys::journal {

struct SignedHead {
    UtcTime at;
    ChainHead head;
    std::string key;        ///< Ed25519 public key, hexadecimal (RFC 8032 §5.1.5)
    std::string signature;  ///< over "at|number|hash", hexadecimal
};

/// Signs with a key that is made at first use and lies beside the heads (0600).
class HeadSigner {
public:
    /// errors  those of making the folder and of reading or writing the key
    static Result<HeadSigner> open(const std::filesystem::path& folder);
    Result<SignedHead> sign(const ChainHead& head, UtcTime at) const;
    /// Appends to heads_file(folder) and waits until the disk has it.
    Result<Done> keep(const SignedHead& head) const;

private:
    HeadSigner(std::filesystem::path folder, vault::SigningKey key)
        : folder_(std::move(folder)), key_(std::move(key)) {}
    std::filesystem::path folder_;
    vault::SigningKey key_;
};

std::filesystem::path heads_file(const std::filesystem::path& folder);
/// Every line of a file.
/// errors  no_such_file_or_directory; invalid_argument for a line that is none, or whose signature
///         is not of its key
Result<std::vector<SignedHead>> read_heads(const std::filesystem::path& file);
std::string to_line(const SignedHead& head);

}  // namespace ys::journal
