// SPDX-License-Identifier: Apache-2.0
#include "app/sealed_tables.h"

#include "cases/io/case_file_store.h"
#include "cases/io/case_people.h"
#include "cases/io/case_search.h"
#include "cases/io/crew_store.h"
#include "cases/io/evidence_store.h"
#include "cases/io/type_store.h"
#include "cases/io/view_store.h"
#include "channels/chat/io/chat_store.h"
#include "channels/chat/io/link_store.h"
#include "customers/io/barred_store.h"
#include "customers/io/customer_store.h"
#include "exchange/io/exchange_store.h"
#include "interactions/io/call_store.h"
#include "interactions/io/guess_store.h"
#include "interactions/io/waiting_store.h"
#include "knowledge/io/checklist_store.h"
#include "knowledge/io/matter_store.h"
#include "outreach/io/document_store.h"
#include "outreach/io/message_store.h"
#include "platform/config/serve_config.h"
#include "platform/journal/journal.h"
#include "platform/sql/sealed_url.h"
#include "platform/vault/vault.h"

namespace ys::app {
namespace {

/// Every row under the last key; only then may the others go.
Result<Done> bring_under(const std::string& url, const std::string& key_file) {
    YS_TRY(auto db, sql::Database::open(sql::sealed_url(key_file, url)));
    YS_TRY(vault::KeyRing ring, vault::key_ring(key_file));
    YS_TRY([[maybe_unused]] const Done sealed,
           sql::seal_all(db, vault::Vault(ring), sealed_tables()));
    if (ring.keys.size() == 1) return Done{};
    ring.keys.erase(ring.keys.begin(), ring.keys.end() - 1);
    return vault::write_key_ring(key_file, ring);
}

}  // namespace

std::vector<sql::SealedTable> sealed_tables() {
    return {{.name = "facts", .own = journal::Journal::seal},
            {.name = "case_words", .own = cases::CaseWords::begin_again},
            sql::sealed_table<interactions::CallRow>("calls"),
            sql::sealed_table<interactions::LostCallRow>("lost_calls"),
            sql::sealed_table<interactions::NoGuessesRow>("no_guesses", ""),
            sql::sealed_table<cases::CaseRow>("cases"),
            sql::sealed_table<cases::CasePersonRow>("case_people", ""),
            {"case_files", "case_id", {"body"}},
            sql::sealed_table<cases::CaseEventRow>("case_events", ""),
            {"case_notices", "id", {"words"}},
            {"case_codes", "case_id", {"code"}},
            sql::sealed_table<cases::CrewEventRow>("crew_events"),
            sql::sealed_table<cases::EvidenceRow>("case_evidence"),
            sql::sealed_table<cases::ViewRow>("case_views"),
            sql::sealed_table<outreach::MessageRow>("outreach_messages"),
            sql::sealed_table<outreach::PersonRow>("outreach_people", ""),
            sql::sealed_table<outreach::SurveyRow>("surveys"),
            sql::sealed_table<outreach::DocumentRow>("ready_documents"),
            sql::sealed_table<exchange::DeliveryRow>("exchange_deliveries"),
            sql::sealed_table<cases::DraftRow>("drafts", ""),
            sql::sealed_table<cases::AnswersRow>("case_answers", "case_id"),
            sql::sealed_table<knowledge::QuestionRow>("questions"),
            sql::sealed_table<chat::ChatRow>("chats"),
            sql::sealed_table<chat::ChatMessageRow>("chat_messages", ""),
            sql::sealed_table<chat::ChatFileRow>("chat_files", ""),
            sql::sealed_table<chat::LinkRow>("conversation_links"),
            sql::sealed_table<knowledge::ChecklistRow>("checklists"),
            sql::sealed_table<knowledge::ChecklistFileRow>("checklist_files"),
            sql::sealed_table<customers::CustomerRow>("customers"),
            {"customer_numbers", "", {"number"}},
            {.name = "customer_words", .own = customers::CustomerStore::index_again},
            sql::sealed_table<customers::BarredRow>("barred_callers")};
}

std::string key_file_of(const std::string& data, const std::string& key_file) {
    return key_file.empty() ? config::keys_folder(data) + "/vault.key" : key_file;
}

Result<vault::KeyLock> open_vault(const std::string& url, const std::string& key_file) {
    YS_TRY([[maybe_unused]] const vault::KeyRing made, vault::key_ring(key_file));
    YS_TRY(auto lock, vault::KeyLock::take(key_file, vault::KeyLock::Kind::Shared));
    YS_TRY([[maybe_unused]] const Done sealed, bring_under(url, key_file));
    return lock;
}

Result<Done> rotate_key(const std::string& url, const std::string& key_file) {
    YS_TRY(vault::KeyRing ring, vault::key_ring(key_file));
    YS_TRY(const auto lock, vault::KeyLock::take(key_file, vault::KeyLock::Kind::Alone));
    vault::add_key(ring);
    // In the file before anything is sealed with it: a stop half-way loses no row.
    YS_TRY([[maybe_unused]] const Done written, vault::write_key_ring(key_file, ring));
    return bring_under(url, key_file);
}

}  // namespace ys::app
