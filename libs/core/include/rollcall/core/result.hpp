// Expected outcomes that the caller decides on.
//
// Three kinds of trouble, three tools: an expected outcome is a Result, a broken environment is an
// InfraError, and a bug of our own is a ROLLCALL_ASSERT.
#pragma once

#include <string>
#include <string_view>

#include <boost/system/result.hpp>

namespace rollcall::core {

// What the caller can do about it; finer reasons are in Error::reason.
enum class Errc {
  invalid_input,     // change the request
  unauthenticated,   // say who you are
  forbidden,         // ask somebody else
  not_found,         // look elsewhere
  conflict,          // look at the present state, then decide
  too_large,         // send less
  unsupported_type,  // send another format
  overloaded,        // come back later
};

struct Error {
  Errc code = Errc::invalid_input;
  // Stable snake_case word for programs. Must be a string literal.
  std::string_view reason;
  // One sentence for people; holds nothing that a client may not see.
  std::string message;
  // For the log only.
  std::string detail = {};
};

// Called by Result::value() on an error; a Result is checked before it is opened, so this is a bug.
[[noreturn]] void throw_exception_from_error(const Error& error, const boost::source_location& where);

template <class T>
using Result = boost::system::result<T, Error>;

}  // namespace rollcall::core
