// How good a detected face is for recognition.
#pragma once

#include "stages.hpp"

#include <rollcall/domain/quality.hpp>

namespace rollcall::vision {

struct HeadPose {
  float yaw_deg = 0;    // turned to the image's right is positive
  float pitch_deg = 0;  // looking up is positive
  float roll_deg = 0;   // clockwise in the image is positive
};

// From the five landmarks alone, by a scaled orthographic camera: rough, within some ten degrees.
HeadPose estimate_pose(const domain::Landmarks& landmarks);

// `crop` is the aligned crop, CV_8UC3 of any template's size. About 0.2 ms.
domain::Quality measure_quality(const Detection& detection, const cv::Mat& crop);

}  // namespace rollcall::vision
