#include "uploads.hpp"

#include <rollcall/core/utf8.hpp>
#include <rollcall/http/media_type.hpp>
#include <rollcall/http/multipart.hpp>

namespace rollcall::api {
namespace {

bool names_an_image(const http::Part& part) {
  for (const std::string_view name :
       {"image", "images", "image[]", "images[]", "file", "files", "photo", "photos"}) {
    if (part.name == name) return true;
  }
  return false;
}

// The file's name as far as it can be stored and shown; else its number.
std::string name_of(const http::Part& part, std::size_t number) {
  constexpr std::size_t kBytesMax = 200;
  auto name = part.filename.value_or("");
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  const bool shown = core::is_utf8(name) && std::ranges::none_of(name, is_control);
  if (name.empty() || !shown) return "photo " + std::to_string(number);
  if (name.size() > kBytesMax) name.resize(kBytesMax);
  while (!core::is_utf8(name)) name.pop_back();  // not in the middle of a character
  return name;
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
      form.images.push_back({name_of(part, form.images.size() + 1), part.body});
    } else {
      form.fields.emplace_back(part.name, std::string(part.body));
    }
  }
  return core::Result<Form>(std::move(form));
}

std::vector<std::string> upload_types() {
  return {"multipart/form-data", "image/*", "application/octet-stream"};
}

}  // namespace rollcall::api
