// SPDX-License-Identifier: Apache-2.0
// Codecs with memory, and what is heard when packets are lost.
#include "voice/media/codec.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "voice/media/test_phone.h"

namespace ys::media {
namespace {

Frame tone(int number, double hertz) {
    Frame out;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const double t = static_cast<double>(number) * 160 + static_cast<double>(i);
        out[i] =
            static_cast<std::int16_t>(8000 * std::sin(2 * std::numbers::pi * hertz * t / 8000));
    }
    return out;
}

class WithMemory : public testing::TestWithParam<Codec> {};

TEST_P(WithMemory, a_tone_survives_and_a_lost_frame_is_filled) {
    const auto encoder = Encoder::make(GetParam());
    const auto decoder = Decoder::make(GetParam());
    ASSERT_TRUE(encoder && decoder);
    std::vector<std::int16_t> heard;
    std::vector<std::int16_t> filled;
    for (int i = 0; i < 40; ++i) {
        std::array<std::uint8_t, Encoder::bytes_max> bytes{};
        const std::size_t size = encoder->encode(tone(i, 440), bytes);
        ASSERT_GT(size, 0U);
        Frame out;
        if (i == 30) {
            decoder->conceal(out);
            filled.assign(out.begin(), out.end());
            continue;
        }
        decoder->decode(std::span(bytes).first(size), out);
        if (i >= 10 && i < 30) heard.insert(heard.end(), out.begin(), out.end());
    }
    EXPECT_GT(amplitude_of(heard, 440), 6500);
    EXPECT_GT(amplitude_of(filled, 440), 2000);
}
INSTANTIATE_TEST_SUITE_P(Codecs, WithMemory, testing::Values(Codec::G722, Codec::Opus));

TEST(Concealer, a_lost_frame_goes_on_like_the_one_before) {
    Concealer concealer;
    AlawFrame frame;
    for (int i = 0; i < 5; ++i) {
        encode_alaw(tone(i, 440), frame);
        concealer.heard(frame);
    }
    Frame filled;
    concealer.fill(filled);
    EXPECT_TRUE(concealer.is_in_gap());
    EXPECT_GT(amplitude_of({filled.begin(), filled.end()}, 440), 4000);
    for (int i = 0; i < 5; ++i) concealer.fill(filled);
    EXPECT_LT(amplitude_of({filled.begin(), filled.end()}, 440), 100);  // It fades to silence.
    Frame after = tone(11, 440);
    concealer.smooth(after);
    EXPECT_FALSE(concealer.is_in_gap());
}

}  // namespace
}  // namespace ys::media
