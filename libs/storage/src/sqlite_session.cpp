#include "sqlite_session.hpp"

#include "sqlite_handle.hpp"

namespace rollcall::storage {
namespace {

namespace sqlite = sqlite_api;

std::unique_ptr<soci::session> open(const std::filesystem::path& file, std::chrono::milliseconds wait_max) {
  auto sql = std::make_unique<soci::session>(soci::sqlite3, "dbname=\"" + file.string() + "\"");
  sqlite::sqlite3_extended_result_codes(handle_of(*sql), 1);
  execute_script(*sql, "PRAGMA busy_timeout=" + std::to_string(wait_max.count()) +
                           ";"
                           "PRAGMA mmap_size=0;"
                           "PRAGMA temp_store=MEMORY;");  // no sorted copies of the data in /tmp
  return sql;
}

}  // namespace

std::unique_ptr<soci::session> open_sqlite_writer(const std::filesystem::path& file,
                                                  std::chrono::milliseconds wait_max) {
  auto sql = open(file, wait_max);
  std::string journal_mode;
  *sql << "PRAGMA journal_mode=WAL", soci::into(journal_mode);
  if (journal_mode != "wal") throw soci::soci_error("the file system does not support write-ahead logging");
  execute_script(*sql,
                 "PRAGMA synchronous=FULL;"
                 "PRAGMA foreign_keys=ON;"
                 "PRAGMA secure_delete=ON;"       // erased templates are overwritten, not only unlinked
                 "PRAGMA recursive_triggers=ON;"  // else REPLACE deletes an event without asking the trigger
                 "PRAGMA wal_autocheckpoint=1000;"  // pages: 4 MB
                 "PRAGMA journal_size_limit=67108864;");
  return sql;
}

std::unique_ptr<soci::session> open_sqlite_reader(const std::filesystem::path& file,
                                                  std::chrono::milliseconds wait_max) {
  auto sql = open(file, wait_max);
  leave_log_on_close(*sql);
  execute_script(*sql,
                 "PRAGMA wal_autocheckpoint=0;"
                 "PRAGMA query_only=ON;");
  return sql;
}

void execute_script(soci::session& sql, const std::string& script) {
  const int result = sqlite::sqlite3_exec(handle_of(sql), script.c_str(), nullptr, nullptr, nullptr);
  if (result != SQLITE_OK) throw soci::sqlite3_soci_error(sqlite::sqlite3_errmsg(handle_of(sql)), result);
}

bool in_transaction(soci::session& sql) {
  return sqlite::sqlite3_get_autocommit(handle_of(sql)) == 0;
}

std::int64_t changes_so_far(soci::session& sql) {
  return sqlite::sqlite3_total_changes64(handle_of(sql));
}

bool truncate_log(soci::session& sql) {
  int busy = 0;
  int pages = 0;
  int copied = 0;
  sql << "PRAGMA wal_checkpoint(TRUNCATE)", soci::into(busy), soci::into(pages), soci::into(copied);
  return busy == 0;
}

void leave_log_on_close(soci::session& sql) {
  sqlite::sqlite3_db_config(handle_of(sql), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

Trouble classify(const soci::soci_error& error) {
  const auto* sqlite_error = dynamic_cast<const soci::sqlite3_soci_error*>(&error);
  if (sqlite_error == nullptr) return Trouble::passing;
  switch (sqlite_error->result()) {
    case SQLITE_IOERR_FSYNC:
    case SQLITE_IOERR_DIR_FSYNC:
      return Trouble::lasting;
    default:
      break;
  }
  switch (sqlite_error->result() & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Trouble::busy;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Trouble::lasting;
    default:
      return Trouble::passing;
  }
}

}  // namespace rollcall::storage
