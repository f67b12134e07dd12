// One decoder per format. Input: bytes that begin with the format's magic. Output: as stored, not yet
// upright.
#pragma once

#include "decode/decode.hpp"

#include <string_view>

#include <opencv2/core.hpp>

namespace rollcall::vision {

struct StoredImage {
  cv::Mat pixels;       // CV_8UC3
  cv::Size size;        // before any scaled decode
  int orientation = 1;  // EXIF, 1..8
};

core::Result<StoredImage> decode_jpeg(std::string_view encoded, const DecodeSettings& settings);
core::Result<StoredImage> decode_png(std::string_view encoded, const DecodeLimits& limits);
core::Result<StoredImage> decode_webp(std::string_view encoded, const DecodeLimits& limits);
core::Result<StoredImage> decode_bmp(std::string_view encoded, const DecodeLimits& limits);

// What transparent pixels become, per channel.
inline constexpr int kBackground = 128;

}  // namespace rollcall::vision
