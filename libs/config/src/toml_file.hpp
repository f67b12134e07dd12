// A flat TOML file as text values, one per key.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::config {

struct TomlEntry {
  int line;
  std::string key;
  // Nothing for a kind of value that no option takes: a table, a date, an array of anything but text.
  std::optional<std::string> value;
};

struct TomlFile {
  std::vector<TomlEntry> entries;           // in the order of the file
  std::optional<std::string> syntax_error;  // with its line; then there are no entries
};

// An array of strings becomes a comma-separated list.
TomlFile parse_toml(std::string_view text);

}  // namespace rollcall::config
