// RFC 3339 time stamps.
#pragma once

#include "rollcall/core/clock.hpp"
#include "rollcall/core/result.hpp"

#include <string>
#include <string_view>

namespace rollcall::core {

// "2026-11-21T08:58:03.120000Z": always UTC, always microseconds, so text order is time order.
std::string to_rfc3339(TimePoint time);

// Accepts an offset or Z and up to nine digits of a second; years 1970 to 9999.
// Errors: invalid_input (reason "bad_timestamp").
Result<TimePoint> parse_rfc3339(std::string_view text);

}  // namespace rollcall::core
