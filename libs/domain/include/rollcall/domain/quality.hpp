// How good a face is for recognition, and why not.
#pragma once

#include <string_view>
#include <vector>

namespace rollcall::domain {

// Measured on the detected face before alignment.
struct Quality {
  float size_px = 0;          // shorter side of the box
  float detection_score = 0;  // 0..1
  float sharpness = 0;        // variance of the Laplacian of the aligned grey crop (112 x 112, 0..255)
  float brightness = 0;       // mean luminance of the aligned crop, 0..255
  float clipped = 0;          // share of crop pixels at the very dark or bright end, 0..1
  float yaw_deg = 0;          // from five landmarks: turned to the image's right is positive; rough
  float pitch_deg = 0;        // looking up is positive; rough
  float roll_deg = 0;         // clockwise in the image is positive
};

enum class QualityIssue {
  too_small,
  low_detection_score,
  blurred,
  too_dark,
  too_bright,
  turned_away,  // yaw
  tilted,       // pitch
  rolled,
};

// The word for programs ("too_small") and the sentence that tells a person what to change.
std::string_view name_of(QualityIssue issue);
std::string_view advice_for(QualityIssue issue);

// Limits of one use; enrolment is stricter than check-in.
struct QualityPolicy {
  float size_px_min = 0;
  float detection_score_min = 0;
  float sharpness_min = 0;
  float brightness_min = 0;
  float brightness_max = 255;
  float yaw_deg_max = 90;
  float pitch_deg_max = 90;
  float roll_deg_max = 180;
};

// All limits that are broken, the gravest first; empty means good.
std::vector<QualityIssue> assess(const Quality& quality, const QualityPolicy& policy);

}  // namespace rollcall::domain
