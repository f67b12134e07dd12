// data: URLs (RFC 2397).
#include "ascii.hpp"
#include "percent.hpp"
#include "rollcall/core/base64.hpp"
#include "rollcall/http/client.hpp"

namespace rollcall::http {
namespace {

core::Error malformed() {
  return {core::Errc::invalid_input, "data_url_malformed", "The data: URL is not correctly encoded."};
}
core::Error too_large() {
  return {core::Errc::too_large, "data_url_too_large", "The data: URL holds too much."};
}

}  // namespace

core::Result<std::string> decode_data_url(std::string_view url, std::size_t bytes_max) {
  constexpr std::string_view kScheme = "data:";
  constexpr std::string_view kBase64 = ";base64";
  // A byte takes three characters at most, and the type in front takes few.
  constexpr std::size_t kTypeBytesMax = 256;
  if (!equal_ignoring_case(url.substr(0, kScheme.size()), kScheme)) return malformed();
  url.remove_prefix(kScheme.size());
  const auto comma = url.find(',');
  if (comma == std::string_view::npos || comma > kTypeBytesMax) return malformed();
  const auto type = url.substr(0, comma);
  const auto data = url.substr(comma + 1);
  if (data.size() / 3 > bytes_max) return too_large();

  auto content = percent_decode(data);
  if (!content) return malformed();
  const bool is_base64 = type.size() >= kBase64.size() &&
                         equal_ignoring_case(type.substr(type.size() - kBase64.size()), kBase64);
  if (is_base64) content = core::base64_decode(*content);
  if (!content) return malformed();
  if (content->size() > bytes_max) return too_large();
  return *std::move(content);
}

}  // namespace rollcall::http
