// SPDX-License-Identifier: Apache-2.0
// A database's URL may say the key file that Private text is sealed with: whoever opens it later,
// a reader's thread or a command, seals and opens alike.
#pragma once

#include <string>
#include <string_view>

namespace ys::sql {

/// "sealed:/srv/data-keys/vault.key|sqlite:/srv/data/yingsheng.db"
inline std::string sealed_url(std::string_view key_file, std::string_view url) {
    return "sealed:" + std::string(key_file) + "|" + std::string(url);
}

struct UrlParts {
    std::string key_file;  ///< "" when the URL names none
    std::string url;
};
inline UrlParts parts_of_url(const std::string& whole) {
    constexpr std::string_view sealed = "sealed:";
    const auto bar = whole.find('|');
    if (!whole.starts_with(sealed) || bar == std::string::npos) return {{}, whole};
    return {whole.substr(sealed.size(), bar - sealed.size()), whole.substr(bar + 1)};
}

}  // namespace ys::sql
