#include "support/synthetic_person.hpp"

#include <array>

namespace rollcall::synthetic {
namespace {

Colour between(const Colour& a, const Colour& b, float share) {
  return a + (b - a) * share;
}

Head make_head(RandomStream random) {
  static constexpr int kTones = 5;
  static const std::array<Colour, kTones> kSkin{Colour{178, 200, 238}, Colour{140, 175, 224},
                                                Colour{105, 146, 202}, Colour{70, 104, 160},
                                                Colour{48, 70, 112}};
  const int tone = random.below(kTones - 1);
  return {.half_width = random.uniform(0.66F, 0.84F),
          .half_height = random.uniform(0.94F, 1.10F),
          .jaw = random.uniform(0.62F, 0.98F),
          .square = random.uniform(0, 0.55F),
          .ear = random.uniform(0.10F, 0.18F),
          .skin = between(kSkin.at(static_cast<std::size_t>(tone)),
                          kSkin.at(static_cast<std::size_t>(tone) + 1), random.uniform(0, 1))};
}

Hair make_hair(RandomStream random) {
  static const std::array kColours{Colour{22, 20, 24},    Colour{30, 42, 62},  Colour{38, 66, 104},
                                   Colour{90, 150, 196},  Colour{40, 74, 150}, Colour{150, 152, 156},
                                   Colour{205, 208, 212}, Colour{60, 100, 140}};
  static constexpr std::array kStyles{HairStyle::bald,   HairStyle::cropped,       HairStyle::parted,
                                      HairStyle::fringe, HairStyle::long_straight, HairStyle::curly,
                                      HairStyle::bun};
  Hair hair;
  hair.style = kStyles.at(static_cast<std::size_t>(random.below(static_cast<int>(kStyles.size()))));
  hair.colour = kColours.at(static_cast<std::size_t>(random.below(static_cast<int>(kColours.size()))));
  hair.colour *= random.uniform(0.8F, 1.15F);
  hair.hairline = random.uniform(-0.74F, -0.52F);
  hair.volume = random.uniform(0.05F, 0.26F);
  hair.part = random.uniform(-0.40F, 0.40F);
  return hair;
}

Eyes make_eyes(RandomStream random) {
  static const std::array kIris{Colour{30, 45, 70}, Colour{45, 75, 115}, Colour{150, 120, 85},
                                Colour{85, 120, 95}, Colour{110, 110, 110}};
  return {.spacing = random.uniform(0.27F, 0.37F),
          .height = random.uniform(-0.20F, -0.04F),
          .half_width = random.uniform(0.125F, 0.185F),
          .openness = random.uniform(0.34F, 0.62F),
          .slant = random.uniform(-0.16F, 0.22F),
          .iris = random.uniform(0.42F, 0.56F),
          .bags = random.uniform(0, 0.7F),
          .iris_colour = kIris.at(static_cast<std::size_t>(random.below(static_cast<int>(kIris.size()))))};
}

Brows make_brows(RandomStream random) {
  return {.gap = random.uniform(0.14F, 0.25F),
          .half_width = random.uniform(0.16F, 0.25F),
          .thickness = random.uniform(0.018F, 0.062F),
          .arch = random.uniform(0, 0.10F),
          .slant = random.uniform(-0.18F, 0.30F)};
}

Nose make_nose(RandomStream random) {
  return {.length = random.uniform(0.30F, 0.46F),
          .half_width = random.uniform(0.105F, 0.205F),
          .bridge = random.uniform(0.04F, 0.085F),
          .tip = random.uniform(0.05F, 0.10F)};
}

Mouth make_mouth(RandomStream random, const Colour& skin) {
  const Colour rosy{skin[0] * 0.62F, skin[1] * 0.50F, skin[2] * 0.85F};
  const Colour painted{60, 40, 165};
  return {.drop = random.uniform(0.17F, 0.30F),
          .half_width = random.uniform(0.20F, 0.34F),
          .upper = random.uniform(0.022F, 0.060F),
          .lower = random.uniform(0.030F, 0.080F),
          .curve = random.uniform(-0.05F, 0.09F),
          .lips = between(rosy, painted, random.chance(0.25F) ? random.uniform(0.5F, 1) : 0)};
}

Beard make_beard(RandomStream random) {
  static constexpr std::array kBeards{Beard::stubble, Beard::moustache, Beard::goatee, Beard::full};
  return random.chance(0.35F) ? kBeards.at(static_cast<std::size_t>(random.below(4))) : Beard::none;
}

Glasses make_glasses(RandomStream random) {
  if (!random.chance(0.25F)) return Glasses::none;
  return random.chance(0.5F) ? Glasses::round : Glasses::square;
}

std::vector<Mark> make_marks(RandomStream random) {
  std::vector<Mark> marks;
  const int moles = random.below(4);
  for (int i = 0; i < moles; ++i) {
    marks.push_back({.u = random.uniform(-0.5F, 0.5F),
                     .v = random.uniform(-0.45F, 0.7F),
                     .radius = random.uniform(0.016F, 0.030F),
                     .strength = random.uniform(0.6F, 0.9F)});
  }
  const int freckles = random.chance(0.3F) ? 30 : 0;
  for (int i = 0; i < freckles; ++i) {
    marks.push_back({.u = random.uniform(-0.48F, 0.48F),
                     .v = random.uniform(0, 0.34F),
                     .radius = random.uniform(0.010F, 0.018F),
                     .strength = random.uniform(0.2F, 0.4F)});
  }
  return marks;
}

Pose make_pose(RandomStream random) {
  return {.shift_u = random.uniform(-0.12F, 0.12F),
          .shift_v = random.uniform(-0.02F, 0.14F),
          .scale = random.uniform(0.84F, 1.08F),
          .half_roll_tan = random.uniform(-0.06F, 0.06F),
          .shear = random.uniform(-0.05F, 0.05F),
          .turn = random.uniform(-0.05F, 0.05F)};
}

}  // namespace

Complexion::Complexion(RandomStream random, float strength) : strength_(strength) {
  for (auto& row : heights_) {
    for (auto& height : row) height = random.uniform(-1, 1);
  }
}

float Complexion::at(float u, float v) const {
  const float last = static_cast<float>(kGrid) - 1.001F;
  const float x = std::clamp(u / kStep + static_cast<float>(kGrid) * 0.5F, 0.0F, last);
  const float y = std::clamp(v / kStep + static_cast<float>(kGrid) * 0.5F, 0.0F, last);
  const auto column = static_cast<std::size_t>(x);
  const auto row = static_cast<std::size_t>(y);
  const auto eased = [](float t) { return t * t * (3 - 2 * t); };
  const float right = eased(x - static_cast<float>(column));
  const float down = eased(y - static_cast<float>(row));
  const auto along = [&](std::size_t r) {
    return heights_[r][column] + (heights_[r][column + 1] - heights_[r][column]) * right;
  };
  return 1 + strength_ * (along(row) + (along(row + 1) - along(row)) * down);
}

// Every part has a stream of its own, so that a new trait in one does not change the others.
Person make_person(RandomStream random) {
  Person person;
  person.head = make_head(random.fork(1));
  person.hair = make_hair(random.fork(2));
  person.eyes = make_eyes(random.fork(3));
  person.brows = make_brows(random.fork(4));
  person.nose = make_nose(random.fork(5));
  person.mouth = make_mouth(random.fork(6), person.head.skin);
  person.beard = make_beard(random.fork(7));
  person.glasses = make_glasses(random.fork(8));
  person.marks = make_marks(random.fork(9));
  auto rest = random.fork(10);
  person.complexion = Complexion{random.fork(11), 0.09F};
  person.glasses_size = rest.uniform(1.35F, 1.75F);
  person.age_lines = rest.chance(0.4F) ? rest.uniform(0.3F, 1) : 0;
  return person;
}

Photo make_photo(RandomStream random) {
  Photo photo;
  photo.pose = make_pose(random.fork(1));
  const float grey = random.uniform(70, 215);
  const float cloth = random.uniform(50, 190);
  for (int i = 0; i < 3; ++i) {
    photo.background[i] = grey + random.uniform(-18, 18);
    photo.clothes[i] = cloth + random.uniform(-45, 45);
  }
  photo.light_from_right = random.uniform(-1, 1);
  photo.light_from_above = random.uniform(-0.2F, 1);
  photo.exposure = random.uniform(0.78F, 1.18F);
  photo.noise = random.uniform(1, 5);
  photo.blur_sigma = random.uniform(0.5F, 1.3F);
  photo.smile = random.uniform(-0.02F, 0.05F);
  photo.squint = random.uniform(0, 0.15F);
  photo.gaze = random.uniform(-0.12F, 0.12F);
  return photo;
}

}  // namespace rollcall::synthetic
