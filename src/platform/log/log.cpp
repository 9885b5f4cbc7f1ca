// SPDX-License-Identifier: Apache-2.0
// Lines are made here and handed to spdlog as they are; its own formatting is switched off.
#include "platform/log/log.h"

#include <atomic>
#include <memory>

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <boost/json.hpp>

#include "base/overloaded.h"
#include "base/text.h"
#include "platform/clock.h"

namespace ys::log {
namespace {

std::atomic<Format> format_now{Format::Text};
std::atomic<Level> level_now{Level::Info};

std::string_view name_of(Level level) {
    switch (level) {
        case Level::Debug:
            return "debug";
        case Level::Info:
            return "info";
        case Level::Warn:
            return "warn";
        case Level::Error:
            return "error";
    }
    return "?";
}

spdlog::logger& logger() {
    static const auto first =
        std::make_shared<spdlog::logger>("ys", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    static const bool is_set = [] {
        first->set_pattern("%v");
        spdlog::set_default_logger(first);
        return true;
    }();
    static_cast<void>(is_set);
    return *spdlog::default_logger_raw();
}

std::string value_as_json(const Field::Value& value) {
    return std::visit(
        overloaded{
            [](std::string_view v) {
                return boost::json::serialize(boost::json::string(cleaned(v, value_max_bytes)));
            },
            [](bool v) { return std::string(v ? "true" : "false"); },
            [](auto v) { return boost::json::serialize(boost::json::value(v)); },
        },
        value);
}

/// Bare when it cannot be mistaken for anything else, else quoted as JSON text.
std::string value_as_text(const Field::Value& value) {
    const auto* text = std::get_if<std::string_view>(&value);
    if (!text) return value_as_json(value);
    const bool is_bare = !text->empty() && text->size() <= 80 &&
                         text->find_first_not_of(
                             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                             "_-.:/@+") == std::string_view::npos;
    return is_bare ? std::string(*text) : value_as_json(value);
}

}  // namespace

std::string line_of(Format format, std::string_view at, Level level, std::string_view room,
                    std::string_view event, Fields fields) {
    std::string out;
    out.reserve(160);
    if (format == Format::Json) {
        out.append(R"({"at":")").append(at).append(R"(","level":")").append(name_of(level));
        out.append(R"(","room":")").append(room).append(R"(","event":)");
        out.append(value_as_json(event));
        for (const Field& field : fields)
            out.append(",\"").append(field.key).append("\":").append(value_as_json(field.value));
        out.push_back('}');
        return out;
    }
    out.append(at).append(" ").append(name_of(level)).append(" ").append(room).append(" ");
    out.append(value_as_text(event));
    for (const Field& field : fields)
        out.append(" ").append(field.key).append("=").append(value_as_text(field.value));
    return out;
}

Result<Done> start(const Options& options) {
    try {
        static_cast<void>(logger());
        std::shared_ptr<spdlog::sinks::sink> sink;
        if (options.file.empty())
            sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
        else
            sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(options.file);
        auto made = std::make_shared<spdlog::logger>("ys", std::move(sink));
        made->set_pattern("%v");
        made->set_level(spdlog::level::trace);
        made->flush_on(spdlog::level::warn);
        spdlog::set_default_logger(std::move(made));
    } catch (const spdlog::spdlog_ex& ex) {
        return Error{std::errc::io_error, "opening the log " + options.file + ": " + ex.what()};
    }
    format_now = options.format;
    level_now = options.level;
    return Done{};
}

void flush() { logger().flush(); }

void write(Level level, std::string_view room, std::string_view event, Fields fields) {
    if (level < level_now.load(std::memory_order_relaxed)) return;
    const std::string line = line_of(format_now, to_rfc3339(utc_now()), level, room, event, fields);
    // spdlog would read braces in a format string; the line goes in as a value.
    logger().log(level == Level::Error ? spdlog::level::err : spdlog::level::info,
                 spdlog::string_view_t(line.data(), line.size()));
}

void error(std::string_view room, std::string_view event, const Error& what) {
    error(room, event,
          {{"code", what.code.message()},
           {"note", what.note},
           {"file", what.where.file},
           {"line", what.where.line}});
}

}  // namespace ys::log
