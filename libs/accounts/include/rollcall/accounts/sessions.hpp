// Logins that last, and how each request proves that it belongs to one.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <rollcall/accounts/access_token.hpp>
#include <rollcall/accounts/ports/session_store.hpp>
#include <rollcall/accounts/principal.hpp>
#include <rollcall/accounts/roster.hpp>
#include <rollcall/core/clock.hpp>
#include <rollcall/core/result.hpp>
#include <rollcall/crypto/key.hpp>

namespace rollcall::accounts {

struct SessionPolicy {
  std::chrono::seconds user_idle{std::chrono::hours(24)};      // REFRESH_TTL
  std::chrono::seconds device_idle{std::chrono::hours(2160)};  // DEVICE_REFRESH_TTL
  std::chrono::seconds browser_idle{1800};                     // SESSION_COOKIE_AGE
  std::chrono::seconds user_absolute{std::chrono::hours(720)};
  // Parallel tabs refresh with the same token.
  std::chrono::seconds grace{10};
};

struct IssuedTokens {
  std::string access_token;
  std::string refresh_token;
  core::TimePoint expires_at;  // of the access token
  std::string session;
};

struct BrowserSession {
  std::string cookie;      // secret
  std::string csrf_token;  // sent back in a header with every change
  std::string session;
  core::TimePoint expires_at;
};

struct CookieHolder {
  Principal principal;
  std::string csrf_token;  // what the header must say
};

// Refresh tokens rotate: each use gives a new one. The one just before it still works, because an answer may
// be lost; an older one means that two parties hold the tokens, and ends the session (the pattern of gotrue).
//
// Thread safe.
class Sessions {
 public:
  struct Parts {
    SessionStore& store;
    Roster& roster;
    const AccessTokens& access_tokens;
    crypto::Key key;  // of refresh tokens, cookies and CSRF tokens
    const core::Clock& clock;
    SessionPolicy policy;
    // Told when a refresh token was used again after its successor's successor was made.
    std::function<void(const Session&)> on_reuse = [](const Session&) {};
  };

  explicit Sessions(Parts parts) : parts_(std::move(parts)) {}

  // Puts the live sessions of the store into the roster; once, before serving.
  void load();

  IssuedTokens start(SubjectKind kind, const std::string& subject);
  BrowserSession start_browser(const std::string& user);

  // Errors: unauthenticated "refresh_token_invalid", "session_ended", "refresh_token_reused".
  core::Result<IssuedTokens> refresh(std::string_view refresh_token);

  // From memory. Errors: unauthenticated "token_invalid", "token_expired", "session_ended".
  core::Result<Principal> holder_of_token(std::string_view access_token) const;
  // From memory. Errors: unauthenticated "session_ended".
  core::Result<CookieHolder> holder_of_cookie(std::string_view cookie) const;
  // Keeps a browser session alive; writes to the store once a minute at most.
  void note_use(const Principal& principal);

  // No effect on a session that is unknown or over.
  void end(const std::string& session);
  void end_all(SubjectKind kind, const std::string& subject);

  // Forgets what ended more than a day ago; call it now and then.
  void tidy();

 private:
  IssuedTokens tokens_of(const Session& session) const;
  std::string mac(std::string_view purpose, const std::string& session, std::int64_t counter) const;
  std::chrono::seconds idle_of(SubjectKind kind) const;

  const Parts parts_;
};

}  // namespace rollcall::accounts
