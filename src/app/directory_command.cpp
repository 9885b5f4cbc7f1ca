// SPDX-License-Identifier: Apache-2.0
#include "app/directory_command.h"

#include <fstream>
#include <iostream>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>

#include "directory/drift.h"
#include "directory/io/directory_store.h"
#include "directory/io/document.h"
#include "directory/page_text.h"
#include "platform/json/described_json.h"

namespace ys::app {
namespace {

using directory::Difference;
using directory::DirectoryStore;

constexpr std::size_t page_bytes_max = 8'000'000;

Result<directory::VersionRow> in_force(const DirectoryFlags& flags) {
    YS_TRY(auto db, sql::Database::open(flags.store.url(), sql::Access::ReadOnly));
    YS_TRY(auto row, DirectoryStore::in_force(db));
    if (!row) return Error{std::errc::no_such_file_or_directory, "there is no directory yet"};
    return *std::move(row);
}

/// errors  io_error; file_too_large
Result<std::string> text_in(const std::string& file) {
    std::ifstream opened;
    if (file != "-") opened.open(file, std::ios::binary);
    std::istream& in = file == "-" ? std::cin : opened;
    if (!in) return Error{std::errc::no_such_file_or_directory, "reading " + file};
    std::string out(page_bytes_max + 1, '\0');
    in.read(out.data(), static_cast<std::streamsize>(out.size()));
    if (in.bad()) return Error{std::errc::io_error, "reading " + file};
    out.resize(static_cast<std::size_t>(in.gcount()));
    if (out.size() > page_bytes_max) return Error{std::errc::file_too_large, "reading " + file};
    return out;
}

Result<directory::Drift> found_in(const DirectoryFlags& flags) {
    YS_TRY(const auto row, in_force(flags));
    YS_TRY(const auto entries, directory::entries_of(row.entries));
    YS_TRY(const std::string text, text_in(flags.file));
    return directory::drift_of(
        entries, directory::page_text(text),
        flags.is_official ? directory::Wants::Hotline : directory::Wants::Nothing);
}

void print(const directory::Drift& drift) {
    for (const Difference& each : drift.differences) {
        std::cout << (each.line > 0 ? "line " + std::to_string(each.line) + ": " : "") << each.kind;
        if (!each.written.empty()) std::cout << " \"" << each.written << "\"";
        if (!each.expected.empty()) std::cout << ", the directory says \"" << each.expected << "\"";
        if (!each.near.empty()) std::cout << " (" << each.near << ")";
        std::cout << "\n";
    }
    std::cout << drift.numbers << " numbers, " << drift.differences.size() << " differences\n";
}

int run_check(const DirectoryFlags& flags) {
    const auto drift = found_in(flags);
    if (!drift) {
        print_error(drift.error(), flags.store.as_json);
        return exit_failed;
    }
    if (flags.store.as_json)
        std::cout << boost::json::serialize(
                         boost::json::object{{"numbers", drift->numbers},
                                             {"differences", json::to_value(drift->differences)}})
                  << "\n";
    else
        print(*drift);
    return drift->differences.empty() ? exit_done : exit_faults_found;
}

int run_show(const DirectoryFlags& flags) {
    const auto row = in_force(flags);
    if (!row) {
        print_error(row.error(), flags.store.as_json);
        return exit_failed;
    }
    if (flags.store.as_json) {
        std::cout << row->document << "\n";
        return exit_done;
    }
    const auto entries = directory::entries_of(row->entries);
    for (const directory::Entry& each : entries ? *entries : std::vector<directory::Entry>{})
        std::cout << each.number << "\t" << (each.hours.empty() ? "always" : each.hours) << "\t"
                  << each.name << "\t" << each.purpose << "\n";
    std::cout << "version " << row->number << ", key " << row->key << "\n";
    return exit_done;
}

}  // namespace

void add_directory_commands(CLI::App& program, DirectoryFlags& flags, int& exit_code) {
    auto* command = program.add_subcommand("directory", "Official numbers and hours");
    command->require_subcommand(1);
    auto* show = command->add_subcommand("show", "Print what is in force");
    add_store_options(*show, flags.store);
    show->callback([&] { exit_code = run_show(flags); });
    auto* check = command->add_subcommand("check", "Find other numbers or hours in a page or text");
    check->add_option("file", flags.file, "file; - for standard input")->required();
    check->add_flag("--official", flags.is_official, "the text must name the hotline");
    add_store_options(*check, flags.store);
    check->callback([&] { exit_code = run_check(flags); });
}

}  // namespace ys::app
