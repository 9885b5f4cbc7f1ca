// SPDX-License-Identifier: Apache-2.0
// Text that says who somebody is: a number, a name. To who computes with it, it is text like any
// other; the database seals it on its way to the disk. A column of this type cannot forget it.
#pragma once

#include <functional>
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

/// Around what the database replaces before the disk sees it (platform/sql/sealing_driver.h), alone
/// or inside a longer text; after the first one letter says how. No form lets it through.
inline constexpr char private_mark = '\x1F';
enum class Hidden : char {
    Sealed = 's',  ///< opened again by whoever reads it
    Hashed = 'h',  ///< a word of an index: found by the same word, never read
};
std::string hidden(std::string_view text, Hidden how);
inline bool has_hidden(std::string_view text) {
    return text.find(private_mark) != std::string_view::npos;
}
/// The text with each such part put through `by`; a mark without its end stays as it is.
std::string with_hidden(std::string_view text,
                        const std::function<std::string(std::string_view, Hidden)>& by);
/// ... and as it was before anything was hidden.
std::string without_marks(std::string_view text);

inline std::string to_sql(const Private& text) {
    return text.empty() ? std::string{} : hidden(text, Hidden::Sealed);
}

/// What is shown to who has no need of the whole, beside masked() of a number: "张**" of a name, an
/// address without its house: "云汀市北桥区***".
std::string masked_name(std::string_view name);
std::string masked_address(std::string_view address);

/// Identity and telephone numbers inside free text are masked, for indexes and lists: runs of 11
/// digits that begin with 1, and of 17 digits with a digit or X after them (GB 11643).
std::string with_numbers_masked(std::string_view text);

}  // namespace ys
