// Reads the cascades of Debian's package opencv-data.
#pragma once

#include <filesystem>
#include <string_view>

#include <opencv2/objdetect.hpp>

namespace rollcall::vision::classic {

// Throws core::InfraError, naming the file and the package, when the cascade is missing or broken.
cv::CascadeClassifier load_cascade(const std::filesystem::path& cascade_dir, std::string_view name);

}  // namespace rollcall::vision::classic
