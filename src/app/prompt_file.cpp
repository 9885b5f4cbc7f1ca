// SPDX-License-Identifier: Apache-2.0
#include "app/prompt_file.h"

#include <cstdio>
#include <fstream>
#include <vector>

#include "voice/media/g711.h"
#include "voice/media/wav_file.h"

namespace ys::app {

Result<Done> write_prompt(const std::string& path, std::span<const std::int16_t> samples) {
    std::vector<std::uint8_t> alaw(samples.size());
    media::encode_alaw(samples, alaw);
    const auto header = media::recording_header(static_cast<std::uint32_t>(alaw.size()), 1);
    const std::string part = path + ".part";
    std::ofstream file{part, std::ios::binary};
    file.write(reinterpret_cast<const char*>(header.data()), header.size());
    file.write(reinterpret_cast<const char*>(alaw.data()),
               static_cast<std::streamsize>(alaw.size()));
    file.close();
    if (!file || std::rename(part.c_str(), path.c_str()) != 0)
        return Error{std::errc::io_error, "writing " + path};
    return Done{};
}

}  // namespace ys::app
