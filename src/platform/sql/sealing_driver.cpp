// SPDX-License-Identifier: Apache-2.0
#include "platform/sql/sealing_driver.h"

#include <algorithm>
#include <deque>
#include <vector>

#include "base/private_text.h"

namespace ys::sql {
namespace {

bool is_private(const Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    return text != nullptr && text->starts_with(private_mark);
}

/// A row whose sealed texts are opened, and kept as long as it is.
class OpenedRow final : public Row {
public:
    OpenedRow(const Row& row, const vault::Vault& vault) : row_(row), vault_(vault) {}
    std::size_t columns() const override { return row_.columns(); }
    bool is_null(std::size_t c) const override { return row_.is_null(c); }
    std::int64_t integer(std::size_t c) const override { return row_.integer(c); }
    double real(std::size_t c) const override { return row_.real(c); }
    std::string_view text(std::size_t c) const override {
        const std::string_view stored = row_.text(c);
        if (!stored.starts_with(vault::sealed_mark)) return stored;
        return opened_.emplace_back(vault_.open(stored));
    }
    Blob blob(std::size_t c) const override { return row_.blob(c); }

private:
    const Row& row_;
    const vault::Vault& vault_;
    mutable std::deque<std::string> opened_;  ///< a deque never moves them
};

}  // namespace

Result<std::int64_t> SealingDriver::run(std::string_view sql, std::span<const Value> values,
                                        const OnRow& on_row) {
    if (std::ranges::none_of(values, is_private)) return run_opened(sql, values, on_row);
    std::vector<Value> sealed(values.begin(), values.end());
    for (Value& value : sealed) {
        if (!is_private(value)) continue;
        const std::string plain = std::get<std::string>(value).substr(private_mark.size());
        value = vault_ ? vault_->seal(plain) : plain;
    }
    return run_opened(sql, sealed, on_row);
}

Result<std::int64_t> SealingDriver::run_opened(std::string_view sql, std::span<const Value> values,
                                               const OnRow& on_row) {
    if (!vault_ || !on_row) return inner_->run(sql, values, on_row);
    return inner_->run(sql, values,
                       [this, &on_row](const Row& row) { on_row(OpenedRow(row, *vault_)); });
}

}  // namespace ys::sql
