// SPDX-License-Identifier: Apache-2.0
// Recordings: what they are, and their bytes. Each hearing is a fact before the first byte goes.
#include <filesystem>

#include "api/answer.h"
#include "api/api.h"
#include "api/file_answer.h"
#include "api/recording_file.h"
#include "interactions/io/call_store.h"
#include "platform/clock.h"
#include "platform/http/syntax.h"
#include "platform/journal/journal.h"

namespace ys::api {
namespace {

using centres::Action;
using interactions::CallStore;
using interactions::RecordingRow;

struct PeaksView {
    std::int32_t per_second = 10;
    std::vector<std::int32_t> left, right;
};
BOOST_DESCRIBE_STRUCT(PeaksView, (), (per_second, left, right))

struct RecordingView {
    RecordingId id;
    InteractionId interaction_id;
    std::string purpose;
    std::int64_t length_ms = 0;
    std::string outcome, format;
    json::value peaks;
    std::vector<MarkedSpan> marks;
};
BOOST_DESCRIBE_STRUCT(RecordingView, (),
                      (id, interaction_id, purpose, length_ms, outcome, format, peaks, marks))

Task<RecordingRow> recording_in_path(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::HearRecordings);
    YS_CO_TRY(const RecordingId id, id_in_path<RecordingId>(call, "id"));
    auto query = [=](sql::Database& db) { return CallStore::recording(db, scope, id); };
    YS_CO_TRY(const std::optional<RecordingRow> row, co_await api.stores().read(query));
    if (!row) co_return refused("not_found", RefusedAs::NotFound);
    const centres::Thing thing{row->centre_id, UserId{row->agent_id.value}};
    YS_CO_TRY([[maybe_unused]] const auto may,
              api.authorise(call.user(), Action::HearRecordings, thing));
    co_return *row;
}

Task<http::Response> one(Api& api, Call& call) {
    YS_CO_TRY(const RecordingRow row, co_await recording_in_path(api, call));
    auto query = [row](sql::Database& db) {
        return journal::Journal::whole_story(db, row.interaction_id);
    };
    YS_CO_TRY(const std::vector<journal::Entry> story, co_await api.stores().read(query));
    RecordingView view{.id = row.id,
                       .interaction_id = row.interaction_id,
                       .purpose = row.purpose,
                       .length_ms = row.length_ms,
                       .outcome = row.outcome,
                       .format = row.format,
                       .peaks = json::to_value(PeaksView{}),
                       .marks = marked_spans(story, row.id, row.length_ms)};
    const auto path = recording_path(api.settings().recordings, row.file);
    if (path) {
        const auto& peaks_of = api.ports().peaks;
        const std::filesystem::path file = *path;
        auto work = [&peaks_of, file] { return peaks_of(file); };
        auto peaks = co_await api.ports().pool.run(work);
        // A recording can be heard without its picture.
        if (peaks) view.peaks = *std::move(peaks);
    }
    co_return answer_with(view);
}

/// The fact is on disk when this returns.
Task<Done> note_heard(Api& api, const RecordingRow& row, const Call& call, bool is_download) {
    const UserId user = call.user().user.id;
    const facts::Fact fact{utc_now(), row.centre_id, row.interaction_id, row.agent_id,
                           facts::RecordingHeard{.recording = row.id.value,
                                                 .user = user.value,
                                                 .how = is_download ? "download" : "play"}};
    auto work = [fact](sql::Transaction& tx) { return journal::Journal::append(tx, {&fact, 1}); };
    co_return co_await api.stores().write(work);
}

std::string content_type_of(const std::filesystem::path& path) {
    const std::string ending = path.extension().string();
    if (ending == ".wav") return "audio/wav";
    if (ending == ".ogg" || ending == ".opus") return "audio/ogg";
    return "application/octet-stream";
}

Task<http::Response> audio(Api& api, Call& call) {
    YS_CO_TRY(const RecordingRow row, co_await recording_in_path(api, call));
    YS_CO_TRY(const std::filesystem::path path,
              recording_path(api.settings().recordings, row.file));
    YS_CO_TRY(FileAnswer answer, file_answer(call.request, path, content_type_of(path)));
    const bool is_download = call.request.argument("download") == "1";
    // A player asks for many parts of one hearing: the part with the beginning is the hearing.
    if (answer.is_beginning) {
        YS_CO_TRY([[maybe_unused]] const auto noted,
                  co_await note_heard(api, row, call, is_download));
    }
    if (is_download)
        answer.response.with("Content-Disposition",
                             http::attachment_named("recording-" + std::to_string(row.id.value) +
                                                    path.extension().string()));
    co_return answer.response;
}

}  // namespace

Result<std::filesystem::path> recording_path(const std::filesystem::path& folder,
                                             const std::string& file) {
    const Error none = refused("not_found", RefusedAs::NotFound);
    if (file.empty() || file.find('\0') != std::string::npos) return none;
    const std::filesystem::path named(file);
    std::error_code ec;
    const auto root = std::filesystem::weakly_canonical(folder, ec);
    if (ec) return none;
    // Following links first: what counts is where the bytes are.
    std::filesystem::path asked = named.is_absolute() ? named : folder / named;
    // A row names the recording; it is Ogg Opus once encoded and WAV before that.
    for (const char* ending : {".ogg", ".wav"}) {
        std::filesystem::path file_there = asked;
        file_there += ending;
        if (!std::filesystem::exists(file_there, ec)) continue;
        asked = std::move(file_there);
        break;
    }
    const auto real = std::filesystem::weakly_canonical(asked, ec);
    if (ec) return none;
    const auto relative = real.lexically_relative(root);
    if (relative.empty() || *relative.begin() == ".." || relative == ".") return none;
    return real;
}

std::vector<MarkedSpan> marked_spans(const std::vector<journal::Entry>& story, RecordingId id,
                                     std::int64_t length_ms) {
    std::vector<MarkedSpan> out;
    for (const journal::Entry& entry : story) {
        const auto* mark = std::get_if<facts::RecordingMarked>(&entry.fact.body);
        if (!mark || mark->recording != id.value) continue;
        if (mark->begins) {
            out.push_back({mark->span, mark->at_ms, length_ms});
            continue;
        }
        for (auto open = out.rbegin(); open != out.rend(); ++open) {
            if (open->span != mark->span) continue;
            open->to_ms = mark->at_ms;
            break;
        }
    }
    return out;
}

std::vector<Route> recording_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/recordings/{id}",
         .summary = "A recording with its waveform and marked spans.",
         .access = Access::Right,
         .action = Action::HearRecordings,
         .handler = one,
         .gives = schema_for<RecordingView>},
        {.method = "GET",
         .pattern = "/api/v1/recordings/{id}/audio",
         .summary = "Its bytes, with Range; `download=1` as attachment. Each hearing is a fact.",
         .access = Access::Right,
         .action = Action::HearRecordings,
         .handler = audio,
         .query = {"download"}},
    };
}

}  // namespace ys::api
