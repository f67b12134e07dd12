// Cookies in and out (RFC 6265).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <rollcall/accounts/sessions.hpp>
#include <rollcall/api/gatekeeper.hpp>
#include <rollcall/http/message.hpp>

namespace rollcall::api {

std::optional<std::string> cookie_value(const http::Request& request, std::string_view name);

void set_session_cookies(http::Response& response, const CookieSettings& settings,
                         const accounts::BrowserSession& session);
void clear_session_cookies(http::Response& response, const CookieSettings& settings);

// Lets this browser log in while others guess at the account.
inline constexpr std::string_view kKnownCookie = "rollcall-known";
void set_known_cookie(http::Response& response, const CookieSettings& settings, const std::string& value);

}  // namespace rollcall::api
