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
    return text != nullptr && has_hidden(*text);
}
bool has_private(std::span<const Value> values) { return std::ranges::any_of(values, is_private); }

std::string hidden_by(const vault::Vault* vault, std::string_view text) {
    if (!vault) return without_marks(text);
    return with_hidden(text, [vault](std::string_view inside, Hidden how) {
        return how == Hidden::Hashed ? vault->hashed(inside) : vault->seal(inside);
    });
}

constexpr std::string_view sealed_value = "\"sealed:";  // vault::sealed_mark after a quote

/// Values of a JSON object are sealed one by one, as they stand between their quotes.
std::string with_values_opened(std::string_view json, const vault::Vault& vault) {
    std::string out;
    while (true) {
        const auto quote = json.find(sealed_value);
        const auto end = quote == json.npos ? quote : json.find('"', quote + 1);
        if (end == json.npos) return out += json;
        out += json.substr(0, quote + 1);
        out += vault.open(json.substr(quote + 1, end - quote - 1));
        json.remove_prefix(end);
        out += '"';
        json.remove_prefix(1);
    }
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
        if (stored.starts_with(vault::sealed_mark))
            return opened_.emplace_back(vault_.open(stored));
        const bool is_json = stored.starts_with('{') && stored.find(sealed_value) != stored.npos;
        return is_json ? opened_.emplace_back(with_values_opened(stored, vault_)) : stored;
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
    if (!has_private(values)) return run_opened(sql, values, on_row);
    return run_opened(sql, sealed(values), on_row);
}

Result<Done> SealingDriver::run_soon(std::string_view sql, std::span<const Value> values) {
    if (!has_private(values)) return inner_->run_soon(sql, values);
    return inner_->run_soon(sql, sealed(values));
}

std::vector<Value> SealingDriver::sealed(std::span<const Value> values) const {
    std::vector<Value> out(values.begin(), values.end());
    for (Value& value : out) {
        if (!is_private(value)) continue;
        value = hidden_by(vault_.get(), std::get<std::string>(value));
    }
    return out;
}

Result<std::int64_t> SealingDriver::run_opened(std::string_view sql, std::span<const Value> values,
                                               const OnRow& on_row) {
    if (!vault_ || !on_row) return inner_->run(sql, values, on_row);
    return inner_->run(sql, values,
                       [this, &on_row](const Row& row) { on_row(OpenedRow(row, *vault_)); });
}

}  // namespace ys::sql
