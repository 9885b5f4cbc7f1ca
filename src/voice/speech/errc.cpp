// SPDX-License-Identifier: Apache-2.0
// The sentences of the errors of speech.
#include "voice/speech/errc.h"

#include <string>

namespace ys::speech {
namespace {

class Category final : public std::error_category {
public:
    const char* name() const noexcept override { return "speech"; }
    std::string message(int code) const override {
        switch (static_cast<Errc>(code)) {
            case Errc::not_installed:
                return "The program that speaks is not installed on this machine.";
            case Errc::nothing_to_say:
                return "There is no word in the text that this voice can say.";
            case Errc::too_long:
                return "The text is too long to be spoken at once.";
            case Errc::timed_out:
                return "The voice or the recogniser did not answer in time.";
            case Errc::failed:
                return "The voice or the recogniser ended with an error or a wrong answer.";
            case Errc::not_understood:
                return "The recogniser made no words of it.";
            case Errc::resting:
                return "The recogniser failed several times and is not asked for a while.";
            case Errc::not_set_up:
                return "The recogniser is not set up as the settings say.";
        }
        return "Unknown error of speech.";
    }
};

}  // namespace

std::error_code make_error_code(Errc code) {
    static const Category category;
    return {static_cast<int>(code), category};
}

}  // namespace ys::speech
