#include "dotenv.hpp"

#include "parse.hpp"

#include <algorithm>
#include <optional>

namespace rollcall::config {
namespace {

bool is_name(std::string_view text) {
  const auto is_name_char = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !text.empty() && std::ranges::all_of(text, is_name_char);
}

// After a closing quote only a comment may follow.
bool is_rest_of_line(std::string_view rest) {
  rest = trimmed(rest);
  return rest.empty() || rest.front() == '#';
}

std::optional<std::string> single_quoted(std::string_view text) {
  const auto end = text.find('\'', 1);
  if (end == std::string_view::npos || !is_rest_of_line(text.substr(end + 1))) return std::nullopt;
  return std::string(text.substr(1, end - 1));
}

std::optional<std::string> double_quoted(std::string_view text) {
  std::string value;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') return is_rest_of_line(text.substr(i + 1)) ? std::optional(value) : std::nullopt;
    if (text[i] != '\\') {
      value += text[i];
      continue;
    }
    if (++i == text.size()) break;
    switch (text[i]) {
      case 'n':
        value += '\n';
        break;
      case 't':
        value += '\t';
        break;
      default:
        value += text[i];
    }
  }
  return std::nullopt;
}

std::optional<std::string> value_from(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('\'')) return single_quoted(text);
  if (text.starts_with('"')) return double_quoted(text);
  if (text.starts_with('#')) return "";
  auto comment = text.find(" #");
  comment = std::min(comment, text.find("\t#"));
  return std::string(trimmed(text.substr(0, comment)));
}

}  // namespace

Dotenv parse_dotenv(std::string_view text) {
  constexpr std::string_view kExport = "export ";
  Dotenv result;
  for (int number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.front() == '#') continue;
    if (line.starts_with(kExport)) line = trimmed(line.substr(kExport.size()));
    const auto equals = line.find('=');
    const auto name = trimmed(line.substr(0, equals));
    const auto value = equals == std::string_view::npos ? std::nullopt : value_from(line.substr(equals + 1));
    if (!value || !is_name(name)) {
      result.unreadable.push_back(number);
    } else {
      result.lines.push_back({number, std::string(name), *value});
    }
  }
  return result;
}

}  // namespace rollcall::config
