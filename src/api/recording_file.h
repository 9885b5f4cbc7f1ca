// SPDX-License-Identifier: Apache-2.0
// Where a recording's bytes are, never outside the recordings folder; and its marked spans.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/described.h"
#include "base/id.h"
#include "base/result.h"
#include "platform/journal/journal.h"

namespace ys::api {

/// The file of a row, links followed. errors  not_found when it would be outside `folder`
Result<std::filesystem::path> recording_path(const std::filesystem::path& folder,
                                             const std::string& file);

struct MarkedSpan {
    std::string span;  ///< "hold" "secure_input"
    std::int64_t from_ms = 0;
    std::int64_t to_ms = 0;
};
BOOST_DESCRIBE_STRUCT(MarkedSpan, (), (span, from_ms, to_ms))

/// Spans of one recording by the facts of its call; one without an end lasts to `length_ms`.
std::vector<MarkedSpan> marked_spans(const std::vector<journal::Entry>& story, RecordingId id,
                                     std::int64_t length_ms);

}  // namespace ys::api
