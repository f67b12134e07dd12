// Pictures in a request: one as the whole body, or some as parts of a form.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <rollcall/core/result.hpp>
#include <rollcall/http/message.hpp>

namespace rollcall::api {

struct Upload {
  std::string name;        // the sender's file name, or "photo 1"
  std::string_view bytes;  // points into the request's body
};

struct Form {
  std::vector<Upload> images;  // parts "image", "images", "file", "files", "photo(s)"
  std::vector<std::pair<std::string, std::string>> fields;  // every other part, as text
};

// For multipart/form-data, image/* and application/octet-stream; nullopt for other types.
std::optional<core::Result<Form>> read_form(const http::Request& request, std::size_t parts_max);

// What a route that takes such pictures accepts.
std::vector<std::string> upload_types();

}  // namespace rollcall::api
