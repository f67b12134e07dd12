// Positions in an upright image: pixels, origin top left, x to the right, y down.
#pragma once

#include <array>

namespace rollcall::domain {

struct Point {
  float x = 0;
  float y = 0;
};

struct Box {
  float x = 0;
  float y = 0;
  float width = 0;
  float height = 0;

  float area() const { return width * height; }
  // The usual size of a face: the shorter side.
  float size_px() const { return width < height ? width : height; }
};

// As seen in the image: left eye, right eye, nose tip, left and right corner of the mouth.
using Landmarks = std::array<Point, 5>;

}  // namespace rollcall::domain
