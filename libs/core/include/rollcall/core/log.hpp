// Structured logging: one event word and its fields per line, as JSON or as coloured text.
//
// Never put a photo, a template, a score of a named person, a token or a full URL into a field.
// Thread safety: everything here may be called from any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace rollcall::core::log {

enum class Level { debug, info, warning, error, critical };
enum class Format { text, json };

struct Settings {
  Level level = Level::info;
  Format format = Format::text;
  // Also writes DIR/rollcall.log, a new file each midnight (UTC), the last 30 kept.
  std::optional<std::filesystem::path> directory = {};
};

// "debug", "info", "warning", "error", "critical" in any case ("warn" and "fatal" too).
std::optional<Level> level_from(std::string_view name);

// Called once, before other threads exist. Without it lines of level info and above go to standard error as
// text.
void configure(const Settings& settings);

// A value of a field. Control characters are escaped on the way out, so a field cannot forge a line.
class Value {
 public:
  Value(std::string_view text)
      : value_(std::string(text)) {}  // NOLINT(google-explicit-constructor): fields read well
  Value(const std::string& text) : value_(text) {}
  Value(const char* text) : value_(std::string(text)) {}
  Value(bool flag) : value_(flag) {}
  Value(double number) : value_(number) {}
  template <class Integer>
  requires std::is_integral_v<Integer> Value(Integer number) : value_(static_cast<std::int64_t>(number)) {}

  const std::variant<std::string, bool, double, std::int64_t>& get() const { return value_; }

 private:
  std::variant<std::string, bool, double, std::int64_t> value_;
};

struct Field {
  std::string_view key;
  Value value;
};
using Fields = std::initializer_list<Field>;

// `module` is the library's name, `message` a fixed sentence; what varies goes into fields.
void write(Level level, std::string_view module, std::string_view message, Fields fields = {});

inline void debug(std::string_view module, std::string_view message, Fields fields = {}) {
  write(Level::debug, module, message, fields);
}
inline void info(std::string_view module, std::string_view message, Fields fields = {}) {
  write(Level::info, module, message, fields);
}
inline void warning(std::string_view module, std::string_view message, Fields fields = {}) {
  write(Level::warning, module, message, fields);
}
inline void error(std::string_view module, std::string_view message, Fields fields = {}) {
  write(Level::error, module, message, fields);
}

// The line without its end, as `write` would print it; for tests.
std::string format_line(Format format, Level level, std::string_view time, std::string_view module,
                        std::string_view message, Fields fields);

}  // namespace rollcall::core::log
