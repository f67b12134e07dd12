#include "percent.hpp"

#include <charconv>

namespace rollcall::http {

std::optional<std::string> percent_decode(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    if (text.size() - i < 3) return std::nullopt;
    unsigned value = 0;
    const char* const last = text.data() + i + 3;
    const auto parsed = std::from_chars(text.data() + i + 1, last, value, 16);
    if (parsed.ec != std::errc{} || parsed.ptr != last) return std::nullopt;
    decoded += static_cast<char>(value);
    i += 2;
  }
  return decoded;
}

}  // namespace rollcall::http
