#include <gtest/gtest.h>

#include <rollcall/accounts/rate_limiter.hpp>
#include <rollcall/core/testing/fake_clock.hpp>

namespace rollcall::accounts {
namespace {

using namespace std::chrono_literals;

TEST(RateLimiter, GivesAMinutesWorthAndRefillsSteadily) {
  core::testing::FakeClock clock;
  RateLimiter limiter(clock, {120});
  for (int i = 0; i < 120; ++i) EXPECT_TRUE(limiter.take("a").allowed) << i;
  const auto refused = limiter.take("a");
  EXPECT_FALSE(refused.allowed);
  EXPECT_EQ(refused.retry_after, 1s);
  EXPECT_TRUE(limiter.take("b").allowed);
  clock.advance(1s);
  EXPECT_TRUE(limiter.take("a").allowed);
  EXPECT_TRUE(limiter.take("a").allowed);
  EXPECT_FALSE(limiter.take("a").allowed);
  clock.advance(24h);
  EXPECT_EQ(limiter.take("a").remaining, 119);
}

TEST(RateLimiter, SlowRatesSayHowLongToWait) {
  core::testing::FakeClock clock;
  RateLimiter limiter(clock, {2});
  EXPECT_TRUE(limiter.take("a").allowed);
  EXPECT_TRUE(limiter.take("a").allowed);
  EXPECT_EQ(limiter.take("a").retry_after, 30s);
}

TEST(RateLimiter, ForgetsTheCallersSeenLongestAgo) {
  core::testing::FakeClock clock;
  RateLimiter limiter(clock, {1});
  EXPECT_TRUE(limiter.take("first").allowed);
  for (std::size_t i = 0; i < RateLimiter::kCallersMax - 1; ++i) (void)limiter.take(std::to_string(i));
  EXPECT_FALSE(limiter.take("first").allowed);  // still known
  for (std::size_t i = 0; i < RateLimiter::kCallersMax; ++i) (void)limiter.take("x" + std::to_string(i));
  EXPECT_TRUE(limiter.take("first").allowed);
}

}  // namespace
}  // namespace rollcall::accounts
