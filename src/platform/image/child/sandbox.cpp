// SPDX-License-Identifier: Apache-2.0
#include "platform/image/child/sandbox.h"

#include <cstddef>
#include <iterator>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "platform/image/child_protocol.h"

namespace ys::image {
namespace {

#if defined(__x86_64__)
constexpr unsigned own_machine = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr unsigned own_machine = AUDIT_ARCH_AARCH64;
#else
#error "the sandbox knows no system calls of this machine"
#endif

bool limit(__rlimit_resource what, rlim_t most) {
    const rlimit both{most, most};
    return setrlimit(what, &both) == 0;
}

constexpr unsigned offset_of_low(std::size_t argument) {
    return static_cast<unsigned>(offsetof(seccomp_data, args) + 8 * argument);
}

// A program for the kernel (seccomp(2)): the number of the call is in the accumulator whenever one
// of these begins, except within the pieces that look at an argument, which end in an answer.
#define YS_LOAD(at) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, at)
#define YS_ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define YS_KILL BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS)
#define YS_SKIP_UNLESS(number, steps) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, steps)
#define YS_ALLOW_CALL(number) YS_SKIP_UNLESS(number, 1), YS_ALLOW

bool install_filter() {
    sock_filter filter[] = {
        YS_LOAD(offsetof(seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, own_machine, 1, 0),
        YS_KILL,
        YS_LOAD(offsetof(seccomp_data, nr)),
        YS_ALLOW_CALL(__NR_brk),
        YS_ALLOW_CALL(__NR_munmap),
        YS_ALLOW_CALL(__NR_mremap),
        YS_ALLOW_CALL(__NR_madvise),
        YS_ALLOW_CALL(__NR_getrandom),
        YS_ALLOW_CALL(__NR_exit),
        YS_ALLOW_CALL(__NR_exit_group),
        YS_ALLOW_CALL(__NR_rt_sigreturn),
        YS_SKIP_UNLESS(__NR_read, 4),
        YS_LOAD(offset_of_low(0)),
        YS_SKIP_UNLESS(STDIN_FILENO, 1),
        YS_ALLOW,
        YS_KILL,
        YS_SKIP_UNLESS(__NR_write, 4),
        YS_LOAD(offset_of_low(0)),
        YS_SKIP_UNLESS(STDOUT_FILENO, 1),
        YS_ALLOW,
        YS_KILL,
        // Memory that is nobody's file and cannot be run.
        YS_SKIP_UNLESS(__NR_mmap, 6),
        YS_LOAD(offset_of_low(2)),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 3, 0),
        YS_LOAD(offset_of_low(3)),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, MAP_ANONYMOUS, 0, 1),
        YS_ALLOW,
        YS_KILL,
        YS_SKIP_UNLESS(__NR_mprotect, 4),
        YS_LOAD(offset_of_low(2)),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 1, 0),
        YS_ALLOW,
        YS_KILL,
        YS_KILL,
    };
    const sock_fprog program{static_cast<unsigned short>(std::size(filter)), filter};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}

}  // namespace

bool enter_sandbox() {
    // What the parent had open and forgot to close.
    if (close_range(STDERR_FILENO + 1, ~0U, 0) != 0) return false;
    return limit(RLIMIT_AS, memory_max) && limit(RLIMIT_CPU, cpu_max_s) && limit(RLIMIT_CORE, 0) &&
           limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_NPROC, 0) && limit(RLIMIT_NOFILE, 0) &&
           install_filter();
}

}  // namespace ys::image
