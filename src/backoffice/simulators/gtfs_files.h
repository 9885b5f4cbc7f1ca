// SPDX-License-Identifier: Apache-2.0
// The text files of a GTFS timetable, out of a folder or a ZIP archive.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "base/result.h"
#include "base/time.h"

namespace ys::backoffice {

struct GtfsFiles {
    std::map<std::string, std::string> texts;  ///< by name: "stops.txt"
    UtcTime changed_at;                        ///< the newest of them
};

/// At most 64 MB a file and 160 MB together; links are not followed.
/// errors  those of reading; invalid_argument when one that must be there is not
Result<GtfsFiles> read_gtfs(const std::filesystem::path& folder_or_zip);

}  // namespace ys::backoffice
