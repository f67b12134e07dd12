#pragma once

#include "canonical_row.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <soci/soci.h>

namespace rollcall::storage {

// Rows of a query exactly as the file holds them. SOCI reads the text '5x' among numbers as 5 and ends a text
// at a NUL, so what was changed like that would look as it was, and yet no longer be found by a search.
//
// Lives within the transaction. Throws soci::soci_error.
class SqliteRows {
 public:
  SqliteRows(soci::session& sql, const std::string& query);
  ~SqliteRows();
  SqliteRows(SqliteRows&&) noexcept;

  // The first or next row; false at the end.
  bool next();

  int columns() const;
  // 0 where there is no number.
  std::int64_t number(int column) const;
  // Empty where there is no text. Ends with the next call of next().
  std::string_view text(int column) const;
  // For a message: a number or a text.
  std::string shown(int column) const;
  void add_to(CanonicalRow& row, int column) const;

 private:
  struct Statement;
  soci::session& sql_;
  std::unique_ptr<Statement> statement_;
};

}  // namespace rollcall::storage
