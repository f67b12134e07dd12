// The kinds of values an option can take. Each stores into one member of Settings.
#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <rollcall/config/option.hpp>

namespace rollcall::config {

template <class T>
struct Range {
  T min;
  T max;
};

Kind boolean(bool Settings::*member);
Kind optional_boolean(std::optional<bool> Settings::*member);
Kind integer(int Settings::*member, Range<int> range);
Kind optional_integer(std::optional<int> Settings::*member, Range<int> range);
Kind port(std::uint16_t Settings::*member);
Kind optional_number(std::optional<double> Settings::*member, Range<double> range);
Kind duration(std::chrono::milliseconds Settings::*member, Range<std::chrono::milliseconds> range);
Kind size(std::uint64_t Settings::*member, Range<std::uint64_t> range);
Kind text(std::string Settings::*member);
Kind folder(std::filesystem::path Settings::*member);
Kind optional_folder(std::optional<std::filesystem::path> Settings::*member);

// An IPv4 or IPv6 address or localhost; stores the numeric form.
Kind address(std::string Settings::*member);
// sqlite:///relative/path or sqlite:////absolute/path; "" stores an empty path.
Kind sqlite_url(std::filesystem::path Settings::*member);
// Comma-separated host names, optionally with a port.
Kind hosts(std::vector<std::string> Settings::*member);
// Comma-separated addresses, optionally with the length of a network prefix.
Kind networks(std::vector<std::string> Settings::*member);
// Comma-separated web origins: scheme, host and optional port.
Kind origins(std::vector<std::string> Settings::*member);

// 32 bytes as crypto::Key::parse reads them, or empty.
Kind key(std::string Settings::*member);
Kind keys(std::vector<std::string> Settings::*member);

template <class Enum>
struct Choice {
  std::string_view name;  // "" is the choice of an option that is not set
  Enum value;
};

namespace detail {

std::string allowed_names(const std::vector<std::string_view>& names);
std::string lower(std::string_view text);

}  // namespace detail

// One of a few words, in any case.
template <class Enum>
Kind choice(Enum Settings::*member, std::vector<Choice<Enum>> choices) {
  std::vector<std::string_view> names;
  for (const auto& each : choices) names.push_back(each.name);
  return {.type = "choice",
          .allowed = detail::allowed_names(names),
          .assign = [member, choices = std::move(choices)](std::string_view value,
                                                           Settings& settings) -> std::optional<std::string> {
            for (const auto& each : choices) {
              if (each.name != detail::lower(value)) continue;
              settings.*member = each.value;
              return std::nullopt;
            }
            return "";
          }};
}

}  // namespace rollcall::config
