#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/system/result.hpp>

#include <rollcall/core/assert.hpp>

namespace rollcall::api {

// One thing that is wrong with a request.
struct FieldError {
  std::string pointer;      // RFC 6901 into the body: "/display_name"; or the name of a query parameter
  std::string_view reason;  // "missing", "wrong_type", "too_long", ...
  std::string message;
};

struct FieldErrors {
  std::vector<FieldError> all;  // every fault, not only the first
};

[[noreturn]] inline void throw_exception_from_error(const FieldErrors&, const boost::source_location& where) {
  core::assertion_failed("decoded.has_value()", where.file_name(), static_cast<int>(where.line()));
}

template <class T>
using Decoded = boost::system::result<T, FieldErrors>;

}  // namespace rollcall::api
