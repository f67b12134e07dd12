// From five landmarks to an upright crop in which eyes, nose and mouth have fixed places.
#pragma once

#include "stages.hpp"

#include <optional>
#include <string_view>

namespace rollcall::vision {

// "arcface112" (ArcFace's reference points) or "reid128" (Intel's for face-reidentification-retail-0095).
std::optional<AlignmentTemplate> find_alignment(std::string_view name);

// The similarity transform (rotation, one scale, translation; no mirroring) that takes `from` to `to` with
// the least squared error: Umeyama, IEEE PAMI 13(4), 1991, in two dimensions. When all of `from` coincide
// there is no scale to be found and it only translates.
cv::Matx23d similarity_transform(const domain::Landmarks& from, const domain::Landmarks& to);

// The crop of `image` in which `landmarks` lie on the template's points; black beyond the image. About 0.2
// ms.
cv::Mat align(const cv::Mat& image, const domain::Landmarks& landmarks, const AlignmentTemplate& target);

}  // namespace rollcall::vision
