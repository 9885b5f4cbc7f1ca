// SPDX-License-Identifier: Apache-2.0
// One thread that puts all recordings on the disk, and one that makes them small afterwards.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <variant>

#include "base/id.h"
#include "voice/media/mailbox.h"
#include "voice/media/media_engine.h"
#include "voice/media/peaks.h"

namespace ys::media {

/// 4 s of two channels: what may be missing at the end after kill -9.
struct RecordingBlock {
    static constexpr std::size_t bytes_max = 200 * 320;
    std::size_t used = 0;
    std::array<std::uint8_t, bytes_max> bytes;
};

class RecordingWriter {
public:
    struct Close {
        std::int64_t length_ms = 0;
        std::int64_t elapsed_ms = 0;  ///< by the clock
        std::int64_t lost_frames = 0;
        bool has_rtp = false;
    };
    struct Options {
        bool encodes = true;            ///< make `<file>.ogg` when the call is over
        bool keeps_wav = true;          ///< after it was encoded
        std::size_t blocks_max = 4096;  ///< all blocks together: 256 MB
    };
    using Sink = std::function<void(MediaEvent)>;

    RecordingWriter(Options options, Sink sink);
    /// Writes what is in the mailbox; encoding that has not begun is left out.
    ~RecordingWriter();
    RecordingWriter(const RecordingWriter&) = delete;
    RecordingWriter& operator=(const RecordingWriter&) = delete;

    // Called by media threads; none of these waits.
    void open(RecordingId id, std::string file);
    /// An empty block; null when too many wait for the disk.
    std::unique_ptr<RecordingBlock> blank();
    /// False when the mailbox is full: the frames are lost.
    bool write(RecordingId id, std::unique_ptr<RecordingBlock> block);
    void mark(RecordingId id, std::int64_t offset_ms, Span span, bool begins);
    /// False when the mailbox is full: try again at the next tick.
    bool close(RecordingId id, Close close);

    /// Makes `<file>.ogg` of a whole `<file>.wav`; RecordingEncoded tells how it went.
    void encode(RecordingId id, std::string file);

private:
    struct Open {
        std::string file;
    };
    struct Mark {
        std::int64_t offset_ms;
        Span span;
        bool begins;
    };
    struct Item {
        RecordingId id;
        std::variant<Open, std::unique_ptr<RecordingBlock>, Mark, Close> what;
    };
    struct ToEncode {
        RecordingId id;
        std::string path;  ///< without extension
    };
    struct File {
        std::string path;  ///< without extension
        int fd = -1;
        std::uint32_t bytes = 0;
        bool has_failed = false;
        PeakMeter peaks;
    };

    bool post(Item item);
    void run();
    void take(Item& item);
    void on_open(RecordingId id, const Open& open);
    void on_block(File& file, const RecordingBlock& block);
    void on_mark(File& file, const Mark& mark);
    void on_close(RecordingId id, File& file, const Close& close);
    void run_encoder();
    void encode_one(const ToEncode& work);

    Options options_;
    Sink sink_;
    Mailbox<Item> items_{8192};
    Mailbox<std::unique_ptr<RecordingBlock>> blanks_{4096};
    std::atomic<std::size_t> blocks_{0};
    std::atomic<bool> stopping_{false};
    std::atomic<std::uint32_t> posted_{0};
    std::map<RecordingId, File> files_;

    // No lock between the two: the encoder may be kept from its core while it held one.
    Mailbox<ToEncode> to_encode_{4096};
    std::atomic<std::uint32_t> encode_posted_{0};
    std::atomic<bool> encoder_stops_{false};
    std::thread writer_;
    std::thread encoder_;
};

/// What a recording is worth, from how it was made.
std::string_view outcome_of(const RecordingWriter::Close& close, bool has_failed);

}  // namespace ys::media
