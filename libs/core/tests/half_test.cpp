#include "rollcall/core/half.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace rollcall::core {
namespace {

// By the definition of the format, without tricks.
float value_of(unsigned half) {
  const int exponent = static_cast<int>((half >> 10) & 31U);
  const auto mantissa = static_cast<float>(half & 1023U);
  const float sign = (half & 0x8000U) != 0 ? -1 : 1;
  if (exponent == 0) return sign * std::ldexp(mantissa, -24);
  if (exponent == 31) return mantissa == 0 ? sign * INFINITY : NAN;
  return sign * std::ldexp(1024 + mantissa, exponent - 25);
}

TEST(Half, EveryOneHasItsValueAndComesBack) {
  for (unsigned half = 0; half < 0x10000; ++half) {
    const auto value = float_from_half(static_cast<std::uint16_t>(half));
    const auto expected = value_of(half);
    if (std::isnan(expected)) {
      ASSERT_TRUE(std::isnan(value)) << half;
      ASSERT_TRUE(std::isnan(float_from_half(half_from_float(value)))) << half;
    } else {
      ASSERT_EQ(std::bit_cast<std::uint32_t>(value), std::bit_cast<std::uint32_t>(expected)) << half;
      ASSERT_EQ(half_from_float(value), half);
    }
  }
}

TEST(Half, RoundsToTheNearestAndTiesToEven) {
  for (unsigned half = 0; half < 0x7BFF; ++half) {  // each and the next one
    const float low = value_of(half);
    const float high = value_of(half + 1);
    const float middle = (low + high) / 2;
    ASSERT_EQ(half_from_float(middle), half % 2 == 0 ? half : half + 1) << half;
    ASSERT_EQ(half_from_float(std::nextafter(middle, 0.0F)), half) << half;
    ASSERT_EQ(half_from_float(std::nextafter(middle, 1e9F)), half + 1) << half;
  }
}

TEST(Half, WhatIsTooLargeBecomesInfinityAndWhatIsTooSmallZero) {
  EXPECT_EQ(half_from_float(65519), 0x7BFF);
  EXPECT_EQ(half_from_float(65520), 0x7C00);
  EXPECT_EQ(half_from_float(-1e30F), 0xFC00);
  EXPECT_EQ(half_from_float(std::numeric_limits<float>::denorm_min()), 0);
  EXPECT_EQ(half_from_float(-0.0F), 0x8000);
}

}  // namespace
}  // namespace rollcall::core
