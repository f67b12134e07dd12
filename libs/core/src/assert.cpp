#include "rollcall/core/assert.hpp"

#include "rollcall/core/result.hpp"

#include <cstdio>
#include <cstdlib>

namespace rollcall::core {

void assertion_failed(const char* expression, const char* file, int line) noexcept {
  std::fprintf(stderr, "rollcall: assertion failed: %s (%s:%d)\n", expression, file, line);
  std::abort();
}

void throw_exception_from_error(const Error& error, const boost::source_location& where) {
  std::fprintf(stderr, "rollcall: unchecked result: %.*s: %s\n", static_cast<int>(error.reason.size()),
               error.reason.data(), error.detail.c_str());
  assertion_failed("result.has_value()", where.file_name(), static_cast<int>(where.line()));
}

}  // namespace rollcall::core
