// SPDX-License-Identifier: Apache-2.0
// Keys as sounds (ITU-T Q.23), for far ends that did not agree on telephone events.
#pragma once

#include <memory>
#include <optional>

#include "voice/media/g711.h"

namespace ys::media {

class KeyToneDetector {
public:
    static std::unique_ptr<KeyToneDetector> make();
    ~KeyToneDetector();
    KeyToneDetector(const KeyToneDetector&) = delete;
    KeyToneDetector& operator=(const KeyToneDetector&) = delete;

    /// At most one key begins within 20 ms.
    std::optional<char> on_frame(const Frame& frame);
    void on_gap();

private:
    explicit KeyToneDetector(void* state) : state_(state) {}
    void* state_;
};

class KeyTones {
public:
    static std::unique_ptr<KeyTones> make();
    ~KeyTones();
    KeyTones(const KeyTones&) = delete;
    KeyTones& operator=(const KeyTones&) = delete;

    /// 100 ms of tone and 80 ms of silence; false for what is no key or when too many wait.
    bool push(char key);
    /// Fills a frame while keys sound; false when there is nothing to say.
    bool next(Frame& out);

private:
    explicit KeyTones(void* state) : state_(state) {}
    void* state_;
};

}  // namespace ys::media
