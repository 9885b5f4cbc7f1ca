// SPDX-License-Identifier: Apache-2.0
#include "platform/sql/testing/postgres_server.h"

#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace ys::sql::testing {
namespace {

const std::string programs = "/usr/lib/postgresql/15/bin/";

Error failed(const std::string& doing) { return Error{std::errc::io_error, doing}; }

/// PostgreSQL refuses to run as root: then it runs as the user of Debian's package, or as nobody.
const passwd* unprivileged() {
    if (geteuid() != 0) return nullptr;
    if (const passwd* postgres = getpwnam("postgres")) return postgres;
    return getpwnam("nobody");
}

/// Starts a program as the unprivileged user, its output in `log`; dies when the test dies.
pid_t spawn(const std::vector<std::string>& words, const std::string& log) {
    std::vector<char*> args;
    for (const std::string& word : words) args.push_back(const_cast<char*>(word.c_str()));
    args.push_back(nullptr);
    const passwd* user = unprivileged();
    const pid_t child = fork();
    if (child != 0) return child;
    const int out = open(log.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0644);
    dup2(out, 1);
    dup2(out, 2);
    if (user &&
        (setgroups(0, nullptr) != 0 || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0))
        _exit(126);
    // After setuid, which clears it. SIGQUIT ends a server at once, without a checkpoint.
    prctl(PR_SET_PDEATHSIG, SIGQUIT);
    if (chdir("/") != 0) _exit(126);
    execv(args[0], args.data());
    _exit(127);
}

Result<Done> wait_for(pid_t child, const std::string& doing) {
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child) return failed(doing);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return failed(doing);
    return Done{};
}

}  // namespace

Result<PostgresServer> PostgresServer::start() {
    if (access((programs + "postgres").c_str(), X_OK) != 0)
        return failed("PostgreSQL 15 is not in " + programs + ": apt-get install postgresql-15");
    std::string folder = (std::filesystem::temp_directory_path() / "ys-pg-XXXXXX").string();
    if (!mkdtemp(folder.data())) return failed("making " + folder);
    PostgresServer server(folder);
    YS_TRY([[maybe_unused]] const auto made, server.make_cluster());
    YS_TRY([[maybe_unused]] const auto ran, server.run_server());
    return server;
}

PostgresServer::PostgresServer(PostgresServer&& other) noexcept
    : folder_(std::exchange(other.folder_, {})),
      pid_(std::exchange(other.pid_, 0)),
      databases_(other.databases_) {}

PostgresServer::~PostgresServer() {
    if (folder_.empty()) return;
    if (pid_ > 0) {
        kill(pid_, SIGQUIT);
        waitpid(pid_, nullptr, 0);
    }
    std::error_code ignored;  // What cannot be removed is in the temporary folder anyway.
    std::filesystem::remove_all(folder_, ignored);
}

Result<Done> PostgresServer::make_cluster() {
    if (const passwd* user = unprivileged())
        if (chown(folder_.c_str(), user->pw_uid, user->pw_gid) != 0)
            return failed("giving the folder to " + std::string(user->pw_name));
    return wait_for(spawn({programs + "initdb", "--no-sync", "-D", folder_ + "/data", "-U", "ys",
                           "-A", "trust", "-E", "UTF8", "--locale=C"},
                          folder_ + ".log"),
                    "initdb, see " + folder_ + ".log");
}

Result<Done> PostgresServer::run_server() {
    std::ofstream{folder_ + ".log", std::ios::app};  // There to be watched before it is written.
    const int changes = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    inotify_add_watch(changes, (folder_ + ".log").c_str(), IN_MODIFY);
    pid_ = spawn({programs + "postgres", "-D", folder_ + "/data", "-k", folder_, "-h", "", "-c",
                  "shared_buffers=16MB", "-c", "max_connections=40", "-c",
                  "recovery_init_sync_method=syncfs"},
                 folder_ + ".log");
    const bool is_up = pid_ > 0 && wait_until_it_answers(changes);
    close(changes);
    if (is_up) {
        std::filesystem::remove(folder_ + ".log");
        return Done{};
    }
    if (pid_ > 0) {
        kill(pid_, SIGQUIT);
        waitpid(pid_, nullptr, 0);
    }
    pid_ = 0;
    return failed("waiting for postgres, see " + folder_ + ".log");
}

/// Its log says when it is up; `changes` tells that the log grew, a pidfd that the server is gone.
bool PostgresServer::wait_until_it_answers(int changes) const {
    constexpr int patience_ms = 30'000;
    const int server = static_cast<int>(syscall(SYS_pidfd_open, pid_, 0));
    std::array<pollfd, 2> seen{{{changes, POLLIN, 0}, {server, POLLIN, 0}}};
    bool is_up = false;
    do {
        std::array<char, 4096> drained;
        while (read(changes, drained.data(), drained.size()) > 0) continue;
        std::ostringstream log;
        log << std::ifstream{folder_ + ".log"}.rdbuf();
        is_up = log.str().find("ready to accept connections") != std::string::npos;
    } while (!is_up && poll(seen.data(), seen.size(), patience_ms) > 0 && seen[1].revents == 0);
    close(server);
    return is_up;
}

std::string PostgresServer::url_of(const std::string& database) const {
    std::string host;
    for (const char c : folder_) host += c == '/' ? std::string("%2F") : std::string(1, c);
    return "postgresql://ys@" + host + "/" + database;
}

Result<std::string> PostgresServer::new_database() {
    const std::string name = "t" + std::to_string(++databases_);
    const std::unique_ptr<PGconn, void (*)(PGconn*)> c(PQconnectdb(url_of("postgres").c_str()),
                                                       PQfinish);
    const std::unique_ptr<PGresult, void (*)(PGresult*)> r(
        PQexec(c.get(), ("CREATE DATABASE " + name).c_str()), PQclear);
    if (PQresultStatus(r.get()) != PGRES_COMMAND_OK) return failed(PQerrorMessage(c.get()));
    return url_of(name);
}

void PostgresServer::kill_hard() {
    // The children of a killed postmaster see it is gone and end by themselves; SIGKILL to the
    // process alone is what the out-of-memory killer does.
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    pid_ = 0;
}

Result<Done> PostgresServer::restart() {
    // Until the last child has left, the shared memory is in use and the start is refused.
    for (int i = 0; i < 100; ++i) {
        if (run_server()) return Done{};
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return failed("restarting postgres, see " + folder_ + ".log");
}

PostgresServer& shared_postgres() {
    static std::unique_ptr<PostgresServer> server = [] {
        auto started = PostgresServer::start();
        if (!started) throw std::runtime_error(started.error().note);
        return std::make_unique<PostgresServer>(*std::move(started));
    }();
    return *server;
}

TemporaryFolder::TemporaryFolder()
    : path_((std::filesystem::temp_directory_path() / "ys-test-XXXXXX").string()) {
    YS_ASSERT(mkdtemp(path_.data()) != nullptr);
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace ys::sql::testing
