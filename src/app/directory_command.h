// SPDX-License-Identifier: Apache-2.0
// `yingsheng directory show`, `yingsheng directory check FILE|-`: the official numbers, and whether
// a page or a text says others.
#pragma once

#include <string>

#include "app/commands.h"

namespace ys::app {

struct DirectoryFlags {
    std::string file;          ///< "-": standard input
    bool is_official = false;  ///< a place that must name the hotline
    StoreFlags store;
};
/// flags, exit_code  outlive the program's options
void add_directory_commands(CLI::App& program, DirectoryFlags& flags, int& exit_code);

}  // namespace ys::app
