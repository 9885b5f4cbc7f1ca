// SPDX-License-Identifier: Apache-2.0
// Documents that lie ready to be collected, as business systems told of them: each once, for ever.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/described.h"
#include "base/id.h"
#include "base/private_text.h"
#include "base/time.h"
#include "platform/sql/database.h"
#include "platform/sql/migration.h"
#include "platform/sql/writer.h"

namespace ys::outreach {

const sql::Schema& document_schema();

struct DocumentRow {
    std::uint64_t id = 0;
    CentreId centre_id{};
    std::string system{};   ///< its name in the settings
    std::uint64_t seq = 0;  ///< of the system's own
    Private number{};       ///< of the document
    Private phone{};        ///< whom to tell
    std::string name{};     ///< "身份证"
    std::string place{};    ///< where it is collected
    UtcTime ready_at{};
    UtcTime kept_at{};
};
BOOST_DESCRIBE_STRUCT(DocumentRow, (),
                      (id, centre_id, system, seq, number, phone, name, place, ready_at, kept_at))

class DocumentStore {
public:
    /// The last one this system told of; 0 when it told of none.
    static Result<std::uint64_t> last_seq(sql::Database& db, std::string_view system);
    /// With the number it is given. None: it was told of before.
    static Result<std::optional<DocumentRow>> keep(sql::Transaction& tx, DocumentRow row);
    static Result<std::optional<DocumentRow>> get(sql::Database& db, std::uint64_t id);
};

}  // namespace ys::outreach
