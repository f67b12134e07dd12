// What is special about SQLite's connections.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include <soci/soci.h>

namespace rollcall::storage {

// The one connection that writes and checkpoints. Creates the database. Throws soci::soci_error.
std::unique_ptr<soci::session> open_sqlite_writer(const std::filesystem::path& file,
                                                  std::chrono::milliseconds wait_max);

// Cannot write and never checkpoints. Throws soci::soci_error.
std::unique_ptr<soci::session> open_sqlite_reader(const std::filesystem::path& file,
                                                  std::chrono::milliseconds wait_max);

// A whole script; SOCI itself runs only the first statement of a text. Throws soci::soci_error.
void execute_script(soci::session& sql, const std::string& script);

bool in_transaction(soci::session& sql);

// Rows that this connection inserted, changed or deleted since it was opened; tells whether a transaction
// wrote.
std::int64_t changes_so_far(soci::session& sql);

// A checkpoint that leaves an empty log; false when a reader kept it from that. Throws soci::soci_error.
bool truncate_log(soci::session& sql);

// The last connection to close would copy the log into the database; after a failed sync it must not.
void leave_log_on_close(soci::session& sql);

enum class Trouble {
  passing,  // the same statement may work later
  busy,     // another process holds a lock
  lasting,  // what is on disk is in doubt: a sync failed, or the file is corrupt
};
Trouble classify(const soci::soci_error& error);

}  // namespace rollcall::storage
