#include "sqlite_rows.hpp"

#include "sqlite_handle.hpp"

namespace rollcall::storage {

namespace sqlite = sqlite_api;

struct SqliteRows::Statement {
  Statement() = default;
  ~Statement() { sqlite::sqlite3_finalize(raw); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  sqlite::sqlite3_stmt* raw = nullptr;
};

SqliteRows::SqliteRows(soci::session& sql, const std::string& query)
    : sql_(sql), statement_(std::make_unique<Statement>()) {
  const int result = sqlite::sqlite3_prepare_v2(handle_of(sql), query.c_str(), -1, &statement_->raw, nullptr);
  if (result != SQLITE_OK) throw soci::sqlite3_soci_error(sqlite::sqlite3_errmsg(handle_of(sql)), result);
}

SqliteRows::~SqliteRows() = default;
SqliteRows::SqliteRows(SqliteRows&&) noexcept = default;

bool SqliteRows::next() {
  const int result = sqlite::sqlite3_step(statement_->raw);
  if (result == SQLITE_ROW) return true;
  if (result == SQLITE_DONE) return false;
  throw soci::sqlite3_soci_error(sqlite::sqlite3_errmsg(handle_of(sql_)), result);
}

int SqliteRows::columns() const {
  return sqlite::sqlite3_column_count(statement_->raw);
}

std::int64_t SqliteRows::number(int column) const {
  if (sqlite::sqlite3_column_type(statement_->raw, column) != SQLITE_INTEGER) return 0;
  return sqlite::sqlite3_column_int64(statement_->raw, column);
}

std::string_view SqliteRows::text(int column) const {
  if (sqlite::sqlite3_column_type(statement_->raw, column) != SQLITE_TEXT) return {};
  const auto* start = reinterpret_cast<const char*>(sqlite::sqlite3_column_text(statement_->raw, column));
  return {start, static_cast<std::size_t>(sqlite::sqlite3_column_bytes(statement_->raw, column))};
}

std::string SqliteRows::shown(int column) const {
  if (sqlite::sqlite3_column_type(statement_->raw, column) == SQLITE_INTEGER) {
    return std::to_string(number(column));
  }
  return std::string(text(column));
}

void SqliteRows::add_to(CanonicalRow& row, int column) const {
  switch (sqlite::sqlite3_column_type(statement_->raw, column)) {
    case SQLITE_INTEGER:
      row.add_number(number(column));
      return;
    case SQLITE_TEXT:
      row.add_text(text(column));
      return;
    case SQLITE_NULL:
      row.add_null();
      return;
    default:
      break;
  }
  const auto* start = static_cast<const char*>(sqlite::sqlite3_column_blob(statement_->raw, column));
  row.add_foreign({start, static_cast<std::size_t>(sqlite::sqlite3_column_bytes(statement_->raw, column))});
}

}  // namespace rollcall::storage
