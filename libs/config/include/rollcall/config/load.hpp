// From flags, environment, .env, TOML file and defaults (in this order of precedence) to Settings.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/system/result.hpp>

#include <rollcall/config/option.hpp>
#include <rollcall/config/settings.hpp>

namespace rollcall::config {

// Names are those of the environment variables (HTTP_PORT), in all maps.
using Values = std::map<std::string, std::string, std::less<>>;

enum class Presence { optional, required };

struct ConfigFile {
  std::filesystem::path path;
  Presence presence = Presence::optional;
};

struct Sources {
  Values flags = {};
  Values environment = {};
  std::optional<ConfigFile> dotenv = {};
  std::optional<ConfigFile> toml = {};
};

// One mistake of the operator.
struct Fault {
  std::string option;   // HTTP_PORT, or the unknown name, or the file
  std::string source;   // "environment", ".env line 3", "rollcall.toml", "--http-port"
  std::string value;    // safe to print: secrets and control characters are gone
  std::string problem;  // what is wrong and what is allowed
};

struct Faults {
  std::vector<Fault> all;
};

// Where a value came from; `value` is safe to print.
struct Effective {
  const Option* option;
  std::string value;
  std::string source;  // "default" when nobody set it
};

struct Configuration {
  Settings settings;
  std::vector<Effective> values;     // one per option, in table order
  std::vector<std::string> notices;  // variables that are understood but do nothing in this version
};

// Calling value() on faults is a bug.
[[noreturn]] void throw_exception_from_error(const Faults& faults, const boost::source_location& where);

// All faults at once, never only the first. An empty value counts as not set, whatever the source.
boost::system::result<Configuration, Faults> load(const Sources& sources,
                                                  std::span<const Option> table = options());

// The process environment as a map.
Values process_environment();

}  // namespace rollcall::config
