#include "rollcall/http/media_type.hpp"

#include "ascii.hpp"
#include "parameters.hpp"

namespace rollcall::http {

std::optional<MediaType> parse_media_type(std::string_view text) {
  auto parsed = parse_parameterised(text);
  if (!parsed) return std::nullopt;
  std::string_view subtype = parsed->value;
  const auto type = take_until(subtype, "/");
  if (!is_token(type) || !is_token(subtype)) return std::nullopt;
  return MediaType{std::move(parsed->value), std::move(parsed->parameters)};
}

bool covers(std::string_view pattern, std::string_view essence) {
  if (pattern.ends_with("/*")) return essence.starts_with(pattern.substr(0, pattern.size() - 1));
  return pattern == essence;
}

}  // namespace rollcall::http
