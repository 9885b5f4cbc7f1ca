// SPDX-License-Identifier: Apache-2.0
// The log: one line an event, text or JSON, every value escaped so that no line can be forged.
//
//   log::warn("http", "slow_request", {{"path", path}, {"ms", 812}});
//
// Numbers of citizens, names and what was said do not belong here: give ids.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

#include "base/id.h"
#include "base/result.h"

namespace ys::log {

enum class Level { Debug, Info, Warn, Error };
enum class Format { Text, Json };

struct Options {
    Level level = Level::Info;
    Format format = Format::Text;
    std::string file;  ///< "" for standard error
};

/// Text values longer than this are cut.
inline constexpr std::size_t value_max_bytes = 512;

struct Field {
    using Value = std::variant<std::string_view, std::int64_t, std::uint64_t, double, bool>;
    Field(const char* k, std::string_view v) : key(k), value(v) {}
    Field(const char* k, const char* v) : key(k), value(std::string_view(v)) {}
    Field(const char* k, const std::string& v) : key(k), value(std::string_view(v)) {}
    Field(const char* k, int v) : key(k), value(std::int64_t{v}) {}
    Field(const char* k, long v) : key(k), value(std::int64_t{v}) {}
    Field(const char* k, long long v) : key(k), value(static_cast<std::int64_t>(v)) {}
    Field(const char* k, unsigned v) : key(k), value(std::uint64_t{v}) {}
    Field(const char* k, unsigned long v) : key(k), value(std::uint64_t{v}) {}
    Field(const char* k, double v) : key(k), value(v) {}
    Field(const char* k, bool v) : key(k), value(v) {}
    template <class Tag>
    Field(const char* k, Id<Tag> v) : key(k), value(std::uint64_t{v.value}) {}

    const char* key;
    Value value;
};
using Fields = std::initializer_list<Field>;

/// Called once by app before threads start; without it lines go to standard error as text.
/// errors  those of opening the file
Result<Done> start(const Options& options);
/// Waits until every line is written.
void flush();

/// room   the folder that speaks: "http", "sip"
/// event  what happened, one snake_case word group: greppable, never assembled
void write(Level level, std::string_view room, std::string_view event, Fields fields = {});
inline void debug(std::string_view room, std::string_view event, Fields fields = {}) {
    write(Level::Debug, room, event, fields);
}
inline void info(std::string_view room, std::string_view event, Fields fields = {}) {
    write(Level::Info, room, event, fields);
}
inline void warn(std::string_view room, std::string_view event, Fields fields = {}) {
    write(Level::Warn, room, event, fields);
}
inline void error(std::string_view room, std::string_view event, Fields fields = {}) {
    write(Level::Error, room, event, fields);
}
/// An Error with its code, note and place.
void error(std::string_view room, std::string_view event, const Error& what);

/// The line itself, without its end; `at` is RFC 3339.
std::string line_of(Format format, std::string_view at, Level level, std::string_view room,
                    std::string_view event, Fields fields);

}  // namespace ys::log
