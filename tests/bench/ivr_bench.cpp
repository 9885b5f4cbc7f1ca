// SPDX-License-Identifier: Apache-2.0
// ivr_bench FLOW_FILE [calls]: how many steps of a flow one core takes a second, with callers who
// listen, press keys, key in numbers and say nothing. A line of JSON on stdout.
//
// A step is what the interpreter tells the call to do (say, wait, enter a node …); an input is what
// happened to the caller. Time is the process's own CPU, so a busy machine counts less.
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <sstream>
#include <string>

#include "base/dice.h"
#include "ivr/flow_text.h"
#include "ivr/run.h"

namespace {

using namespace ys;
using namespace ys::ivr;

struct Counted {
    long calls = 0, inputs = 0, steps = 0, to_people = 0;
    double cpu_s = 0;
};

/// What this caller does next, given what the robot did last.
Input next_input(Dice& dice, const Step& last) {
    if (std::holds_alternative<Say>(last))
        return dice.chance(0.8) ? Input{PromptsEnded{}}
                                : Input{Key{static_cast<char>('0' + dice.below(10))}};
    if (dice.chance(0.1)) return CaseTold{{"progress-closed"}};
    if (dice.chance(0.1)) return CaseTold{};
    if (dice.chance(0.2)) return WaitOver{};
    return Key{static_cast<char>('0' + dice.below(10))};
}

Counted take_calls(const Flow& flow, long calls) {
    Dice dice(1);
    Counted out;
    const Now now{{}, {1'795'420'800'000'000}};
    const std::clock_t begin = std::clock();
    for (; out.calls < calls; ++out.calls) {
        Run run(flow, {"13800001001", {}});
        std::vector<Step> steps = run.start(now);
        Step last = steps.back();
        out.steps += static_cast<long>(steps.size());
        ++out.inputs;
        while (!run.is_over()) {
            steps = run.on(now, next_input(dice, last));
            out.steps += static_cast<long>(steps.size());
            ++out.inputs;
            if (!steps.empty()) last = steps.back();
        }
        out.to_people += std::holds_alternative<ToQueue>(last) ? 1 : 0;
    }
    out.cpu_s = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    return out;
}

/// The same flow behind as many nodes as a flow may have: what looking up a name costs then.
std::string padded(const std::string& text, std::size_t nodes) {
    std::string before;
    for (std::size_t i = nodes; i < flow_nodes_max; ++i)
        before += "node pad-" + std::to_string(i) + " play\n  say pad\n  -> greeting\n";
    std::string out = text;
    return out.insert(out.find("\nnode ") + 1, before);
}

}  // namespace

int main(int argc, char** argv) {
    std::ifstream in(argc > 1 ? argv[1] : "", std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    const auto flow = parse_flow(text.str());
    if (!flow) {
        std::fprintf(stderr, "ivr_bench: %s\n", flow.error().note.c_str());
        return 1;
    }
    const auto longest = parse_flow(padded(text.str(), flow->nodes.size()));
    if (!longest) {
        std::fprintf(stderr, "ivr_bench: %s\n", longest.error().note.c_str());
        return 1;
    }
    const long calls = argc > 2 ? std::atol(argv[2]) : 300'000;
    const Counted it = take_calls(*flow, calls);
    const Counted full = take_calls(*longest, calls);
    std::printf(
        "{\"calls\": %ld, \"inputs\": %ld, \"steps\": %ld, \"to_people\": %ld, "
        "\"steps_per_s\": %.0f, \"inputs_per_s\": %.0f, \"steps_per_s_of_200_nodes\": %.0f}\n",
        it.calls, it.inputs, it.steps, it.to_people, static_cast<double>(it.steps) / it.cpu_s,
        static_cast<double>(it.inputs) / it.cpu_s, static_cast<double>(full.steps) / full.cpu_s);
    return it.to_people == calls ? 0 : 1;
}
