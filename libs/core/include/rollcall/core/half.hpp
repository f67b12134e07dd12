// IEEE 754 binary16: half the room of a float, three decimal digits. Bit operations, so that a loop over them
// is vectorised on every processor.
#pragma once

#include <bit>
#include <cstdint>

namespace rollcall::core {

constexpr float float_from_half(std::uint16_t half) {
  const auto sign = static_cast<std::uint32_t>(half & 0x8000U) << 16;
  const auto magnitude = static_cast<std::uint32_t>(half & 0x7FFFU) << 13;
  // Moves the exponent from one bias to the other and normalises subnormal numbers on the way.
  const float moved = std::bit_cast<float>(magnitude) * 0x1p112F;
  auto bits = std::bit_cast<std::uint32_t>(moved);
  if (magnitude >= 0x0F80'0000U) bits |= 0x7F80'0000U;  // infinity and NaN
  return std::bit_cast<float>(bits | sign);
}

// The nearest one, ties to even; beyond 65504 infinity.
constexpr std::uint16_t half_from_float(float value) {
  constexpr std::uint32_t kInfinity = 0x7F80'0000U;
  constexpr std::uint32_t kTooLarge = (127U + 16U) << 23;
  constexpr std::uint32_t kSmallestNormal = (127U - 14U) << 23;
  constexpr std::uint32_t kSubnormalShift = ((127U - 15U) + (23U - 10U) + 1U) << 23;
  auto bits = std::bit_cast<std::uint32_t>(value);
  const auto sign = static_cast<std::uint16_t>((bits >> 16) & 0x8000U);
  bits &= 0x7FFF'FFFFU;
  if (bits >= kTooLarge) return static_cast<std::uint16_t>(sign | (bits > kInfinity ? 0x7E00U : 0x7C00U));
  if (bits < kSmallestNormal) {
    // The addition of floats does the rounding: the sum's last bit is the last bit of the half.
    const float sum = std::bit_cast<float>(bits) + std::bit_cast<float>(kSubnormalShift);
    return static_cast<std::uint16_t>(sign | (std::bit_cast<std::uint32_t>(sum) - kSubnormalShift));
  }
  const std::uint32_t odd = (bits >> 13) & 1U;
  bits += (15U << 23) - (127U << 23) + 0xFFFU + odd;  // wraps, which moves the exponent
  return static_cast<std::uint16_t>(sign | (bits >> 13));
}

}  // namespace rollcall::core
