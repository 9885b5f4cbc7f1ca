// SPDX-License-Identifier: Apache-2.0
// A plain struct told once what its fields are called; JSON, SQL and OpenAPI are made from that.
#pragma once

#include <boost/describe.hpp>
