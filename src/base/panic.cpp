// SPDX-License-Identifier: Apache-2.0
#include "base/panic.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>

namespace ys {
namespace {
// Written once by app before any thread starts; read only while dying.
std::atomic<void (*)()> hook{nullptr};
}  // namespace

void on_panic(void (*h)()) { hook = h; }

void panic(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "yingsheng: broken invariant: %s (%s:%d)\n", condition, file, line);
    if (auto* h = hook.exchange(nullptr)) h();
    std::abort();
}

}  // namespace ys
