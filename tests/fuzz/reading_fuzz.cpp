// SPDX-License-Identifier: Apache-2.0
// links: reading
// Whatever is to be read aloud: only words come out, and never many more than went in.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "ivr/reading/reading.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::string said = ys::ivr::reading(text);
    if (said.size() > 10 * size || ys::cleaned(said, said.size()) != said) std::abort();
    for (const char c : said)
        if ('!' <= c && c <= '~' && (c < 'A' || c > 'Z')) std::abort();
    if (ys::ivr::reading(said) != said) std::abort();
    return 0;
}
