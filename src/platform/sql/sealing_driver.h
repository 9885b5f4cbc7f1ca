// SPDX-License-Identifier: Apache-2.0
// Between Database and its driver: Private values are sealed on their way in, sealed text is opened
// on its way out. Who reads a column as text gets the plain text, whatever query it was.
#pragma once

#include <memory>
#include <vector>

#include "platform/sql/driver.h"
#include "platform/vault/vault.h"

namespace ys::sql {

class SealingDriver final : public Driver {
public:
    /// vault  none: marks are taken off and nothing is sealed
    SealingDriver(std::unique_ptr<Driver> inner, std::unique_ptr<const vault::Vault> vault)
        : inner_(std::move(inner)), vault_(std::move(vault)) {}
    Result<std::int64_t> run(std::string_view sql, std::span<const Value> values,
                             const OnRow& on_row) override;
    Result<Done> run_soon(std::string_view sql, std::span<const Value> values) override;
    Result<Done> settle() override { return inner_->settle(); }
    Result<Done> script(const std::string& sql) override { return inner_->script(sql); }
    Result<Done> revive() override { return inner_->revive(); }
    bool is_in_transaction() const override { return inner_->is_in_transaction(); }

private:
    std::vector<Value> sealed(std::span<const Value> values) const;
    Result<std::int64_t> run_opened(std::string_view sql, std::span<const Value> values,
                                    const OnRow& on_row);
    std::unique_ptr<Driver> inner_;
    std::unique_ptr<const vault::Vault> vault_;
};

}  // namespace ys::sql
