// SPDX-License-Identifier: Apache-2.0
// `yingsheng policy export`: the rules of routing as a file.
#include <fstream>
#include <iostream>

#include "app/commands.h"
#include "interactions/io/policy_file.h"
#include "interactions/io/setup_store.h"

namespace ys::app {
namespace {

Result<std::string> exported(const PolicyFlags& flags) {
    YS_TRY(auto db, sql::Database::open(flags.store.url(), sql::Access::ReadOnly));
    YS_TRY(const auto setup, interactions::SetupStore::load(db));
    return interactions::policy_text(setup);
}

}  // namespace

int run_policy_export(const PolicyFlags& flags) {
    const auto text = exported(flags);
    if (!text) {
        print_error(text.error(), flags.store.as_json);
        return exit_failed;
    }
    if (flags.out.empty()) {
        std::cout << *text;
        return exit_done;
    }
    std::ofstream file{flags.out, std::ios::binary};
    if (!(file << *text) || !file.flush()) {
        print_error({std::errc::io_error, "writing " + flags.out}, flags.store.as_json);
        return exit_failed;
    }
    return exit_done;
}

}  // namespace ys::app
