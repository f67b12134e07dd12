// The stores that the use cases need, over SQL and over a folder.
#pragma once

#include <filesystem>
#include <memory>

#include <rollcall/accounts/ports/audit_trail.hpp>
#include <rollcall/attendance/ports/blob_store.hpp>
#include <rollcall/attendance/ports/consent_store.hpp>
#include <rollcall/attendance/ports/crop_store.hpp>
#include <rollcall/attendance/ports/erasure_journal.hpp>
#include <rollcall/attendance/ports/erasure_store.hpp>
#include <rollcall/attendance/ports/event_store.hpp>
#include <rollcall/attendance/ports/face_store.hpp>
#include <rollcall/attendance/ports/people_store.hpp>
#include <rollcall/storage/database.hpp>
#include <rollcall/storage/master_keys.hpp>

namespace rollcall::storage {

// The database and the master keys must outlive the store and its schema must be migrated. Text must be UTF-8
// without NUL, which is what every SQL database can keep: where a member returns a Result, other text is
// invalid_input "text_not_storable"; an event or audit entry with such text is refused with core::InfraError.

std::unique_ptr<attendance::PeopleStore> make_people_store(Database& database);
std::unique_ptr<attendance::FaceStore> make_face_store(Database& database, const MasterKeys& masters);
std::unique_ptr<attendance::ConsentStore> make_consent_store(Database& database);
std::unique_ptr<attendance::ErasureStore> make_erasure_store(Database& database);
// Each event and each audit entry gets its row of the ledger in its own transaction; see ledger.hpp.
std::unique_ptr<attendance::EventStore> make_event_store(Database& database);
// One scope at a time in each thread. A transaction that changes nothing gets no entry.
std::unique_ptr<accounts::AuditTrail> make_audit_trail(Database& database);

// Files under `root`, which is created if missing; mode 0600 in folders of mode 0700.
// Throws core::InfraError when the folder cannot be written.
std::unique_ptr<attendance::BlobStore> make_folder_blob_store(std::filesystem::path root);

// Sealed crops among the blobs, under "sealed-crops/<person>/".
std::unique_ptr<attendance::CropStore> make_crop_store(Database& database, const MasterKeys& masters,
                                                       attendance::BlobStore& blobs);

// A file of one JSON object a line, created if missing (mode 0600). A last line that a power cut tore is
// dropped: what it meant was never begun. Throws core::InfraError, also for any other line that is not one.
std::unique_ptr<attendance::ErasureJournal> make_erasure_journal(const std::filesystem::path& file);

}  // namespace rollcall::storage
