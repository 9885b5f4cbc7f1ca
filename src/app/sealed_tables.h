// SPDX-License-Identifier: Apache-2.0
// Which tables hold what says who somebody is, and the keys they are sealed with.
#pragma once

#include <string>
#include <vector>

#include "platform/sql/sealing.h"
#include "platform/vault/key_file.h"

namespace ys::app {

std::vector<sql::SealedTable> sealed_tables();

/// `<data>-keys/vault.key` unless a file is given.
std::string key_file_of(const std::string& data, const std::string& key_file);

/// Makes the key file at first use, and seals what is not under its last key; then earlier keys are
/// dropped from it. Every connection is opened with sql::sealed_url of both afterwards.
/// returns  what keeps the key from being changed meanwhile
/// errors   those of the key file, of the database and of seal_all
Result<vault::KeyLock> open_vault(const std::string& url, const std::string& key_file);
/// A new key, and everything sealed under it.
/// errors  as open_vault; device_or_resource_busy while a program runs on this data
Result<Done> rotate_key(const std::string& url, const std::string& key_file);

}  // namespace ys::app
