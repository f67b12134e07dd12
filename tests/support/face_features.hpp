// The parts of a drawn person, from the back of the picture to the front. Each paints over what is already
// there.
#pragma once

#include "support/painter.hpp"
#include "support/synthetic_person.hpp"

namespace rollcall::synthetic {

// face_features.cpp
void draw_hair_behind(Painter& painter, const Person& person);
void draw_body(Painter& painter, const Person& person, const Photo& photo);
void draw_head(Painter& painter, const Person& person);
void draw_skin_marks(Painter& painter, const Person& person);
void draw_hair_in_front(Painter& painter, const Person& person);
void draw_beard(Painter& painter, const Person& person);
void draw_glasses(Painter& painter, const Person& person);

// face_centre.cpp
void draw_eyes(Painter& painter, const Person& person, const Photo& photo);
void draw_brows(Painter& painter, const Person& person);
void draw_nose(Painter& painter, const Person& person);
void draw_mouth(Painter& painter, const Person& person, const Photo& photo);

// The outline of the head as an implicit shape: below 1 inside.
float head_outline(const Head& head, float u, float v);

// v of the nose tip and of the line between the lips.
inline float nose_tip_v(const Person& person) {
  return person.eyes.height + person.nose.length;
}
inline float mouth_v(const Person& person) {
  return nose_tip_v(person) + person.mouth.drop;
}

}  // namespace rollcall::synthetic
