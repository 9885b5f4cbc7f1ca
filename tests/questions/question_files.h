// SPDX-License-Identifier: Apache-2.0
// The questions of five hotlines: what articles know (scenarios/) and what citizens ask (here).
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "knowledge/io/question_reader.h"

namespace ys::knowledge::testing {

inline constexpr std::array hotlines{"heating", "bus", "etc", "car-quota", "certificates"};

struct Matter {
    std::string code, title, scope;
    bool is_safety = false;
    std::vector<std::string> askings;
};
struct HeldOut {
    std::uint32_t matter = 0;  ///< place in `matters`
    std::string question;
};
struct Hotline {
    std::string name;
    std::vector<Matter> matters;
    std::vector<Synonym> synonyms;
    std::vector<HeldOut> held_out;
};
struct OutOfDomain {
    std::string kind, line;
};

/// Ends the test program when a file is not there or names a code that is not there.
Hotline hotline_of(const std::string& name);
/// None of any hotline's business: to learn from, and to be asked with.
std::vector<std::string> other_askings();
std::vector<OutOfDomain> out_of_domain();
/// "怎么办理", "居住证": turns of speech and names of things that whoever asks says, so they say
/// nothing about having been copied.
std::vector<std::string> stop_phrases();

}  // namespace ys::knowledge::testing
