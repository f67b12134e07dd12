// Media types (RFC 9110 section 8.3).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace rollcall::http {

struct MediaType {
  std::string essence;                              // "multipart/form-data", lower case
  std::map<std::string, std::string> parameters{};  // names in lower case, values unquoted
};

// nullopt when it is not well-formed, repeats a parameter or has more than 16 of them.
std::optional<MediaType> parse_media_type(std::string_view text);

// "image/*" covers every image type.
bool covers(std::string_view pattern, std::string_view essence);

}  // namespace rollcall::http
