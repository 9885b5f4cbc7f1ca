// SPDX-License-Identifier: Apache-2.0
// Every room that keeps tables, so that the program and the tests of the API have the same ones.
#pragma once

#include <vector>

#include "platform/sql/migration.h"

namespace ys::api {

std::vector<sql::Schema> all_rooms();

}  // namespace ys::api
