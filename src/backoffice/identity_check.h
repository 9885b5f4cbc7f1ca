// SPDX-License-Identifier: Apache-2.0
// Nothing personal before the person on the line has shown with keys that it is theirs: who asks
// for something personal needs a CheckedIdentity, and only IdentityGate makes one.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "backoffice/live_answer.h"

namespace ys::backoffice {

/// That somebody keyed the digits belonging to one subject, and until when it counts.
class CheckedIdentity {
public:
    const Subject& subject() const { return subject_; }
    bool counts(UtcTime now) const { return now >= since_ && now < until_; }

private:
    friend class IdentityGate;
    CheckedIdentity(Subject subject, UtcTime since, UtcTime until)
        : subject_(std::move(subject)), since_(since), until_(until) {}
    Subject subject_;
    UtcTime since_, until_;
};

/// Who knows the digits: the business system, or our own store. The digits never come to us.
struct DigitMatcher {
    virtual ~DigitMatcher() = default;
    /// False also for a subject that is not known: the answer tells nobody what exists.
    /// until   nobody waits longer
    /// errors  when nobody could be asked
    virtual Result<bool> matches(const Subject& subject, std::string_view digits,
                                 Instant until) = 0;
};

enum class CheckOutcome : std::uint8_t {
    Passed,
    WrongDigits,
    NoMoreTries,  ///< for this subject, whoever tries
    CannotCheck   ///< nobody could be asked, or too many subjects are being tried
};

class IdentityGate {
public:
    struct Rules {
        int tries_max = 3;  ///< wrong ones of one subject, over all calls and channels
        Seconds forgotten_after{30 * 60};
        Seconds counts_for{15 * 60};  ///< longer than a call at the robot, shorter than a shift
        std::size_t subjects_max = 10'000;
        std::size_t digits_min = 4, digits_max = 8;
    };
    struct Tried {
        CheckOutcome outcome = CheckOutcome::CannotCheck;
        std::optional<CheckedIdentity> identity;  ///< with Passed
    };

    IdentityGate() = default;
    explicit IdentityGate(Rules rules) : rules_(rules) {}

    /// A try counts from the moment it begins, so many at once gain nothing; it is given back when
    /// nobody could be asked. Safe on several threads; waits as long as `matcher` does.
    Tried try_digits(const Subject& subject, std::string_view digits, DigitMatcher& matcher,
                     UtcTime now, Instant until = Instant::max());

private:
    struct Wrongs {
        int count = 0;
        UtcTime last;
    };
    enum class Begun : std::uint8_t { Yes, NoMoreTries, TooMany };
    Begun begin(const Subject& subject, UtcTime now);
    void forget(const Subject& subject, bool all);

    Rules rules_;
    std::mutex mutex_;
    std::map<Subject, Wrongs> wrongs_;
};

}  // namespace ys::backoffice
