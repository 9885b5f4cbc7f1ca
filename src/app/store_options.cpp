// SPDX-License-Identifier: Apache-2.0
// The options shared by every command that opens the store.
#include <filesystem>
#include <iostream>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>

#include "app/commands.h"
#include "app/sealed_tables.h"
#include "platform/sql/sealed_url.h"

namespace ys::app {

void add_store_options(CLI::App& command, StoreFlags& store) {
    command.add_option("--data", store.data, "data folder (default ./data)");
    command.add_option("--database", store.database, "postgresql://… instead of SQLite");
    command.add_option("--key-file", store.key_file,
                       "file of the keys (default <data>-keys/vault.key)");
    command.add_flag("--json", store.as_json, "answer as JSON");
}

std::string StoreFlags::url() const {
    const std::string keys = key_file_of(data.empty() ? "./data" : data, key_file);
    std::error_code error;
    return std::filesystem::exists(keys, error) ? sql::sealed_url(keys, plain_url()) : plain_url();
}

std::string StoreFlags::plain_url() const {
    if (!database.empty()) return database;
    return "sqlite:" + (data.empty() ? std::string{"./data"} : data) + "/yingsheng.db";
}

void print_error(const Error& error, bool as_json) {
    if (as_json)
        std::cout << boost::json::serialize(boost::json::object{{"error", error.code.message()},
                                                                {"detail", error.note}})
                  << "\n";
    else
        std::cerr << "yingsheng: " << error.note << ": " << error.code.message() << "\n";
}

}  // namespace ys::app
