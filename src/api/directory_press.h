// SPDX-License-Identifier: Apache-2.0
// With what the official directory is signed before the world reads it.
#pragma once

#include <optional>
#include <string>

#include <boost/asio/execution_context.hpp>

#include "directory/io/directory_store.h"
#include "platform/vault/signing_key.h"

namespace ys::api {

/// One for each loop, found by asio::use_service; used on that loop only, but for what press()
/// gives: neither name nor key changes once there is one.
class DirectoryPress final : public boost::asio::execution_context::service {
public:
    using key_type = DirectoryPress;
    inline static boost::asio::execution_context::id id;
    explicit DirectoryPress(boost::asio::execution_context& loop) : service(loop) {}

    void take(std::string name, vault::SigningKey seal) {
        name_ = std::move(name);
        key_.emplace(std::move(seal));
    }
    /// Its key is none before take(): nothing can be published.
    directory::Press press() const { return {name_, key_ ? &*key_ : nullptr}; }

private:
    void shutdown() noexcept override {}

    std::string name_;
    std::optional<vault::SigningKey> key_;
};

}  // namespace ys::api
