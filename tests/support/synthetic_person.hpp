// What makes a drawn person that person, and what makes one photo of them that photo.
#pragma once

#include "support/painter.hpp"
#include "support/random_stream.hpp"

#include <array>
#include <vector>

namespace rollcall::synthetic {

// Lengths are in face units; see painter.hpp.
struct Head {
  float half_width = 0;
  float half_height = 0;
  float jaw = 0;     // width of the jaw as a share of the head's
  float square = 0;  // 0 an ellipse, 1 nearly a box
  float ear = 0;
  Colour skin;
};

enum class HairStyle { bald, cropped, parted, fringe, long_straight, curly, bun };

struct Hair {
  HairStyle style = HairStyle::cropped;
  Colour colour;
  float hairline = 0;  // v of its lower edge at the forehead
  float volume = 0;    // how far it stands off
  float part = 0;      // u of the parting
};

struct Eyes {
  float spacing = 0;  // from the middle to an eye
  float height = 0;   // v
  float half_width = 0;
  float openness = 0;  // height as a share of the width
  float slant = 0;
  float iris = 0;  // radius as a share of half_width
  float bags = 0;
  Colour iris_colour;
};

struct Brows {
  float gap = 0;  // above the eye
  float half_width = 0;
  float thickness = 0;
  float arch = 0;
  float slant = 0;
};

struct Nose {
  float length = 0;
  float half_width = 0;
  float bridge = 0;  // half width
  float tip = 0;     // roundness
};

struct Mouth {
  float drop = 0;  // below the nose
  float half_width = 0;
  float upper = 0;
  float lower = 0;
  float curve = 0;
  Colour lips;
};

enum class Beard { none, stubble, moustache, goatee, full };
enum class Glasses { none, round, square };

struct Mark {  // a mole or a freckle
  float u = 0;
  float v = 0;
  float radius = 0;
  float strength = 0;
};

// Smooth patches of lighter and darker skin: random heights on a grid, interpolated.
class Complexion {
 public:
  Complexion() = default;
  Complexion(RandomStream random, float strength);

  // A factor around 1.
  float at(float u, float v) const;

 private:
  static constexpr int kGrid = 24;
  static constexpr float kStep = 0.12F;  // face units

  float strength_ = 0;
  std::array<std::array<float, kGrid>, kGrid> heights_{};
};

struct Person {
  Head head;
  Complexion complexion;
  Hair hair;
  Eyes eyes;
  Brows brows;
  Nose nose;
  Mouth mouth;
  Beard beard = Beard::none;
  Glasses glasses = Glasses::none;
  float glasses_size = 1;
  float age_lines = 0;
  std::vector<Mark> marks;
};

struct Photo {
  Pose pose;
  Colour background;
  Colour clothes;
  float light_from_right = 0;  // -1..1
  float light_from_above = 0;
  float exposure = 1;
  float noise = 0;       // deviation of the grain, grey levels
  float blur_sigma = 0;  // pixels at 480 pixels
  float smile = 0;
  float squint = 0;
  float gaze = 0;
};

Person make_person(RandomStream random);
Photo make_photo(RandomStream random);

}  // namespace rollcall::synthetic
