#include "rollcall/http/multipart.hpp"

#include "ascii.hpp"
#include "parameters.hpp"
#include "rollcall/http/media_type.hpp"

namespace rollcall::http {
namespace {

core::Error malformed(const char* message) {
  return {core::Errc::invalid_input, "multipart_malformed", message};
}

// bchars of RFC 2046 section 5.1.1.
bool is_boundary(std::string_view text) {
  return !text.empty() && text.size() <= 70 && text.back() != ' ' &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return is_digit(c) || is_alpha(c) ||
                  std::string_view("'()+_,-./:=? ").find(c) != std::string_view::npos;
         });
}

core::Result<std::string> boundary_of(std::string_view content_type) {
  const auto type = parse_media_type(content_type);
  if (!type || type->essence != "multipart/form-data") {
    return core::Error{core::Errc::unsupported_type, "not_multipart",
                       "The content type must be multipart/form-data."};
  }
  const auto boundary = type->parameters.find("boundary");
  if (boundary == type->parameters.end() || !is_boundary(boundary->second)) {
    return malformed("The content type names no valid boundary.");
  }
  return boundary->second;
}

// A file name for people: the last component, without control characters.
std::string base_name(std::string path) {
  const auto separator = path.find_last_of("/\\");
  if (separator != std::string::npos) path.erase(0, separator + 1);
  std::replace_if(path.begin(), path.end(), is_control, '_');
  return path;
}

// Fills the part from its header block, whose lines all end with CRLF. False when the block is not
// well-formed.
bool read_headers(std::string_view block, Part& part) {
  bool has_disposition = false;
  part.content_type = "text/plain";
  while (!block.empty()) {
    auto value = take_until(block, "\r\n");
    const auto name = take_until(value, ":");
    if (!is_token(name) || value.find_first_of("\r\n") != std::string_view::npos) return false;
    if (equal_ignoring_case(name, "content-type")) part.content_type = trimmed(value);
    if (!equal_ignoring_case(name, "content-disposition")) continue;
    const auto disposition = parse_parameterised(value);
    if (has_disposition || !disposition || disposition->value != "form-data") return false;
    const auto field = disposition->parameters.find("name");
    if (field == disposition->parameters.end()) return false;
    part.name = field->second;
    const auto filename = disposition->parameters.find("filename");
    if (filename != disposition->parameters.end()) part.filename = base_name(filename->second);
    has_disposition = true;
  }
  return has_disposition;
}

enum class Delimiter { none, next_part, last };

// What follows "--boundary": "--" ends the body, padding and CRLF start a part, anything else was content.
Delimiter take_delimiter_end(std::string_view& rest) {
  if (rest.starts_with("--")) return Delimiter::last;
  auto after = rest;
  while (after.starts_with(' ') || after.starts_with('\t')) after.remove_prefix(1);
  if (!after.starts_with("\r\n")) return Delimiter::none;
  rest = after.substr(2);
  return Delimiter::next_part;
}

// Takes a part's content and the delimiter behind it; Delimiter::none when there is no further delimiter.
Delimiter take_content(std::string_view& rest, std::string_view delimiter, std::string_view& content) {
  for (std::size_t from = 0;;) {
    const auto end = rest.find(delimiter, from);
    if (end == std::string_view::npos) return Delimiter::none;
    auto after = rest.substr(end + delimiter.size());
    const auto kind = take_delimiter_end(after);
    if (kind != Delimiter::none) {
      content = rest.substr(0, end);
      rest = after;
      return kind;
    }
    from = end + delimiter.size();
  }
}

}  // namespace

core::Result<std::vector<Part>> parse_multipart(std::string_view content_type, std::string_view body,
                                                const MultipartLimits& limits) {
  const auto boundary = boundary_of(content_type);
  if (!boundary) return boundary.error();
  const auto delimiter = "\r\n--" + *boundary;

  if (body.starts_with("\r\n")) body.remove_prefix(2);
  if (!body.starts_with(std::string_view(delimiter).substr(2)))
    return malformed("The body has no first boundary.");
  body.remove_prefix(delimiter.size() - 2);
  auto kind = take_delimiter_end(body);

  std::vector<Part> parts;
  while (kind == Delimiter::next_part) {
    if (parts.size() == limits.parts_max) {
      return core::Error{core::Errc::too_large, "multipart_too_many_parts", "The body has too many parts."};
    }
    const auto header_end = body.substr(0, limits.part_header_bytes_max).find("\r\n\r\n");
    if (header_end == std::string_view::npos) return malformed("A part has no headers, or too many.");
    auto& part = parts.emplace_back();
    if (!read_headers(body.substr(0, header_end + 2), part)) return malformed("A part has wrong headers.");
    body.remove_prefix(header_end + 4);
    kind = take_content(body, delimiter, part.body);
  }
  if (kind == Delimiter::none) return malformed("The last boundary is missing.");
  return parts;
}

}  // namespace rollcall::http
