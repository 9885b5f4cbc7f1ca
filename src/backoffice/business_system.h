// SPDX-License-Identifier: Apache-2.0
// The port to business systems: questions go out, live answers come back, nothing is ever changed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "backoffice/identity_check.h"
#include "backoffice/live_answer.h"
#include "base/private_text.h"

namespace ys::backoffice {

/// What may be asked. There is no way to ask for something personal without a CheckedIdentity.
class Question {
public:
    /// route   of a stop: this one only; "" for all
    /// errors  invalid_argument: no place, or no name
    static Result<Question> about_place(SubjectKind kind, std::string_view name,
                                        std::string_view route = {});
    /// errors  permission_denied: the check was made too long ago
    static Result<Question> about_person(const CheckedIdentity& identity, UtcTime now);

    const Subject& subject() const { return subject_; }
    const std::string& route() const { return route_; }

private:
    Question(Subject subject, std::string route)
        : subject_(std::move(subject)), route_(std::move(route)) {}
    Subject subject_;
    std::string route_;
};

/// A document became ready to be collected; its owner left a number to be told at.
struct DocumentReady {
    std::uint64_t seq = 0;
    Private number;  ///< of the document
    Private phone;
    Words name, where;
    UtcTime ready_at;
};
BOOST_DESCRIBE_STRUCT(DocumentReady, (), (seq, number, phone, name, where, ready_at))

class BusinessSystem : public DigitMatcher {
public:
    /// Waits up to two seconds and never beyond `until`: on a worker thread only. Safe on several
    /// at once.
    virtual Looked look(const Question& question, Instant until) = 0;
    /// What became ready after `seq`, in order, at most 100; who asks keeps the last seq.
    virtual std::variant<std::vector<DocumentReady>, Trouble> ready_after(std::uint64_t seq) = 0;
};

}  // namespace ys::backoffice
