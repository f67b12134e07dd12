#include "kinds.hpp"

#include "parse.hpp"

#include <algorithm>
#include <array>
#include <sstream>

#include <arpa/inet.h>

#include <rollcall/crypto/key.hpp>

namespace rollcall::config {
namespace {

using Wrong = std::optional<std::string>;  // what Kind::assign returns
constexpr std::nullopt_t kRight = std::nullopt;

template <class T>
bool contains(const Range<T>& range, const T& value) {
  return range.min <= value && value <= range.max;
}

std::string plain(double value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

std::string plain(std::chrono::milliseconds value) {
  if (value.count() % 3'600'000 == 0 && value.count() > 0)
    return std::to_string(value.count() / 3'600'000) + "h";
  if (value.count() % 60'000 == 0 && value.count() > 0) return std::to_string(value.count() / 60'000) + "m";
  if (value.count() % 1'000 == 0) return std::to_string(value.count() / 1'000) + "s";
  return std::to_string(value.count()) + "ms";
}

std::string plain_size(std::uint64_t bytes) {
  if (bytes % 1'000'000'000 == 0) return std::to_string(bytes / 1'000'000'000) + "GB";
  if (bytes % 1'000'000 == 0) return std::to_string(bytes / 1'000'000) + "MB";
  if (bytes % 1'000 == 0) return std::to_string(bytes / 1'000) + "KB";
  return std::to_string(bytes);
}

// Bits of an address of this notation: 32, 128, or none.
std::optional<int> address_bits(const std::string& text) {
  in_addr v4{};
  if (inet_pton(AF_INET, text.c_str(), &v4) == 1) return 32;
  in6_addr v6{};
  if (inet_pton(AF_INET6, text.c_str(), &v6) == 1) return 128;
  return std::nullopt;
}

bool is_network(std::string_view text) {
  const auto slash = text.find('/');
  const auto bits = address_bits(std::string(text.substr(0, slash)));
  if (!bits || slash == std::string_view::npos) return bits.has_value();
  const auto length = parse_integer(text.substr(slash + 1));
  return length && contains<std::int64_t>({0, *bits}, *length);
}

// A DNS name or IPv4 address with an optional port; no scheme, path, user or wildcard.
bool is_host(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon != std::string_view::npos) {
    const auto number = parse_integer(text.substr(colon + 1));
    if (!number || *number < 1 || *number > 65535) return false;
    text = text.substr(0, colon);
  }
  const auto is_host_char = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  };
  return !text.empty() && text.size() <= 253 && std::ranges::all_of(text, is_host_char) &&
         text.front() != '.' && text.front() != '-' && text.find("..") == std::string_view::npos;
}

bool is_origin(std::string_view text) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (text.starts_with(scheme)) return is_host(text.substr(scheme.size()));
  }
  return false;
}

// Comma-separated entries, without repetitions. Returns whether all are `right`.
bool split(std::string_view text, bool (*right)(std::string_view), std::vector<std::string>& entries) {
  entries.clear();
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    const auto entry = lower_case(trimmed(text.substr(0, comma)));
    text.remove_prefix(std::min(comma + 1, text.size()));
    if (!right(entry)) return false;
    if (!std::ranges::count(entries, entry)) entries.push_back(entry);
  }
  return true;
}

}  // namespace

std::string detail::allowed_names(const std::vector<std::string_view>& names) {
  std::string result;
  for (const auto name : names) {
    if (!result.empty()) result += ", ";
    result += name.empty() ? "empty" : std::string(name);
  }
  return result;
}

std::string detail::lower(std::string_view text) {
  return lower_case(text);
}

Kind boolean(bool Settings::*member) {
  return {"boolean", "1, true, yes, on, 0, false, no, off",
          [=](std::string_view value, Settings& settings) -> Wrong {
            const auto parsed = parse_boolean(value);
            if (!parsed) return "";
            settings.*member = *parsed;
            return kRight;
          }};
}

Kind optional_boolean(std::optional<bool> Settings::*member) {
  return {"boolean", "1, true, yes, on, 0, false, no, off, or empty",
          [=](std::string_view value, Settings& settings) -> Wrong {
            settings.*member = parse_boolean(value);
            if (!value.empty() && !(settings.*member)) return "";
            return kRight;
          }};
}

Kind integer(int Settings::*member, Range<int> range) {
  return {"integer", "an integer from " + std::to_string(range.min) + " to " + std::to_string(range.max),
          [=](std::string_view value, Settings& settings) -> Wrong {
            const auto parsed = parse_integer(value);
            if (!parsed || !contains<std::int64_t>({range.min, range.max}, *parsed)) return "";
            settings.*member = static_cast<int>(*parsed);
            return kRight;
          }};
}

Kind optional_integer(std::optional<int> Settings::*member, Range<int> range) {
  return {"integer", "an integer from " + std::to_string(range.min) + " to " + std::to_string(range.max),
          [=](std::string_view value, Settings& settings) -> Wrong {
            settings.*member = std::nullopt;
            if (value.empty()) return kRight;
            const auto parsed = parse_integer(value);
            if (!parsed || !contains<std::int64_t>({range.min, range.max}, *parsed)) return "";
            settings.*member = static_cast<int>(*parsed);
            return kRight;
          }};
}

Kind port(std::uint16_t Settings::*member) {
  return {"integer", "a port from 1 to 65535, or 0 for any free one",
          [=](std::string_view value, Settings& settings) -> Wrong {
            const auto parsed = parse_integer(value);
            if (!parsed || !contains<std::int64_t>({0, 65535}, *parsed)) return "";
            settings.*member = static_cast<std::uint16_t>(*parsed);
            return kRight;
          }};
}

