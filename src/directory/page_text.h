// SPDX-License-Identifier: Apache-2.0
// What a page shows, as plain lines: tags gone, the numbers of tel: links kept.
#pragma once

#include <string>
#include <string_view>

namespace ys::directory {

/// One pass over whatever was fetched: HTML, JSON, a vCard or plain text. Scripts and styles are
/// left out; what is not HTML stays as it is.
std::string page_text(std::string_view page);

}  // namespace ys::directory
