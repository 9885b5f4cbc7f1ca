// SPDX-License-Identifier: Apache-2.0
// [speech]: which recogniser hears callers.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/described.h"

namespace ys::config {

/// What writes down what callers say; with none, keys and text do all of it.
struct Speech {
    std::string engine = "none";     ///< none, http, mrcp, sherpa, loopback
    std::string url;                 ///< http, mrcp: of the server
    std::string key_file;            ///< http: holds the key we show it; "" for none
    std::string model;               ///< http: which of its models; sherpa: of which family it is
    std::string language = "zh";     ///< ISO 639-1; "" to let it find out
    std::uint32_t within_ms = 5000;  ///< nobody waits longer for it
    std::vector<std::string> allow;  ///< http: networks it may be in although not public
    std::string folder;              ///< loopback: sentences as sound and text; sherpa: the model
    /// Where sherpa-onnx is; "" where tools/setup/sherpa puts it, if it is there; "none": never.
    std::string sherpa;
    bool test = false;  ///< loopback: this is a test; never with citizens
};

BOOST_DESCRIBE_STRUCT(Speech, (),
                      (engine, url, key_file, model, language, within_ms, allow, folder, sherpa,
                       test))

}  // namespace ys::config
