// The ways in which a photo is refused; the reasons are those of attendance::FaceAnalyzer.
#pragma once

#include <cstdint>
#include <string>

#include <rollcall/core/result.hpp>
#include <rollcall/vision/pipeline.hpp>

namespace rollcall::vision {

core::Error image_empty();
core::Error image_too_large(std::size_t bytes_max);
core::Error image_too_many_pixels(const DecodeLimits& limits);
core::Error image_too_small(int side_px_min);
// `found` completes "... is not accepted", such as "GIF".
core::Error image_format_unsupported(std::string_view found);
core::Error image_animated();
// `detail` goes to the log.
core::Error image_corrupt(std::string detail);

// Called with the size that the header claims, before any pixel is made.
core::Result<void> check_size(std::int64_t width_px, std::int64_t height_px, const DecodeLimits& limits);

}  // namespace rollcall::vision
