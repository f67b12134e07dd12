#include "rollcall/core/clock.hpp"

namespace rollcall::core {

TimePoint SystemClock::now() const {
  return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

}  // namespace rollcall::core
