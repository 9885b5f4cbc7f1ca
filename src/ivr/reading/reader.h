// SPDX-License-Identifier: Apache-2.0
// One walk over a text, each rule taking what it knows how to say. Used by reading() only.
#pragma once

#include <limits>
#include <string>
#include <string_view>

#include "ivr/reading/number_scan.h"
#include "ivr/reading/speech_text.h"
#include "ivr/reading/units.h"

namespace ys::ivr {

class Reader {
public:
    /// The text must outlive the reader.
    explicit Reader(std::u32string_view text) : text_(text) {}
    std::u32string all() &&;

private:
    static constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();
    enum class Prefix { None, Minus, Plus, Yuan, MinusYuan, Dollar, Euro, Pound };

    /// Every rule that returns bool takes something and moves on, or leaves all as it was.
    void step();
    char32_t here(std::size_t further = 0) const;
    char32_t before(std::size_t back = 1) const;
    /// The last character that is no blank.
    char32_t word_before() const;

    // reader.cpp: what is no number
    bool plate();
    bool address();
    bool stake();
    bool word();
    void word_stroke();
    void word_digits(std::u32string_view digits);
    bool year_in_brackets();

    // reader_signs.cpp
    bool sign();
    bool stroke();
    bool slash();
    bool star();
    bool hash();
    bool point();
    bool list_number();
    bool country();
    bool is_span(std::size_t next) const;

    // reader_numbers.cpp
    bool number();
    bool signed_number();
    bool date();
    bool short_date();
    bool time();
    bool spaced();
    bool fraction();
    bool ratio();
    bool chain();
    bool dotted();
    void say_code(const NumberChain& chain);
    void say_dashes(const NumberChain& chain);
    bool chain_is_code(const NumberChain& chain) const;
    bool chain_is_range(const NumberChain& chain, const Unit& unit) const;
    void say_years(const NumberChain& chain);

    // reader_quantities.cpp
    void quantity(Prefix prefix);
    bool percentage(const PlainNumber& number, Prefix prefix);
    bool money(const PlainNumber& number, Prefix prefix);
    std::u32string integer(const PlainNumber& number, const Unit& unit) const;
    std::u32string amount(const PlainNumber& number, const Unit& unit) const;
    bool is_name_of_digits(std::u32string_view digits, std::size_t end) const;
    bool follows_code(std::size_t size) const;
    bool is_ordinal() const;
    void counted_until(std::size_t end, const Unit& unit);

    std::u32string_view text_;
    std::size_t at_ = 0;
    SpeechText out_;

    std::size_t address_end_ = 0;        ///< in a web or mail address every sign is named
    std::size_t counted_end_ = nowhere;  ///< behind the last number and its unit
    std::u32string_view counted_unit_;
    bool counted_is_name_ = false;
    std::size_t date_end_ = nowhere;
    std::size_t short_date_at_ = nowhere;  ///< the second date of 2026.10.1-10.7
    std::size_t range_at_ = nowhere;       ///< the second number of a range
    std::size_t ordinal_at_ = nowhere;     ///< the second number of 第1-2条
    std::size_t percent_at_ = nowhere;     ///< the second number of 10-20%
    std::size_t code_end_ = nowhere;       ///< behind digits that were said one by one
    std::size_t sign_end_ = nowhere;       ///< behind a unit that was said
};

}  // namespace ys::ivr
