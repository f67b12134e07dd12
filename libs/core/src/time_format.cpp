#include "rollcall/core/time_format.hpp"

#include <cstdio>

namespace rollcall::core {
namespace {

using namespace std::chrono;

Error bad_timestamp() {
  return Error{Errc::invalid_input, "bad_timestamp", "Expected a time like 2026-11-21T08:58:03Z."};
}

// Reads exactly `digits` digits; -1 when they are not there.
int read_number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return -1;
  int value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool skip(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

// Fraction digits after the point, cut to microseconds; -1 when there are none or too many.
int read_microseconds(std::string_view& text) {
  int value = 0;
  std::size_t digits = 0;
  for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; text.remove_prefix(1), ++digits) {
    if (digits < 6) value = value * 10 + (text.front() - '0');
  }
  if (digits == 0 || digits > 9) return -1;
  for (; digits < 6; ++digits) value *= 10;
  return value;
}

}  // namespace

std::string to_rfc3339(TimePoint time) {
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss<microseconds> clock{time - day};
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%06dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
  return text;
}

Result<TimePoint> parse_rfc3339(std::string_view text) {
  const int y = read_number(text, 4);
  if (y < 1970 || !skip(text, "-")) return bad_timestamp();
  const int mo = read_number(text, 2);
  if (!skip(text, "-")) return bad_timestamp();
  const int d = read_number(text, 2);
  if (!skip(text, "Tt ")) return bad_timestamp();
  const int h = read_number(text, 2);
  if (!skip(text, ":")) return bad_timestamp();
  const int mi = read_number(text, 2);
  if (!skip(text, ":")) return bad_timestamp();
  const int s = read_number(text, 2);
  const int us = skip(text, ".") ? read_microseconds(text) : 0;
  const year_month_day date{year{y}, month{static_cast<unsigned>(mo)}, day{static_cast<unsigned>(d)}};
  if (mo < 0 || d < 0 || h < 0 || h > 23 || mi < 0 || mi > 59 || s < 0 || s > 60 || us < 0 || !date.ok()) {
    return bad_timestamp();
  }

  minutes offset{0};
  if (!skip(text, "Zz")) {
    const bool west = !text.empty() && text.front() == '-';
    if (!skip(text, "+-")) return bad_timestamp();
    const int oh = read_number(text, 2);
    if (!skip(text, ":")) return bad_timestamp();
    const int om = read_number(text, 2);
    if (oh < 0 || oh > 23 || om < 0 || om > 59) return bad_timestamp();
    offset = hours{oh} + minutes{om};
    if (west) offset = -offset;
  }
  if (!text.empty()) return bad_timestamp();
  return TimePoint{sys_days{date}.time_since_epoch() + hours{h} + minutes{mi} + seconds{s} +
                   microseconds{us} - offset};
}

}  // namespace rollcall::core
