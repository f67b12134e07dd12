#pragma once

#include <string>
#include <vector>

#include <rollcall/attendance/ports/image_source.hpp>

namespace rollcall::app {

// image_url through the HTTP client. Immutable, thread safe.
class ImageFetcher final : public attendance::ImageSource {
 public:
  ImageFetcher(std::vector<std::string> allowed_hosts, std::size_t bytes_max)
      : allowed_hosts_(std::move(allowed_hosts)), bytes_max_(bytes_max) {}

  core::Result<std::string> fetch(const std::string& url) override;

 private:
  const std::vector<std::string> allowed_hosts_;
  const std::size_t bytes_max_;
};

}  // namespace rollcall::app
