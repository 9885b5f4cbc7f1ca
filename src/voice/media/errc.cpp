// SPDX-License-Identifier: Apache-2.0
// The sentences of the media plane's errors.
#include "voice/media/errc.h"

#include <string>

namespace ys::media {
namespace {

class Category final : public std::error_category {
public:
    const char* name() const noexcept override { return "media"; }
    std::string message(int code) const override {
        switch (static_cast<Errc>(code)) {
            case Errc::no_common_codec:
                return "The far end speaks no codec that we speak.";
            case Errc::bad_sdp:
                return "The session description cannot be understood.";
            case Errc::no_port:
                return "No UDP port could be bound for this leg.";
            case Errc::unknown_leg:
                return "There is no such leg.";
            case Errc::bad_prompt_name:
                return "A prompt name is made of a-z, 0-9, _ and -.";
            case Errc::bad_audio_file:
                return "The file is no 8 kHz mono WAV of PCM16 or A-law.";
            case Errc::file_failed:
                return "A file could not be read or written.";
        }
        return "Unknown media error.";
    }
};

}  // namespace

std::error_code make_error_code(Errc code) {
    static const Category category;
    return {static_cast<int>(code), category};
}

}  // namespace ys::media
