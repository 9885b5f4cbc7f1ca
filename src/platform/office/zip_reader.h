// SPDX-License-Identifier: Apache-2.0
// Named files out of a ZIP archive from outside: stored or deflated, bounded, nothing is written
// anywhere and archives inside are not looked into.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ys::office {

/// wanted   names without folder; a file may stand in one folder of the archive
/// max      bytes of one file and of all together, once unpacked
/// returns  those that are there
/// errors   invalid_argument: no archive, a broken, encrypted or 64-bit one, a name twice;
///          file_too_large
Result<std::map<std::string, std::string>> read_zip(std::string_view archive,
                                                    std::span<const std::string_view> wanted,
                                                    std::size_t max);

/// Those that stand exactly at these paths; one that ends in '*' is the beginning of several.
Result<std::map<std::string, std::string>> read_zip_paths(std::string_view archive,
                                                          std::span<const std::string_view> wanted,
                                                          std::size_t max);

}  // namespace ys::office
