// Thresholds and limits that fit the classic pack, measured on drawn people (tests/support) and real photos.
//
// Detection, score from 0.6:
//   drawn people: 359 of 360 portraits found and nothing else, eyes 3 % of their distance off in the median,
//     9 % at worst; LFW: 294 of 300 photos; 9 photos without people: one cat taken for a face.
// Recognition, 60 drawn people x 6 photos:
//   genuine pairs: median 0.90, 5 % below 0.745; best match right for 359 of 359;
//   impostor pairs: median 0.38, 99.9 % below 0.704, the highest of 63,366 at 0.762.
// Recognition of real people (LFW, 3,000 development pairs, measured with an earlier search for the eyes):
//   67.9 % right over five folds, where a model pack has more than 99 %; at a threshold of 0.72 only 26 of
//   1,500 genuine pairs pass, and no impostor: this pack is for demonstrations.
// Quality, 20 drawn people with right names at 0.78, of 20:
//   size 57 px 17, 44 px 11; sharpness 25 gives 18, 12 gives 15, 5 gives 0; brightness 21 gives 18, 11 gives
//   3, 191 (overexposed) gives 9; roll of 15 degrees 15, of 20 degrees 11, at 30 degrees no face is found.
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
                                                       .sharpness_min = 10,
                                                       .brightness_min = 15,
                                                       .brightness_max = 235,
                                                       .roll_deg_max = 25};

inline constexpr domain::QualityPolicy kEnrolmentQuality{.size_px_min = 56,
                                                         .detection_score_min = kDetectionScoreMin,
                                                         .sharpness_min = 25,
                                                         .brightness_min = 30,
                                                         .brightness_max = 220,
                                                         .roll_deg_max = 20};

}  // namespace rollcall::vision::classic
