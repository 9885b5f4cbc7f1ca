// SPDX-License-Identifier: Apache-2.0
// Any text as a flow: reading, proving and walking it must stay inside their bounds.
// links: ivr
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/panic.h"
#include "ivr/checker.h"
#include "ivr/flow_text.h"
#include "ivr/run.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ys::ivr;
    const auto flow = parse_flow({reinterpret_cast<const char*>(data), size});
    if (!flow) return 0;
    const std::string text = to_text(*flow);
    // Prompts, keys and names only ever shrink in canonical form, so the round trip must read.
    const auto again = parse_flow(text);
    YS_ASSERT(again || text.size() > flow_bytes_max);
    if (again) YS_ASSERT(to_text(*again) == text);
    const bool proved = faults(*flow).empty();

    Run run(*flow, {});
    run.start({});
    const std::string_view keys{reinterpret_cast<const char*>(data), size};
    for (std::size_t i = 0; i < 400 && !run.is_over(); ++i) {
        const char c = i < keys.size() ? keys[i] : 'e';
        if (c >= '0' && c <= '9')
            run.on({}, Key{c});
        else if ((c & 1) != 0)
            run.on({}, PromptsEnded{});
        else
            run.on({}, WaitOver{});
        if ((c & 2) != 0) run.on({}, CaseTold{{"told"}});
        if ((c & 4) != 0) run.on({}, LiveTold{{"told"}, (c & 8) != 0});
        if ((c & 16) != 0) run.on({}, AnswerTold{{"told"}, c & 3, (c & 32) != 0});
        run.on({}, PromptsEnded{});
        run.on({}, WaitOver{});
    }
    // A caller of a proved flow comes to an end, whatever they press.
    YS_ASSERT(run.is_over() || !proved || flow->measuring);
    return 0;
}
