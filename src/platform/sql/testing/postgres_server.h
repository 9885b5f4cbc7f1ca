// SPDX-License-Identifier: Apache-2.0
// A real PostgreSQL 15 of the test's own: in a temporary folder, on a socket in that folder, as an
// unprivileged user, ended with the test. Not there means the test fails.
#pragma once

#include <string>

#include <sys/types.h>

#include "base/result.h"

namespace ys::sql::testing {

class PostgresServer {
public:
    /// Makes a cluster and starts it; about two seconds.
    static Result<PostgresServer> start();
    PostgresServer(PostgresServer&& other) noexcept;
    PostgresServer& operator=(PostgresServer&&) = delete;
    ~PostgresServer();  ///< stops it and removes the folder

    /// A new empty database; the URL to open it with.
    Result<std::string> new_database();
    /// SIGKILL to the whole server: what a power cut leaves of a process.
    void kill_hard();
    /// Starts it again on the same data.
    Result<Done> restart();
    pid_t pid() const { return pid_; }

private:
    explicit PostgresServer(std::string folder) : folder_(std::move(folder)) {}
    Result<Done> make_cluster();
    Result<Done> run_server();
    bool wait_until_it_answers(int changes) const;
    std::string url_of(const std::string& database) const;

    std::string folder_;  ///< empty after a move
    pid_t pid_ = 0;
    int databases_ = 0;
};

/// One server for all tests of a program, started when first asked for.
PostgresServer& shared_postgres();

/// A folder that is removed with all it holds.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

}  // namespace ys::sql::testing
