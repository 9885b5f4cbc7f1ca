// SPDX-License-Identifier: Apache-2.0
// Blocks to files, headers, sidecars; encoding when the machine has nothing better to do.
#include "voice/media/recording_writer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <pthread.h>
#include <sched.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <span>
#include <utility>

#include "base/overloaded.h"
#include "platform/log/log.h"
#include "voice/media/ogg_encoder.h"
#include "voice/media/wav_file.h"

namespace ys::media {
namespace {

bool write_all(int fd, std::span<const std::uint8_t> bytes) {
    while (!bytes.empty()) {
        const ssize_t done = ::write(fd, bytes.data(), bytes.size());
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(done));
    }
    return true;
}

bool write_file(const std::string& path, std::span<const std::uint8_t> bytes, int flags) {
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0640);
    if (fd < 0) return false;
    const bool is_written = write_all(fd, bytes);
    return ::close(fd) == 0 && is_written;
}

std::span<const std::uint8_t> bytes_of(const std::string& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace

std::string_view outcome_of(const RecordingWriter::Close& close, bool has_failed) {
    if (has_failed) return "failed";
    if (close.length_ms == 0 || !close.has_rtp) return "empty";
    // Half a percent, and two ticks that a start and a stop between ticks may cost.
    const std::int64_t off = std::llabs(close.elapsed_ms - close.length_ms);
    if (close.lost_frames > 0 || off > close.elapsed_ms / 200 + 40) return "gap";
    return "complete";
}

RecordingWriter::RecordingWriter(Options options, Sink sink)
    : options_(options), sink_(std::move(sink)) {
    writer_ = std::thread([this] { run(); });
    if (options_.encodes) encoder_ = std::thread([this] { run_encoder(); });
}

RecordingWriter::~RecordingWriter() {
    stopping_ = true;
    posted_.fetch_add(1);
    posted_.notify_one();
    writer_.join();
    if (!encoder_.joinable()) return;
    encoder_stops_ = true;
    encode_posted_.fetch_add(1);
    encode_posted_.notify_one();
    encoder_.join();
}

bool RecordingWriter::post(Item item) {
    if (!items_.push(item)) return false;
    posted_.fetch_add(1, std::memory_order_release);
    posted_.notify_one();
    return true;
}

void RecordingWriter::open(RecordingId id, std::string file) { post({id, Open{std::move(file)}}); }

std::unique_ptr<RecordingBlock> RecordingWriter::blank() {
    if (auto block = blanks_.pop()) {
        (*block)->used = 0;
        return std::move(*block);
    }
    if (blocks_.fetch_add(1, std::memory_order_relaxed) >= options_.blocks_max) {
        blocks_.fetch_sub(1, std::memory_order_relaxed);
        return nullptr;
    }
    // Once for each recording that is open at the same time, then they go round.
    return std::unique_ptr<RecordingBlock>(new RecordingBlock);
}

bool RecordingWriter::write(RecordingId id, std::unique_ptr<RecordingBlock> block) {
    if (post({id, std::move(block)})) return true;
    blocks_.fetch_sub(1, std::memory_order_relaxed);
    return false;
}

void RecordingWriter::mark(RecordingId id, std::int64_t offset_ms, Span span, bool begins) {
    post({id, Mark{offset_ms, span, begins}});
}

bool RecordingWriter::close(RecordingId id, Close close) { return post({id, close}); }

void RecordingWriter::run() {
    pthread_setname_np(pthread_self(), "recordings");
    while (true) {
        const std::uint32_t seen = posted_.load(std::memory_order_acquire);
        const bool is_last_round = stopping_;
        while (auto item = items_.pop()) take(*item);
        if (is_last_round) return;
        posted_.wait(seen, std::memory_order_acquire);
    }
}

void RecordingWriter::take(Item& item) {
    if (const Open* open = std::get_if<Open>(&item.what)) return on_open(item.id, *open);
    const auto found = files_.find(item.id);
    if (found == files_.end()) {  // Its Open found the mailbox full.
        if (const Close* close = std::get_if<Close>(&item.what)) {
            sink_(RecordingEnded{item.id, close->length_ms, "failed"});
            sink_(RecordingEncoded{item.id, false});
        }
        return;
    }
    File& file = found->second;
    std::visit(overloaded{[](const Open&) {},
                          [&](std::unique_ptr<RecordingBlock>& block) {
                              on_block(file, *block);
                              if (!blanks_.push(block)) blocks_.fetch_sub(1);
                          },
                          [&](const Mark& mark) { on_mark(file, mark); },
                          [&](const Close& close) {
                              on_close(item.id, file, close);
                              files_.erase(found);
                          }},
               item.what);
}

void RecordingWriter::on_open(RecordingId id, const Open& open) {
    File file;
    file.path = open.file;
    const std::string path = open.file + ".wav";
    std::error_code ignored;  // What cannot be made shows when the file is opened.
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(), ignored);
    file.fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    file.has_failed = file.fd < 0 || !write_all(file.fd, recording_header(0));
    if (file.has_failed) log::error("media", "recording_not_opened", {{"recording", id}});
    files_.insert_or_assign(id, std::move(file));
}

