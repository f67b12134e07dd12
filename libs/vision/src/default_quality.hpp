// Quality limits for the ONNX packs, measured with yunet_n and edgeface_xs.
//
// "cos" is the likeness to the sharp, upright, well-lit photo of the same person; the name threshold is 0.50.
//   4,748 press photos (LFW): score from 0.88, sharpness from 11, brightness 44 to 188, |yaw| 99 % below 38,
//     pitch -20 to 20, |roll| 99.9 % below 25: check-in refuses 1 of them, enrolment 1.5 %.
//   Size: 36 px cos 0.94; 18 px 0.55; 10 px 0.20.
//   Blur: sharpness 126 cos 0.99; 28 0.90; 9 0.50; 4 0.12.
//   Light: brightness 35 cos 0.93; 17 0.80; 8 0.52; 245 (overexposed) 0.60.
//   Score: faces turned by 60 to 180 degrees are found, but with wrong landmarks and cos near 0; they score
//   0.62 to
//     0.86 (up to 0.873 with yunet_s). Most masked faces and half-turned ones of a webcam lie there too. A
//     live webcam frame went down to 0.81, so check-in lets some rotated photos through: they end as unknown,
//     not as a name.
#pragma once

#include <rollcall/domain/quality.hpp>

namespace rollcall::vision {

inline constexpr domain::QualityPolicy kCheckinQuality{.size_px_min = 24,
                                                       .detection_score_min = 0.8F,
                                                       .sharpness_min = 8,
                                                       .brightness_min = 12,
                                                       .brightness_max = 235,
                                                       .yaw_deg_max = 60,
                                                       .pitch_deg_max = 50,
                                                       .roll_deg_max = 60};

inline constexpr domain::QualityPolicy kEnrolmentQuality{.size_px_min = 60,
                                                         .detection_score_min = 0.875F,
                                                         .sharpness_min = 25,
                                                         .brightness_min = 30,
                                                         .brightness_max = 220,
                                                         .yaw_deg_max = 38,
                                                         .pitch_deg_max = 35,
                                                         .roll_deg_max = 30};

}  // namespace rollcall::vision
