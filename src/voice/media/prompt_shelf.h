// SPDX-License-Identifier: Apache-2.0
// Prompts in memory as A-law: each file is read once and then only ever shared.
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
    explicit PromptShelf(std::string directory) : directory_(std::move(directory)) {}

    /// errors: media::bad_prompt_name, media::file_failed, media::bad_audio_file
    Result<std::shared_ptr<const Prompt>> get(std::string_view name);
    /// A sound of this moment under a name, until take_back(): who was given it keeps it.
    void lend(const std::string& name, std::vector<std::uint8_t> alaw);
    void take_back(const std::string& name);
    /// [a-z0-9_-]{1,64}: a name can never leave the directory.
    static bool is_name(std::string_view name);

private:
    std::string directory_;
    std::mutex lock_;
    std::map<std::string, std::shared_ptr<const Prompt>, std::less<>> prompts_;
};

}  // namespace ys::media
