#include "dot_rows.hpp"

// Highway compiles what is between HWY_BEFORE_NAMESPACE and HWY_AFTER_NAMESPACE once for each instruction
// set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "dot_rows.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace rollcall::gallery::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Four sums hide the latency of the multiply-add.
float DotRow(const float* HWY_RESTRICT row, const float* HWY_RESTRICT probe, std::size_t stride) {
  const hn::ScalableTag<float> d;
  const std::size_t lanes = hn::Lanes(d);
  auto sum0 = hn::Zero(d);
  auto sum1 = hn::Zero(d);
  auto sum2 = hn::Zero(d);
  auto sum3 = hn::Zero(d);
  std::size_t i = 0;
  for (; i + 4 * lanes <= stride; i += 4 * lanes) {
    sum0 = hn::MulAdd(hn::Load(d, row + i), hn::Load(d, probe + i), sum0);
    sum1 = hn::MulAdd(hn::Load(d, row + i + lanes), hn::Load(d, probe + i + lanes), sum1);
    sum2 = hn::MulAdd(hn::Load(d, row + i + 2 * lanes), hn::Load(d, probe + i + 2 * lanes), sum2);
    sum3 = hn::MulAdd(hn::Load(d, row + i + 3 * lanes), hn::Load(d, probe + i + 3 * lanes), sum3);
  }
  for (; i < stride; i += lanes) {
    sum0 = hn::MulAdd(hn::Load(d, row + i), hn::Load(d, probe + i), sum0);
  }
  return hn::GetLane(hn::SumOfLanes(d, hn::Add(hn::Add(sum0, sum1), hn::Add(sum2, sum3))));
}

void DotRows(const float* rows, std::size_t count, std::size_t stride, const float* probe, float* scores) {
  for (std::size_t i = 0; i < count; ++i) scores[i] = DotRow(rows + i * stride, probe, stride);
}

void DotPickedRows(const float* rows, const unsigned short* picked, std::size_t count, std::size_t stride,
                   const float* probe, float* scores) {
  for (std::size_t i = 0; i < count; ++i) scores[i] = DotRow(rows + picked[i] * stride, probe, stride);
}

}  // namespace rollcall::gallery::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace rollcall::gallery {

HWY_EXPORT(DotRows);
HWY_EXPORT(DotPickedRows);

void dot_rows(const float* rows, std::size_t count, std::size_t stride, const float* probe, float* scores) {
  HWY_DYNAMIC_DISPATCH(DotRows)(rows, count, stride, probe, scores);
}

void dot_picked_rows(const float* rows, const unsigned short* picked, std::size_t count, std::size_t stride,
                     const float* probe, float* scores) {
  HWY_DYNAMIC_DISPATCH(DotPickedRows)(rows, picked, count, stride, probe, scores);
}

}  // namespace rollcall::gallery
#endif
