#include "uploads.hpp"

#include <rollcall/http/media_type.hpp>
#include <rollcall/http/multipart.hpp>

namespace rollcall::api {
namespace {

bool names_an_image(const http::Part& part) {
  for (const std::string_view name : {"image", "images", "image[]", "images[]", "file", "files", "photo", "photos"}) {
    if (part.name == name) return true;
  }
  return false;
}

}  // namespace

std::optional<core::Result<Form>> read_form(const http::Request& request, std::size_t parts_max) {
  const auto header = request.headers.get("Content-Type").value_or("");
  const auto type = http::parse_media_type(header);
  if (!type) return std::nullopt;
  if (type->essence == "application/octet-stream" || http::covers("image/*", type->essence)) {
    return core::Result<Form>(Form{.images = {{"photo 1", request.body}}, .fields = {}});
  }
  if (type->essence != "multipart/form-data") return std::nullopt;

  const auto parts = http::parse_multipart(header, request.body, {.parts_max = parts_max});
  if (!parts) return core::Result<Form>(parts.error());
  Form form;
  for (const auto& part : *parts) {
    if (names_an_image(part)) {
      form.images.push_back(
          {part.filename.value_or("photo " + std::to_string(form.images.size() + 1)), part.body});
    } else {
      form.fields.emplace_back(part.name, std::string(part.body));
    }
  }
  return core::Result<Form>(std::move(form));
}

std::vector<std::string> upload_types() { return {"multipart/form-data", "image/*", "application/octet-stream"}; }

}  // namespace rollcall::api
