// SPDX-License-Identifier: Apache-2.0
// The flow files of the tree, for tests that go through all of them.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace ys::ivr::testing {

inline const std::filesystem::path tree{YS_SOURCE_DIR};

inline std::string content(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    EXPECT_TRUE(in) << file;
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

/// All *.flow below `folder` of the tree, by name.
inline std::vector<std::filesystem::path> flow_files(const std::string& folder) {
    std::vector<std::filesystem::path> out;
    for (const auto& file : std::filesystem::recursive_directory_iterator(tree / folder))
        if (file.path().extension() == ".flow") out.push_back(file.path());
    std::ranges::sort(out);
    return out;
}

}  // namespace ys::ivr::testing
