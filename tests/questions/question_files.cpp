// SPDX-License-Identifier: Apache-2.0
#include "question_files.h"

#include <filesystem>
#include <fstream>

#include "base/panic.h"
#include "base/text.h"

namespace ys::knowledge::testing {
namespace {

const std::filesystem::path here = std::filesystem::path(__FILE__).parent_path();
const std::filesystem::path scenarios = here / "../../scenarios";

using Row = std::vector<std::string>;

std::vector<Row> rows_of(const std::filesystem::path& file, std::size_t columns) {
    std::ifstream in(file);
    YS_ASSERT(in.is_open());
    std::vector<Row> out;
    for (std::string line; std::getline(in, line);) {
        Row row;
        for (const std::string_view cell : split(line, '\t')) row.emplace_back(cell);
        YS_ASSERT(row.size() == columns && !row.front().empty());
        out.push_back(std::move(row));
    }
    return out;
}

}  // namespace

Hotline hotline_of(const std::string& name) {
    Hotline out{.name = name};
    const auto folder = scenarios / name;
    std::map<std::string, std::uint32_t> places;
    for (const Row& row : rows_of(folder / "matters.tsv", 4)) {
        places[row[0]] = static_cast<std::uint32_t>(out.matters.size());
        out.matters.push_back({row[0], row[1], row[2], row[3] == "safety", {}});
    }
    for (const Row& row : rows_of(folder / "askings.tsv", 2))
        out.matters[places.at(row[0])].askings.push_back(row[1]);
    for (const Row& row : rows_of(folder / "synonyms.tsv", 2))
        out.synonyms.push_back({row[0], row[1]});
    for (const Row& row : rows_of(here / (name + ".tsv"), 2))
        out.held_out.push_back({places.at(row[0]), row[1]});
    return out;
}

std::vector<std::string> other_askings() {
    std::vector<std::string> out;
    for (const Row& row : rows_of(scenarios / "other_askings.tsv", 1)) out.push_back(row[0]);
    return out;
}

std::vector<OutOfDomain> out_of_domain() {
    std::vector<OutOfDomain> out;
    for (const Row& row : rows_of(here / "out_of_domain.tsv", 2)) out.push_back({row[0], row[1]});
    return out;
}

std::vector<std::string> stop_phrases() {
    std::vector<std::string> out;
    for (const Row& row : rows_of(here / "stop_phrases.tsv", 1)) out.push_back(row[0]);
    return out;
}

}  // namespace ys::knowledge::testing
