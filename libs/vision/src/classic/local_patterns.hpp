// Uniform local binary patterns (Ojala, Pietikäinen and Mäenpää, 2002) and their histograms over a grid of
// cells (Ahonen, Hadid and Pietikäinen, 2006).
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include <opencv2/core.hpp>

namespace rollcall::vision::classic {

// 58 patterns of eight neighbours with at most two changes around the circle; one label for all others.
inline constexpr std::size_t kPatternCount = 59;
using PatternHistogram = std::array<float, kPatternCount>;

// `labels` has the size of `area`: the pattern around each of its pixels. A neighbour counts as lighter when
// it exceeds the middle by `tolerance`, so that plain skin gives one pattern and not the noise of the camera.
// `area` keeps at least radius + 1 pixels from the rim of `values`.
struct PatternRule {
  float radius_px = 3;
  float tolerance = 0;
};
cv::Mat1b pattern_labels(const cv::Mat1f& values, const cv::Rect& area, const PatternRule& rule);

// One histogram per square cell, row by row, each with the sum 1. A pixel is shared between the four nearest
// cells, so that a small shift of the face changes little.
std::vector<PatternHistogram> cell_histograms(const cv::Mat1b& labels, int cell_px);

}  // namespace rollcall::vision::classic
