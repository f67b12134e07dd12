// Assertions about our own code. They stay on in production: a wrong state must not become a wrong record.
#pragma once

namespace rollcall::core {

[[noreturn]] void assertion_failed(const char* expression, const char* file, int line) noexcept;

}  // namespace rollcall::core

#define ROLLCALL_ASSERT(expression) \
  ((expression) ? static_cast<void>(0) : ::rollcall::core::assertion_failed(#expression, __FILE__, __LINE__))
