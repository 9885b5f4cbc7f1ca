// SPDX-License-Identifier: Apache-2.0
// One caller's walk through a flow: inputs in, steps out; no clock, no I/O.
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "base/time.h"
#include "ivr/flow.h"

namespace ys::ivr {

// ---- what happened -----------------------------------------------------------------------------

struct PromptsEnded {};
struct Key {
    char key = 0;
};
struct WaitOver {};
using Input = std::variant<PromptsEnded, Key, WaitOver>;

// ---- what to do next, in this order ------------------------------------------------------------

struct EnterNode {
    std::string node;  ///< for the journal
};
struct TellKeys {
    std::string node;
    std::string keys;  ///< what was pressed at a node, masked when the node is secure
};
/// Plays; PromptsEnded comes back unless the caller presses a key first (then the edge stops it).
struct Say {
    std::vector<std::string> prompts;
    bool interruptible = true;
};
struct StopSaying {};
/// Asks for WaitOver after `limit`; replaces the wait before. Zero cancels it.
struct Wait {
    Millis limit{};
};
struct Secure {
    bool on = false;
};
struct ToQueue {
    std::string queue;  ///< a queue's name of the caller's centre
    int priority = 0;
};
struct ToVoicemail {};
struct Finish {};  ///< hang up politely; everything has been said
using Step = std::variant<EnterNode, TellKeys, Say, StopSaying, Wait, Secure, ToQueue, ToVoicemail,
                          Finish>;

struct Caller {
    std::string number;
    std::vector<std::string> tags;
};

class Run {
public:
    /// `flow` must outlive the run. Steps to begin with come from start().
    Run(const Flow& flow, Caller caller);
    std::vector<Step> start(Now now);
    /// Inputs after ToQueue, ToVoicemail or Finish are ignored (late by nature).
    std::vector<Step> on(Now now, const Input& input);
    bool is_over() const;
    const std::string& node() const;

private:
    std::vector<Step> enter(Now now, std::string node);
    const Flow* flow_;
    Caller caller_;
    std::string node_;
    std::string keys_;
    int steps_ = 0;  ///< nodes entered; a flow that walks in circles ends at a person (limit 50)
    bool over_ = false;
};

}  // namespace ys::ivr
