// SPDX-License-Identifier: Apache-2.0
// Text that says who somebody is: a number, a name. To who computes with it, it is text like any
// other; the database seals it on its way to the disk. A column of this type cannot forget it.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace ys {

class Private : public std::string {
public:
    Private() = default;
    Private(std::string text) : std::string(std::move(text)) {}
    Private(const char* text) : std::string(text) {}
    explicit Private(std::string_view text) : std::string(text) {}
};

/// What a statement is given for it; the database seals it before the disk sees it, or takes the
/// mark off where it has no key (platform/sql/sealing_driver.h).
inline constexpr std::string_view private_mark = "\x1Fprivate:";
inline std::string to_sql(const Private& text) { return std::string(private_mark) + text; }

/// What is shown to who has no need of the whole, beside masked() of a number: "张**" of a name, an
/// address without its house: "云汀市北桥区***".
std::string masked_name(std::string_view name);
std::string masked_address(std::string_view address);

/// Identity and telephone numbers inside free text are masked, for indexes and lists: runs of 11
/// digits that begin with 1, and of 17 digits with a digit or X after them (GB 11643).
std::string with_numbers_masked(std::string_view text);

}  // namespace ys
