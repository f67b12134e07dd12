#include "parameters.hpp"

#include "ascii.hpp"

namespace rollcall::http {
namespace {

constexpr std::size_t kParametersMax = 16;

// Takes the quoted text at the front, whose first quote is already gone.
std::optional<std::string> take_quoted(std::string_view& rest) {
  std::string text;
  while (!rest.empty()) {
    const char c = rest.front();
    rest.remove_prefix(1);
    if (c == '"') return text;
    if (c == '\\' && !rest.empty() && (rest.front() == '"' || rest.front() == '\\')) {
      text += rest.front();
      rest.remove_prefix(1);
    } else if (is_control(c) && c != '\t') {
      return std::nullopt;
    } else {
      text += c;
    }
  }
  return std::nullopt;
}

std::string_view take_token(std::string_view& rest) {
  std::size_t length = 0;
  while (length < rest.size() && is_token_char(rest[length])) ++length;
  const auto token = rest.substr(0, length);
  rest.remove_prefix(length);
  return token;
}

std::optional<std::string> take_value(std::string_view& rest) {
  if (rest.starts_with('"')) {
    rest.remove_prefix(1);
    return take_quoted(rest);
  }
  const auto token = take_token(rest);
  if (token.empty()) return std::nullopt;
  return std::string(token);
}

}  // namespace

std::optional<ParameterisedValue> parse_parameterised(std::string_view text) {
  auto rest = text;
  ParameterisedValue result{to_lower(trimmed(rest.substr(0, rest.find(';')))), {}};
  if (result.value.empty()) return std::nullopt;
  rest.remove_prefix(std::min(rest.find(';'), rest.size()));
  while (!rest.empty()) {
    if (rest.front() != ';') return std::nullopt;
    rest = trimmed(rest.substr(1));
    if (rest.empty() || rest.front() == ';') continue;  // "a/b;" is sent by some clients
    const auto name = to_lower(take_token(rest));
    if (name.empty() || !rest.starts_with('=')) return std::nullopt;
    rest.remove_prefix(1);
    auto value = take_value(rest);
    if (!value || result.parameters.size() == kParametersMax) return std::nullopt;
    if (!result.parameters.emplace(name, std::move(*value)).second) return std::nullopt;
    rest = trimmed(rest);
  }
  return result;
}

}  // namespace rollcall::http
