// SPDX-License-Identifier: Apache-2.0
// Appends facts as fast as it can and says each number that it was told is saved, until it is
// killed. Usage: ys_crash_child URL FIRST_NUMBER
#include <cstdio>
#include <vector>

#include <unistd.h>

#include "base/text.h"
#include "platform/journal/journal.h"
#include "platform/sql/writer.h"

namespace {

using namespace ys;

/// Three facts of one interaction: all of them are there afterwards, or none.
sql::Writer::Work three_facts(std::uint64_t number) {
    return [number](sql::Transaction& tx) {
        const facts::Fact fact{UtcTime{1}, CentreId{1}, InteractionId{number}, AgentId{},
                               facts::KeysPressed{"node", "1"}};
        const std::vector<facts::Fact> facts(3, fact);
        return journal::Journal::append(tx, facts);
    };
}

/// One write per number: what is in the pipe survives this process.
void say(std::uint64_t number) {
    const auto n = write(STDOUT_FILENO, &number, sizeof number);
    if (n != sizeof number) _exit(3);
}

}  // namespace

int main(int argc, char** argv) {
    const auto first = argc == 3 ? parse_number(argv[2]) : std::nullopt;
    if (!first) return 2;
    auto db = sql::Database::open(argv[1]);
    if (!db || !sql::migrate(*db, std::vector{journal::schema()})) return 1;
    sql::Writer writer(*std::move(db), {.waiting_max = 256}, nullptr);
    for (std::uint64_t number = *first;; ++number) {
        writer.submit(three_facts(number), [number](const Result<Done>& saved) {
            if (saved) say(number);
        });
        // Refused ones are simply not said; waiting here keeps the queue from being always full.
        if (number % 200 == 0) writer.flush_now(Millis(10'000));
    }
}
