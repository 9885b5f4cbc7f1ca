// SPDX-License-Identifier: Apache-2.0
// Runs a program on a file and prints "exit_code cpu_ms peak_kb": from a process this small, since
// what a child used includes what its parent had at the fork.  Usage: ys_image_measure PROGRAM FILE
#include <cstdio>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    const pid_t pid = fork();
    if (pid == 0) {
        dup2(open(argv[2], O_RDONLY), STDIN_FILENO);
        dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
        execl(argv[1], argv[1], nullptr);
        _exit(127);
    }
    int status = 0;
    rusage used{};
    if (wait4(pid, &status, 0, &used) != pid) return 1;
    const long cpu_ms = (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000 +
                        (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1000;
    std::printf("%d %ld %ld\n", WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), cpu_ms,
                used.ru_maxrss);
}
