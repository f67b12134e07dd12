#pragma once

#include "support/synthetic_face.hpp"

#include <string>

namespace rollcall::testing {

// The JPEG of a drawn person, as it would be sent.
inline std::string drawn_photo(unsigned person, unsigned photo, int size_px = 480) {
  const auto jpeg = synthetic::encode_jpeg(
      synthetic::draw_face(synthetic::PersonSeed{person}, synthetic::PhotoSeed{photo}, size_px), 90);
  return {jpeg.begin(), jpeg.end()};
}

}  // namespace rollcall::testing
