// SPDX-License-Identifier: Apache-2.0
// XML and HTML from outside as a row of events. No tree is built and nothing is fetched: a document
// type (which is where entities and outside files come from) ends the reading.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace ys::office {

using Attributes = std::vector<std::pair<std::string_view, std::string_view>>;

/// The value of the first attribute of that name, or "".
std::string_view attribute(const Attributes& attributes, std::string_view name);

/// Who is told; names are without prefix, as they are written in XML and small in HTML.
class MarkupListener {
public:
    virtual ~MarkupListener() = default;
    virtual void opened(std::string_view name, const Attributes& attributes) = 0;
    virtual void closed(std::string_view name) = 0;
    virtual void text(std::string_view text) = 0;
};

inline constexpr std::size_t markup_depth_max = 256;

/// errors  invalid_argument: not well formed, or too deep; operation_not_permitted: it has a
///         document type
Result<Done> read_xml(std::string_view xml, MarkupListener& listener);

/// Whatever browsers would show is read, in their spirit: there is no wrong HTML. What stands in
/// scripts and styles is told as text of theirs.
/// errors  invalid_argument: too deep
Result<Done> read_html(std::string_view html, MarkupListener& listener);

}  // namespace ys::office
