// Time as a dependency, so that tests own it.
#pragma once

#include <chrono>

namespace rollcall::core {

// UTC with the precision that databases keep.
using TimePoint = std::chrono::sys_time<std::chrono::microseconds>;
using Deadline = std::chrono::steady_clock::time_point;

// Thread safety: now() may be called from any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual TimePoint now() const = 0;
};

class SystemClock final : public Clock {
 public:
  TimePoint now() const override;
};

}  // namespace rollcall::core
