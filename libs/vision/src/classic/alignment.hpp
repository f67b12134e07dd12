// The five reference points of the 112 x 112 crop, in the layout that most public embedders share.
#pragma once

#include "stages.hpp"

namespace rollcall::vision::classic {

inline constexpr int kCropSizePx = 112;
inline constexpr domain::Landmarks kReferencePoints{{{38.2946F, 51.6963F},
                                                     {73.5318F, 51.5014F},
                                                     {56.0252F, 71.7366F},
                                                     {41.5493F, 92.3655F},
                                                     {70.7299F, 92.2041F}}};

// The similarity that brings the reference eyes onto these, applied to all five points: nose and mouth are
// where an average face has them.
domain::Landmarks landmarks_from_eyes(const cv::Point2f& left, const cv::Point2f& right);

}  // namespace rollcall::vision::classic
