// The option table: everything that can be configured, declared once.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <rollcall/config/settings.hpp>

namespace rollcall::config {

// What values an option takes and where they go.
struct Kind {
  std::string type;     // "integer", "boolean", ... for the documentation
  std::string allowed;  // completes the sentence "allowed: ..."
  // Parses and stores one value. Returns nothing, or what is wrong with it beyond not being `allowed`; ""
  // when there is no more to say.
  std::function<std::optional<std::string>(std::string_view text, Settings& settings)> assign;
};

enum class Change { needs_restart, at_next_request };
enum class Secrecy { open, secret };

struct Option {
  std::string_view name;  // the environment variable
  std::string_view group;
  Kind kind;
  std::string_view default_text;  // parsed like any other value; "" means "not set"
  std::string_view help;
  std::vector<std::string_view> aliases = {};  // other names of the environment variable
  Change change = Change::needs_restart;
  Secrecy secrecy = Secrecy::open;
};

// In the order of the documentation. Immutable, lives forever.
std::span<const Option> options();

// HTTP_PORT -> "--http-port" and "http_port".
std::string flag_of(const Option& option);
std::string toml_key_of(const Option& option);

}  // namespace rollcall::config
