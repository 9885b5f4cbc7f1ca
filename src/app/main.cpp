// SPDX-License-Identifier: Apache-2.0
// main(): the sub-commands of `yingsheng`.
#include <CLI/CLI.hpp>

#include "app/commands.h"
#include "app/directory_command.h"
#include "app/say_command.h"
#include "app/simulate_command.h"

int main(int argc, char** argv) {
    using namespace ys::app;
    CLI::App program{"Yingsheng 应声: a whole public-service hotline in one program"};
    program.require_subcommand(1);
    program.footer("Exit codes: 0 done, 1 failed, 2 wrong use, 3 a check found faults");
    int exit_code = 0;

    ServeFlags serve;
    auto* serve_command = program.add_subcommand("serve", "Run the hotline");
    serve_command->add_option("--config", serve.config, "settings file (TOML)");
    serve_command->add_option("--data", serve.data, "data folder (default ./data)");
    serve_command->add_option("--http", serve.http, "host:port (default 127.0.0.1:8080)");
    serve_command->add_option("--sip", serve.sip, "host:port (default 127.0.0.1:5060)");
    serve_command->add_option("--sip-tls", serve.sip_tls, "host:port for SIP over TLS");
    serve_command->add_option("--media-address", serve.media_address, "address for RTP");
    serve_command->add_option("--scenario", serve.scenario, "hotline for an empty data folder");
    serve_command->add_option("--agents", serve.agents, "scenario bench: number of agents");
    serve_command->add_option("--prompts", serve.prompts, "folder of prompt files");
    serve_command->add_option("--ready-file", serve.ready_file,
                              "write the addresses here as JSON when ready");
    serve_command->add_flag("--lan", serve.is_lan, "listen on this machine's network address");
    serve_command->callback([&] { exit_code = run_serve(serve); });

    KpiFlags kpi;
    auto* kpi_command = program.add_subcommand("kpi", "Recompute the figures from facts alone");
    kpi_command->add_option("--from", kpi.from, "RFC 3339 or date")->required();
    kpi_command->add_option("--to", kpi.to, "RFC 3339 or date, exclusive")->required();
    kpi_command->add_option("--until", kpi.until, "how far cases are followed; now when absent");
    auto* list = kpi_command->add_option(
        "--list", kpi.list, "name the cases behind a figure, e.g. closing_rate, or the surveys");
    kpi_command->add_option("--centre", kpi.centre, "of the list: this centre's only")->needs(list);
    kpi_command->add_option("--unit", kpi.unit, "of the list: this unit's only")->needs(list);
    kpi_command->add_option("--agent", kpi.agent, "of the list: this agent's only")->needs(list);
    add_store_options(*kpi_command, kpi.store);
    kpi_command->callback([&] { exit_code = run_kpi(kpi); });

    UserFlags user;
    auto* user_command = program.add_subcommand("user", "List, add and change users");
    user_command->add_option("action", user.action, "list, add, password, disable, enable")
        ->required()
        ->check(CLI::IsMember({"list", "add", "password", "disable", "enable"}));
    user_command->add_option("login", user.login, "login name");
    user_command->add_option("--name", user.name, "full name");
    user_command->add_option("--roles", user.roles,
                             "comma-separated: agent, supervisor, quality, knowledge, admin");
    user_command->add_option("--work-number", user.work_number, "工号");
    user_command->add_option("--centre", user.centre, "centre number");
    user_command->add_option("--password-file", user.password_file,
                             "file holding only the password; - for standard input");
    add_store_options(*user_command, user.store);
    user_command->callback([&] { exit_code = run_user(user); });

    auto* openapi_command = program.add_subcommand("openapi", "Print the OpenAPI 3.1 document");
    bool openapi_json = false;
    openapi_command->add_flag("--json", openapi_json, "it always is JSON");
    openapi_command->callback([&] { exit_code = run_openapi(); });

    CheckFlags check;
    auto* config_command = program.add_subcommand("config", "Settings");
    config_command->require_subcommand(1);
    auto* check_command = config_command->add_subcommand("check", "Say every fault of a file");
    check_command->add_option("file", check.file, "settings file")->required();
    check_command->add_flag("--json", check.as_json, "answer as JSON");
    check_command->callback([&] { exit_code = run_config_check(check); });

    AuditFlags audit;
    auto* audit_command = program.add_subcommand("audit", "Who did what");
    audit_command->require_subcommand(1);
    auto* verify_command = audit_command->add_subcommand(
        "verify", "Look for what was changed in the audit, and name the first bad row");
    verify_command->add_option("--head", audit.head,
                               "file of signed heads that was kept elsewhere");
    verify_command->add_option("--heads", audit.heads, "folder of heads (default <data>-keys)");
    add_store_options(*verify_command, audit.store);
    verify_command->callback([&] { exit_code = run_audit_verify(audit); });

    StoreFlags key;
    auto* key_command =
        program.add_subcommand("key", "The key that numbers and names are sealed with");
    key_command->require_subcommand(1);
    auto* rotate_command = key_command->add_subcommand(
        "rotate", "Seal everything under a new key; the hotline is stopped");
    add_store_options(*rotate_command, key);
    rotate_command->callback([&] { exit_code = run_key_rotate(key); });

    PolicyFlags policy;
    auto* policy_command = program.add_subcommand("policy", "Rules of routing");
    policy_command->require_subcommand(1);
    auto* export_command = policy_command->add_subcommand("export", "Write the rules as a file");
    export_command->add_option("--out", policy.out, "file; standard output when not given");
    add_store_options(*export_command, policy.store);
    export_command->callback([&] { exit_code = run_policy_export(policy); });

    ReplayFlags replay;
    auto* replay_command = program.add_subcommand(
        "replay", "Make the decisions of a time again, or try other rules on its callers");
    replay_command->add_option("--from", replay.from, "RFC 3339 or date")->required();
    replay_command->add_option("--to", replay.to, "RFC 3339 or date, exclusive")->required();
    replay_command->add_option("--policy", replay.policy, "other rules, as `policy export` writes");
    replay_command->add_option("--seed", replay.seed, "of what is drawn: patience nobody saw");
    add_store_options(*replay_command, replay.store);
    replay_command->callback([&] { exit_code = run_replay(replay); });

    DirectoryFlags directory;
    add_directory_commands(program, directory, exit_code);

    DoctorFlags doctor;
    auto* doctor_command = program.add_subcommand("doctor", "Look for what would stop a hotline");
    doctor_command->add_option("--prompts", doctor.prompts, "folder of prompt files");
    doctor_command->add_option("--scenario", doctor.scenario, "the hotline, as in serve");
    add_store_options(*doctor_command, doctor.store);
    doctor_command->callback([&] { exit_code = run_doctor(doctor); });

    SayFlags say;
    auto* say_command =
        program.add_subcommand("say", "Make the sound of a sentence that is not recorded");
    say_command->add_option("text", say.text, "what is said")->required();
    say_command->add_option("--out", say.out, "WAV file")->required();
    say_command->add_option("--espeak", say.espeak, "path of espeak-ng");
    say_command->add_flag("--slow", say.is_slow, "at the pace for who is old");
    say_command->callback([&] { exit_code = run_say(say); });

    SimulateFlags simulate;
    auto* simulate_command = program.add_subcommand(
        "simulate", "Run a made-up business system, for demonstrations and tests");
    simulate_command->add_option("system", simulate.system, "quota, bus, appointments")
        ->required()
        ->check(CLI::IsMember({"quota", "bus", "appointments"}));
    simulate_command->add_option("--listen", simulate.listen, "host:port (default 127.0.0.1:0)");
    simulate_command->add_option("--gtfs", simulate.gtfs, "of bus: folder or ZIP archive");
    simulate_command->add_option("--behind", simulate.behind_minutes, "minutes its data is old")
        ->check(CLI::Range(0, 7 * 24 * 60));
    simulate_command->add_flag("--slow", simulate.is_slow, "answer after three seconds");
    simulate_command->add_flag("--wrong", simulate.is_wrong, "answer something else each time");
    simulate_command->add_option("--down-every", simulate.down_every, "fail every so many answers");
    simulate_command->callback([&] { exit_code = run_simulate(simulate); });

    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int code = program.exit(error);
        return code == 0 ? 0 : exit_wrong_use;
    }
    return exit_code;
}
