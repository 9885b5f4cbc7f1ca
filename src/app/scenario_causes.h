// SPDX-License-Identifier: Apache-2.0
// The causes a hotline names its contacts by: scenarios/<name>/causes.toml, else the ones for all.
#pragma once

#include <string>
#include <vector>

#include "cases/io/cause_store.h"
#include "platform/sql/writer.h"

namespace ys::app {

/// One [[cause]] of the file.
struct ScenarioCause {
    std::string code;             ///< "system_defect": kept for ever, figures count by it
    std::string title, title_en;  ///< as agents read it
    std::string kind = "defect";  ///< or "suggestion"
    std::string key;              ///< one digit or small letter, its own: names it at wrap-up
    std::string asks;             ///< "route" or "place" when an agent is asked for it, too
    std::int32_t close_below_percent = 50;  ///< its defects close below this share of contacts
};
BOOST_DESCRIBE_STRUCT(ScenarioCause, (),
                      (code, title, title_en, kind, key, asks, close_below_percent))

/// errors  invalid_argument: every fault found, one a line
Result<std::vector<cases::CauseRow>> parse_causes(std::string_view toml);
/// scenario  one of the scenarios in the program, or a folder (with a slash in it)
/// errors    those of parse_causes; io_error
Result<std::vector<cases::CauseRow>> causes_of(const std::string& scenario);

/// For every head centre, at every start: the file is the list.
Result<Done> seed_causes(sql::Writer& writer, const std::vector<cases::CauseRow>& causes);

}  // namespace ys::app
