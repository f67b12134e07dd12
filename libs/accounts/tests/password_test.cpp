#include <thread>

#include <gtest/gtest.h>

#include <rollcall/accounts/password.hpp>

namespace rollcall::accounts {
namespace {

constexpr PasswordCost kCheap{.passes = 1, .memory_bytes = 8192};

TEST(Password, HashIsArgon2idWithItsOwnSalt) {
  PasswordHasher hasher(crypto::Key::random(), kCheap);
  const auto hash = hasher.hash("a good password").value();
  EXPECT_TRUE(hash.starts_with("$argon2id$"));
  EXPECT_NE(hash, hasher.hash("a good password").value());
  EXPECT_TRUE(hasher.verify("a good password", hash)->matches);
  EXPECT_FALSE(hasher.verify("a good passwore", hash)->matches);
  EXPECT_FALSE(hasher.verify("", hash)->matches);
}

TEST(Password, HashIsWorthlessWithoutThePepper) {
  PasswordHasher hasher(crypto::Key::random(), kCheap);
  PasswordHasher thief(crypto::Key::random(), kCheap);
  EXPECT_FALSE(thief.verify("a good password", hasher.hash("a good password").value())->matches);
}

TEST(Password, ShippedCostIsTheMinimumOfOwasp) {
  EXPECT_EQ(PasswordCost{}.passes, 2U);
  EXPECT_EQ(PasswordCost{}.memory_bytes, 19456U * 1024);
}

TEST(Password, OtherCostsAreOutdated) {
  const auto pepper = crypto::Key::random();
  PasswordHasher cheap(pepper, kCheap);
  PasswordHasher dear(pepper, {.passes = 2, .memory_bytes = 16384});
  const auto verified = dear.verify("a good password", cheap.hash("a good password").value());
  EXPECT_TRUE(verified->matches);
  EXPECT_TRUE(verified->outdated);
  EXPECT_FALSE(dear.verify("a good password", dear.hash("a good password").value())->outdated);
}

TEST(Password, NobodysPasswordNeverMatches) {
  PasswordHasher hasher(crypto::Key::random(), kCheap);
  EXPECT_FALSE(hasher.verify("nobody's password", std::nullopt)->matches);
}

TEST(Password, OnlyTwoAreComputedAtOnce) {
  PasswordHasher hasher(crypto::Key::random(), {.passes = 3, .memory_bytes = 1024UL * 1024});
  const auto hash = hasher.hash("a good password").value();
  std::atomic<int> right = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] { right += hasher.verify("a good password", hash)->matches ? 1 : 0; });
    }
  }
  EXPECT_EQ(right, 8);
  EXPECT_EQ(hasher.running_max(), PasswordHasher::kAtOnceMax);
}

}  // namespace
}  // namespace rollcall::accounts
