#include "planar.hpp"

#include <rollcall/core/assert.hpp>

namespace rollcall::vision {

void write_planar(const cv::Mat& image, const ModelInput& input, std::span<float> planes) {
  ROLLCALL_ASSERT(image.type() == CV_8UC3);
  const std::size_t plane_size = image.total();
  ROLLCALL_ASSERT(planes.size() == 3 * plane_size);
  cv::Mat channel;
  for (std::size_t i = 0; i < 3; ++i) {
    const auto stored = input.colours == ColourOrder::bgr ? i : 2 - i;
    cv::extractChannel(image, channel, static_cast<int>(stored));
    cv::Mat plane(image.size(), CV_32F, planes.data() + i * plane_size);
    channel.convertTo(plane, CV_32F, input.scale[i], -input.mean[i] * input.scale[i]);
  }
}

}  // namespace rollcall::vision
