// SPDX-License-Identifier: Apache-2.0
#include "voice/speech/wav_of.h"

#include "voice/media/errc.h"
#include "voice/media/g711.h"
#include "voice/media/wav_file.h"
#include "voice/speech/telephone_sound.h"

namespace ys::speech {
namespace {

void put(std::string& out, std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
}

}  // namespace

std::string wav_of(std::span<const std::int16_t> samples) {
    constexpr std::uint32_t rate = Sound::sample_rate_hz;
    const auto bytes = static_cast<std::uint32_t>(samples.size() * 2);
    std::string out;
    out.reserve(44 + bytes);
    out += "RIFF";
    put(out, 36 + bytes, 4);
    out += "WAVEfmt ";
    put(out, 16, 4);
    put(out, 1, 2);  // PCM
    put(out, 1, 2);  // one channel
    put(out, rate, 4);
    put(out, rate * 2, 4);
    put(out, 2, 2);
    put(out, 16, 2);
    out += "data";
    put(out, bytes, 4);
    for (const std::int16_t sample : samples) put(out, static_cast<std::uint16_t>(sample), 2);
    return out;
}

Result<std::vector<std::int16_t>> samples_of_wav(std::string_view file) {
    const std::span bytes(reinterpret_cast<const std::uint8_t*>(file.data()), file.size());
    YS_TRY(const media::WavView wav, media::parse_wav(bytes));
    if (wav.channels != 1 || wav.sample_rate != Sound::sample_rate_hz)
        return Error{make_error_code(media::Errc::bad_audio_file), "not 8 kHz with one channel"};
    if (wav.format == 1 && wav.bits == 16) return samples_of(wav.data);
    if ((wav.format != 6 && wav.format != 7) || wav.bits != 8)
        return Error{make_error_code(media::Errc::bad_audio_file), "neither PCM16 nor G.711"};
    std::vector<std::int16_t> out(wav.data.size());
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = wav.format == 6 ? media::from_alaw(wav.data[i]) : media::from_ulaw(wav.data[i]);
    return out;
}

}  // namespace ys::speech
