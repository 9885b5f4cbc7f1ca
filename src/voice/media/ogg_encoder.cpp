// SPDX-License-Identifier: Apache-2.0
// libopusenc on a recording; it resamples by itself.
#include "voice/media/ogg_encoder.h"

#include <fcntl.h>
#include <opusenc.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <span>
#include <vector>

#include "voice/media/errc.h"
#include "voice/media/g711.h"
#include "voice/media/wav_file.h"

namespace ys::media {
namespace {

constexpr std::size_t recording_bytes_max = 1U << 30;
constexpr int samples_per_step = 8000;

struct CommentsEnd {
    void operator()(OggOpusComments* c) const { ope_comments_destroy(c); }
};
struct EncoderEnd {
    void operator()(OggOpusEnc* e) const { ope_encoder_destroy(e); }
};

Error failed(const std::string& path) {
    return {make_error_code(Errc::file_failed), "encoding " + path};
}

Result<Done> sync_file(const std::string& path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return failed(path);
    const bool is_synced = ::fsync(fd) == 0;
    ::close(fd);
    if (!is_synced) return failed(path);
    return Done{};
}

Result<Done> encode_all(OggOpusEnc* encoder, std::span<const std::uint8_t> data,
                        const std::atomic<bool>& stop, const std::string& path) {
    std::vector<opus_int16> linear(2 * samples_per_step);
    while (data.size() >= 2) {
        if (stop.load(std::memory_order_relaxed))
            return Error{std::errc::operation_canceled, "encoding " + path};
        const std::size_t bytes = std::min(data.size() & ~std::size_t{1}, linear.size());
        for (std::size_t i = 0; i < bytes; ++i) linear[i] = from_alaw(data[i]);
        if (ope_encoder_write(encoder, linear.data(), static_cast<int>(bytes / 2)) != OPE_OK)
            return failed(path);
        data = data.subspan(bytes);
    }
    if (ope_encoder_drain(encoder) != OPE_OK) return failed(path);
    return Done{};
}

}  // namespace

Result<Done> encode_ogg_opus(const std::string& wav_path, const std::string& ogg_path,
                             const std::atomic<bool>& stop) {
    YS_TRY(const std::vector<std::uint8_t> file, read_file(wav_path, recording_bytes_max));
    YS_TRY(const WavView wav, parse_wav(file));
    if (wav.format != 6 || wav.channels != 2)
        return Error{make_error_code(Errc::bad_audio_file), "no recording of ours"};
    const std::string part = ogg_path + ".part";
    const std::unique_ptr<OggOpusComments, CommentsEnd> comments(ope_comments_create());
    int error = OPE_OK;
    std::unique_ptr<OggOpusEnc, EncoderEnd> encoder(
        ope_encoder_create_file(part.c_str(), comments.get(), 8000, 2, 0, &error));
    if (encoder == nullptr) return failed(ogg_path);
    ope_encoder_ctl(encoder.get(), OPUS_SET_BITRATE(48'000));
    ope_encoder_ctl(encoder.get(), OPUS_SET_COMPLEXITY(3));
    ope_encoder_ctl(encoder.get(), OPUS_SET_SIGNAL(OPUS_SIGNAL_VOICE));
    Result<Done> encoded = encode_all(encoder.get(), wav.data, stop, ogg_path);
    encoder.reset();
    if (encoded) encoded = sync_file(part);
    if (encoded && std::rename(part.c_str(), ogg_path.c_str()) != 0) encoded = failed(ogg_path);
    if (!encoded) ::unlink(part.c_str());
    return encoded;
}

}  // namespace ys::media
