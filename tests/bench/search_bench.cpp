// SPDX-License-Identifier: Apache-2.0
// search_bench FILE ASKED: puts every line of FILE, an article each, into the index of characters
// and asks every line of ASKED ten times over. A line of JSON on stdout.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "knowledge/io/question_reader.h"
#include "knowledge/word_index.h"

namespace {

using namespace ys::knowledge;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

std::vector<std::string> lines_of(const char* file) {
    std::ifstream in(file);
    std::vector<std::string> out;
    for (std::string line; std::getline(in, line);) out.push_back(line);
    return out;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fprintf(stderr, "usage: search_bench FILE ASKED\n");
        return 2;
    }
    const auto articles = lines_of(argv[1]), asked = lines_of(argv[2]);
    WordIndex index(640);
    const auto begin = Clock::now();
    for (const std::string& article : articles) index.put(characters_in(article));
    const double put_s = seconds_since(begin);

    std::vector<double> took_ms;
    std::size_t found = 0;
    for (int round = 0; round < 10; ++round)
        for (const std::string& question : asked) {
            const auto asked_at = Clock::now();
            found += index.best(characters_in(question), 10).size();
            took_ms.push_back(1000 * seconds_since(asked_at));
        }
    std::ranges::sort(took_ms);
    const auto new_at = Clock::now();
    index.put(characters_in("龘靐齉爩"));
    const bool is_new_found = index.best(characters_in("靐"), 1).size() == 1;
    std::printf(
        "{\"articles\": %zu, \"indexed_s\": %.0f, \"mb\": %.0f, \"p50_ms\": %.2f,"
        " \"p99_ms\": %.2f, \"found\": %zu, \"new_found\": %s, \"new_ms\": %.2f}\n",
        articles.size(), static_cast<double>(articles.size()) / put_s,
        static_cast<double>(index.bytes()) / 1e6, took_ms[took_ms.size() / 2],
        took_ms[took_ms.size() * 99 / 100], found, is_new_found ? "true" : "false",
        1000 * seconds_since(new_at));
    return 0;
}
