// SPDX-License-Identifier: Apache-2.0
// ZIP archives as other programs write them, for tests; also ones that lie.
#pragma once

#include <cstdint>
#include <string>

#include <zlib.h>

namespace ys::office::testing {

inline std::string little(std::uint64_t n, std::size_t bytes) {
    std::string out;
    for (std::size_t i = 0; i < bytes; ++i)
        out += static_cast<char>(i < 8 ? n >> (8 * i) & 0xff : 0);
    return out;
}

inline std::string deflated(const std::string& text) {
    std::string out(compressBound(text.size()) + 64, '\0');
    z_stream z{};
    deflateInit2(&z, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    z.avail_in = static_cast<uInt>(text.size());
    z.next_out = reinterpret_cast<Bytef*>(out.data());
    z.avail_out = static_cast<uInt>(out.size());
    deflate(&z, Z_FINISH);
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

}  // namespace ys::office::testing
