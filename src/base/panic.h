// SPDX-License-Identifier: Apache-2.0
// The end of a process whose invariant is broken.
#pragma once

namespace ys {

/// Prints the broken condition and its place, runs the hook set by on_panic, and aborts.
[[noreturn]] void panic(const char* condition, const char* file, int line);

/// Sets what is done before the abort (flushing the journal). Called once, by app.
void on_panic(void (*hook)());

}  // namespace ys

/// On in release too: a broken invariant is a bug, and going on would hide it.
#define YS_ASSERT(condition) \
    ((condition) ? static_cast<void>(0) : ::ys::panic(#condition, __FILE__, __LINE__))
