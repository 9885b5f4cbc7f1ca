// SPDX-License-Identifier: Apache-2.0
#include "backoffice/simulators/zip_reader.h"

#include <array>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include "backoffice/simulators/gtfs_files.h"
#include "backoffice/simulators/timetable.h"
#include "base/dice.h"

namespace ys::backoffice {
namespace {

constexpr std::array<std::string_view, 2> wanted{"stops.txt", "trips.txt"};
constexpr std::size_t max = 1'000'000;

std::string little(std::uint64_t n, std::size_t bytes) {
    std::string out;
    for (std::size_t i = 0; i < bytes; ++i)
        out += static_cast<char>(i < 8 ? n >> (8 * i) & 0xff : 0);
    return out;
}

std::string deflated(const std::string& text) {
    std::string out(compressBound(text.size()) + 64, '\0');
    z_stream z{};
    EXPECT_EQ(deflateInit2(&z, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    z.avail_in = static_cast<uInt>(text.size());
    z.next_out = reinterpret_cast<Bytef*>(out.data());
    z.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(deflate(&z, Z_FINISH), Z_STREAM_END);
    out.resize(z.total_out);
    deflateEnd(&z);
    return out;
}

/// An archive as other programs write it.
class Archive {
public:
    Archive& add(const std::string& name, const std::string& text, bool is_packed = true,
                 std::size_t said_size = SIZE_MAX, unsigned flags = 0) {
        const std::string body = is_packed ? deflated(text) : text;
        const auto crc =
            crc32(0, reinterpret_cast<const Bytef*>(text.data()), static_cast<uInt>(text.size()));
        const std::size_t size = said_size == SIZE_MAX ? text.size() : said_size;
        const std::string common = little(20, 2) + little(flags, 2) + little(is_packed ? 8 : 0, 2) +
                                   little(0, 4) + little(crc, 4) + little(body.size(), 4) +
                                   little(size, 4) + little(name.size(), 2) + little(0, 2);
        directory_ +=
            "PK\x01\x02" + little(20, 2) + common + little(0, 10) + little(files_.size(), 4) + name;
        files_ += "PK\x03\x04" + common + name + body;
        ++entries_;
        return *this;
    }
    std::string text() const {
        return files_ + directory_ + "PK\x05\x06" + little(0, 4) + little(entries_, 2) +
               little(entries_, 2) + little(directory_.size(), 4) + little(files_.size(), 4) +
               little(0, 2);
    }

private:
    std::string files_, directory_;
    std::size_t entries_ = 0;
};

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

TEST(zip_reader, a_timetable_is_the_same_out_of_an_archive) {
    const auto folder =
        std::filesystem::path(__FILE__).parent_path() / "../../../scenarios/bus/gtfs";
    const auto plain = read_gtfs(folder);
    ASSERT_TRUE(plain) << plain.error().note;
    Archive archive;
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
