// Columns of a dynamic row as values.
#pragma once

#include "statement.hpp"

#include <optional>
#include <string>

namespace rollcall::storage {

inline std::optional<std::string> optional_text(const soci::row& row, const char* name) {
  if (row.get_indicator(name) == soci::i_null) return std::nullopt;
  return row.get<std::string>(name);
}

inline core::TimePoint time_of(const soci::row& row, const char* name) {
  return time_from_column(row.get<long long>(name));
}

inline std::optional<core::TimePoint> optional_time(const soci::row& row, const char* name) {
  if (row.get_indicator(name) == soci::i_null) return std::nullopt;
  return time_of(row, name);
}

// A value that may be NULL, to be bound as `use(column.value, column.state)`, which takes
// no constants.
template <class Value>
struct NullableColumn {
  Value value{};
  soci::indicator state = soci::i_null;
};

inline NullableColumn<long long> nullable(const std::optional<core::TimePoint>& time) {
  if (!time) return {};
  return {to_column(*time), soci::i_ok};
}

// Rows that the change touched.
inline long long rows_of(soci::statement& statement) {
  statement.execute(true);
  return statement.get_affected_rows();
}

}  // namespace rollcall::storage
