#pragma once

#include "rollcall/attendance/ports/face_analyzer.hpp"
#include "rollcall/core/result.hpp"

namespace rollcall::attendance {

// The face that a photo is about: the only one, or one that is `area_ratio_min` times larger than the next.
// `faces` is sorted by size, largest first. Errors: invalid_input "no_face" or "multiple_faces".
inline core::Result<AnalyzedFace> main_face(std::vector<AnalyzedFace> faces, float area_ratio_min) {
  if (faces.empty()) {
    return core::Error{core::Errc::invalid_input, "no_face",
                       "No face was found: the whole face must be visible, upright and in light."};
  }
  if (faces.size() > 1 && faces[0].box.area() < area_ratio_min * faces[1].box.area()) {
    return core::Error{core::Errc::invalid_input, "multiple_faces",
                       "Several faces were found: only one person may be in the picture."};
  }
  return std::move(faces[0]);
}

}  // namespace rollcall::attendance
