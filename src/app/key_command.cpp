// SPDX-License-Identifier: Apache-2.0
// `yingsheng key rotate`: a new key for what says who somebody is.
#include <iostream>

#include "app/commands.h"
#include "app/sealed_tables.h"
#include "app/seed.h"

namespace ys::app {
namespace {

Result<Done> rotate(const StoreFlags& flags) {
    {
        YS_TRY(auto db, sql::Database::open(flags.plain_url()));
        YS_TRY([[maybe_unused]] const Done migrated, migrate_all(db));
    }
    const std::string data = flags.data.empty() ? "./data" : flags.data;
    return rotate_key(flags.plain_url(), key_file_of(data, flags.key_file));
}

}  // namespace

int run_key_rotate(const StoreFlags& flags) {
    const auto done = rotate(flags);
    if (!done) {
        print_error(done.error(), flags.as_json);
        return exit_failed;
    }
    std::cout << (flags.as_json ? "{\"rotated\":true}" : "sealed anew under a new key") << "\n";
    return exit_done;
}

}  // namespace ys::app
