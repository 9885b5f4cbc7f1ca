// SPDX-License-Identifier: Apache-2.0
// links: json
// JSON from outside into a described struct and out again: what was read is written the same.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "platform/json/described_json.h"

namespace {

struct Inner {
    std::int32_t small = 0;
    std::optional<ys::UtcTime> at;
    std::vector<std::string> words;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (small, at, words))
struct Outer {
    std::string text;
    std::uint64_t number = 0;
    bool flag = false;
    ys::CaseId id;
    std::optional<Inner> inner;
    std::vector<Inner> list;
    std::map<std::string, std::int64_t> named;
};
BOOST_DESCRIBE_STRUCT(Outer, (), (text, number, flag, id, inner, list, named))

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto read = ys::json::from_json<Outer>({reinterpret_cast<const char*>(data), size});
    if (!read) return 0;
    const std::string written = ys::json::to_json(*read);
    const auto again = ys::json::from_json<Outer>(written);
    YS_ASSERT(again && ys::json::to_json(*again) == written);
    return 0;
}
