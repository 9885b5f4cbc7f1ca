// SPDX-License-Identifier: Apache-2.0
// Prompts in memory as A-law: each file is read once and then only ever shared. A hotline's own
// reading of a prompt is taken before the one that was delivered, from the next play on.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ys::media {

struct Prompt {
    std::vector<std::uint8_t> alaw;
};

/// Used by control threads; media threads only hold what they were given.
class PromptShelf {
public:
    static constexpr std::size_t file_bytes_max = 32U << 20;
    /// own  folder whose files come first and may come, change and go; "" for none
    explicit PromptShelf(std::string directory, std::string own = {})
        : directory_(std::move(directory)), own_(std::move(own)) {}

    /// errors: media::bad_prompt_name, media::file_failed, media::bad_audio_file
    Result<std::shared_ptr<const Prompt>> get(std::string_view name);
    /// A sound of this moment under a name, until take_back(): who was given it keeps it.
    void lend(const std::string& name, std::vector<std::uint8_t> alaw);
    void take_back(const std::string& name);
    /// [a-z0-9_-]{1,64}: a name can never leave the directory.
    static bool is_name(std::string_view name);

private:
    /// Which file it was: one that is put in its place has another number.
    struct Stamp {
        std::uint64_t number = 0;
        std::int64_t changed_ns = 0, bytes = 0;
        friend bool operator==(const Stamp&, const Stamp&) = default;
    };
    struct Own {
        Stamp stamp;
        std::shared_ptr<const Prompt> prompt;  ///< none: the file cannot be played
    };
    std::shared_ptr<const Prompt> own(std::string_view name);

    std::string directory_, own_;
    std::mutex lock_;
    std::map<std::string, Own, std::less<>> own_prompts_;
    std::map<std::string, std::shared_ptr<const Prompt>, std::less<>> prompts_;
};

}  // namespace ys::media
