// SPDX-License-Identifier: Apache-2.0
// WAV in and out, prompts, peaks and the encoded recording.
#include "voice/media/wav_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "voice/media/errc.h"
#include "voice/media/g711.h"
#include "voice/media/ogg_encoder.h"
#include "voice/media/peaks.h"
#include "voice/media/prompt_player.h"

namespace ys::media {
namespace {

using Bytes = std::vector<std::uint8_t>;

class Folder : public testing::Test {
protected:
    Folder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "ys-media-XXXXXX").string();
        path = ::mkdtemp(pattern.data());
    }
    ~Folder() override { std::filesystem::remove_all(path); }
    void write(const std::string& name, const Bytes& bytes) const {
        std::ofstream(path + "/" + name, std::ios::binary)
            .write(reinterpret_cast<const char*>(bytes.data()),
                   static_cast<std::streamsize>(bytes.size()));
    }
    std::string path;
};

Bytes recording_of(std::uint32_t claimed, std::size_t actual, std::uint8_t left,
                   std::uint8_t right) {
    const auto header = recording_header(claimed);
    Bytes out(header.begin(), header.end());
    for (std::size_t i = 0; i < actual; ++i) out.push_back(i % 2 == 0 ? left : right);
    return out;
}

Bytes alaw_prompt(std::size_t samples, std::uint8_t byte) {
    const auto header = recording_header(static_cast<std::uint32_t>(samples), 1);
    Bytes out(header.begin(), header.end());
    out.insert(out.end(), samples, byte);
    return out;
}

TEST_F(Folder, our_header_is_read_back) {
    const Bytes file = recording_of(320, 320, 1, 2);
    const auto wav = parse_wav(file);
    ASSERT_TRUE(wav);
    EXPECT_EQ(wav->format, 6);
    EXPECT_EQ(wav->channels, 2);
    EXPECT_EQ(wav->sample_rate, 8000U);
    EXPECT_EQ(wav->data.size(), 320U);
}

TEST_F(Folder, a_recording_cut_off_by_a_kill_is_repaired) {
    write("cut.wav", recording_of(0, 64001, 1, 2));
    const auto length = repair_wav(path + "/cut.wav");
    ASSERT_TRUE(length);
    EXPECT_EQ(*length, 4s);
    const auto file = read_file(path + "/cut.wav", 1 << 20);
    ASSERT_TRUE(file);
    const auto wav = parse_wav(*file);
    ASSERT_TRUE(wav);
    EXPECT_EQ(wav->data.size(), 64000U);
    write("junk.wav", Bytes(100, 0));
    EXPECT_FALSE(repair_wav(path + "/junk.wav"));
    EXPECT_FALSE(repair_wav(path + "/missing.wav"));
}

TEST_F(Folder, hostile_headers_are_refused) {
    Bytes file = alaw_prompt(100, 1);
    for (std::size_t cut = 0; cut < recording_header_size; ++cut)
        EXPECT_FALSE(alaw_of_wav(std::span(file).first(cut))) << cut;
    file[24] = 1;  // another rate
    EXPECT_FALSE(alaw_of_wav(file));
    Bytes huge_chunk = alaw_prompt(100, 1);
    std::memset(&huge_chunk[42], 0xFF, 4);
    EXPECT_FALSE(alaw_of_wav(huge_chunk));
    EXPECT_FALSE(alaw_of_wav(recording_of(320, 320, 1, 2)));  // two channels
}

TEST_F(Folder, prompts_are_loaded_once_and_names_cannot_leave_the_folder) {
    write("hello.wav", alaw_prompt(160, 0x33));
    PromptShelf shelf(path);
    const auto first = shelf.get("hello");
    ASSERT_TRUE(first);
    std::filesystem::remove(path + "/hello.wav");
    const auto again = shelf.get("hello");
    ASSERT_TRUE(again);
    EXPECT_EQ(*first, *again);
    for (const char* bad : {"", "../hello", "a/b", "Hello", "a.b", "a b", "/etc/passwd"})
        EXPECT_EQ(shelf.get(bad).error().code, make_error_code(Errc::bad_prompt_name)) << bad;
    EXPECT_EQ(shelf.get("missing").error().code, make_error_code(Errc::file_failed));
}

TEST_F(Folder, prompts_follow_each_other_without_a_gap) {
    Play play{.id = PlayId{1}};
    play.prompts.push_back(std::make_shared<const Prompt>(Prompt{Bytes(100, 1)}));
    play.prompts.push_back(std::make_shared<const Prompt>(Prompt{Bytes(100, 2)}));
    PromptPlayer player;
    player.start(play);
    AlawFrame frame;
    ASSERT_TRUE(player.next(frame));
    EXPECT_EQ(frame[99], 1);
    EXPECT_EQ(frame[100], 2);
    ASSERT_TRUE(player.next(frame));
    EXPECT_EQ(frame[39], 2);
    EXPECT_EQ(frame[40], alaw_silence);
    EXPECT_FALSE(player.next(frame));
    play.repeats = true;
    player.start(play);
    for (int i = 0; i < 1000; ++i) ASSERT_TRUE(player.next(frame));
    play.prompts.clear();
    player.start(play);
    EXPECT_FALSE(player.next(frame));
}

TEST_F(Folder, peaks_show_each_channel_by_itself) {
    write("talk.wav", recording_of(32000, 32000, to_alaw(16000), alaw_silence));
    const auto peaks = waveform_peaks(path + "/talk.wav");
    ASSERT_TRUE(peaks);
    ASSERT_EQ(peaks->left.size(), 20U);
    EXPECT_GT(peaks->left[3], 55);
    EXPECT_EQ(peaks->right[3], 0);
    write("talk.peaks", bytes_of_peaks(*peaks));
    const auto read = read_peaks(path + "/talk.peaks");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->left, peaks->left);
    EXPECT_EQ(read->right, peaks->right);
}

TEST_F(Folder, a_recording_becomes_a_small_ogg) {
    write("talk.wav", recording_of(160000, 160000, to_alaw(3000), alaw_silence));
    const std::atomic<bool> stop{false};
    ASSERT_TRUE(encode_ogg_opus(path + "/talk.wav", path + "/talk.ogg", stop));
    const auto ogg = read_file(path + "/talk.ogg", 1 << 20);
    ASSERT_TRUE(ogg);
    EXPECT_GT(ogg->size(), 500U);
    EXPECT_LT(ogg->size(), 100'000U);
    EXPECT_EQ(std::memcmp(ogg->data(), "OggS", 4), 0);
    EXPECT_FALSE(std::filesystem::exists(path + "/talk.ogg.part"));
    const std::atomic<bool> stopped{true};
    EXPECT_FALSE(encode_ogg_opus(path + "/talk.wav", path + "/other.ogg", stopped));
    EXPECT_FALSE(std::filesystem::exists(path + "/other.ogg.part"));
}

}  // namespace
}  // namespace ys::media
