// How often one caller may ask: token buckets.
#pragma once

#include <chrono>
#include <mutex>
#include <string>

#include <rollcall/accounts/lru_map.hpp>
#include <rollcall/core/clock.hpp>

namespace rollcall::accounts {

struct Rate {
  int per_minute = 120;  // also what a caller may save up
};

// Remembers the callers seen last, up to a bound; a forgotten one starts anew.
//
// Thread safe.
class RateLimiter {
 public:
  static constexpr std::size_t kCallersMax = 100'000;

  RateLimiter(const core::Clock& clock, Rate rate) : clock_(clock), rate_(rate) {}

  struct Answer {
    bool allowed = true;
    int remaining = 0;                    // whole requests that are left
    std::chrono::seconds retry_after{0};  // until the next one is allowed
  };
  Answer take(const std::string& caller);

  int limit() const { return rate_.per_minute; }

 private:
  struct Bucket {
    double tokens;
    core::TimePoint filled_at;
  };

  const core::Clock& clock_;
  const Rate rate_;
  std::mutex mutex_;
  LruMap<Bucket> buckets_{kCallersMax};
};

}  // namespace rollcall::accounts
