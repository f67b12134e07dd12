// YuNet (2023 head): faces with five landmarks.
#pragma once

#include "inference_engine.hpp"
#include "stages.hpp"

#include <memory>

namespace rollcall::vision {

struct YunetSettings {
  std::string input = "input";
  float score_min = 0.6F;
  // The longest side that the network looks at first.
  int detect_max_dim = 640;
};

// Cost: 7 ms for 320 x 320 and 20 ms for 640 x 480 on one core; an image without any face is looked at a
// second time at another size. Keeps buffers: one thread at a time.
std::unique_ptr<FaceDetector> make_yunet_detector(std::unique_ptr<InferenceEngine> engine,
                                                  YunetSettings settings);

}  // namespace rollcall::vision
