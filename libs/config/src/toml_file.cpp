#include "toml_file.hpp"

#include <algorithm>
#include <sstream>

#include <toml++/toml.h>

namespace rollcall::config {
namespace {

std::optional<std::string> joined(const toml::array& array) {
  std::string result;
  for (const auto& element : array) {
    const auto text = element.value_exact<std::string>();
    if (!text) return std::nullopt;
    if (!result.empty()) result += ',';
    result += *text;
  }
  return result;
}

std::optional<std::string> text_of(const toml::node& node) {
  if (const auto text = node.value_exact<std::string>()) return text;
  if (const auto number = node.value_exact<std::int64_t>()) return std::to_string(*number);
  if (const auto flag = node.value_exact<bool>()) return *flag ? "true" : "false";
  if (const auto number = node.value_exact<double>()) {
    std::ostringstream out;
    out.imbue(std::locale::classic());
    out << *number;
    return out.str();
  }
  if (const auto* array = node.as_array()) return joined(*array);
  return std::nullopt;
}

}  // namespace

TomlFile parse_toml(std::string_view text) {
  TomlFile file;
  try {
    const toml::table table = toml::parse(text);
    for (const auto& [key, node] : table) {
      file.entries.push_back(
          {static_cast<int>(node.source().begin.line), std::string(key.str()), text_of(node)});
    }
    std::ranges::sort(file.entries, {}, &TomlEntry::line);
  } catch (const toml::parse_error& error) {
    // Only where, not toml++'s text: that quotes the file.
    file.syntax_error = "is not TOML at line " + std::to_string(error.source().begin.line) + ", column " +
                        std::to_string(error.source().begin.column);
  }
  return file;
}

}  // namespace rollcall::config
