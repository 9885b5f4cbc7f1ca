// SPDX-License-Identifier: Apache-2.0
#include "app/recording_files.h"

#include <filesystem>
#include <utility>

#include "interactions/io/call_store.h"
#include "platform/log/log.h"
#include "voice/media/wav_file.h"

namespace ys::app {

namespace fs = std::filesystem;
using interactions::CallStore;
using interactions::RecordingRow;

RecordingFiles::RecordingFiles(std::string folder, Ports ports)
    : folder_(std::move(folder)), ports_(std::move(ports)) {}

Millis RecordingFiles::repaired(const std::string& folder, const RecordingRow& row) {
    const std::string wav = (fs::path{folder} / row.file).string() + ".wav";
    const auto length = media::repair_wav(wav);
    if (length) return *length;
    log::error("app", "recording_not_repaired", length.error());
    return Millis{0};
}

void RecordingFiles::on(const facts::Fact& fact) {
    if (const auto* opened = std::get_if<facts::RecordingOpened>(&fact.body))
        known_[RecordingId{opened->recording}] = {fact.centre, opened->file};
}

void RecordingFiles::encoded(const media::RecordingEncoded& encoded) {
    const auto at = known_.find(encoded.recording);
    if (at == known_.end()) return;
    const Known known = std::move(at->second);
    known_.erase(at);
    if (encoded.is_encoded) name_file(encoded.recording, known);
    if (known.is_left_over && --left_over_ == 0) read_page();
}

void RecordingFiles::name_file(RecordingId id, const Known& known) {
    ports_.writer.submit(
        [id, known](sql::Transaction& tx) {
            return CallStore::set_recording_file(tx, known.centre, id, known.file + ".ogg", "opus");
        },
        [](const Result<Done>& done) {
            if (!done) log::error("app", "recording_not_named", done.error());
        });
}

void RecordingFiles::take_up(RecordingId last) {
    last_ = last;
    read_page();
}

void RecordingFiles::read_page() {
    constexpr std::size_t page = 16;
    const auto asked = ports_.readers.read([this, after = after_](sql::Database& db) {
        auto rows = CallStore::to_encode(db, after, last_, page);
        if (!rows) return log::error("app", "recordings_not_read", rows.error());
        ports_.post([this, rows = *std::move(rows)]() mutable { begin_page(std::move(rows)); });
    });
    if (!asked) log::error("app", "recordings_not_read", asked.error());  // The next start does it.
}

bool RecordingFiles::is_there(const std::string& file, const char* ending) const {
    std::error_code ignored;
    return fs::exists((fs::path{folder_} / file).string() + ending, ignored);
}

void RecordingFiles::begin_page(std::vector<RecordingRow> rows) {
    if (rows.empty()) return;
    after_ = rows.back().id;
    std::vector<std::pair<RecordingId, std::string>> to_encode;
    for (const RecordingRow& row : rows) {
        if (is_there(row.file, ".ogg")) {
            name_file(row.id, {row.centre_id, row.file});  // Encoded, then killed.
        } else if (is_there(row.file, ".wav")) {
            known_[row.id] = {row.centre_id, row.file, true};
            to_encode.emplace_back(row.id, (fs::path{folder_} / row.file).string());
        } else {
            log::error("app", "recording_file_missing", {{"recording", row.id}});
        }
    }
    left_over_ = to_encode.size();
    if (to_encode.empty()) return read_page();
    log::info("app", "encoding_what_was_left", {{"recordings", to_encode.size()}});
    for (auto& [id, file] : to_encode) ports_.encode(id, std::move(file));
}

}  // namespace ys::app
