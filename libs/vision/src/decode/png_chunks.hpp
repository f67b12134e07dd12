// A PNG reduced to what makes its pixels.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rollcall::vision {

struct PngChunks {
  // As the header claims; 0 without a header.
  std::uint32_t width_px = 0;
  std::uint32_t height_px = 0;
  // The same image without texts, profiles and other extras: a text of some kilobytes can expand to
  // gigabytes.
  std::string pixels_only;
  std::string_view exif;  // of the input
  bool animated = false;  // APNG with more than one frame
};

// `png` begins with the signature. Stops where the chunks stop making sense; libpng then says what is wrong.
PngChunks read_png_chunks(std::string_view png);

}  // namespace rollcall::vision
