// SPDX-License-Identifier: Apache-2.0
// Readers of the two formats: rows go to a scaler, a picture that is no good ends the process.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <functional>
#include <optional>
#include <vector>

#include <unistd.h>

#include "platform/image/child/canvas.h"
#include "platform/image/child_protocol.h"

namespace ys::image {

/// Nothing is tidied up: the process is the memory.
[[noreturn]] inline void end_with(ChildExit how) { _exit(static_cast<int>(how)); }

/// Descriptor 0, with the beginning held so that it can be looked at first.
class Input {
public:
    static constexpr std::size_t block_bytes = 64 * 1024;
    Input() : block_(block_bytes) { fill(); }
    const std::uint8_t* data() const { return block_.data() + at_; }
    std::size_t size() const { return size_ - at_; }
    void take(std::size_t n) { at_ += n; }
    /// The next block in place of this one; false at the end.
    bool fill();

private:
    std::vector<std::uint8_t> block_;
    std::size_t at_ = 0, size_ = 0;
};

inline bool is_too_large(std::uint64_t width, std::uint64_t height) {
    return width > source_side_max || height > source_side_max || width * height > pixels_max;
}

Canvas read_jpeg(Input& input);
Canvas read_png(Input& input);
std::vector<std::uint8_t> jpeg_of(const Canvas& canvas);

}  // namespace ys::image
