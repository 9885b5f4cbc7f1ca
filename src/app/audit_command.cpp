// SPDX-License-Identifier: Apache-2.0
// `yingsheng audit verify`: whether the audit is as it was written.
#include <filesystem>
#include <iostream>

#include <boost/json.hpp>

#include "app/commands.h"
#include "platform/config/serve_config.h"
#include "platform/journal/audit_heads.h"

namespace ys::app {
namespace {

namespace fs = std::filesystem;

Result<Done> add_heads(const fs::path& file, std::vector<journal::ChainHead>& heads) {
    YS_TRY(const auto read, journal::read_heads(file));
    for (const journal::SignedHead& each : read) heads.push_back(each.head);
    return Done{};
}

/// The one given must be there; those beside the data are compared when they are.
Result<std::vector<journal::ChainHead>> heads_of(const AuditFlags& flags) {
    std::vector<journal::ChainHead> heads;
    const std::string data = flags.store.data.empty() ? "./data" : flags.store.data;
    const fs::path own =
        journal::heads_file(flags.heads.empty() ? config::keys_folder(data) : flags.heads);
    std::error_code error;
    if (!flags.heads.empty() || fs::exists(own, error)) {
        YS_TRY([[maybe_unused]] const Done read, add_heads(own, heads));
    }
    if (!flags.head.empty()) {
        YS_TRY([[maybe_unused]] const Done read, add_heads(flags.head, heads));
    }
    return heads;
}

Result<journal::ChainReport> verify(const AuditFlags& flags) {
    YS_TRY(const auto heads, heads_of(flags));
    YS_TRY(auto db, sql::Database::open(flags.store.url(), sql::Access::ReadOnly));
    return journal::verify_chain(db, heads);
}

boost::json::object as_json(const journal::ChainReport& report) {
    boost::json::object out{{"links", report.links}, {"heads", report.heads}, {"fault", nullptr}};
    if (report.fault)
        out["fault"] = boost::json::object{{"number", report.fault->number},
                                           {"seq", report.fault->seq},
                                           {"what", report.fault->what}};
    return out;
}

void print(const journal::ChainReport& report) {
    if (!report.fault) {
        std::cout << "the audit is whole: " << report.links << " rows, held against "
                  << report.heads << " heads\n";
        return;
    }
    std::cout << "the first bad row: " << report.fault->what;
    if (report.fault->number) std::cout << ", number " << report.fault->number << " of the audit";
    if (report.fault->seq) std::cout << ", seq " << report.fault->seq << " of the journal";
    std::cout << "\n";
}

}  // namespace

int run_audit_verify(const AuditFlags& flags) {
    const auto report = verify(flags);
    if (!report) {
        print_error(report.error(), flags.store.as_json);
        return exit_failed;
    }
    if (flags.store.as_json)
        std::cout << boost::json::serialize(as_json(*report)) << "\n";
    else
        print(*report);
    return report->fault ? exit_faults_found : exit_done;
}

}  // namespace ys::app
