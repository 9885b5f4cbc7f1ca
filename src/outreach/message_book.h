// SPDX-License-Identifier: Apache-2.0
// What a hotline writes to citizens, as data: one template for each reason, checked when it is
// read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/described.h"
#include "base/result.h"

namespace ys::outreach {

/// `text` holds variables in braces, {number}, and parts in brackets that are left out when one of
/// their variables has nothing to say: "[，{until}前办结]".
struct MessageTemplate {
    std::string reason;       ///< of cases/case_outcome.h: "filed" "reply" "closed" ...
    std::string text;         ///< what is sent
    std::string next;         ///< {next}: what happens now, or what the citizen can do
    std::string subject;      ///< of a mail; "" takes the name of the hotline
    bool urgent = false;      ///< sent at night, too
    bool must_reach = false;  ///< when no channel reaches them, somebody calls
};
BOOST_DESCRIBE_STRUCT(MessageTemplate, (), (reason, text, next, subject, urgent, must_reach))

/// What the variables stand for; "" where there is nothing.
struct MessageValues {
    std::string number;   ///< of the case
    std::string link;     ///< to its progress
    std::string code;     ///< to ask for it without the link
    std::string next;     ///< set by the template itself
    std::string until;    ///< by when, as people say it
    std::string hotline;  ///< its number
    std::string name;     ///< of the hotline
    std::string unit;     ///< that is responsible
    std::string words;    ///< of who decided: why, a reply
};

/// The book of one hotline.
class MessageBook {
public:
    /// The longest message, every variable at its widest: five short messages of 67 characters.
    static constexpr std::size_t characters_max = 335;

    MessageBook() = default;
    /// errors  invalid_argument, one line a fault: an unknown variable, brackets that do not match,
    ///         no number, next step or hotline in it, too long, a reason twice
    static Result<MessageBook> make(std::vector<MessageTemplate> templates);

    /// None: nothing is sent for this reason.
    const MessageTemplate* find(std::string_view reason) const;
    const std::vector<MessageTemplate>& templates() const { return templates_; }

private:
    std::vector<MessageTemplate> templates_;
};

/// Whether it has this variable anywhere, by its name without braces.
bool says(const MessageTemplate& form, std::string_view variable);

/// The template with these values in it; words that are too long are cut.
std::string fill(const MessageTemplate& from, MessageValues values);

}  // namespace ys::outreach
