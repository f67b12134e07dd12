#include "classic/local_patterns.hpp"

#include <numeric>

#include <gtest/gtest.h>

namespace rollcall::vision::classic {
namespace {

constexpr PatternRule kRule{.radius_px = 2, .tolerance = 0.5F};
const cv::Rect kArea{8, 8, 16, 16};
constexpr int kNoNeighbour = 0;
constexpr int kAllNeighbours = 57;

cv::Mat1f flat() {
  return cv::Mat1f(32, 32, 10.0F);
}

TEST(PatternLabels, OfAPlainAreaSeeNoLighterNeighbour) {
  EXPECT_EQ(cv::countNonZero(pattern_labels(flat(), kArea, kRule) != kNoNeighbour), 0);
}

TEST(PatternLabels, IgnoreWhatIsBelowTheTolerance) {
  auto values = flat();
  values(16, 16) -= 0.4F;
  EXPECT_EQ(pattern_labels(values, kArea, kRule)(8, 8), kNoNeighbour);
  values(16, 16) -= 0.2F;
  EXPECT_EQ(pattern_labels(values, kArea, kRule)(8, 8), kAllNeighbours);
}

TEST(PatternLabels, DoNotChangeWithTheLevelOfLight) {
  cv::Mat1f values(32, 32);
  cv::RNG random{5};
  random.fill(values, cv::RNG::UNIFORM, 0, 100);
  cv::Mat1f lighter;
  cv::add(values, 50, lighter);
  EXPECT_EQ(cv::norm(pattern_labels(values, kArea, kRule), pattern_labels(lighter, kArea, kRule)), 0);
}

TEST(PatternLabels, TellTheDirectionsOfAnEdgeApart) {
  auto right = flat();
  right(cv::Rect{17, 0, 15, 32}) += 5;
  auto below = flat();
  below(cv::Rect{0, 17, 32, 15}) += 5;
  EXPECT_NE(pattern_labels(right, kArea, kRule)(8, 8), pattern_labels(below, kArea, kRule)(8, 8));
}

TEST(CellHistograms, SumToOneInEveryCell) {
  cv::Mat1b labels(24, 36);
  cv::RNG random{6};
  random.fill(labels, cv::RNG::UNIFORM, 0, static_cast<int>(kPatternCount));
  const auto cells = cell_histograms(labels, 12);
  ASSERT_EQ(cells.size(), 6U);
  for (const auto& cell : cells) EXPECT_NEAR(std::accumulate(cell.begin(), cell.end(), 0.0), 1.0, 1e-5);
}

TEST(CellHistograms, ShareAPixelBetweenItsNeighbours) {
  cv::Mat1b labels(12, 24, std::uint8_t{0});
  labels(6, 12) = 7;  // half a pixel right of the line between the two cells
  const auto cells = cell_histograms(labels, 12);
  EXPECT_GT(cells[0][7], 0);
  EXPECT_GT(cells[1][7], cells[0][7]);
}

}  // namespace
}  // namespace rollcall::vision::classic
