// Who comes in: authentication, permissions, limits and cross-site rules of every request, in one place.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <rollcall/accounts/api_keys.hpp>
#include <rollcall/accounts/permissions.hpp>
#include <rollcall/accounts/rate_limiter.hpp>
#include <rollcall/accounts/sessions.hpp>
#include <rollcall/http/gate.hpp>

namespace rollcall::api {

// What the gate tells the handlers.
struct Caller {
  std::optional<accounts::Principal> principal;  // nobody, where anyone may ask
  accounts::Reach reach = accounts::Reach::all;
  std::string address;     // of the client, through trusted proxies
  std::string subscriber;  // the address, or the /64 of an IPv6 one: what limits count by

  std::string actor() const { return principal ? principal->actor() : "anonymous"; }
};

// Of the request that the gate let in.
const Caller& caller_of(const http::Request& request);

struct CookieSettings {
  bool secure = false;  // "__Host-" names, HTTPS only
  bool csrf_secure = false;
  bool http_only = true;
  bool strict = false;      // SameSite=Strict instead of Lax
  int age_s = 1800;         // without use
  bool until_close = true;  // browsers forget it when they close

  std::string session_name() const { return secure ? "__Host-rollcall" : "rollcall"; }
  std::string csrf_name() const { return csrf_secure ? "__Host-rollcall-csrf" : "rollcall-csrf"; }
};

struct GateSettings {
  bool development = true;
  std::vector<std::string> trusted_proxies = {};  // addresses or networks
  std::vector<std::string> allowed_hosts = {};    // empty: any
  std::vector<std::string> cors_allowed_origins = {};
  CookieSettings cookies = {};
};

// The permission table that is part of the program.
const accounts::PermissionTable& permissions();

// Thread safe. Works from memory.
class Gatekeeper final : public http::Gate {
 public:
  struct Parts {
    accounts::Sessions& sessions;
    const accounts::ApiKeys& api_keys;
    accounts::RateLimiter& requests;
    accounts::RateLimiter& logins;
    GateSettings settings;
  };

  explicit Gatekeeper(Parts parts);
  ~Gatekeeper() override;

  std::optional<http::Response> admit(const http::Route& route, http::Request& head) override;
  void amend(std::string_view origin, bool is_options, http::Response& response) override;

 private:
  struct Networks;

  std::string client_of(const http::Request& head) const;
  // Who asks: a principal, nobody, or the refusal.
  std::optional<http::Response> authenticate(const http::Request& head,
                                             std::optional<accounts::Principal>& principal) const;
  std::optional<http::Response> cookie_refusal(const http::Request& head,
                                               const std::string& csrf_token) const;
  std::optional<http::Response> limit(const http::Route& route, const Caller& caller);

  const Parts parts_;
  const std::unique_ptr<const Networks> trusted_;
};

}  // namespace rollcall::api
