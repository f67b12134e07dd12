// Eyes, brows, nose and mouth.
#include "support/face_features.hpp"

#include <cmath>

namespace rollcall::synthetic {
namespace {

// One eye in coordinates of its own: x outwards from its middle along its slant, y down.
struct EyeFrame {
  float side;
  float u;
  float v;
  float slant;

  cv::Point2f at(float face_u, float face_v) const {
    const float x = (face_u - u) * side;
    return {x, face_v - v + slant * x};
  }
};

// Half the height of the opening at x: an almond.
float opening(const Eyes& eyes, const Photo& photo, float x) {
  const float across = 1 - square(x / eyes.half_width);
  return across <= 0 ? 0 : eyes.half_width * eyes.openness * (1 - photo.squint) * across;
}

void draw_eye(Painter& painter, const Person& person, const Photo& photo, float side) {
  const auto& eyes = person.eyes;
  const EyeFrame frame{side, side * eyes.spacing, eyes.height, eyes.slant};
  const auto region = around(frame.u, frame.v, eyes.half_width * 1.9F, eyes.half_width * 1.6F);
  const auto& skin = person.head.skin;

  painter.paint(region, skin * 0.55F, [&](float u, float v) {  // the hollow of the eye
    const auto p = frame.at(u, v);
    const float fold = faded(ellipse(p.x, p.y + 0.04F, eyes.half_width * 1.8F, eyes.half_width * 1.35F));
    const float bag = faded(ellipse(p.x, p.y - eyes.half_width * 0.85F, eyes.half_width, 0.05F));
    return 0.75F * fold + 0.6F * eyes.bags * bag;
  });
  const auto open = [&](const cv::Point2f& p) {
    const float half_height = opening(eyes, photo, p.x);
    return half_height <= 0 ? 0 : std::clamp((half_height - std::abs(p.y)) / 0.012F + 0.5F, 0.0F, 1.0F);
  };
  painter.paint(region, Colour{222, 226, 230}, [&](float u, float v) { return open(frame.at(u, v)); });

  const float radius = eyes.half_width * eyes.iris;
  const float gaze = photo.gaze * eyes.half_width * side;
  const auto disc = [&](float share, Colour colour) {
    painter.paint(region, colour, [&](float u, float v) {
      const auto p = frame.at(u, v);
      return open(p) * filled(ellipse(p.x - gaze, p.y, radius * share, radius * share), 0.12F);
    });
  };
  disc(1.0F, eyes.iris_colour * 0.5F);  // the dark ring around the iris
  disc(0.86F, eyes.iris_colour);
  disc(0.45F, Colour{8, 8, 8});
  painter.paint(region, Colour{250, 250, 250}, [&](float u, float v) {  // the light in it
    return 0.9F * faded(ellipse(u - frame.u - radius * 0.3F, v - frame.v + radius * 0.3F, radius * 0.28F,
                                radius * 0.28F));
  });
  painter.paint(region, Colour{22, 20, 24}, [&](float u, float v) {  // lashes: the upper rim
    const auto p = frame.at(u, v);
    if (std::abs(p.x) > eyes.half_width * 1.08F) return 0.0F;
    return 0.9F * faded(square((p.y + opening(eyes, photo, p.x)) / 0.032F));
  });
}

}  // namespace

void draw_eyes(Painter& painter, const Person& person, const Photo& photo) {
  for (const float side : {-1.0F, 1.0F}) draw_eye(painter, person, photo, side);
}

void draw_brows(Painter& painter, const Person& person) {
  const auto& brows = person.brows;
  const float v0 = person.eyes.height - brows.gap;
  for (const float side : {-1.0F, 1.0F}) {
    const float u0 = side * (person.eyes.spacing + 0.01F);
    painter.paint(
        around(u0, v0, brows.half_width * 1.05F, 0.2F), person.hair.colour * 0.7F, [&](float u, float v) {
          const float x = (u - u0) * side / brows.half_width;  // -1 at the nose, 1 at the temple
          const float line = v0 - brows.slant * 0.25F * x * brows.half_width + brows.arch * (x * x - 0.4F);
          const float thickness = brows.thickness * (1.15F - 0.45F * x);
          const float ends = std::clamp((1 - std::abs(x)) * 6, 0.0F, 1.0F);
          return 0.92F * ends * faded(square((v - line) / (thickness * 1.6F)));
        });
  }
}

void draw_nose(Painter& painter, const Person& person) {
  const auto& nose = person.nose;
  const auto& skin = person.head.skin;
  const float top = person.eyes.height;
  const float tip = nose_tip_v(person);
  const auto region = around(0, (top + tip) / 2, nose.half_width * 2.4F, nose.length);

  painter.paint(region, skin * 0.66F, [&](float u, float v) {  // both flanks of the ridge
    const float along = square((v - top - nose.length * 0.45F) / (nose.length * 0.62F));
    const float flank = std::abs(u) - nose.bridge * 1.5F;
    return 0.55F * faded(along + square(flank / (nose.bridge * 1.1F)));
  });
  painter.paint(region, skin * 1.2F, [&](float u, float v) {  // light on the ridge
    const float along = square((v - top - nose.length * 0.5F) / (nose.length * 0.6F));
    return 0.6F * faded(along + square(u / nose.bridge));
  });
  painter.paint(region, skin * 0.5F, [&](float u, float v) {  // shade under the tip
    return 0.8F * faded(ellipse(u, v - tip - 0.06F, nose.half_width * 1.25F, 0.09F));
  });
  for (const float side : {-1.0F, 1.0F}) {
    const float wing = side * nose.half_width * 0.82F;
    painter.paint(region, skin * 0.55F, [&](float u, float v) {  // the wing's rim
      const float rim = ellipse(u - wing * 0.85F, v - tip + 0.01F, nose.half_width * 0.42F, 0.085F);
      const float outside = std::clamp((u - wing * 0.8F) * side * 20 + 0.5F, 0.0F, 1.0F);
      return 0.85F * outside * faded(square((rim - 1) / 0.7F));
    });
    painter.paint(region, skin * 0.22F, [&](float u, float v) {  // the nostril
      return 0.9F * filled(ellipse(u - side * nose.half_width * 0.48F, v - tip - 0.035F,
                                   nose.half_width * 0.25F, 0.024F),
                           0.5F);
    });
  }
  painter.paint(region, skin * 1.22F, [&](float u, float v) {
    return 0.6F * faded(ellipse(u, v - tip + 0.03F, nose.tip, nose.tip));
  });
}

void draw_mouth(Painter& painter, const Person& person, const Photo& photo) {
  const auto& mouth = person.mouth;
  const float middle = mouth_v(person);
  const float half_width = mouth.half_width * (1 + photo.smile * 1.5F);
  const float curve = mouth.curve + photo.smile;
  const auto region = around(0, middle, half_width * 1.2F, 0.34F);
  const auto lip_line = [&](float u) { return middle + curve * (0.4F - square(u / half_width)); };
  const auto across = [&](float u) { return std::max(0.0F, 1 - square(u / half_width)); };
  // Zero at the lip line, 1 at the rim of a lip of that thickness.
  const auto lip = [&](float u, float v, float thickness) {
    const float height = thickness * std::sqrt(across(u));
    return height <= 0 ? 0 : std::clamp((height - v) / 0.014F + 0.5F, 0.0F, 1.0F);
  };

  painter.paint(region, person.head.skin * 0.6F, [&](float u, float v) {  // shade below the lower lip
    return 0.6F * faded(ellipse(u, v - middle - mouth.lower - 0.07F, half_width * 0.75F, 0.06F));
  });
  painter.paint(region, mouth.lips * 0.82F, [&](float u, float v) {
    const float up = lip_line(u) - v;
    const float bow = 1 - 0.35F * faded(square(u / 0.06F));  // the dip in the middle of the upper lip
    return up < 0 ? 0 : 0.92F * lip(u, up, mouth.upper * bow);
  });
  painter.paint(region, mouth.lips, [&](float u, float v) {
    const float down = v - lip_line(u);
    return down < 0 ? 0 : 0.92F * lip(u, down, mouth.lower);
  });
  painter.paint(region, mouth.lips * 0.25F, [&](float u, float v) {
    return 0.95F * std::min(1.0F, 3 * across(u)) * faded(square((v - lip_line(u)) / 0.022F));
  });
}

}  // namespace rollcall::synthetic
