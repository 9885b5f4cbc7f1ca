// SPDX-License-Identifier: Apache-2.0
// Whether another organisation signed what came in: by the secret that also signs what it is sent.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include <boost/asio/execution_context.hpp>

#include "base/secret.h"
#include "exchange/io/webhook_signature.h"

namespace ys::api {

/// One for each loop, found by asio::use_service; used on that loop only. The secrets stay in
/// memory: the store never has them.
class PartnerHooks final : public boost::asio::execution_context::service {
public:
    using key_type = PartnerHooks;
    inline static boost::asio::execution_context::id id;
    explicit PartnerHooks(boost::asio::execution_context& loop) : service(loop) {}

    void know(const std::string& partner, Secret<std::string> secret) {
        secrets_[partner] = std::move(secret);
    }
    /// False for a partner nobody knows, too: who asks is not told which it was.
    bool is_signed(const std::string& partner, const exchange::WebhookHeaders& given, UtcTime now,
                   std::string_view body) const {
        const auto found = secrets_.find(partner);
        return found != secrets_.end() && exchange::is_signed(found->second, given, now, body);
    }

private:
    void shutdown() noexcept override {}

    std::map<std::string, Secret<std::string>> secrets_;
};

}  // namespace ys::api
