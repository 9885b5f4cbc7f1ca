// SPDX-License-Identifier: Apache-2.0
#include "platform/image/decoder.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/clock.h"
#include "platform/image/child_program.h"
#include "platform/image/child_protocol.h"

namespace ys::image {
namespace {

class Category final : public std::error_category {
public:
    const char* name() const noexcept override { return "ys.image"; }
    std::string message(int code) const override {
        switch (static_cast<errc>(code)) {
            case errc::not_a_picture:
                return "neither JPEG nor PNG";
            case errc::damaged:
                return "the picture cannot be read to its end";
            case errc::too_large:
                return "the picture has too many pixels";
            case errc::failed:
                break;
        }
        return "the decoding child could not be run";
    }
};

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
    return Error{errc::failed, std::string(doing) + ": " + std::strerror(errno)};
}

/// The child's program as a file without a name.
Result<int> program_in_memory() {
    const int fd = memfd_create("ys-image", MFD_CLOEXEC);
    if (fd < 0) return failed("making the child's program");
    const auto bytes = child_program();
    for (std::size_t at = 0; at < bytes.size();) {
        const ssize_t n = write(fd, bytes.data() + at, bytes.size() - at);
        if (n <= 0) {
            ::close(fd);
            return failed("writing the child's program");
        }
        at += static_cast<std::size_t>(n);
    }
    return fd;
}

/// Runs the program with these two and no environment.
Result<pid_t> spawn(int program, int input, int output) {
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0) return failed("preparing the child");
    // Numbers above those they are moved to, or dup2 would keep the flag that closes them.
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    const std::string path = "/proc/self/fd/" + std::to_string(program);
    std::string name = "ys-image";
    std::array<char*, 2> argv{name.data(), nullptr};
    std::array<char*, 1> environment{nullptr};
    pid_t pid = 0;
    errno = posix_spawn(&pid, path.c_str(), &actions, nullptr, argv.data(), environment.data());
    posix_spawn_file_actions_destroy(&actions);
    if (errno != 0) return failed("starting the child");
    return pid;
}

/// All it says until it closes its end; nothing when that is too much or takes too long.
std::optional<std::string> all_of(int from, Instant until) {
    std::string out;
    std::array<char, 64 * 1024> block;
    while (out.size() <= answer_max) {
        const auto left = std::chrono::duration_cast<Millis>(until - mono_now()).count();
        pollfd ready{from, POLLIN, 0};
        if (left <= 0 || (poll(&ready, 1, static_cast<int>(left)) == 0)) return std::nullopt;
        const ssize_t n = read(from, block.data(), block.size());
        if (n == 0) return out;
        if (n < 0 && errno != EINTR) return std::nullopt;
        if (n > 0) out.append(block.data(), static_cast<std::size_t>(n));
    }
    return std::nullopt;
}

/// The child may have been taken over by what it read: its answer is no more to be trusted.
Result<Picture> picture_of(const std::string& said) {
    ChildAnswer answer;
    const Error damaged{errc::damaged, "the child's answer"};
    if (said.size() < sizeof answer) return damaged;
    std::memcpy(&answer, said.data(), sizeof answer);
    const std::size_t whole =
        sizeof answer + std::size_t{answer.jpeg_bytes} + std::size_t{answer.thumbnail_bytes};
    const auto fits = [](std::uint32_t side) { return side >= 1 && side <= side_max; };
    if (said.size() != whole || !fits(answer.width) || !fits(answer.height)) return damaged;
    Picture out{answer.width, answer.height, said.substr(sizeof answer, answer.jpeg_bytes),
                said.substr(sizeof answer + answer.jpeg_bytes)};
    for (const std::string* each : {&out.jpeg, &out.thumbnail})
        if (!each->starts_with("\xFF\xD8\xFF")) return damaged;
    return out;
}

Error why(int status) {
    if (WIFSIGNALED(status))
        return Error{errc::damaged, "the child died of signal " + std::to_string(WTERMSIG(status))};
    switch (static_cast<ChildExit>(WEXITSTATUS(status))) {
        case ChildExit::NotAPicture:
            return Error{errc::not_a_picture, "decoding"};
        case ChildExit::TooLarge:
            return Error{errc::too_large, "decoding"};
        case ChildExit::Damaged:
            return Error{errc::damaged, "decoding"};
        default:
            break;
    }
    return Error{errc::failed, "the child ended with " + std::to_string(WEXITSTATUS(status))};
}

}  // namespace

const std::error_category& category() {
    static const Category it;
    return it;
}

Result<Picture> decode(const std::filesystem::path& file) {
    const Fd input(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (input.get() < 0) return failed("opening the picture");
    YS_TRY(const int program_fd, program_in_memory());
    const Fd program(program_fd);
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return failed("making a pipe");
    Fd from(ends[0]), to(ends[1]);
    YS_TRY(const pid_t pid, spawn(program.get(), input.get(), to.get()));
    to.close();
    const auto said = all_of(from.get(), mono_now() + Seconds{2 * cpu_max_s});
    if (!said) kill(pid, SIGKILL);
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
    if (!said) return Error{errc::damaged, "the child took too long or said too much"};
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return why(status);
    return picture_of(*said);
}

}  // namespace ys::image
