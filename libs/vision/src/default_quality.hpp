// Quality limits for the ONNX packs.
#pragma once

#include <rollcall/domain/quality.hpp>

namespace rollcall::vision {

inline constexpr domain::QualityPolicy kCheckinQuality{.size_px_min = 24,
                                                       .detection_score_min = 0.6F,
                                                       .sharpness_min = 8,
                                                       .brightness_min = 20,
                                                       .brightness_max = 240,
                                                       .yaw_deg_max = 60,
                                                       .pitch_deg_max = 50,
                                                       .roll_deg_max = 60};

inline constexpr domain::QualityPolicy kEnrolmentQuality{.size_px_min = 60,
                                                         .detection_score_min = 0.7F,
                                                         .sharpness_min = 30,
                                                         .brightness_min = 40,
                                                         .brightness_max = 220,
                                                         .yaw_deg_max = 35,
                                                         .pitch_deg_max = 35,
                                                         .roll_deg_max = 35};

}  // namespace rollcall::vision
