// SPDX-License-Identifier: Apache-2.0
// What a power cut leaves: only bytes that were synced, under names whose folder was synced.
//
// Loaded with LD_PRELOAD. Of every file and folder below $YS_POWERCUT_OF it keeps in
// $YS_POWERCUT_TO what was on the disk at the last fsync or fdatasync of each:
//   content/<file>   the bytes of a file, by its number and time of birth, not by a name
//   names/<folder>   a line for each name: d or f, the file's key, the name
// A file renamed, unlinked or made since its folder was last synced is as it was before; a name
// whose file was never synced is an empty file. tests/e2e/lib/powercut.mjs makes the disk of it.
// The real calls are not made: nothing here has to last.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <string>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

std::string path_of(int fd) {
    std::array<char, 4096> path{};
    const std::string link = "/proc/self/fd/" + std::to_string(fd);
    const ssize_t n = readlink(link.c_str(), path.data(), path.size() - 1);
    return n > 0 ? std::string(path.data(), static_cast<std::size_t>(n)) : std::string();
}

/// Numbers of files are used again; with the time of birth they are not.
std::string key_of(int folder, const char* name, int flags) {
    struct statx about {};
    if (statx(folder, name, flags, STATX_INO | STATX_BTIME, &about) != 0) return {};
    return std::to_string(about.stx_ino) + "-" + std::to_string(about.stx_btime.tv_sec) + "-" +
           std::to_string(about.stx_btime.tv_nsec);
}

/// Under a name of its own first: the program may be killed in the middle of this, too.
class Shadow {
public:
    explicit Shadow(std::string path)
        : path_(std::move(path)),
          part_(path_ + ".part-" + std::to_string(gettid())),
          fd_(open(part_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)) {}
    ~Shadow() { close(fd_); }
    Shadow(const Shadow&) = delete;
    Shadow& operator=(const Shadow&) = delete;
    bool put(const char* bytes, std::size_t count) {
        return write(fd_, bytes, count) == static_cast<ssize_t>(count);
    }
    int finish() { return rename(part_.c_str(), path_.c_str()); }

private:
    std::string path_, part_;
    int fd_;
};

int keep_content(const std::string& path, const std::string& to, int fd) {
    const std::string key = key_of(fd, "", AT_EMPTY_PATH);
    const int from = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    // Unlinked meanwhile: its bytes have no name to be found by.
    if (from < 0 || key.empty()) return 0;
    Shadow shadow(to + "/content/" + key);
    std::array<char, 65536> block;
    bool is_well = true;
    for (ssize_t n = 0; is_well && (n = read(from, block.data(), block.size())) > 0;)
        is_well = shadow.put(block.data(), static_cast<std::size_t>(n));
    close(from);
    return is_well ? shadow.finish() : -1;
}

int keep_names(const std::string& path, const std::string& inside, const std::string& to) {
    DIR* folder = opendir(path.c_str());
    if (!folder) return 0;
    std::string flat = inside;
    for (char& c : flat)
        if (c == '/') c = '|';
    Shadow shadow(to + "/names/root" + flat);
    bool is_well = true;
    while (const dirent* entry = readdir(folder)) {
        const std::string name = entry->d_name;
        if (name == "." || name == "..") continue;
        const std::string key = key_of(dirfd(folder), entry->d_name, AT_SYMLINK_NOFOLLOW);
        struct stat about {};
        if (key.empty() || fstatat(dirfd(folder), entry->d_name, &about, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        const std::string line =
            std::string(S_ISDIR(about.st_mode) ? "d " : "f ") + key + " " + name + "\n";
        is_well = is_well && shadow.put(line.data(), line.size());
    }
    closedir(folder);
    return is_well ? shadow.finish() : -1;
}

/// One after the other: who read a folder first must not put what they read over what was synced
/// since.
std::mutex one_at_a_time;

int keep(int fd) {
    const char* of = getenv("YS_POWERCUT_OF");
    const char* to = getenv("YS_POWERCUT_TO");
    if (!of || !to) return 0;
    const std::string path = path_of(fd);
    const std::size_t root = std::strlen(of);
    if (path.compare(0, root, of) != 0 || (path.size() > root && path[root] != '/')) return 0;
    const std::lock_guard lock(one_at_a_time);
    struct stat about {};
    if (fstat(fd, &about) != 0) return -1;
    return S_ISDIR(about.st_mode) ? keep_names(path, path.substr(root), to)
                                  : keep_content(path, to, fd);
}

}  // namespace

extern "C" int fsync(int fd) { return keep(fd); }
extern "C" int fdatasync(int fd) { return keep(fd); }
