// SPDX-License-Identifier: Apache-2.0
#include "voice/speech/child_process.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/clock.h"
#include "platform/words/file_in_memory.h"
#include "voice/speech/errc.h"

namespace ys::speech {
namespace {

class Fd {
public:
    explicit Fd(int fd = -1) : fd_(fd) {}
    ~Fd() { close(); }
    Fd(const Fd&) = delete;
    Fd& operator=(const Fd&) = delete;
    int get() const { return fd_; }
    void close() {
        if (fd_ >= 0) ::close(std::exchange(fd_, -1));
    }

private:
    int fd_;
};

Error failed(std::string_view doing) {
    return Error{Errc::failed, std::string(doing) + ": " + std::strerror(errno)};
}

/// A running child that cannot outlive this object.
class Child {
public:
    explicit Child(pid_t pid)
        : pid_(pid), gone_(static_cast<int>(syscall(SYS_pidfd_open, pid, 0))) {}
    ~Child() {
        if (pid_ > 0) end();
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    /// Readable once it has ended.
    int gone() const { return gone_.get(); }
    /// Kills it with all of its group, unless it has ended; its status.
    int end() {
        // The leader is not reaped yet, so its number cannot be another's.
        kill(-pid_, SIGKILL);
        int status = 0;
        while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) continue;
        pid_ = 0;
        return status;
    }

private:
    pid_t pid_;
    Fd gone_;
};

/// input  name of a file: nobody has to write while the child reads
Result<pid_t> spawn(const ChildOrder& order, const std::string& input, int output) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    if (posix_spawn_file_actions_init(&actions) != 0) return failed("preparing the child");
    if (posix_spawnattr_init(&attributes) != 0) {
        posix_spawn_file_actions_destroy(&actions);
        return failed("preparing the child");
    }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input.c_str(), O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    // Our threads block signals and ignore broken pipes; the child shall not.
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(
        &attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    std::vector<std::string> words{order.program};
    words.insert(words.end(), order.arguments.begin(), order.arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    std::string locale = "LC_ALL=C.UTF-8";
    std::array<char*, 2> environment{locale.data(), nullptr};
    pid_t pid = 0;
    const int why = posix_spawn(&pid, order.program.c_str(), &actions, &attributes, argv.data(),
                                environment.data());
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    if (why == ENOENT || why == EACCES || why == ENOTDIR)
        return Error{Errc::not_installed, order.program};
    errno = why;
    if (why != 0) return failed("starting " + order.program);
    return pid;
}

/// Waits for the descriptor; false when the time is over first.
bool is_ready(int fd, Instant until) {
    for (;;) {
        const auto left = std::chrono::ceil<Millis>(until - mono_now()).count();
        if (left <= 0) return false;
        pollfd ready{fd, POLLIN, 0};
        const int n = poll(&ready, 1, static_cast<int>(std::min<long long>(left, 60'000)));
        if (n > 0) return true;
        if (n < 0 && errno != EINTR) return false;
    }
}

Result<std::string> output_of(int from, const ChildOrder& order) {
    std::string out;
    std::array<char, 64 * 1024> block;
    while (is_ready(from, order.until)) {
        const ssize_t n = read(from, block.data(), block.size());
        if (n == 0) return out;
        if (n < 0 && errno != EINTR) return failed("reading what the child says");
        if (n < 0) continue;
        out.append(block.data(), static_cast<std::size_t>(n));
        if (out.size() > order.output_bytes_max)
            return Error{Errc::failed, order.program + " said too much"};
    }
    return Error{Errc::timed_out, order.program};
}

}  // namespace

Result<std::string> run_child(const ChildOrder& order) {
    const words::FileInMemory input(order.input);
    if (!input.is_whole()) return failed("making the input");
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return failed("making a pipe");
    Fd from(ends[0]), to(ends[1]);
    YS_TRY(const pid_t pid, spawn(order, input.name(), to.get()));
    Child child(pid);
    to.close();
    YS_TRY(std::string said, output_of(from.get(), order));
    // It has closed its end but may still run.
    if (child.gone() < 0 || !is_ready(child.gone(), order.until))
        return Error{Errc::timed_out, order.program};
    const int status = child.end();
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return Error{Errc::failed, order.program + " ended with status " + std::to_string(status)};
    return said;
}

}  // namespace ys::speech
