#include "classic/local_patterns.hpp"

#include <bit>
#include <cmath>

#include <rollcall/core/assert.hpp>

namespace rollcall::vision::classic {
namespace {

constexpr std::size_t kNeighbours = 8;

constexpr std::array<std::uint8_t, 256> make_label_table() {
  std::array<std::uint8_t, 256> table{};
  std::uint8_t next = 0;
  for (unsigned pattern = 0; pattern < 256; ++pattern) {
    const auto bits = static_cast<std::uint8_t>(pattern);
    const auto changes = std::popcount(static_cast<std::uint8_t>(bits ^ std::rotl(bits, 1)));
    table[pattern] = changes <= 2 ? next++ : static_cast<std::uint8_t>(kPatternCount - 1);
  }
  return table;
}

constexpr auto kLabelOf = make_label_table();
static_assert(kLabelOf[0b11111111] == kPatternCount - 2 && kLabelOf[0b01010101] == kPatternCount - 1);

// A point of the circle between four pixels.
struct Sample {
  int dx, dy;
  std::array<float, 4> weights;

  float of(const cv::Mat1f& values, int x, int y) const {
    const float* above = values[y + dy] + x + dx;
    const float* below = values[y + dy + 1] + x + dx;
    return weights[0] * above[0] + weights[1] * above[1] + weights[2] * below[0] + weights[3] * below[1];
  }
};

Sample sample_at(float x, float y) {
  const float left = std::floor(x);
  const float top = std::floor(y);
  const float u = x - left;
  const float v = y - top;
  return {
      static_cast<int>(left), static_cast<int>(top), {(1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v}};
}

std::array<Sample, kNeighbours> circle(float radius) {
  const float slanted = radius * 0.70710678F;
  return {sample_at(radius, 0),         sample_at(slanted, slanted), sample_at(0, radius),
          sample_at(-slanted, slanted), sample_at(-radius, 0),       sample_at(-slanted, -slanted),
          sample_at(0, -radius),        sample_at(slanted, -slanted)};
}

// The two nearest cells of a pixel along one axis, and how much of it each gets.
struct Share {
  int cell;
  float weight;
};

std::array<Share, 2> shares_of(int pixel, int cell_px) {
  const float position = (static_cast<float>(pixel) + 0.5F) / static_cast<float>(cell_px) - 0.5F;
  const float first = std::floor(position);
  const float second_weight = position - first;
  return {Share{static_cast<int>(first), 1 - second_weight},
          Share{static_cast<int>(first) + 1, second_weight}};
}

void normalise(PatternHistogram& histogram) {
  float sum = 0;
  for (const float value : histogram) sum += value;
  for (float& value : histogram) value /= sum;
}

}  // namespace

cv::Mat1b pattern_labels(const cv::Mat1f& values, const cv::Rect& area, const PatternRule& rule) {
  const int reach = static_cast<int>(std::ceil(rule.radius_px)) + 1;
  ROLLCALL_ASSERT(area.x >= reach && area.y >= reach && area.br().x + reach <= values.cols &&
                  area.br().y + reach <= values.rows);
  const auto samples = circle(rule.radius_px);
  cv::Mat1b labels(area.size());
  for (int y = 0; y < area.height; ++y) {
    for (int x = 0; x < area.width; ++x) {
      const int image_x = area.x + x;
      const int image_y = area.y + y;
      const float lighter = values(image_y, image_x) + rule.tolerance;
      unsigned pattern = 0;
      for (std::size_t i = 0; i < kNeighbours; ++i) {
        if (samples[i].of(values, image_x, image_y) >= lighter) pattern |= 1U << i;
      }
      labels(y, x) = kLabelOf[pattern];
    }
  }
  return labels;
}

std::vector<PatternHistogram> cell_histograms(const cv::Mat1b& labels, int cell_px) {
  const int columns = labels.cols / cell_px;
  const int rows = labels.rows / cell_px;
  ROLLCALL_ASSERT(columns > 0 && rows > 0);
  std::vector<PatternHistogram> cells(static_cast<std::size_t>(columns * rows), PatternHistogram{});
  for (int y = 0; y < rows * cell_px; ++y) {
    for (int x = 0; x < columns * cell_px; ++x) {
      for (const auto& down : shares_of(y, cell_px)) {
        for (const auto& right : shares_of(x, cell_px)) {
          if (down.cell < 0 || down.cell >= rows || right.cell < 0 || right.cell >= columns) continue;
          auto& cell = cells[static_cast<std::size_t>(down.cell * columns + right.cell)];
          cell[labels(y, x)] += down.weight * right.weight;
        }
      }
    }
  }
  for (auto& cell : cells) normalise(cell);
  return cells;
}

}  // namespace rollcall::vision::classic
