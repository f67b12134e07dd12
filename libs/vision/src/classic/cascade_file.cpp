#include "classic/cascade_file.hpp"

#include <string>

#include <rollcall/core/infra_error.hpp>

namespace rollcall::vision::classic {

cv::CascadeClassifier load_cascade(const std::filesystem::path& cascade_dir, std::string_view name) {
  const auto path = cascade_dir / name;
  const auto refuse = [&path](std::string_view problem) {
    return core::InfraError(path.string() + " " + std::string(problem) +
                            ": the classic pack needs the Debian package opencv-data");
  };
  if (!std::filesystem::is_regular_file(path)) throw refuse("is missing");
  cv::CascadeClassifier cascade;
  try {
    if (cascade.load(path.string()) && !cascade.empty()) return cascade;
  } catch (const cv::Exception&) {
    // Refused below: OpenCV's text names its own source lines, not the file.
  }
  throw refuse("cannot be read");
}

}  // namespace rollcall::vision::classic
