// SPDX-License-Identifier: Apache-2.0
// What code that took the decoding child over would try, from within the same sandbox. Ends with 0
// when it got what it wanted.  Usage: ys_image_hostile
// socket|open|openat|exec|fork|kill|stderr|code
#include <cstdint>
#include <string_view>

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "platform/image/child/sandbox.h"

int main(int argc, char** argv) {
    const std::string_view what = argc == 2 ? argv[1] : "";
    const int opened_before = open("/etc/hostname", O_RDONLY);
    if (what.empty() || opened_before < 0 || !ys::image::enter_sandbox()) _exit(2);
    char byte = 0;
    long got = -1;
    if (what == "nothing") _exit(0);
    if (what == "socket") got = socket(AF_INET, SOCK_STREAM, 0);
    if (what == "socketpair") {
        int ends[2];
        got = socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
    }
    if (what == "openat") got = openat(AT_FDCWD, "/etc/passwd", O_RDONLY);
#ifdef __NR_open
    if (what == "open") got = syscall(__NR_open, "/etc/passwd", O_RDONLY);
#endif
    if (what == "create") got = openat(AT_FDCWD, "/tmp/ys-hostile", O_WRONLY | O_CREAT, 0600);
    if (what == "held") got = read(opened_before, &byte, 1);
    if (what == "exec") got = execl("/bin/true", "true", nullptr);
    if (what == "fork") got = fork();
    if (what == "kill") got = kill(getppid(), 0);
    if (what == "stderr") got = write(STDERR_FILENO, &byte, 1);
    if (what == "code")
        got = mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
                      MAP_FAILED
                  ? -1
                  : 0;
    if (what == "memory")
        got = mmap(nullptr, 80 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
                      MAP_FAILED
                  ? -1
                  : 0;
    _exit(got < 0 ? 1 : 0);
}
