#pragma once

#include "rollcall/core/clock.hpp"

#include <atomic>

namespace rollcall::core::testing {

// A clock that moves only when told to. Thread safe.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(TimePoint start = TimePoint{std::chrono::seconds{1'767'225'600}})
      : now_(start) {}  // 2026-01-01

  TimePoint now() const override { return now_.load(); }
  void advance(std::chrono::microseconds by) { now_.store(now_.load() + by); }

 private:
  std::atomic<TimePoint> now_;
};

}  // namespace rollcall::core::testing
