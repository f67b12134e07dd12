#pragma once

#include <string>

#include <rollcall/core/result.hpp>

namespace rollcall::attendance {

// Fetches the photo behind an image_url.
class ImageSource {
 public:
  virtual ~ImageSource() = default;

  // data: URLs and allow-listed hosts only. Errors: forbidden "image_url_host_not_allowed", invalid_input
  // ("image_url_malformed", "image_url_unreachable"), too_large "image_too_large". Thread safe; bounded in
  // time.
  virtual core::Result<std::string> fetch(const std::string& url) = 0;
};

}  // namespace rollcall::attendance
