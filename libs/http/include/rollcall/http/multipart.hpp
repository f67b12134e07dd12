// multipart/form-data (RFC 7578), parsed in place.
#pragma once

#include "rollcall/core/result.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::http {

struct Part {
  std::string name;
  std::optional<std::string> filename;  // the last component only; text for people, never a path to open
  std::string content_type;             // as sent; "text/plain" where the part names none
  std::string_view body;                // points into the parsed body
};

struct MultipartLimits {
  std::size_t parts_max = 64;
  std::size_t part_header_bytes_max = 4096;
};

// `content_type` is the request's header. Errors: unsupported_type (reason "not_multipart"), invalid_input
// (reason "multipart_malformed"), too_large (reason "multipart_too_many_parts").
core::Result<std::vector<Part>> parse_multipart(std::string_view content_type, std::string_view body,
                                                const MultipartLimits& limits = {});

}  // namespace rollcall::http
