// SPDX-License-Identifier: Apache-2.0
// Photos as they come from telephones and from attackers, and a child that tries to get out.
#include "platform/image/decoder.h"

#include <array>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/image/child_protocol.h"
#include "platform/image/exif.h"
#include "platform/image/file_kind.h"
#include "platform/image/testing/pictures.h"

namespace ys::image {
namespace {

using namespace testing;

class Decoder_ : public ::testing::Test {
protected:
    Decoder_() {
        std::string name = "/tmp/ys-image-XXXXXX";
        folder_ = mkdtemp(name.data());
    }
    ~Decoder_() override { std::filesystem::remove_all(folder_); }
    std::filesystem::path file_with(const std::string& bytes) {
        std::ofstream(folder_ / "in", std::ios::binary) << bytes;
        return folder_ / "in";
    }
    Result<Picture> decoded(const std::string& bytes) { return decode(file_with(bytes)); }
    std::error_code refusal(const std::string& bytes) {
        const auto got = decoded(bytes);
        return got ? std::error_code{} : got.error().code;
    }

    std::filesystem::path folder_;
};

int status_of(std::vector<std::string> words, std::string* said = nullptr) {
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    std::array<int, 2> ends{};
    EXPECT_EQ(pipe(ends.data()), 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    std::array<char*, 1> none{nullptr};
    pid_t pid = 0;
    EXPECT_EQ(posix_spawn(&pid, argv[0], &actions, nullptr, argv.data(), none.data()), 0);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    std::array<char, 256> block{};
    const ssize_t n = read(ends[0], block.data(), block.size());
    if (said && n > 0) said->assign(block.data(), static_cast<std::size_t>(n));
    close(ends[0]);
    int status = 0;
    waitpid(pid, &status, 0);
    return status;
}

struct Used {
    int exit_code = -1;
    long cpu_ms = 0, peak_kb = 0;
};
Used used_for(const std::filesystem::path& file) {
    std::string said;
    status_of({YS_IMAGE_MEASURE, YS_IMAGE_CHILD, file.string()}, &said);
    Used out;
    std::istringstream(said) >> out.exit_code >> out.cpu_ms >> out.peak_kb;
    return out;
}

TEST_F(Decoder_, a_photo_comes_back_smaller_and_without_what_it_said_about_its_place) {
    const std::string photo = make_jpeg({.width = 4000, .height = 3000});
    ASSERT_NE(photo.find("SECRET-PLACE"), std::string::npos);
    const auto got = decoded(photo);
    ASSERT_TRUE(got) << got.error().note;
    EXPECT_EQ(got->width, 2560U);
    EXPECT_EQ(got->height, 1920U);
    EXPECT_EQ(got->jpeg.find("SECRET"), std::string::npos);
    EXPECT_EQ(got->jpeg.find("Exif"), std::string::npos);
    EXPECT_LT(got->thumbnail.size(), 20'000U);
    EXPECT_GT(colour_at(got->jpeg, 100, 1900).red, 240);
    EXPECT_GT(colour_at(got->jpeg, 2500, 1900).blue, 240);
    EXPECT_GT(colour_at(got->thumbnail, 300, 230).blue, 230);
    EXPECT_GT(colour_at(got->thumbnail, 160, 10).green, 230);
}

TEST_F(Decoder_, a_photo_is_turned_the_way_it_was_held) {
    // Stored: green on top, red below left, blue below right.
    struct Row {
        int orientation;
        std::uint32_t width;
        char green;
    };
    for (const Row& row : {Row{1, 64, 't'}, Row{3, 64, 'b'}, Row{6, 48, 'r'}, Row{8, 48, 'l'},
                           Row{2, 64, 't'}, Row{4, 64, 'b'}, Row{5, 48, 'l'}, Row{7, 48, 'r'}}) {
        const auto got = decoded(make_jpeg({.orientation = row.orientation}));
        ASSERT_TRUE(got) << row.orientation;
        EXPECT_EQ(got->width, row.width) << row.orientation;
        const std::uint32_t x = row.green == 'l' ? 2 : row.green == 'r' ? got->width - 3 : 24;
        const std::uint32_t y = row.green == 't' ? 2 : row.green == 'b' ? got->height - 3 : 24;
        EXPECT_GT(colour_at(got->jpeg, x, y).green, 200) << row.orientation;
    }
    // 3 is 1 upside down: red, which was on the left, is on the right.
    const auto turned = decoded(make_jpeg({.orientation = 3}));
    EXPECT_GT(colour_at(turned->jpeg, 60, 10).red, 200);
}

TEST_F(Decoder_, every_form_of_jpeg_and_png_a_phone_makes_is_read) {
    const auto progressive =
        decoded(make_jpeg({.width = 4000, .height = 3000, .is_progressive = true}));
    ASSERT_TRUE(progressive) << progressive.error().note;
    EXPECT_EQ(progressive->width, 2560U);
    const auto screen = decoded(make_png(1080, 2400));
    ASSERT_TRUE(screen) << screen.error().note;
    EXPECT_EQ(screen->height, 2400U);
    EXPECT_GT(colour_at(screen->jpeg, 10, 2390).red, 240);
    const auto interlaced = decoded(make_png(300, 200, true));
    ASSERT_TRUE(interlaced) << interlaced.error().note;
    EXPECT_GT(colour_at(interlaced->jpeg, 290, 190).blue, 240);
    ASSERT_TRUE(decoded(make_png(1, 1)));
    EXPECT_EQ(decoded(make_png(12'000, 1))->width, 2560U);
}

TEST_F(Decoder_, what_is_no_picture_is_refused_with_the_reason) {
    EXPECT_EQ(refusal(""), errc::not_a_picture);
    EXPECT_EQ(refusal("GIF89a and so on"), errc::not_a_picture);
    EXPECT_EQ(refusal("<svg xmlns='http://www.w3.org/2000/svg'/>"), errc::not_a_picture);
    EXPECT_EQ(refusal("\xFF\xD8\xFF"), errc::damaged);
    const std::string photo = make_jpeg({.width = 400, .height = 300});
    EXPECT_EQ(refusal(photo.substr(0, photo.size() / 2)), errc::damaged);
    const std::string screen = make_png(40, 30);
    EXPECT_EQ(refusal(screen.substr(0, screen.size() - 20)), errc::damaged);
    std::string bent = screen;
    bent[50] = static_cast<char>(bent[50] ^ 0x40);
    EXPECT_EQ(refusal(bent), errc::damaged);
    EXPECT_EQ(decode(folder_ / "nothing").error().code, errc::failed);
}

TEST_F(Decoder_, a_picture_with_bytes_changed_anywhere_is_read_or_refused_and_nothing_else) {
    for (const std::string& whole : {make_jpeg({.width = 80, .height = 60}), make_png(80, 60)})
        for (std::size_t at = 0; at < whole.size(); at += whole.size() / 60 + 1) {
            std::string bent = whole;
            bent[at] = static_cast<char>(~bent[at]);
            EXPECT_NE(refusal(bent), errc::failed) << at;
        }
}

TEST_F(Decoder_, a_png_of_50000_by_50000_is_refused_within_a_second_and_64_mb) {
    const auto bomb = file_with(png_that_claims(50'000, 50'000));
    EXPECT_EQ(decode(bomb).error().code, errc::too_large);
    const Used used = used_for(bomb);
    EXPECT_EQ(used.exit_code, static_cast<int>(ChildExit::TooLarge));
    EXPECT_LT(used.cpu_ms, 1000);
    EXPECT_LT(used.peak_kb, 64 * 1024);
    RecordProperty("cpu_ms", static_cast<int>(used.cpu_ms));
    RecordProperty("peak_kb", static_cast<int>(used.peak_kb));
}

TEST_F(Decoder_, the_largest_picture_that_is_taken_stays_within_64_mb) {
    const Used png = used_for(file_with(make_png(8000, 8000)));
    EXPECT_EQ(png.exit_code, 0);
    EXPECT_LT(png.peak_kb, 64 * 1024);
    EXPECT_LT(png.cpu_ms, 5000);
    const Used many =
        used_for(file_with(make_jpeg({.width = 6000, .height = 6000, .is_progressive = true})));
    EXPECT_EQ(many.exit_code, static_cast<int>(ChildExit::TooLarge))
        << "its coefficients do not fit";
    EXPECT_LT(many.peak_kb, 64 * 1024);
    RecordProperty("png_cpu_ms", static_cast<int>(png.cpu_ms));
    RecordProperty("png_peak_kb", static_cast<int>(png.peak_kb));
}

TEST_F(Decoder_, from_within_the_sandbox_nothing_can_be_opened_run_or_told) {
    EXPECT_EQ(status_of({YS_IMAGE_HOSTILE, "nothing"}), 0) << "the sandbox itself holds";
    for (const std::string what : {"socket", "socketpair", "open", "openat", "create", "held",
                                   "exec", "fork", "kill", "stderr", "code"}) {
        const int status = status_of({YS_IMAGE_HOSTILE, what});
#ifndef __NR_open
        if (what == "open") continue;
#endif
        EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS) << what << " " << status;
    }
    const int memory = status_of({YS_IMAGE_HOSTILE, "memory"});
    EXPECT_TRUE(WIFEXITED(memory) && WEXITSTATUS(memory) == 1) << "80 MB were given";
}

TEST(FileKind_, a_file_is_what_its_bytes_say) {
    const auto kind = [](std::string_view text) {
        return kind_of({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
    };
    EXPECT_EQ(kind(make_png(1, 1)), FileKind::Png);
    EXPECT_EQ(kind(make_jpeg({})), FileKind::Jpeg);
    EXPECT_EQ(kind(std::string_view("\0\0\0\x18"
                                    "ftypmp42",
                                    12)),
              FileKind::Mp4);
    EXPECT_EQ(kind(std::string_view("\0\0\0\x14"
                                    "ftypqt  ",
                                    12)),
              FileKind::QuickTime);
    EXPECT_EQ(kind(std::string_view("\0\0\0\x18"
                                    "ftypheic",
                                    12)),
              FileKind::Other);
    EXPECT_EQ(kind("<!doctype html>"), FileKind::Other);
    EXPECT_EQ(kind("MZ"), FileKind::Other);
    EXPECT_EQ(kind(""), FileKind::Other);
}

TEST(Exif_, a_torn_segment_says_upright) {
    std::string whole("Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0", 28);
    const auto turn = [](std::string_view text) {
        return exif_orientation({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
    };
    EXPECT_EQ(turn(whole), 6);
    for (std::size_t n = 0; n < 26; ++n) EXPECT_EQ(turn(whole.substr(0, n)), 1) << n;
    whole[25] = 9;
    EXPECT_EQ(turn(whole), 1);
}

}  // namespace
}  // namespace ys::image
