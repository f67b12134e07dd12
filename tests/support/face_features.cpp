#include "support/face_features.hpp"

#include <cmath>

namespace rollcall::synthetic {
namespace {

constexpr float kRim = 0.06F;

Region head_region(const Head& head) {
  return around(0, 0, head.half_width * 1.1F, head.half_height * 1.1F);
}

// Strands: a fine stripe pattern that gives hair its texture; -1..1.
float strand(float u, float v, float per_unit) {
  const float phase = (u + 0.25F * v * v) * per_unit;
  const float saw = phase - std::floor(phase);
  return 4 * std::abs(saw - 0.5F) - 1;
}

void draw_curls(Painter& painter, const Person& person) {
  const auto& head = person.head;
  const float curl = 0.16F + person.hair.volume * 0.35F;
  RandomStream random{0x6375726CU};
  for (int i = 0; i <= 12; ++i) {
    // Points on the upper half of a circle, by the rational parametrisation.
    const float t = static_cast<float>(i - 6) / 7.5F;
    const float u = 2 * t / (1 + t * t) * head.half_width * 1.02F;
    const float v = -(1 - t * t) / (1 + t * t) * head.half_height * 0.92F - 0.04F;
    const auto colour = person.hair.colour * random.uniform(0.75F, 1.25F);
    painter.paint(around(u, v, curl * 1.2F, curl * 1.2F), colour,
                  [&](float x, float y) { return filled(ellipse(x - u, y - v, curl, curl), 0.2F); });
  }
}

}  // namespace

float head_outline(const Head& head, float u, float v) {
  const float below = std::clamp(v / head.half_height, 0.0F, 1.0F);
  const float half_width = head.half_width * (1 - (1 - head.jaw) * below);
  const float x = square(u / half_width);
  const float y = square(v / head.half_height);
  return (1 - head.square) * (x + y) + head.square * (x * x + y * y);
}

void draw_body(Painter& painter, const Person& person, const Photo& photo) {
  const auto& head = person.head;
  const float neck = head.half_width * (0.55F + 0.15F * head.jaw);
  painter.paint({-2.6F, 0.9F, 2.6F, 9}, photo.clothes,
                [&](float u, float v) { return filled(ellipse(u, v - 2.3F, 1.75F, 1.15F), kRim); });
  painter.paint(around(0, 1.0F, neck * 1.1F, 0.75F), head.skin * 0.78F,
                [&](float u, float v) { return filled(ellipse(u, v - 1.0F, neck, 0.62F), kRim); });
}

void draw_hair_behind(Painter& painter, const Person& person) {
  const auto& hair = person.hair;
  if (hair.style == HairStyle::bald) return;
  const bool is_long = hair.style == HairStyle::long_straight;
  const float half_width = person.head.half_width + hair.volume * 0.8F;
  const float half_height = is_long ? 1.35F : 0.95F + hair.volume * 0.4F;
  const float middle = is_long ? 0.25F : -0.20F;
  painter.paint(
      around(0, middle, half_width * 1.1F, half_height * 1.1F), hair.colour * 0.85F,
      [&](float u, float v) { return filled(ellipse(u, v - middle, half_width, half_height), kRim); });
  if (hair.style == HairStyle::bun) {
    painter.paint(around(0, -1.2F, 0.4F, 0.35F), hair.colour,
                  [](float u, float v) { return filled(ellipse(u, v + 1.2F, 0.34F, 0.28F), 0.1F); });
  }
}

void draw_head(Painter& painter, const Person& person) {
  const auto& head = person.head;
  for (const float side : {-1.0F, 1.0F}) {
    const float u = side * head.half_width * 1.0F;
    const float v = person.eyes.height + 0.14F;
    painter.paint(around(u, v, head.ear * 1.2F, 0.30F), head.skin * 0.86F,
                  [&](float x, float y) { return filled(ellipse(x - u, y - v, head.ear, 0.24F), 0.15F); });
  }
  painter.paint(head_region(head), head.skin,
                [&](float u, float v) { return filled(head_outline(head, u, v), kRim); });
  painter.shade(head_region(head), [&](float u, float v) {
    const float outline = head_outline(head, u, v);
    if (outline > 1) return 1.0F;
    const float roundness = 1.06F - 0.30F * outline * outline;  // darker towards the rim
    return roundness * person.complexion.at(u, v);
  });
}

void draw_skin_marks(Painter& painter, const Person& person) {
  const auto dark = person.head.skin * 0.35F;
  for (const auto& mark : person.marks) {
    painter.paint(around(mark.u, mark.v, mark.radius, mark.radius), dark, [&](float u, float v) {
      return mark.strength * faded(ellipse(u - mark.u, v - mark.v, mark.radius, mark.radius) * 0.8F);
    });
  }
  if (person.age_lines <= 0) return;
  const auto line = person.head.skin * 0.62F;
  for (const float v : {-0.52F, -0.44F}) {  // across the forehead
    painter.paint(around(0, v, 0.36F, 0.02F), line, [&](float u, float y) {
      return person.age_lines * 0.6F * faded(square((y - v) / 0.014F) + square(u / 0.36F));
    });
  }
  for (const float side : {-1.0F, 1.0F}) {  // from the nose to the mouth
    const float top = nose_tip_v(person);
    painter.paint(around(side * 0.28F, top + 0.12F, 0.14F, 0.18F), line, [&](float u, float v) {
      const float bend = side * (0.22F + 0.5F * (v - top) - 0.6F * square(v - top));
      return person.age_lines * faded(square((u - bend) / 0.028F) + square((v - top - 0.12F) / 0.17F));
    });
  }
}

void draw_hair_in_front(Painter& painter, const Person& person) {
  const auto& hair = person.hair;
  const auto& head = person.head;
  if (hair.style == HairStyle::bald) return;
  if (hair.style == HairStyle::curly) draw_curls(painter, person);

  const float grown = hair.style == HairStyle::cropped ? 1.03F : 1.08F + hair.volume * 0.3F;
  const auto lower_edge = [&](float u) {
    switch (hair.style) {
      case HairStyle::parted:
        return hair.hairline - 0.10F + 0.45F * std::abs(u - hair.part);
      case HairStyle::fringe:
        return hair.hairline + 0.16F + 0.10F * square(u);
      case HairStyle::bun:
        return hair.hairline - 0.08F + 0.55F * square(u);
      case HairStyle::curly:
        return hair.hairline - 0.02F + 0.05F * strand(u, 0, 4.5F);
      default:
        return hair.hairline + 0.30F * square(u);
    }
  };
  const auto cap = [&](float u, float v) {
    const float on_head = filled(head_outline(head, u / grown, v / grown), kRim);
    const float above = std::clamp((lower_edge(u) - v) / 0.03F + 0.5F, 0.0F, 1.0F);
    return on_head * above;
  };
  const auto region = around(0, -0.45F, head.half_width * grown * 1.1F, 1.0F);
  painter.paint(region, hair.colour, cap);
  painter.paint(region, hair.colour * 1.5F + Colour{10, 10, 10},
                [&](float u, float v) { return 0.2F * cap(u, v) * std::max(0.0F, strand(u, v, 11)); });
  if (hair.style != HairStyle::long_straight) return;
  for (const float side : {-1.0F, 1.0F}) {  // falls over the temples
    const float u = side * head.half_width * 0.98F;
    painter.paint(around(u, 0.25F, 0.22F, 1.0F), hair.colour,
                  [&](float x, float y) { return filled(ellipse(x - u, y - 0.25F, 0.16F, 0.88F), 0.2F); });
  }
}

void draw_beard(Painter& painter, const Person& person) {
  if (person.beard == Beard::none) return;
  const float lips = mouth_v(person);
  const float half_mouth = person.mouth.half_width;
  const float nose = nose_tip_v(person);
  const auto moustache = [&](float u, float v) {
    return filled(square(u / (half_mouth * 1.08F)) + square((v - lips + 0.085F - 0.25F * u * u) / 0.065F),
                  0.35F);
  };
  const auto chin = [&](float u, float v) {
    return filled(ellipse(u, v - lips - 0.24F, half_mouth * 0.75F, 0.17F), 0.35F);
  };
  const auto jaw = [&](float u, float v) {
    const float in_head = filled(head_outline(person.head, u, v), kRim);
    const float low = std::clamp((v - nose - 0.10F + 0.55F * u * u) / 0.12F, 0.0F, 1.0F);
    const float off_lips = 1 - filled(ellipse(u, v - lips - 0.02F, half_mouth * 1.05F, 0.09F), 0.3F);
    return in_head * low * off_lips;
  };
  const auto region = around(0, 0.75F, person.head.half_width * 1.1F, 0.75F);
  painter.paint(region, person.hair.colour, [&](float u, float v) {
    switch (person.beard) {
      case Beard::none:
        return 0.0F;
      case Beard::stubble:
        return 0.32F * jaw(u, v);
      case Beard::moustache:
        return 0.85F * moustache(u, v);
      case Beard::goatee:
        return 0.8F * std::max(chin(u, v), moustache(u, v));
      case Beard::full:
        return 0.85F * std::max(jaw(u, v), 0.8F * moustache(u, v));
    }
    return 0.0F;
  });
}

void draw_glasses(Painter& painter, const Person& person) {
  if (person.glasses == Glasses::none) return;
  const Colour frame{28, 26, 30};
  const auto& eyes = person.eyes;
  const float half_width = std::min(eyes.half_width * person.glasses_size, eyes.spacing - 0.045F);
  const float half_height = person.glasses == Glasses::round ? half_width : half_width * 0.72F;
  for (const float side : {-1.0F, 1.0F}) {
    painter.paint(around(side * eyes.spacing, eyes.height, half_width * 1.3F, half_height * 1.3F), frame,
                  [&](float u, float v) {
                    const float x = square((u - side * eyes.spacing) / half_width);
                    const float y = square((v - eyes.height) / half_height);
                    const float rim = person.glasses == Glasses::round ? x + y : x * x + y * y;
                    return 0.95F * faded(square((rim - 1) / 0.30F));
                  });
    const float temple = side * (eyes.spacing + half_width + person.head.half_width) * 0.5F;
    const float reach = std::abs(person.head.half_width - eyes.spacing - half_width) * 0.5F;
    painter.paint(around(temple, eyes.height, reach, 0.03F), frame,
                  [&](float, float v) { return 0.95F * faded(square((v - eyes.height) / 0.026F)); });
  }
  const float bridge = eyes.spacing - half_width;
  painter.paint(around(0, eyes.height, bridge, 0.05F), frame, [&](float u, float v) {
    return 0.95F * faded(square((v - eyes.height + 0.03F - 0.4F * u * u) / 0.026F));
  });
}

}  // namespace rollcall::synthetic
