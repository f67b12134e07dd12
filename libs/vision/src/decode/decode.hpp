// From foreign bytes to an upright 8-bit BGR image.
//
// JPEG, PNG, WebP and BMP. Transparency is flattened on mid grey: what nobody can see in a picture is not
// recognised either. An animation is refused, for nobody said which of its frames is the photo.
#pragma once

#include <string_view>

#include <opencv2/core.hpp>

#include <rollcall/core/result.hpp>
#include <rollcall/vision/pipeline.hpp>

namespace rollcall::vision {

struct DecodedImage {
  cv::Mat pixels;  // CV_8UC3
  cv::Size
      upright_size;  // of the encoded image; a JPEG may have been decoded at a half, quarter or eighth of it
};

struct DecodeSettings {
  DecodeLimits limits;
  // A JPEG is decoded at the smallest scale whose longest side is still at least this; 0 for the full size.
  int longest_side_px_wanted = 0;
};

// Errors: as attendance::FaceAnalyzer::analyze. Peak memory is about 9 bytes per pixel of the limit, the
// image included.
core::Result<DecodedImage> decode(std::string_view encoded, const DecodeSettings& settings);

}  // namespace rollcall::vision
