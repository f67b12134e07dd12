#include "kinds.hpp"

#include "parse.hpp"

#include <algorithm>
#include <array>
#include <sstream>

#include <arpa/inet.h>

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

// The numeric form of a loopback address, or nothing.
std::optional<std::string> numeric_loopback(std::string_view text) {
  const auto name = lower_case(text);
  if (name == "localhost") return "127.0.0.1";
  in_addr v4{};
  if (inet_pton(AF_INET, name.c_str(), &v4) == 1) {
    const bool is_loopback = (ntohl(v4.s_addr) >> 24U) == 127;
    return is_loopback ? std::optional(name) : std::nullopt;
  }
  in6_addr v6{};
  const bool is_loopback = inet_pton(AF_INET6, name.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
  return is_loopback ? std::optional<std::string>("::1") : std::nullopt;
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

Kind integer(int Settings::*member, Range<int> range) {
  return {"integer", "an integer from " + std::to_string(range.min) + " to " + std::to_string(range.max),
          [=](std::string_view value, Settings& settings) -> Wrong {
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

Kind loopback_address(std::string Settings::*member) {
  return {"address", "127.0.0.1 or another address of 127.0.0.0/8, ::1, localhost",
          [=](std::string_view value, Settings& settings) -> Wrong {
            const auto numeric = numeric_loopback(value);
            if (!numeric) {
              return "this version has no accounts yet, so it serves this machine only and binds to loopback";
            }
            settings.*member = *numeric;
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
            std::vector<std::string> result;
            while (!value.empty()) {
              const auto comma = std::min(value.find(','), value.size());
              const auto host = lower_case(trimmed(value.substr(0, comma)));
              value.remove_prefix(std::min(comma + 1, value.size()));
              if (!is_host(host)) return "an entry is not a host name (no scheme, user or path)";
              if (!std::ranges::count(result, host)) result.push_back(host);
            }
            settings.*member = std::move(result);
            return kRight;
          }};
}

}  // namespace rollcall::config
