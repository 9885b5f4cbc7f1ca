// SPDX-License-Identifier: Apache-2.0
#include "backoffice/simulators/gtfs_files.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "backoffice/simulators/timetable.h"
#include "platform/office/testing/archive.h"

namespace ys::backoffice {
namespace {

TEST(gtfs_files, a_timetable_is_the_same_out_of_an_archive) {
    const auto folder =
        std::filesystem::path(__FILE__).parent_path() / "../../../scenarios/bus/gtfs";
    const auto plain = read_gtfs(folder);
    ASSERT_TRUE(plain) << plain.error().note;
    office::testing::Archive archive;
    for (const auto& [name, text] : plain->texts) archive.add("gtfs/" + name, text);
    const auto path =
        std::filesystem::temp_directory_path() / ("ys_gtfs_" + std::to_string(::getpid()) + ".zip");
    std::ofstream(path, std::ios::binary) << archive.text();
    const auto unpacked = read_gtfs(path);
    std::filesystem::remove(path);
    ASSERT_TRUE(unpacked) << unpacked.error().note;
    EXPECT_EQ(unpacked->texts, plain->texts);
    EXPECT_TRUE(Timetable::build(*unpacked));
}

}  // namespace
}  // namespace ys::backoffice
