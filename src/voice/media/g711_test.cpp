// SPDX-License-Identifier: Apache-2.0
// The tables of G.711 against spandsp's arithmetic, and the mixer on top.
#include "voice/media/g711.h"

#include <gtest/gtest.h>
#include <spandsp.h>

#include "voice/media/mix.h"

namespace ys::media {
namespace {

TEST(G711, every_sample_is_coded_as_spandsp_codes_it) {
    for (int sample = -32768; sample <= 32767; ++sample) {
        const auto s = static_cast<std::int16_t>(sample);
        ASSERT_EQ(to_alaw(s), linear_to_alaw(sample)) << sample;
        if (sample == -1) continue;
        // spandsp takes the magnitude of a negative sample one higher than ITU-T G.191 does.
        ASSERT_EQ(to_ulaw(s), linear_to_ulaw(sample < 0 ? sample + 1 : sample)) << sample;
    }
}

TEST(G711, every_byte_is_decoded_as_spandsp_decodes_it) {
    for (int byte = 0; byte < 256; ++byte) {
        const auto b = static_cast<std::uint8_t>(byte);
        ASSERT_EQ(from_alaw(b), alaw_to_linear(b)) << byte;
        ASSERT_EQ(from_ulaw(b), ulaw_to_linear(b)) << byte;
    }
}

TEST(Mix, one_voice_in_alaw_goes_through_untouched) {
    AlawFrame voice;
    voice.fill(0x12);
    Mix mix;
    mix.add(voice, 1.0F);
    EXPECT_EQ(mix.untouched(), &voice);
    mix.add(voice, 1.0F);
    EXPECT_EQ(mix.untouched(), nullptr);
    mix.clear();
    mix.add(voice, 0.5F);
    EXPECT_EQ(mix.untouched(), nullptr);
}

TEST(Mix, voices_add_up_with_gain_and_do_not_wrap) {
    Frame a;
    a.fill(20000);
    Frame b;
    b.fill(-8000);
    Mix mix;
    mix.add(a, 1.0F);
    mix.add(b, 0.5F);
    Frame out;
    mix.render(out);
    EXPECT_EQ(out[7], 16000);
    mix.add(a, 1.0F);
    mix.render(out);
    EXPECT_EQ(out[159], 32767);
}

TEST(Mix, a_gain_that_is_nothing_is_not_heard) {
    Frame a;
    a.fill(1000);
    Mix mix;
    mix.add(a, 0.0F);
    mix.add(a, -1.0F);
    EXPECT_TRUE(mix.is_empty());
}

}  // namespace
}  // namespace ys::media
