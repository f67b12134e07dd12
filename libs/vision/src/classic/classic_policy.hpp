// Thresholds and limits that fit the classic pack.
#pragma once

#include <rollcall/domain/quality.hpp>

namespace rollcall::vision::classic {

inline constexpr float kDetectionScoreMin = 0.6F;
inline constexpr float kIdentifyScoreMin = 0.78F;
inline constexpr float kVerifyScoreMin = 0.74F;
inline constexpr float kMarginMin = 0.05F;

// Yaw and pitch stay open: this detector cannot measure them, see classic_pack.hpp.
inline constexpr domain::QualityPolicy kCheckinQuality{.size_px_min = 40,
                                                       .detection_score_min = kDetectionScoreMin,
                                                       .sharpness_min = 30,
                                                       .brightness_min = 40,
                                                       .brightness_max = 235,
                                                       .roll_deg_max = 20};

inline constexpr domain::QualityPolicy kEnrolmentQuality{.size_px_min = 60,
                                                         .detection_score_min = kDetectionScoreMin,
                                                         .sharpness_min = 60,
                                                         .brightness_min = 50,
                                                         .brightness_max = 230,
                                                         .roll_deg_max = 20};

}  // namespace rollcall::vision::classic
