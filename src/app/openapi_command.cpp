// SPDX-License-Identifier: Apache-2.0
// `yingsheng openapi`: the document from which the web's types are generated.
#include <iostream>

#include "api/api.h"
#include "app/commands.h"

namespace ys::app {

int run_openapi() {
    std::cout << boost::json::serialize(api::openapi_document(api::Settings{}.version)) << "\n";
    return exit_done;
}

}  // namespace ys::app