Kind optional_number(std::optional<double> Settings::*member, Range<double> range) {
  return {"number", "a number from " + plain(range.min) + " to " + plain(range.max),
          [=](std::string_view value, Settings& settings) -> Wrong {
            if (value.empty()) {
              settings.*member = std::nullopt;
              return kRight;
            }
            const auto parsed = parse_number(value);
            if (!parsed || !contains(range, *parsed)) return "";
            settings.*member = *parsed;
            return kRight;
          }};
}

Kind duration(std::chrono::milliseconds Settings::*member, Range<std::chrono::milliseconds> range) {
  return {"duration",
          "an integer with ms, s, m, h or d, from " + plain(range.min) + " to " + plain(range.max),
          [=](std::string_view value, Settings& settings) -> Wrong {
            const auto parsed = parse_duration(value);
            if (!parsed || !contains(range, *parsed)) return "";
            settings.*member = *parsed;
            return kRight;
          }};
}

Kind size(std::uint64_t Settings::*member, Range<std::uint64_t> range) {
  return {"size",
          "bytes, or an integer with KB, MB, GB, KiB, MiB or GiB, from " + plain_size(range.min) + " to " +
              plain_size(range.max),
          [=](std::string_view value, Settings& settings) -> Wrong {
            const auto parsed = parse_size(value);
            if (!parsed || !contains(range, *parsed)) return "";
            settings.*member = *parsed;
            return kRight;
          }};
}

Kind text(std::string Settings::*member) {
  return {"text", "any text", [=](std::string_view value, Settings& settings) -> Wrong {
            settings.*member = std::string(value);
            return kRight;
          }};
}

Kind folder(std::filesystem::path Settings::*member) {
  return {"path", "a folder", [=](std::string_view value, Settings& settings) -> Wrong {
            settings.*member = std::filesystem::path(value);
            return kRight;
          }};
}

Kind optional_folder(std::optional<std::filesystem::path> Settings::*member) {
  return {"path", "a folder", [=](std::string_view value, Settings& settings) -> Wrong {
            settings.*member = value.empty() ? std::nullopt : std::optional(std::filesystem::path(value));
            return kRight;
          }};
}

Kind address(std::string Settings::*member) {
  return {"address", "an IPv4 or IPv6 address, or localhost",
          [=](std::string_view value, Settings& settings) -> Wrong {
            const auto name = lower_case(value);
            if (name != "localhost" && !address_bits(name)) return "";
            settings.*member = name == "localhost" ? "127.0.0.1" : name;
            return kRight;
          }};
}

Kind sqlite_url(std::filesystem::path Settings::*member) {
  constexpr std::string_view kScheme = "sqlite:///";
  return {"URL", "sqlite:///relative/path or sqlite:////absolute/path",
          [=](std::string_view value, Settings& settings) -> Wrong {
            if (value.empty()) {
              settings.*member = std::filesystem::path{};
              return kRight;
            }
            if (value.starts_with("postgres")) return "this version cannot use PostgreSQL yet";
            const auto path = value.starts_with(kScheme) ? value.substr(kScheme.size()) : std::string_view{};
            if (path.empty() || path.ends_with('/') || path.find_first_of("?#") != std::string_view::npos)
              return "";
            settings.*member = std::filesystem::path(path);
            return kRight;
          }};
}

Kind hosts(std::vector<std::string> Settings::*member) {
  return {"list", "host names separated by commas, each with an optional :port",
          [=](std::string_view value, Settings& settings) -> Wrong {
            if (split(value, &is_host, settings.*member)) return kRight;
            return "an entry is not a host name (no scheme, user or path)";
          }};
}

Kind networks(std::vector<std::string> Settings::*member) {
  return {"list", "addresses separated by commas, each with an optional /prefix, such as 10.0.0.0/8",
          [=](std::string_view value, Settings& settings) -> Wrong {
            if (split(value, &is_network, settings.*member)) return kRight;
            return "an entry is not an address";
          }};
}

Kind origins(std::vector<std::string> Settings::*member) {
  return {"list", "origins separated by commas, such as https://hr.example.org",
          [=](std::string_view value, Settings& settings) -> Wrong {
            if (split(value, &is_origin, settings.*member)) return kRight;
            return "an entry is not an origin (scheme and host, no path, no wildcard)";
          }};
}

Kind key(std::string Settings::*member) {
  return {"key", "32 bytes in base64 or hexadecimal (openssl rand -base64 32)",
          [=](std::string_view value, Settings& settings) -> Wrong {
            if (!value.empty() && !crypto::Key::parse(value)) return "";
            settings.*member = std::string(value);
            return kRight;
          }};
}

Kind keys(std::vector<std::string> Settings::*member) {
  return {"keys", "keys of 32 bytes in base64 or hexadecimal, separated by commas",
          [=](std::string_view value, Settings& settings) -> Wrong {
            (settings.*member).clear();
            while (!value.empty()) {
              const auto comma = std::min(value.find(','), value.size());
              const auto entry = trimmed(value.substr(0, comma));
              value.remove_prefix(std::min(comma + 1, value.size()));
              if (!crypto::Key::parse(entry)) return "an entry is not a key";
              (settings.*member).emplace_back(entry);
            }
            return kRight;
          }};
}

}  // namespace rollcall::config
