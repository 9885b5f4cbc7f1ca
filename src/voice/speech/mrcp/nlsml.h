// SPDX-License-Identifier: Apache-2.0
// What a recogniser says it understood: application/nlsml+xml (RFC 6787 §6.3), read by a flat
// scanner. No doctype, no entity but XML's own five and characters by number, no recursion.
#pragma once

#include <string_view>

#include "base/result.h"
#include "voice/speech/asr_engine.h"

namespace ys::speech {

/// The words of the first interpretation, which is the likeliest, and how sure the recogniser is.
/// errors  Errc::failed (no such XML), Errc::not_understood (no words in it, no match, no input)
Result<SpokenWords> words_of_nlsml(std::string_view xml);

}  // namespace ys::speech
