// SPDX-License-Identifier: Apache-2.0
// Loading of prompts.
#include "voice/media/prompt_shelf.h"

#include <sys/stat.h>

#include <algorithm>

#include "platform/log/log.h"
#include "voice/media/errc.h"
#include "voice/media/wav_file.h"

namespace ys::media {

bool PromptShelf::is_name(std::string_view name) {
    if (name.empty() || name.size() > 64) return false;
    return std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
}

std::shared_ptr<const Prompt> PromptShelf::own(std::string_view name) {
    const std::string path = own_ + "/" + std::string(name) + ".wav";
    struct stat now {};
    if (own_.empty() || ::stat(path.c_str(), &now) != 0) return nullptr;
    const Stamp stamp{now.st_ino, now.st_mtim.tv_sec * 1'000'000'000 + now.st_mtim.tv_nsec,
                      now.st_size};
    Own& known = own_prompts_[std::string(name)];
    if (known.stamp == stamp) return known.prompt;
    known = {stamp, nullptr};
    const auto file = read_file(path, file_bytes_max);
    auto alaw = file ? alaw_of_wav(*file) : Result<std::vector<std::uint8_t>>(file.error());
    if (alaw) {
        known.prompt = std::make_shared<const Prompt>(Prompt{*std::move(alaw)});
    } else {
        log::error("media", "own_prompt_not_played", alaw.error());  // The delivered one is.
    }
    return known.prompt;
}

Result<std::shared_ptr<const Prompt>> PromptShelf::get(std::string_view name) {
    if (!is_name(name)) return Error{make_error_code(Errc::bad_prompt_name), "playing a prompt"};
    const std::lock_guard guard(lock_);
    if (auto prompt = own(name)) return prompt;
    if (const auto found = prompts_.find(name); found != prompts_.end()) return found->second;
    const std::string path = directory_ + "/" + std::string(name) + ".wav";
    YS_TRY(const std::vector<std::uint8_t> file, read_file(path, file_bytes_max));
    YS_TRY(std::vector<std::uint8_t> alaw, alaw_of_wav(file));
    auto prompt = std::make_shared<const Prompt>(Prompt{std::move(alaw)});
    prompts_.emplace(std::string(name), prompt);
    return prompt;
}

void PromptShelf::lend(const std::string& name, std::vector<std::uint8_t> alaw) {
    auto prompt = std::make_shared<const Prompt>(Prompt{std::move(alaw)});
    const std::lock_guard guard(lock_);
    prompts_.insert_or_assign(name, std::move(prompt));
}

void PromptShelf::take_back(const std::string& name) {
    const std::lock_guard guard(lock_);
    prompts_.erase(name);
}

}  // namespace ys::media
