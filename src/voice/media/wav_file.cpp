// SPDX-License-Identifier: Apache-2.0
// Bounded reading of RIFF chunks, and the header of our own recordings.
#include "voice/media/wav_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <string_view>

#include "voice/media/errc.h"
#include "voice/media/g711.h"

namespace ys::media {
namespace {

std::uint32_t le32(const std::uint8_t* p) {
    return std::uint32_t{p[0]} | std::uint32_t{p[1]} << 8 | std::uint32_t{p[2]} << 16 |
           std::uint32_t{p[3]} << 24;
}
std::uint16_t le16(const std::uint8_t* p) { return static_cast<std::uint16_t>(p[0] | p[1] << 8); }
void put32(std::uint8_t* p, std::uint32_t value) {
    for (int i = 0; i < 4; ++i) p[i] = static_cast<std::uint8_t>(value >> (8 * i));
}
void put16(std::uint8_t* p, std::uint16_t value) {
    p[0] = static_cast<std::uint8_t>(value);
    p[1] = static_cast<std::uint8_t>(value >> 8);
}
bool has_tag(std::span<const std::uint8_t> bytes, std::string_view tag) {
    return bytes.size() >= 4 && std::memcmp(bytes.data(), tag.data(), 4) == 0;
}
Error bad(const char* why) { return {make_error_code(Errc::bad_audio_file), why}; }

class OpenFile {
public:
    OpenFile(const std::string& path, int flags) : fd_(::open(path.c_str(), flags | O_CLOEXEC)) {}
    ~OpenFile() {
        if (fd_ >= 0) ::close(fd_);
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    int fd() const { return fd_; }

private:
    int fd_;
};

}  // namespace

Result<WavView> parse_wav(std::span<const std::uint8_t> file) {
    if (file.size() < 12 || !has_tag(file, "RIFF") || !has_tag(file.subspan(8), "WAVE"))
        return bad("no RIFF WAVE");
    std::span<const std::uint8_t> rest = file.subspan(12);
    WavView out;
    while (rest.size() >= 8) {
        const std::size_t declared = le32(&rest[4]);
        const std::size_t size = std::min(declared, rest.size() - 8);
        const std::span<const std::uint8_t> body = rest.subspan(8, size);
        if (has_tag(rest, "fmt ")) {
            if (body.size() < 16) return bad("short fmt chunk");
            out.format = le16(&body[0]);
            out.channels = le16(&body[2]);
            out.sample_rate = le32(&body[4]);
            out.bits = le16(&body[14]);
        } else if (has_tag(rest, "data")) {
            if (out.format == 0) return bad("data before fmt");
            out.data = body;
            return out;
        }
        // Chunks begin on even offsets.
        rest = rest.subspan(std::min(rest.size(), 8 + size + (size & 1)));
    }
    return bad("no data chunk");
}

Result<std::vector<std::uint8_t>> alaw_of_wav(std::span<const std::uint8_t> file) {
    YS_TRY(const WavView wav, parse_wav(file));
    if (wav.channels != 1 || wav.sample_rate != 8000) return bad("not 8 kHz mono");
    std::vector<std::uint8_t> out;
    if (wav.format == 1 && wav.bits == 16) {
        out.resize(wav.data.size() / 2);
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = to_alaw(static_cast<std::int16_t>(le16(&wav.data[2 * i])));
        return out;
    }
    if ((wav.format != 6 && wav.format != 7) || wav.bits != 8) return bad("format not supported");
    out.assign(wav.data.begin(), wav.data.end());
    if (wav.format == 7) ulaw_to_alaw(out);
    return out;
}

std::array<std::uint8_t, recording_header_size> recording_header(std::uint32_t data_bytes,
                                                                 std::uint16_t channels) {
    std::array<std::uint8_t, recording_header_size> h{};
    std::memcpy(&h[0], "RIFF", 4);
    put32(&h[4], data_bytes + recording_header_size - 8);
    std::memcpy(&h[8], "WAVEfmt ", 8);
    put32(&h[16], 18);
    put16(&h[20], 6);
    put16(&h[22], channels);
    put32(&h[24], 8000);
    put32(&h[28], 8000U * channels);
    put16(&h[32], channels);
    put16(&h[34], 8);
    put16(&h[36], 0);
    std::memcpy(&h[38], "fact", 4);
    put32(&h[42], 4);
    put32(&h[46], channels == 0 ? 0 : data_bytes / channels);
    std::memcpy(&h[50], "data", 4);
    put32(&h[54], data_bytes);
    return h;
}

Result<std::vector<std::uint8_t>> read_file(const std::string& path, std::size_t limit_bytes) {
    const OpenFile file(path, O_RDONLY);
    struct stat about {};
    if (file.fd() < 0 || ::fstat(file.fd(), &about) != 0 || !S_ISREG(about.st_mode))
        return Error{make_error_code(Errc::file_failed), "opening " + path};
    if (static_cast<std::uint64_t>(about.st_size) > limit_bytes)
        return Error{make_error_code(Errc::file_failed), "too big: " + path};
    std::vector<std::uint8_t> out(static_cast<std::size_t>(about.st_size));
    std::size_t at = 0;
    while (at < out.size()) {
        const ssize_t got = ::read(file.fd(), out.data() + at, out.size() - at);
        if (got <= 0) return Error{make_error_code(Errc::file_failed), "reading " + path};
        at += static_cast<std::size_t>(got);
    }
    return out;
}

Result<Millis> repair_wav(const std::string& path) {
    const OpenFile file(path, O_RDWR);
    struct stat about {};
    if (file.fd() < 0 || ::fstat(file.fd(), &about) != 0)
        return Error{make_error_code(Errc::file_failed), "opening " + path};
    std::array<std::uint8_t, recording_header_size> head{};
    const auto expected = static_cast<ssize_t>(head.size());
    if (::pread(file.fd(), head.data(), head.size(), 0) != expected)
        return bad("shorter than a header");
    if (!has_tag(head, "RIFF") || !has_tag(std::span(head).subspan(50), "data") ||
        le16(&head[20]) != 6)
        return bad("no recording of ours");
    const std::uint16_t channels = le16(&head[22]);
    if (channels == 0 || channels > 2) return bad("no recording of ours");
    auto bytes = static_cast<std::uint32_t>(about.st_size - expected);
    bytes -= bytes % channels;
    const auto fixed = recording_header(bytes, channels);
    if (::pwrite(file.fd(), fixed.data(), fixed.size(), 0) != expected || ::fsync(file.fd()) != 0)
        return Error{make_error_code(Errc::file_failed), "repairing " + path};
    return Millis{bytes / (8U * channels)};
}

}  // namespace ys::media
