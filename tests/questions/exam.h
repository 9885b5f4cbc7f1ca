// SPDX-License-Identifier: Apache-2.0
// Every hotline's matcher, made as the program makes it, and what it says to the questions.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "knowledge/io/question_classifier.h"
#include "question_files.h"

namespace ys::knowledge::testing {

class Exam {
public:
    explicit Exam(const std::string& hotline, Opinions opinions = {}, Limits limits = {});

    /// The likeliest first.
    std::vector<Meant> ranked(const std::string& question) const;
    Understood understood(const std::string& question) const;

    const Hotline& hotline() const { return hotline_; }
    std::uint32_t nobodys() const { return static_cast<std::uint32_t>(hotline_.matters.size()); }
    double learnt_in_s() const { return learnt_in_s_; }

private:
    Hotline hotline_;
    std::unique_ptr<QuestionReader> reader_;
    std::unique_ptr<QuestionClassifier> classifier_;
    std::unique_ptr<QuestionMatcher> matcher_;
    double learnt_in_s_ = 0;
};

/// `share` of the Chinese characters, in percent, are others of the same sound, as a recogniser of
/// speech mishears them; the same for the same seed. Those alone: who says n for l, or z for zh, is
/// not tried.
std::string misheard(const std::string& question, unsigned share, std::uint64_t seed);

}  // namespace ys::knowledge::testing