void RecordingWriter::on_block(File& file, const RecordingBlock& block) {
    if (file.has_failed) return;
    const std::span<const std::uint8_t> bytes(block.bytes.data(), block.used);
    file.has_failed = !write_all(file.fd, bytes);
    file.bytes += static_cast<std::uint32_t>(bytes.size());
    file.peaks.eat(bytes);
}

void RecordingWriter::on_mark(File& file, const Mark& mark) {
    const std::string line =
        fmt::format("{} {} {}\n", mark.offset_ms, mark.begins ? "begin" : "end",
                    mark.span == Span::Hold ? "hold" : "secure_input");
    if (!write_file(file.path + ".marks", bytes_of(line), O_APPEND)) file.has_failed = true;
}

void RecordingWriter::on_close(RecordingId id, File& file, const Close& close) {
    if (file.fd >= 0) {
        const auto header = recording_header(file.bytes);
        const auto size = static_cast<ssize_t>(header.size());
        if (::pwrite(file.fd, header.data(), header.size(), 0) != size) file.has_failed = true;
        if (::fsync(file.fd) != 0 || ::close(file.fd) != 0) file.has_failed = true;
        // The drawing can be made again from the sound: its loss is no failure of the recording.
        if (!write_file(file.path + ".peaks", bytes_of_peaks(file.peaks.finish()), O_TRUNC))
            log::warn("media", "peaks_not_written", {{"recording", id}});
    }
    const std::string outcome(outcome_of(close, file.has_failed));
    if (outcome == "failed" || outcome == "gap")
        log::error("media", "recording_damaged",
                   {{"recording", id}, {"outcome", outcome}, {"lost", close.lost_frames}});
    sink_(RecordingEnded{id, close.length_ms, outcome});
    if (file.has_failed || file.bytes == 0) return sink_(RecordingEncoded{id, false});
    encode(id, std::move(file.path));
}

void RecordingWriter::encode(RecordingId id, std::string file) {
    ToEncode work{id, std::move(file)};
    if (!options_.encodes) return sink_(RecordingEncoded{id, false});
    if (!to_encode_.push(work)) {
        log::warn("media", "encoder_is_behind", {{"recording", id}});  // The next start takes it.
        return sink_(RecordingEncoded{id, false});
    }
    encode_posted_.fetch_add(1);
    encode_posted_.notify_one();
}

void RecordingWriter::run_encoder() {
    pthread_setname_np(pthread_self(), "encoder");
    const sched_param idle{};
    pthread_setschedparam(pthread_self(), SCHED_IDLE, &idle);  // Calls come first.
    while (!encoder_stops_) {
        const std::uint32_t seen = encode_posted_.load();
        while (auto work = encoder_stops_ ? std::nullopt : to_encode_.pop()) encode_one(*work);
        if (!encoder_stops_) encode_posted_.wait(seen);
    }
}

void RecordingWriter::encode_one(const ToEncode& work) {
    const std::string wav = work.path + ".wav", peaks = work.path + ".peaks";
    if (::access(peaks.c_str(), F_OK) != 0) {  // Cut off by a kill: nobody drew it.
        if (auto drawn = waveform_peaks(wav);
            !drawn || !write_file(peaks, bytes_of_peaks(*drawn), O_TRUNC))
            log::warn("media", "peaks_not_written", {{"recording", work.id}});
    }
    const auto done = encode_ogg_opus(wav, work.path + ".ogg", encoder_stops_);
    if (done) {
        if (!options_.keeps_wav) ::unlink(wav.c_str());
    } else if (done.error().code == std::errc::operation_canceled) {
        return;
    } else {
        log::error("media", "recording_not_encoded", done.error());
    }
    sink_(RecordingEncoded{work.id, static_cast<bool>(done)});
}

}  // namespace ys::media
