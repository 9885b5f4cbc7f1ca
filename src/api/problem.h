// SPDX-License-Identifier: Apache-2.0
// What goes wrong, as the browser is told it: problem+json (RFC 9457) with a code of the message
// files. The one table from errors to HTTP statuses.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "platform/http/message.h"

namespace ys::api {

/// A refusal with something the browser needs besides the code.
struct Problem {
    int status = 400;
    std::string code;
    struct Field {
        std::string name;
        std::string code;    ///< what is wrong with it
        std::string text{};  ///< as a sentence for the user, where the code alone says too little
    };
    std::vector<Field> fields;  ///< each that is wrong
    Seconds retry_after{0};
};

/// The sentence for a code, "zh" or "en"; the code itself when there is none.
std::string_view text_of(std::string_view code, std::string_view language);

Problem problem_of(const Error& error);
http::Response problem_response(const Problem& problem, std::string_view language);

}  // namespace ys::api
