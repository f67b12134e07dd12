// A small random stream that gives the same numbers on every machine, unlike the distributions of <random>.
#pragma once

#include <cstdint>

namespace rollcall::synthetic {

// SplitMix64 (Steele, Lea and Flood, 2014). One thread at a time.
class RandomStream {
 public:
  explicit RandomStream(std::uint64_t seed) : state_(seed) {}

  // Another stream that shares no numbers with this one in practice.
  RandomStream fork(std::uint64_t purpose) { return RandomStream(next() ^ (purpose * 0xD1342543DE82EF95U)); }

  float uniform(float low, float high) { return low + (high - low) * unit(); }
  bool chance(float probability) { return unit() < probability; }
  int below(int count) { return static_cast<int>(next() % static_cast<std::uint64_t>(count)); }

  // Close to normal with mean 0 and deviation 1: the sum of four uniform numbers, scaled.
  float gaussian() {
    float sum = -2;
    for (int i = 0; i < 4; ++i) sum += unit();
    return sum * 1.7320508F;
  }

 private:
  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    auto mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
    return mixed ^ (mixed >> 31U);
  }

  // The top 24 bits are exact in a float.
  float unit() { return static_cast<float>(next() >> 40U) * 0x1p-24F; }

  std::uint64_t state_;
};

}  // namespace rollcall::synthetic
