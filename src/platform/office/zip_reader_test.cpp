// SPDX-License-Identifier: Apache-2.0
#include "platform/office/zip_reader.h"

#include <array>

#include <gtest/gtest.h>

#include "base/dice.h"
#include "platform/office/testing/archive.h"

namespace ys::office {
namespace {

using testing::Archive;

constexpr std::array<std::string_view, 2> wanted{"stops.txt", "trips.txt"};
constexpr std::size_t max = 1'000'000;

TEST(zip_reader, takes_what_was_asked_for_from_the_root_or_one_folder) {
    const std::string text(50'000, 's');
    const auto files = read_zip(Archive()
                                    .add("feed/", "", false)
                                    .add("feed/stops.txt", text)
                                    .add("trips.txt", "plain", false)
                                    .add("other.txt", "not wanted")
                                    .add("a/b/stops.txt", "too deep")
                                    .text(),
                                wanted, max);
    ASSERT_TRUE(files) << files.error().note;
    EXPECT_EQ(files->size(), 2U);
    EXPECT_EQ(files->at("stops.txt"), text);
    EXPECT_EQ(files->at("trips.txt"), "plain");
}

TEST(zip_reader, a_bomb_is_not_unpacked) {
    const std::string large(2'000'000, '\0');
    EXPECT_FALSE(read_zip(Archive().add("stops.txt", large).text(), wanted, max));
    // One that lies about its size.
    EXPECT_FALSE(read_zip(Archive().add("stops.txt", large, true, 100).text(), wanted, max));
    EXPECT_FALSE(read_zip(Archive().add("stops.txt", "abc", true, 900'000).text(), wanted, max));
    // All of them together.
    const std::string half(600'000, '\0');
    EXPECT_FALSE(
        read_zip(Archive().add("stops.txt", half).add("trips.txt", half).text(), wanted, max));
}

TEST(zip_reader, broken_encrypted_and_doubled_ones_are_refused) {
    EXPECT_FALSE(read_zip("", wanted, max));
    EXPECT_FALSE(read_zip("no archive at all, only a text of some length", wanted, max));
    EXPECT_FALSE(read_zip(Archive().add("stops.txt", "x", true, SIZE_MAX, 1).text(), wanted, max));
    EXPECT_FALSE(
        read_zip(Archive().add("stops.txt", "x").add("a/stops.txt", "y").text(), wanted, max));
    std::string spoilt = Archive().add("stops.txt", "stored text", false).text();
    spoilt[spoilt.find("stored")] = 'S';
    EXPECT_FALSE(read_zip(spoilt, wanted, max)) << "the check sum";
}

TEST(zip_reader, whole_paths_are_found_and_others_of_the_same_name_are_not) {
    constexpr std::array<std::string_view, 2> paths{"word/document.xml", "xl/sheets/*"};
    const auto files = read_zip_paths(Archive()
                                          .add("word/document.xml", "d")
                                          .add("../word/document.xml", "elsewhere")
                                          .add("xl/sheets/1.xml", "one")
                                          .add("xl/sheets/2.xml", "two")
                                          .add("document.xml", "not this")
                                          .text(),
                                      paths, max);
    ASSERT_TRUE(files) << files.error().note;
    EXPECT_EQ(files->size(), 3U);
    EXPECT_EQ(files->at("word/document.xml"), "d");
    EXPECT_EQ(files->at("xl/sheets/2.xml"), "two");
}

TEST(zip_reader, whatever_bytes_change_nothing_breaks) {
    const std::string good =
        Archive().add("stops.txt", std::string(300, 's')).add("trips.txt", "t", false).text();
    for (std::size_t cut = 0; cut < good.size(); ++cut)
        EXPECT_FALSE(read_zip(good.substr(0, cut), wanted, max)) << cut;
    Dice dice(1);
    for (int i = 0; i < 20'000; ++i) {
        std::string bad = good;
        for (int n = 0; n < 3; ++n)
            bad[dice.below(bad.size())] = static_cast<char>(dice.below(256));
        (void)read_zip(bad, wanted, max);
    }
}

}  // namespace
}  // namespace ys::office
