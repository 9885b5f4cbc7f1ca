// SPDX-License-Identifier: Apache-2.0
// `yingsheng doctor`: what would stop a hotline on this machine, found before the citizens do.
#include <sys/resource.h>

#include <filesystem>
#include <fstream>
#include <iostream>

#include <boost/json.hpp>

#include "app/commands.h"
#include "app/holidays.h"
#include "app/seed.h"
#include "centres/io/user_store.h"
#include "platform/clock.h"

namespace ys::app {
namespace {

namespace fs = std::filesystem;

struct Finding {
    std::string what;
    bool is_well = false;
    std::string detail;
};

Finding look_at_store(const StoreFlags& store) {
    auto db = sql::Database::open(store.url());
    if (!db) return {"store", false, db.error().note + ": " + db.error().code.message()};
    if (const auto done = migrate_all(*db); !done)
        return {"store", false, done.error().note + ": " + done.error().code.message()};
    const auto centres = centres::UserStore::all_centres(*db);
    if (!centres) return {"store", false, centres.error().note};
    return {"store", true, std::to_string(centres->size()) + " centres"};
}

Finding look_at_space(const std::string& folder) {
    constexpr std::uintmax_t needed = 1'000'000'000;  // A day of 30 recorded seats.
    std::error_code error;
    const auto space = fs::space(folder, error);
    if (error) return {"disk", false, folder + ": " + error.message()};
    return {"disk", space.available >= needed,
            std::to_string(space.available / 1'000'000) + " MB free"};
}

Finding look_at_prompts(const std::string& folder) {
    for (const char* name : {"greeting", "recorded-notice", "music", "at-your-service"})
        if (!fs::exists(folder + "/" + name + ".wav"))
            return {"prompts", false, folder + "/" + name + ".wav is missing (make prompts)"};
    return {"prompts", true, folder};
}

Finding look_at_descriptors() {
    constexpr rlim_t needed = 4096;  // A socket a leg, a file a recording, desks beside them.
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    return {"open files", limit.rlim_cur >= needed,
            "limit " + std::to_string(limit.rlim_cur) + ", wanted " + std::to_string(needed)};
}

Finding look_at_udp_buffer() {
    constexpr std::size_t wanted = 1'000'000;
    std::size_t bytes = 0;
    std::ifstream{"/proc/sys/net/core/rmem_max"} >> bytes;
    return {"UDP buffer", bytes >= wanted,
            "net.core.rmem_max " + std::to_string(bytes) + ", wanted " + std::to_string(wanted)};
}

Finding look_at_holidays(const std::string& name) {
    const auto scenario = find_scenario(name, 0);
    if (!scenario) return {"holidays", false, scenario.error().note};
    const auto missing = missing_holidays(*scenario, utc_now());
    if (missing.empty()) return {"holidays", true, "entered"};
    std::string lines;
    for (const std::string& line : missing) lines += (lines.empty() ? "" : "; ") + line;
    return {"holidays", false, lines};
}

}  // namespace

int run_doctor(const DoctorFlags& flags) {
    const std::string data = flags.store.data.empty() ? "./data" : flags.store.data;
    const std::string prompts = flags.prompts.empty() ? data + "/prompts" : flags.prompts;
    const std::array findings{look_at_store(flags.store), look_at_space(data),
                              look_at_prompts(prompts),   look_at_descriptors(),
                              look_at_udp_buffer(),       look_at_holidays(flags.scenario)};
    bool is_well = true;
    boost::json::array out;
    for (const Finding& f : findings) {
        is_well = is_well && f.is_well;
        out.push_back(
            boost::json::object{{"what", f.what}, {"is_well", f.is_well}, {"detail", f.detail}});
        if (!flags.store.as_json)
            std::cout << (f.is_well ? "ok     " : "FAULT  ") << f.what << ": " << f.detail << "\n";
    }
    if (flags.store.as_json) std::cout << boost::json::serialize(out) << "\n";
    return is_well ? exit_done : exit_faults_found;
}

}  // namespace ys::app
