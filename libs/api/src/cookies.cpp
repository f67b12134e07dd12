#include "cookies.hpp"

namespace rollcall::api {
namespace {

std::string attributes(const CookieSettings& settings, bool secure) {
  return std::string("; Path=/; SameSite=") + (settings.strict ? "Strict" : "Lax") +
         (secure ? "; Secure" : "");
}

}  // namespace

std::optional<std::string> cookie_value(const http::Request& request, std::string_view name) {
  auto list = request.headers.get("Cookie").value_or("");
  while (!list.empty()) {
    const auto end = std::min(list.find(';'), list.size());
    auto pair = list.substr(0, end);
    list.remove_prefix(std::min(end + 1, list.size()));
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    const auto equals = pair.find('=');
    if (equals != pair.npos && pair.substr(0, equals) == name) return std::string(pair.substr(equals + 1));
  }
  return std::nullopt;
}

void set_session_cookies(http::Response& response, const CookieSettings& settings,
                         const accounts::BrowserSession& session) {
  const auto age = settings.until_close ? "" : "; Max-Age=" + std::to_string(settings.age_s);
  response.headers.add("Set-Cookie", settings.session_name() + "=" + session.cookie +
                                         attributes(settings, settings.secure) + age +
                                         (settings.http_only ? "; HttpOnly" : ""));
  // For scripts of our own pages, which send it back in a header.
  response.headers.add("Set-Cookie", settings.csrf_name() + "=" + session.csrf_token +
                                         attributes(settings, settings.csrf_secure) + age);
}

void clear_session_cookies(http::Response& response, const CookieSettings& settings) {
  response.headers.add("Set-Cookie",
                       settings.session_name() + "=" + attributes(settings, settings.secure) + "; Max-Age=0");
  response.headers.add(
      "Set-Cookie", settings.csrf_name() + "=" + attributes(settings, settings.csrf_secure) + "; Max-Age=0");
}

void set_known_cookie(http::Response& response, const CookieSettings& settings, const std::string& value) {
  response.headers.add("Set-Cookie", std::string(kKnownCookie) + "=" + value +
                                         attributes(settings, settings.secure) +
                                         "; HttpOnly; Max-Age=31536000");
}

}  // namespace rollcall::api
