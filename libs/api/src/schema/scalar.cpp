#include "scalar.hpp"

#include <charconv>

#include <rollcall/core/time_format.hpp>
#include <rollcall/core/utf8.hpp>

namespace rollcall::api {
namespace {

// Characters of valid UTF-8.
std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool has_control_character(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

Complaint check_range(std::int64_t number, std::int64_t min, std::int64_t max) {
  if (number >= min && number <= max) return {};
  return Wrong{"out_of_range", "Expected " + std::to_string(min) + " to " + std::to_string(max) + "."};
}

}  // namespace

const std::string* text_of(const Json& json) {
  return json.get_ptr<const std::string*>();
}

Complaint check_text(std::string_view text, std::size_t min, std::size_t max) {
  if (!core::is_utf8(text)) return Wrong{"not_utf8", "Expected UTF-8."};
  const auto characters = count_characters(text);
  if (characters > max) return Wrong{"too_long", "At most " + std::to_string(max) + " characters."};
  if (characters < min) return Wrong{"too_short", "At least " + std::to_string(min) + " character(s)."};
  if (has_control_character(text)) return Wrong{"control_character", "No control characters."};
  if (min > 0 && text.find_first_not_of(' ') == std::string_view::npos)
    return Wrong{"blank", "Not only spaces."};
  return {};
}

Complaint read_whole(std::string_view text, std::int64_t min, std::int64_t max, std::int64_t& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error == std::errc::result_out_of_range) return check_range(min - 1, min, max);
  if (error != std::errc{} || end != text.data() + text.size())
    return Wrong{"wrong_type", "Expected a whole number."};
  return check_range(out, min, max);
}

Complaint read_whole(const Json& json, std::int64_t min, std::int64_t max, std::int64_t& out) {
  if (!json.is_number_integer()) return Wrong{"wrong_type", "Expected a whole number."};
  if (json.is_number_unsigned() && json.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX)) {
    return check_range(min - 1, min, max);
  }
  out = json.get<std::int64_t>();
  return check_range(out, min, max);
}

Complaint read_flag(std::string_view text, bool& out) {
  if (text != "true" && text != "false") return Wrong{"not_a_flag", "Must be true or false."};
  out = text == "true";
  return {};
}

Complaint read_flag(const Json& json, bool& out) {
  if (!json.is_boolean()) return Wrong{"not_a_flag", "Must be true or false."};
  out = json.get<bool>();
  return {};
}

Complaint read_time(std::string_view text, core::TimePoint& out) {
  const auto time = core::parse_rfc3339(text);
  if (!time) return Wrong{time.error().reason, time.error().message};
  out = *time;
  return {};
}

Complaint unknown_value(std::span<const char* const> names) {
  std::string allowed;
  for (const auto* name : names) allowed.append(allowed.empty() ? "" : ", ").append(name);
  return Wrong{"unknown_value", "Expected one of: " + allowed + "."};
}

Complaint expected_string() {
  return Wrong{"wrong_type", "Expected a string."};
}

OrderedJson write_time(core::TimePoint time) {
  return core::to_rfc3339(time);
}

OrderedJson write_float(float number) {
  std::array<char, 32> text{};
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), number);
  double same = 0;
  std::from_chars(text.data(), end, same);
  return same;
}

OrderedJson text_schema(std::size_t min, std::size_t max) {
  return {{"type", "string"}, {"minLength", min}, {"maxLength", max}};
}

OrderedJson whole_schema(std::int64_t min, std::int64_t max) {
  return {{"type", "integer"}, {"minimum", min}, {"maximum", max}};
}

OrderedJson enum_schema(std::span<const char* const> names) {
  return {{"type", "string"}, {"enum", std::vector<std::string>(names.begin(), names.end())}};
}

OrderedJson plain_schema(const char* type, const char* format) {
  OrderedJson schema{{"type", type}};
  if (*format != '\0') schema["format"] = format;
  return schema;
}

}  // namespace rollcall::api
