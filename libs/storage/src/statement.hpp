// What every store's statements share.
#pragma once

#include <string>

#include <soci/soci.h>

#include <rollcall/core/clock.hpp>
#include <rollcall/core/result.hpp>

namespace rollcall::storage {

constexpr int kPageItemsMax = 500;

// Both take a statement whose values are bound already.

// For queries: the rows come with fetch().
inline void open(soci::statement& statement, const std::string& text) {
  statement.alloc();
  statement.prepare(text);
  statement.define_and_bind();
  statement.execute();
}

// For changes: what execute() without data would not run on SQLite. `rows` counts what the statement itself
// changed.
struct Changed {
  long long rows = 0;
  bool returned_row = false;  // of a RETURNING clause
};
inline Changed change(soci::statement& statement, const std::string& text) {
  statement.alloc();
  statement.prepare(text);
  statement.define_and_bind();
  const bool returned_row = statement.execute(true);
  return {statement.get_affected_rows(), returned_row};
}

inline long long to_column(core::TimePoint time) {
  return time.time_since_epoch().count();
}

inline core::TimePoint time_from_column(long long microseconds) {
  return core::TimePoint{std::chrono::microseconds{microseconds}};
}

inline core::Error text_not_storable() {
  return {core::Errc::invalid_input, "text_not_storable", "Text must be UTF-8 without NUL characters."};
}

}  // namespace rollcall::storage
