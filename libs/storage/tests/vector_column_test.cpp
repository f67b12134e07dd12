#include "vector_column.hpp"

#include <bit>
#include <limits>

#include <gtest/gtest.h>

#include <rollcall/core/infra_error.hpp>

namespace rollcall::storage {
namespace {

TEST(VectorColumn, KeepsEveryBit) {
  using Limits = std::numeric_limits<float>;
  for (const std::size_t size : {0U, 1U, 2U, 3U, 128U, 512U}) {
    domain::Embedding vector(size);
    for (std::size_t i = 0; i < size; ++i) vector[i] = static_cast<float>(i) / 7 - 0.3F;
    if (size >= 3) vector[0] = -0.0F, vector[1] = Limits::denorm_min(), vector[2] = Limits::quiet_NaN();
    const auto back = vector_from_column(to_column(vector));
    ASSERT_EQ(back.size(), size);
    for (std::size_t i = 0; i < size; ++i) {
      EXPECT_EQ(std::bit_cast<std::uint32_t>(back[i]), std::bit_cast<std::uint32_t>(vector[i])) << i;
    }
  }
}

TEST(VectorColumn, IsLittleEndian) {
  EXPECT_EQ(to_column({1.0F}), "AACAPw==");  // 00 00 80 3F
}

TEST(VectorColumn, RefusesCorruptText) {
  for (const std::string text :
       {"AACAP", "AACA*w==", "AACA", "AACAPw=", " ACAPw==", "====", "AACAPw==AACAPw=="}) {
    EXPECT_THROW(vector_from_column(text), core::InfraError) << text;
  }
}

}  // namespace
}  // namespace rollcall::storage
