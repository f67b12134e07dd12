// Member types that carry their own limits: the limit is checked on the way in and printed into the OpenAPI
// document.
#pragma once

#include <cstdint>
#include <string>

#include <rollcall/core/clock.hpp>

namespace rollcall::api {

// Text of Min..Max characters without control characters; with Min > 0 not only white space.
template <std::size_t Min, std::size_t Max>
struct Text {
  std::string value;
};

// A whole number within Min..Max.
template <std::int64_t Min, std::int64_t Max>
struct Whole {
  std::int64_t value = 0;
};

// RFC 3339, in and out.
struct Timestamp {
  core::TimePoint value;
};

}  // namespace rollcall::api
