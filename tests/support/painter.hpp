// Blends soft shapes onto a picture, in the coordinates of a face.
//
// Face units: origin between the ears, u to the right, v down, 1 is half the height of an average head.
// Only + - * / and square roots are used, so that pixels are the same on every IEEE machine.
#pragma once

#include <algorithm>
#include <vector>

#include <opencv2/core.hpp>

namespace rollcall::synthetic {

using Colour = cv::Vec3f;  // blue, green, red, 0..255

struct Region {
  float left = 0;
  float top = 0;
  float right = 0;
  float bottom = 0;
};

inline Region around(float u, float v, float half_width, float half_height) {
  return {u - half_width, v - half_height, u + half_width, v + half_height};
}

inline float square(float x) {
  return x * x;
}

// 1 at the centre of an ellipse is 0, its rim is 1, squared: the implicit form that the two functions below
// take.
inline float ellipse(float du, float dv, float half_width, float half_height) {
  return square(du / half_width) + square(dv / half_height);
}

// A filled shape with a soft rim: 1 inside, 0 outside.
inline float filled(float implicit, float rim) {
  const float t = std::clamp((1 + rim - implicit) / (2 * rim), 0.0F, 1.0F);
  return t * t * (3 - 2 * t);
}

// A hill that fades to nothing at the rim.
inline float faded(float implicit) {
  return implicit < 1 ? square(1 - implicit) : 0;
}

// Where the camera saw the head.
struct Pose {
  float shift_u = 0;
  float shift_v = 0;
  float scale = 1;
  float half_roll_tan = 0;  // tangent of half the roll angle
  float shear = 0;
  float turn = 0;  // how far the middle of the face moves aside, in face units
};

class Painter {
 public:
  Painter(int size_px, const Pose& pose);

  // Blends colour over the picture by coverage(u, v), 0..1, which must be 0 outside of the region.
  template <class Coverage>
  void paint(const Region& region, const Colour& colour, Coverage coverage) {
    visit(region, [&](cv::Vec3f& pixel, float u, float v) {
      const float alpha = coverage(u, v);
      if (alpha > 0) pixel += (colour - pixel) * std::min(alpha, 1.0F);
    });
  }

  // Multiplies the picture by factor(u, v).
  template <class Factor>
  void shade(const Region& region, Factor factor) {
    visit(region, [&](cv::Vec3f& pixel, float u, float v) { pixel *= factor(u, v); });
  }

  cv::Mat3f& picture() { return picture_; }
  Region everything() const { return {-9, -9, 9, 9}; }

 private:
  template <class Visitor>
  void visit(const Region& region, Visitor visitor) {
    const auto bounds = pixels_of(region);
    for (int y = bounds.y; y < bounds.br().y; ++y) {
      for (int x = bounds.x; x < bounds.br().x; ++x) {
        const auto& at = positions_(y, x);
        visitor(picture_(y, x), at[0], at[1]);
      }
    }
  }

  cv::Rect pixels_of(const Region& region) const;

  Pose pose_;
  float unit_px_;
  float cos_ = 1;
  float sin_ = 0;
  cv::Mat3f picture_;
  cv::Mat2f positions_;  // of each pixel, in face units
};

}  // namespace rollcall::synthetic
