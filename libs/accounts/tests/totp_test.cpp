#include <gtest/gtest.h>

#include <rollcall/accounts/totp.hpp>

namespace rollcall::accounts {
namespace {

core::TimePoint at(std::int64_t seconds) {
  return core::TimePoint{std::chrono::seconds{seconds}};
}

// RFC 6238 appendix B, the last six of its eight digits.
TEST(Totp, AgreesWithTheStandard) {
  const std::string secret = "12345678901234567890";
  for (const auto& [seconds, code] : {std::pair{59L, "287082"},
                                      {1111111109L, "081804"},
                                      {1111111111L, "050471"},
                                      {1234567890L, "005924"},
                                      {2000000000L, "279037"},
                                      {20000000000L, "353130"}}) {
    EXPECT_EQ(totp_code(secret, totp_step(at(seconds))), code) << seconds;
  }
}

TEST(Totp, NeighboursPassForSlowFingersAndWrongClocks) {
  const std::string secret = "12345678901234567890";
  const auto now = at(1'000'000'020);
  const auto step = totp_step(now);
  for (const std::int64_t shift : {-1, 0, 1}) {
    EXPECT_EQ(matching_totp_step(secret, totp_code(secret, step + shift), now), step + shift);
  }
  EXPECT_FALSE(matching_totp_step(secret, totp_code(secret, step + 2), now));
  EXPECT_FALSE(matching_totp_step(secret, "", now));
}

// RFC 4648 section 10.
TEST(Totp, SecretIsBase32) {
  EXPECT_EQ(base32_encode("f"), "MY");
  EXPECT_EQ(base32_encode("fooba"), "MZXW6YTB");
  EXPECT_EQ(base32_encode("foobar"), "MZXW6YTBOI");
}

}  // namespace
}  // namespace rollcall::accounts
