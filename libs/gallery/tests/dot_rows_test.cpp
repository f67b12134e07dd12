#include "dot_rows.hpp"

#include "block.hpp"

#include <random>

#include <gtest/gtest.h>

namespace rollcall::gallery {
namespace {

class DotRows : public testing::TestWithParam<std::size_t> {};

TEST_P(DotRows, AgreesWithTheDefinition) {
  const std::size_t dimension = GetParam();
  const std::size_t stride = stride_for(dimension);
  constexpr std::size_t kRows = 7;
  std::mt19937 random(1);
  std::uniform_real_distribution<float> uniform(-1, 1);
  AlignedFloats rows(kRows * stride);
  AlignedFloats probe(stride);
  for (std::size_t i = 0; i < dimension; ++i) {
    probe.data()[i] = uniform(random);
    for (std::size_t row = 0; row < kRows; ++row) rows.data()[row * stride + i] = uniform(random);
  }
  std::array<float, kRows> scores{};
  dot_rows(rows.data(), kRows, stride, probe.data(), scores.data());
  const std::array<RowNumber, 2> picked{5, 2};
  std::array<float, 2> picked_scores{};
  dot_picked_rows(rows.data(), picked.data(), picked.size(), stride, probe.data(), picked_scores.data());

  for (std::size_t row = 0; row < kRows; ++row) {
    double expected = 0;
    for (std::size_t i = 0; i < dimension; ++i) {
      expected += static_cast<double>(rows.data()[row * stride + i]) * static_cast<double>(probe.data()[i]);
    }
    EXPECT_NEAR(scores[row], expected, 1e-4) << row;
  }
  EXPECT_EQ(picked_scores[0], scores[5]);
  EXPECT_EQ(picked_scores[1], scores[2]);
}

INSTANTIATE_TEST_SUITE_P(Dimensions, DotRows, testing::Values(1, 15, 16, 17, 48, 128, 256, 500, 512));

}  // namespace
}  // namespace rollcall::gallery
