// SPDX-License-Identifier: Apache-2.0
// The files of recordings after their calls: made whole after a kill, encoded, named in their rows.
#pragma once

#include <functional>
#include <string>
#include <unordered_map>

#include "interactions/io/call_row.h"
#include "platform/sql/readers.h"
#include "platform/sql/writer.h"
#include "voice/media/media_engine.h"

namespace ys::app {

/// On the control loop only.
class RecordingFiles {
public:
    struct Ports {
        sql::Readers& readers;
        sql::Writer& writer;
        std::function<void(std::function<void()>)> post;  ///< on to the control loop
        std::function<void(RecordingId, std::string file)> encode;
    };
    RecordingFiles(std::string folder, Ports ports);

    /// Gives a recording that was cut off a header that agrees with its file.
    /// returns  how much is there, 0 when nothing
    static Millis repaired(const std::string& folder, const interactions::RecordingRow& row);

    /// Remembers where an opened recording goes.
    void on(const facts::Fact& fact);
    void encoded(const media::RecordingEncoded& encoded);
    /// What earlier runs left unencoded, `last` the newest of them; few at a time, so that the
    /// recordings of today's calls never wait long.
    void take_up(RecordingId last);

private:
    struct Known {
        CentreId centre;
        std::string file;  ///< below the folder, without extension
        bool is_left_over = false;
    };
    void read_page();
    void begin_page(std::vector<interactions::RecordingRow> rows);
    void name_file(RecordingId id, const Known& known);
    bool is_there(const std::string& file, const char* ending) const;

    const std::string folder_;
    Ports ports_;
    std::unordered_map<RecordingId, Known> known_;
    RecordingId after_{}, last_{};
    std::size_t left_over_ = 0;  ///< of the page that is being encoded
};

}  // namespace ys::app
