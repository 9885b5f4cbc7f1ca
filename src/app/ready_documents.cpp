// SPDX-License-Identifier: Apache-2.0
#include "app/ready_documents.h"

#include <utility>

#include "app/official_directory.h"
#include "app/survey_maker.h"
#include "base/later.h"
#include "base/phone_number.h"
#include "base/text.h"
#include "facts/facts.h"
#include "outreach/io/document_store.h"
#include "outreach/io/message_store.h"
#include "platform/clock.h"
#include "platform/journal/journal.h"
#include "platform/log/log.h"

namespace ys::app {
namespace {

using backoffice::DocumentReady;

constexpr std::string_view reason = "document_ready";
/// Of what comes from outside; more is cut.
constexpr std::size_t words_max = 60;
/// As many come at once when there are more (backoffice/business_system.h).
constexpr std::size_t batch = 100;

Result<Done> tell_owner(sql::Transaction& tx, const outreach::Door& door,
                        const outreach::MessageTemplate& form, const outreach::DocumentRow& row,
                        UtcTime now) {
    YS_TRY(Address address, address_of(tx.db(), door, row.phone));
    YS_TRY(std::string hotline, hotline_now(tx.db(), door.hotline));
    outreach::NewMessage message;
    message.notice.centre_id = row.centre_id;
    message.notice.reason = std::string(reason);
    message.notice.at = row.ready_at;
    message.text = outreach::fill(form, {.number = row.number,
                                         .hotline = std::move(hotline),
                                         .name = door.name,
                                         .unit = row.place,
                                         .words = row.name});
    message.begin = {.ways = std::move(address.ways),
                     .is_set_up = door.is_set_up(),
                     .must_reach = form.must_reach,
                     .is_urgent = form.urgent,
                     .has_stopped = address.has_stopped,
                     .happened_at = row.ready_at};
    message.document = row.id;
    YS_TRY([[maybe_unused]] const auto made,
           outreach::MessageStore::create(tx, door.rules(row.centre_id), message, now));
    return Done{};
}

/// A number that is none is nobody's address.
outreach::DocumentRow row_of(const DocumentReady& of, CentreId centre, const std::string& system,
                             UtcTime now) {
    outreach::DocumentRow row;
    row.centre_id = centre;
    row.system = system;
    row.seq = of.seq;
    row.number = Private(cleaned(of.number, words_max));
    if (const auto phone = normalise(of.phone, {})) row.phone = Private(phone->digits);
    row.name = cleaned(of.name.zh, words_max);
    row.place = cleaned(of.where.zh, words_max);
    row.ready_at = of.ready_at;
    row.kept_at = now;
    return row;
}

}  // namespace

Result<Done> take_documents(sql::Transaction& tx, const outreach::Door& door, CentreId centre,
                            const std::string& system, const std::vector<DocumentReady>& documents,
                            UtcTime now) {
    const auto* form = door.book.find(reason);
    for (const DocumentReady& each : documents) {
        YS_TRY(const auto kept,
               outreach::DocumentStore::keep(tx, row_of(each, centre, system, now)));
        if (!kept) continue;
        const bool is_told = form != nullptr && !kept->phone.empty();
        if (is_told) {
            YS_TRY([[maybe_unused]] const Done told, tell_owner(tx, door, *form, *kept, now));
        }
        const facts::Fact fact{
            now,
            centre,
            {},
            {},
            facts::DocumentReady{system, kept->number, is_told ? "told" : "no_address"}};
        YS_TRY([[maybe_unused]] const Done noted, journal::Journal::append(tx, {&fact, 1}));
    }
    return Done{};
}

ReadyDocuments::ReadyDocuments(Ports ports)
    : ports_(std::move(ports)), timer_(ports_.loop.context()) {}

void ReadyDocuments::look() {
    const auto last = std::make_shared<std::uint64_t>(0);
    ports_.writer.submit(
        [last, name = ports_.name](sql::Transaction& tx) -> Result<Done> {
            YS_TRY(*last, outreach::DocumentStore::last_seq(tx.db(), name));
            return Done{};
        },
        [this, is_alive = is_alive_, last](Result<Done> done) {
            if (!done) log::error("backoffice", "ready_not_read", done.error());
            ports_.loop.post([this, is_alive, last, is_read = static_cast<bool>(done)] {
                if (!*is_alive) return;
                if (is_read) return ask(*last);
                again();
            });
        });
}

void ReadyDocuments::ask(std::uint64_t after) {
    ports_.pool.post([this, is_alive = is_alive_, after] {
        auto told = ports_.system.ready_after(after);
        ports_.loop.post([this, is_alive, told = std::move(told)]() mutable {
            if (!*is_alive) return;
            auto* documents = std::get_if<std::vector<DocumentReady>>(&told);
            if (documents == nullptr || documents->empty()) return again();
            take(std::move(*documents));
        });
    });
}

void ReadyDocuments::take(std::vector<DocumentReady> documents) {
    const bool is_full = documents.size() >= batch;
    ports_.writer.submit(
        [door = ports_.door, centre = ports_.centre, name = ports_.name,
         documents = std::move(documents)](sql::Transaction& tx) {
            return take_documents(tx, *door, centre, name, documents, utc_now());
        },
        [this, is_alive = is_alive_, is_full](Result<Done> done) {
            if (!done) log::error("backoffice", "ready_not_kept", done.error());
            ports_.loop.post([this, is_alive, is_full, is_kept = static_cast<bool>(done)] {
                if (!*is_alive) return;
                if (is_kept) ports_.written();
                if (is_kept && is_full) return look();
                again();
            });
        });
}

void ReadyDocuments::again() {
    timer_.expires_after(every);
    timer_.async_wait([this, is_alive = is_alive_](const boost::system::error_code& stopped) {
        if (!stopped && *is_alive) look();
    });
}

void ReadyDocuments::stop() {
    *is_alive_ = false;
    timer_.cancel();
}

}  // namespace ys::app
