// SPDX-License-Identifier: Apache-2.0
// story_runner FLOW FILE.scn...: plays every story and prints those that go wrong.
#include <cstdio>
#include <fstream>
#include <sstream>

#include "story.h"

namespace {

std::string text_of_file(const char* path) {
    std::stringstream text;
    text << std::ifstream{path}.rdbuf();
    return text.str();
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::puts("usage: story_runner FLOW FILE.scn...");
        return 2;
    }
    const std::string flow = text_of_file(argv[1]);
    int wrong = 0;
    for (int i = 2; i < argc; ++i) {
        const std::string said = ys::stories::Story{flow}.play(text_of_file(argv[i]));
        if (said.empty()) continue;
        ++wrong;
        std::printf("%s\n  %s\n", argv[i], said.c_str());
    }
    std::printf("%d stories, %d went wrong\n", argc - 2, wrong);
    return wrong == 0 ? 0 : 1;
}
