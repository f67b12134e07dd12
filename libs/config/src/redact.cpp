#include "redact.hpp"

#include <algorithm>

namespace rollcall::config {
namespace {

// scheme://user:password@host -> scheme://user:***@host
void hide_password(std::string& text) {
  const auto scheme = text.find("://");
  if (scheme == std::string::npos) return;
  const auto user = scheme + 3;
  const auto at = text.rfind('@');
  const auto colon = text.find(':', user);
  if (at == std::string::npos || colon == std::string::npos || colon > at) return;
  text.replace(colon + 1, at - colon - 1, "***");
}

}  // namespace

std::string printable(std::string_view text) {
  constexpr std::size_t kLengthMax = 200;
  std::string result(text);
  hide_password(result);
  std::ranges::replace_if(
      result, [](unsigned char c) { return c < 0x20 || c == 0x7f; }, '?');
  if (result.size() > kLengthMax) {
    result.resize(kLengthMax);
    result += "...";
  }
  return result;
}

std::string printable(const Option& option, std::string_view value) {
  if (option.secrecy == Secrecy::secret && !value.empty()) return "(hidden)";
  return printable(value);
}

}  // namespace rollcall::config
