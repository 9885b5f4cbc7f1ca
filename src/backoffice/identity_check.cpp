// SPDX-License-Identifier: Apache-2.0
#include "backoffice/identity_check.h"

#include <algorithm>

namespace ys::backoffice {
namespace {

UtcTime later(UtcTime t, Seconds by) { return {t.us + std::chrono::microseconds(by).count()}; }

}  // namespace

IdentityGate::Begun IdentityGate::begin(const Subject& subject, UtcTime now) {
    const std::lock_guard lock(mutex_);
    const auto is_over = [&](const auto& each) {
        return now >= later(each.second.last, rules_.forgotten_after);
    };
    if (wrongs_.size() >= rules_.subjects_max) std::erase_if(wrongs_, is_over);
    auto found = wrongs_.find(subject);
    if (found != wrongs_.end() && is_over(*found)) found->second = {};
    if (found == wrongs_.end()) {
        // Not the oldest thrown out: that would give back the tries of whoever is being guessed.
        if (wrongs_.size() >= rules_.subjects_max) return Begun::TooMany;
        found = wrongs_.emplace(subject, Wrongs{}).first;
    }
    if (found->second.count >= rules_.tries_max) return Begun::NoMoreTries;
    ++found->second.count;
    found->second.last = now;
    return Begun::Yes;
}

void IdentityGate::forget(const Subject& subject, bool all) {
    const std::lock_guard lock(mutex_);
    const auto found = wrongs_.find(subject);
    if (found == wrongs_.end()) return;
    if (all || --found->second.count <= 0) wrongs_.erase(found);
}

IdentityGate::Tried IdentityGate::try_digits(const Subject& subject, std::string_view digits,
                                             DigitMatcher& matcher, UtcTime now, Instant until) {
    const auto fit = parse_subject(subject.kind, subject.number);
    if (!is_personal(subject.kind) || !fit || *fit != subject) return {};
    const bool are_digits = digits.size() >= rules_.digits_min &&
                            digits.size() <= rules_.digits_max &&
                            std::ranges::all_of(digits, [](char c) {
                                // A certificate's number may end in X.
                                return (c >= '0' && c <= '9') || c == 'X';
                            });
    if (!are_digits) return {CheckOutcome::WrongDigits, {}};
    switch (begin(subject, now)) {
        case Begun::NoMoreTries:
            return {CheckOutcome::NoMoreTries, {}};
        case Begun::TooMany:
            return {};
        case Begun::Yes:
            break;
    }
    const Result<bool> matched = matcher.matches(subject, digits, until);
    if (!matched) {
        forget(subject, false);
        return {};
    }
    if (!*matched) return {CheckOutcome::WrongDigits, {}};
    forget(subject, true);
    return {CheckOutcome::Passed, CheckedIdentity{subject, now, later(now, rules_.counts_for)}};
}

}  // namespace ys::backoffice
