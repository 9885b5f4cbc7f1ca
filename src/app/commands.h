// SPDX-License-Identifier: Apache-2.0
// The sub-commands: flags in, exit code out; each is one file beside this one.
#pragma once

#include <string>

#include "app/serve_options.h"

namespace CLI {
class App;
}

namespace ys::app {

inline constexpr int exit_done = 0;
inline constexpr int exit_failed = 1;
inline constexpr int exit_wrong_use = 2;
inline constexpr int exit_faults_found = 3;

struct StoreFlags {
    std::string data;      ///< data folder; "" for ./data
    std::string database;  ///< postgresql://…; "" for SQLite in the data folder
    std::string key_file;  ///< what people's numbers are sealed with; "" beside the data
    bool as_json = false;
    /// With the key where there is one: who reads sees numbers as they were.
    std::string url() const;
    std::string plain_url() const;
};
/// --data, --database and --json, the same in every command that reads the store.
void add_store_options(CLI::App& command, StoreFlags& store);

struct KpiFlags {
    std::string from, to;
    std::string until;                              ///< how far cases are followed; "" for now
    std::string list;                               ///< a figure of cases: name the cases behind it
    std::uint64_t centre = 0, unit = 0, agent = 0;  ///< of the list
    StoreFlags store;
};
struct UserFlags {
    std::string action, login, name, roles, work_number, password_file;
    std::uint64_t centre = 1;
    StoreFlags store;
};
struct CheckFlags {
    std::string file;
    bool as_json = false;
};
struct AuditFlags {
    std::string heads;  ///< folder of the signed heads; "" for the one beside the data
    std::string head;   ///< one file of heads that was kept elsewhere; "" for none
    StoreFlags store;
};
struct PolicyFlags {
    std::string out;  ///< file; "" for standard output
    StoreFlags store;
};
struct ReplayFlags {
    std::string from, to;
    std::string policy;  ///< file of other rules; "" for those that were in force
    std::uint64_t seed = 1;
    StoreFlags store;
};
struct DoctorFlags {
    std::string prompts;
    std::string scenario = "heating";
    StoreFlags store;
};

int run_serve(const ServeFlags& flags);
int run_kpi(const KpiFlags& flags);
int run_user(const UserFlags& flags);
int run_openapi();
int run_audit_verify(const AuditFlags& flags);
int run_key_rotate(const StoreFlags& flags);
int run_policy_export(const PolicyFlags& flags);
int run_replay(const ReplayFlags& flags);
int run_config_check(const CheckFlags& flags);
int run_doctor(const DoctorFlags& flags);

/// Prints an error as people read it, or as {"error": …}.
void print_error(const Error& error, bool as_json);

}  // namespace ys::app
