// The inner loop of the search.
#pragma once

#include <cstddef>

namespace rollcall::gallery {

// Rows start at multiples of this, in floats: one cache line, and a whole number of vectors of every
// instruction set up to 512 bits.
inline constexpr std::size_t kRowAlignment = 16;

// scores[i] = dot(rows[i], probe) for `count` rows of `stride` floats each.
//
// `rows` and `probe` are aligned to 64 bytes, `stride` is a multiple of kRowAlignment and what lies beyond
// the dimension is zero. The best instruction set of the machine is chosen at run time, so the last bits of a
// score may differ between machines; on one machine they do not.
void dot_rows(const float* rows, std::size_t count, std::size_t stride, const float* probe, float* scores);

// The same for the rows listed in `picked`.
void dot_picked_rows(const float* rows, const unsigned short* picked, std::size_t count, std::size_t stride,
                     const float* probe, float* scores);

}  // namespace rollcall::gallery
