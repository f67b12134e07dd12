#include "rollcall/accounts/rate_limiter.hpp"

#include <algorithm>
#include <cmath>

namespace rollcall::accounts {

RateLimiter::Answer RateLimiter::take(const std::string& caller) {
  const std::lock_guard lock(mutex_);
  const auto now = clock_.now();
  const double per_second = rate_.per_minute / 60.0;
  auto& bucket = buckets_.get(caller, {static_cast<double>(rate_.per_minute), now});
  const auto passed =
      std::chrono::duration<double>(std::max(now - bucket.filled_at, core::TimePoint::duration::zero()));
  bucket.tokens = std::min<double>(rate_.per_minute, bucket.tokens + passed.count() * per_second);
  bucket.filled_at = now;
  if (bucket.tokens < 1) {
    const auto wait = std::ceil((1 - bucket.tokens) / per_second);
    return {.allowed = false, .remaining = 0, .retry_after = std::chrono::seconds(static_cast<long>(wait))};
  }
  bucket.tokens -= 1;
  return {
      .allowed = true, .remaining = static_cast<int>(bucket.tokens), .retry_after = std::chrono::seconds(0)};
}

}  // namespace rollcall::accounts
