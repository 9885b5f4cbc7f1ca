// SPDX-License-Identifier: Apache-2.0
// sim [--seed N] [--seeds K] [--calls M] [--agents A] [--flow FILE] [--story WORDS]
// [--clock-steps] [--crashes] [--twice] [--verbose]:
// runs the simulated centre and prints what happened; a broken invariant prints the seed to run
// again and the last facts.
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>

#include "base/text.h"
#include "sim/centre.h"

namespace {

void print(const ys::sim::Plan& plan, const ys::sim::Report& r) {
    std::printf("seed %llu: %zu calls, %zu facts, %zu decisions, digest %016llx\n",
                static_cast<unsigned long long>(plan.seed), plan.calls, r.facts, r.decisions,
                static_cast<unsigned long long>(r.digest));
    for (const auto& [cause, n] : r.causes) std::printf("  %-16s %zu\n", cause.c_str(), n);
}

/// Everything about a call ("call 7 "), an agent or a moment ("06:01:2"), for looking into a
/// failing run.
void print_story(const ys::sim::Report& r, const std::string& words) {
    for (const std::string& line : r.all_facts)
        if (line.find(words) != std::string::npos) std::printf("  %s\n", line.c_str());
}

void print_kinds(const ys::sim::Report& r) {
    for (const auto& [kind, n] : r.kinds) std::printf("  %-18s %zu\n", kind.c_str(), n);
}

}  // namespace

int main(int argc, char** argv) {
    ys::sim::Plan plan;
    std::uint64_t seeds = 1;
    bool is_verbose = false, is_twice = false;
    std::string story;
    std::string flow_file = YS_SIM_FLOW;
    for (int i = 1; i < argc; ++i) {
        const bool has_value = i + 1 < argc;
        const auto number = ys::parse_number(has_value ? argv[i + 1] : "").value_or(0);
        if (!std::strcmp(argv[i], "--twice")) {
            is_twice = true;
            continue;
        }
        if (!std::strcmp(argv[i], "--clock-steps")) {
            plan.clock_steps = true;
            continue;
        }
        if (!std::strcmp(argv[i], "--crashes")) {
            plan.crashes = true;
            continue;
        }
        if (!std::strcmp(argv[i], "--verbose")) {
            is_verbose = true;
            continue;
        }
        if (!has_value) break;
        if (!std::strcmp(argv[i], "--seed")) plan.seed = number;
        if (!std::strcmp(argv[i], "--seeds")) seeds = number;
        if (!std::strcmp(argv[i], "--calls")) plan.calls = number;
        if (!std::strcmp(argv[i], "--agents")) plan.agents = number;
        if (!std::strcmp(argv[i], "--story")) story = argv[i + 1];
        if (!std::strcmp(argv[i], "--flow")) flow_file = argv[i + 1];
        ++i;
    }
    std::stringstream flow;
    flow << std::ifstream{flow_file}.rdbuf();
    plan.flow = flow.str();
    std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);  // An abort loses no line.
    for (std::uint64_t k = 0; k < seeds; ++k, ++plan.seed) {
        const ys::sim::Report r = ys::sim::run(plan);
        print(plan, r);
        if (is_verbose) print_kinds(r);
        if (is_twice && ys::sim::run(plan).digest != r.digest) {
            std::puts("BROKEN: the same seed went another way the second time");
            return 1;
        }
        if (!story.empty()) print_story(r, story);
        if (r.complaint.empty()) continue;
        std::printf("BROKEN: %s\n", r.complaint.c_str());
        const std::size_t from = r.all_facts.size() > 20 ? r.all_facts.size() - 20 : 0;
        for (std::size_t i = from; i < r.all_facts.size(); ++i)
            std::printf("  %s\n", r.all_facts[i].c_str());
        std::printf("again: make sim SEED=%llu\n", static_cast<unsigned long long>(plan.seed));
        return 1;
    }
    return 0;
}
