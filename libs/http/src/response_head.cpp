#include "response_head.hpp"

#include "ascii.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>

namespace rollcall::http {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kDefaults = {
    {{"X-Content-Type-Options", "nosniff"},
     {"X-Frame-Options", "DENY"},
     {"Referrer-Policy", "no-referrer"},
     {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"},
     {"Cross-Origin-Resource-Policy", "same-origin"},
     {"Cache-Control", "no-store"}}};

bool is_ours(std::string_view name) {
  constexpr std::array<std::string_view, 4> kOurs = {"content-length", "transfer-encoding", "connection",
                                                     "date"};
  return std::any_of(kOurs.begin(), kOurs.end(),
                     [&](std::string_view own) { return equal_ignoring_case(own, name); });
}

}  // namespace

void add_default_headers(Headers& headers) {
  for (const auto& [name, value] : kDefaults) {
    if (!headers.contains(name)) headers.add(name, value);
  }
}

std::string serialize_head(const Response& response, Persistence persistence, std::string_view date) {
  std::string head = "HTTP/1.1 " + std::to_string(response.status) + " ";
  const auto add = [&head](std::string_view name, std::string_view value) {
    head.append(name).append(": ").append(value).append("\r\n");
  };
  head.append(status_phrase(response.status)).append("\r\n");
  add("Date", date);
  add("Connection", persistence == Persistence::keep_alive ? "keep-alive" : "close");
  // These two have no content, whatever the handler put there.
  if (response.status != 204 && response.status != 304)
    add("Content-Length", std::to_string(response.body.size()));
  for (const auto& field : response.headers.fields()) {
    if (!is_ours(field.name)) add(field.name, field.value);
  }
  return head.append("\r\n");
}

std::string http_date(std::chrono::system_clock::time_point time) {
  constexpr std::array kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto seconds = std::chrono::system_clock::to_time_t(time);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                kDays.at(size_t(utc.tm_wday)), utc.tm_mday, kMonths.at(size_t(utc.tm_mon)),
                utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
  return text.data();
}

}  // namespace rollcall::http
