#include <gtest/gtest.h>

#include <rollcall/accounts/login_guard.hpp>
#include <rollcall/core/testing/fake_clock.hpp>

namespace rollcall::accounts {
namespace {

using namespace std::chrono_literals;

TEST(LoginGuard, DelaysDoubleForOneClient) {
  core::testing::FakeClock clock;
  LoginGuard guard(clock, {.per_account = 1000});
  for (int i = 0; i < 5; ++i) EXPECT_EQ(guard.delay("ada", "a", false), 0s);
  for (const auto expected : {30s, 60s, 120s, 240s}) {
    EXPECT_EQ(guard.delay("ada", "a", false), expected);
    EXPECT_EQ(guard.delay("ada", "a", false), expected);  // asking again does not lengthen it
    EXPECT_EQ(guard.delay("ada", "b" + std::to_string(expected.count()), false), 0s);
    clock.advance(expected);
    EXPECT_EQ(guard.delay("ada", "a", false), 0s);  // one more try
  }
}

TEST(LoginGuard, DelayHasALimitAndAQuietWhileForgives) {
  core::testing::FakeClock clock;
  LoginGuard guard(clock, {.per_account = 100'000});
  for (int i = 0; i < 100; ++i) {
    const auto wait = guard.delay("ada", "a", false);
    EXPECT_LE(wait, 3600s);
    clock.advance(wait);
  }
  clock.advance(900s + 3600s);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(guard.delay("ada", "a", false), 0s);
}

TEST(LoginGuard, AccountHasTenTriesAQuarterOfAnHour) {
  core::testing::FakeClock clock;
  LoginGuard guard(clock);
  int allowed = 0;
  for (int i = 0; i < 1000; ++i)
    allowed += guard.delay("ada", "client " + std::to_string(i), false) == 0s ? 1 : 0;
  EXPECT_EQ(allowed, 10);
  clock.advance(899s);
  EXPECT_NE(guard.delay("ada", "other", false), 0s);
  clock.advance(1s);
  EXPECT_EQ(guard.delay("ada", "another", false), 0s);
}

TEST(LoginGuard, SuccessClearsTheClient) {
  core::testing::FakeClock clock;
  LoginGuard guard(clock, {.per_account = 1000});
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(guard.delay("ada", "a", false), 0s);
    guard.succeeded("ada", "a", false);
  }
}

TEST(LoginGuard, RemembersABoundedNumber) {
  core::testing::FakeClock clock;
  LoginGuard guard(clock);
  for (std::size_t i = 0; i < LoginGuard::kEntriesMax + 10'000; ++i) {
    (void)guard.delay("name " + std::to_string(i), "a", true);
  }
  EXPECT_LE(guard.size(), LoginGuard::kEntriesMax);
}

}  // namespace
}  // namespace rollcall::accounts
