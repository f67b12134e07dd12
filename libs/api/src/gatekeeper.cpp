#include "rollcall/api/gatekeeper.hpp"

#include "cookies.hpp"
#include "permission_text.hpp"

#include <algorithm>
#include <array>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>

#include <rollcall/core/assert.hpp>
#include <rollcall/crypto/mac.hpp>
#include <rollcall/http/problem.hpp>

namespace rollcall::api {
namespace {

namespace ip = boost::asio::ip;
using accounts::Anyone;
using accounts::Reach;
using http::Method;
using http::Request;
using http::Response;

// "::ffff:192.0.2.1" is 192.0.2.1.
std::optional<ip::address> parse_address(std::string_view text) {
  boost::system::error_code bad;
  auto address = ip::make_address(std::string(text), bad);
  if (bad) return std::nullopt;
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    return ip::make_address_v4(ip::v4_mapped, address.to_v6());
  return address;
}

// One subscriber of an IPv6 network has a whole /64.
std::string subscriber_of(const std::string& text) {
  const auto address = parse_address(text);
  if (!address || address->is_v4()) return text;
  return ip::make_network_v6(address->to_v6(), 64).canonical().to_string();
}

std::string lower(std::string_view text) {
  std::string folded(text);
  std::ranges::transform(folded, folded.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return folded;
}

bool is_safe(Method method) {
  return method == Method::get || method == Method::head || method == Method::options;
}

// Guessing is what these are good for, so they have a smaller budget of their own.
bool is_login(std::string_view operation) {
  constexpr std::array<std::string_view, 5> kLogins{"setUp", "logIn", "refreshLogin", "registerDevice",
                                                    "pollDevice"};
  return std::ranges::count(kLogins, operation) > 0;
}

// Load balancers and browsers ask for these all the time.
bool is_unlimited(std::string_view operation) {
  constexpr std::array<std::string_view, 5> kUnlimited{"health", "healthV1", "ready", "staticFile",
                                                       "getOpenApi"};
  return std::ranges::count(kUnlimited, operation) > 0;
}

Response unauthenticated(const core::Error& error) {
  auto response = http::problem(error);
  response.headers.set("WWW-Authenticate", R"(Bearer realm="rollcall")");
  return response;
}

Response too_many(const accounts::RateLimiter& limiter, const accounts::RateLimiter::Answer& answer) {
  auto response = http::problem(429, {"rate_limited", "Too many requests: slow down."});
  response.headers.set("Retry-After", std::to_string(answer.retry_after.count()));
  response.headers.set("RateLimit-Limit", std::to_string(limiter.limit()));
  response.headers.set("RateLimit-Remaining", std::to_string(answer.remaining));
  response.headers.set("RateLimit-Reset", std::to_string(answer.retry_after.count()));
  return response;
}

// Every field of that name; `name` is in lower case.
std::vector<std::string_view> fields_of(const http::Headers& headers, std::string_view name) {
  std::vector<std::string_view> values;
  for (const auto& field : headers.fields()) {
    if (field.name.size() == name.size() && lower(field.name) == name) values.push_back(field.value);
  }
  return values;
}

std::string_view host_of(std::string_view authority) {
  // "[::1]:8081", "example.org:8081", "example.org"
  const auto colon = authority.rfind(':');
  const bool has_port = colon != authority.npos && authority.find(']', colon) == authority.npos;
  return has_port ? authority.substr(0, colon) : authority;
}

}  // namespace

struct Gatekeeper::Networks {
  std::vector<ip::network_v4> v4;
  std::vector<ip::network_v6> v6;

  explicit Networks(const std::vector<std::string>& texts) {
    for (const auto& text : texts) {
      const auto slash = text.find('/');
      const auto address = ip::make_address(text.substr(0, slash));
      const auto bits = slash == text.npos ? (address.is_v4() ? 32 : 128) : std::stoi(text.substr(slash + 1));
      if (address.is_v4()) {
        v4.push_back(ip::make_network_v4(address.to_v4(), static_cast<unsigned short>(bits)).canonical());
      } else {
        v6.push_back(ip::make_network_v6(address.to_v6(), static_cast<unsigned short>(bits)).canonical());
      }
    }
  }

  bool contain(const ip::address& address) const {
    if (address.is_v4()) {
      return std::ranges::any_of(v4, [&](const ip::network_v4& network) {
        return ip::make_network_v4(address.to_v4(), network.prefix_length()).canonical() == network;
      });
    }
    return std::ranges::any_of(v6, [&](const ip::network_v6& network) {
      return ip::make_network_v6(address.to_v6(), network.prefix_length()).canonical() == network;
    });
  }
};

const Caller& caller_of(const Request& request) {
  const auto* caller = std::any_cast<Caller>(&request.context);
  ROLLCALL_ASSERT(caller != nullptr);
  return *caller;
}

const accounts::PermissionTable& permissions() {
  static const auto table = [] {
    auto parsed = accounts::PermissionTable::parse(kPermissionText);
    ROLLCALL_ASSERT(parsed.has_value());
    return *std::move(parsed);
  }();
  return table;
}

Gatekeeper::Gatekeeper(Parts parts)
    : parts_(std::move(parts)), trusted_(std::make_unique<Networks>(parts_.settings.trusted_proxies)) {}

Gatekeeper::~Gatekeeper() = default;

// Walks X-Forwarded-For from the right, past proxies that we trust, to the first that we do not: everything
// further left could be the client's own invention.
std::string Gatekeeper::client_of(const Request& head) const {
  auto client = parse_address(head.client_address);
  if (!client) return head.client_address;
  std::string chain;
  for (const auto value : fields_of(head.headers, "x-forwarded-for")) {
    chain.append(chain.empty() ? "" : ",").append(value);
  }
  std::string_view left = chain;
  while (trusted_->contain(*client) && !left.empty()) {
    const auto comma = left.rfind(',');
    auto hop = comma == left.npos ? left : left.substr(comma + 1);
    left = comma == left.npos ? std::string_view() : left.substr(0, comma);
    while (hop.starts_with(' ')) hop.remove_prefix(1);
    while (hop.ends_with(' ')) hop.remove_suffix(1);
    const auto before = parse_address(hop);
    if (!before) break;
    client = before;
  }
  return client->to_string();
}

std::optional<Response> Gatekeeper::authenticate(const Request& head,
                                                 std::optional<accounts::Principal>& principal) const {
  if (fields_of(head.headers, "authorization").size() > 1) {
    return http::problem(400, {"two_authorizations", "Send one Authorization header."});
  }
  if (head.query.get("access_token") || head.query.get("token")) {
    return http::problem(400,
                         {"token_in_url", "Send the token in the Authorization header, never in a URL."});
  }
  if (const auto authorization = head.headers.get("Authorization")) {
    const auto space = authorization->find(' ');
    const auto scheme = lower(authorization->substr(0, space));
    if (scheme != "bearer" || space == authorization->npos) {
      return unauthenticated(
          {core::Errc::unauthenticated, "bad_authorization", "Send: Authorization: Bearer <token>."});
    }
    const auto token = authorization->substr(space + 1);
    auto found = accounts::ApiKeys::looks_like_one(token) ? parts_.api_keys.holder(token)
                                                          : parts_.sessions.holder_of_token(token);
    if (!found) return unauthenticated(found.error());
    principal = *std::move(found);
    return std::nullopt;
  }
  const auto cookie = cookie_value(head, parts_.settings.cookies.session_name());
  if (!cookie) return std::nullopt;
  auto holder = parts_.sessions.holder_of_cookie(*cookie);
  if (!holder) return std::nullopt;  // an old cookie is nobody
  if (!is_safe(head.method)) {
    if (auto refusal = cookie_refusal(head, holder->csrf_token)) return refusal;
  }
  principal = std::move(holder->principal);
  return std::nullopt;
}

// A browser sends the cookie whoever made the page: a change must also come from a page of ours, which alone
// can read the token.
std::optional<Response> Gatekeeper::cookie_refusal(const Request& head, const std::string& csrf_token) const {
  const auto site = head.headers.get("Sec-Fetch-Site");
  if (site && *site != "same-origin" && *site != "none") {
    return http::problem(403, {"cross_site", "This request comes from another site."});
  }
  if (const auto origin = head.headers.get("Origin")) {
    const auto scheme_end = origin->find("://");
    const auto authority = scheme_end == origin->npos ? std::string_view() : origin->substr(scheme_end + 3);
    if (authority.empty() || authority != head.headers.get("Host").value_or("")) {
      return http::problem(403, {"cross_site", "This request comes from another site."});
    }
  }
  if (!crypto::equal(head.headers.get("X-CSRF-Token").value_or(""), csrf_token)) {
    return http::problem(403, {"csrf_token_wrong", "Send the X-CSRF-Token of this session."});
  }
  return std::nullopt;
}

std::optional<Response> Gatekeeper::limit(const http::Route& route, const Caller& caller) {
  if (is_unlimited(route.name)) return std::nullopt;
  if (is_login(route.name)) {
    const auto answer = parts_.logins.take(caller.subscriber);
    if (!answer.allowed) return too_many(parts_.logins, answer);
  }
  // Many kiosks may share one address, so whoever is known is counted by name.
  const auto answer = parts_.requests.take(caller.principal ? caller.actor() : caller.subscriber);
  if (!answer.allowed) return too_many(parts_.requests, answer);
  return std::nullopt;
}

std::optional<Response> Gatekeeper::admit(const http::Route& route, Request& head) {
  const auto& settings = parts_.settings;
  if (!settings.allowed_hosts.empty()) {
    const auto host = lower(head.headers.get("Host").value_or(""));
    const auto names = [&](const std::string& allowed) {
      return allowed == host || allowed == host_of(host);
    };
    if (std::ranges::none_of(settings.allowed_hosts, names)) {
      return http::problem(400, {"host_not_allowed", "The server does not answer under this name."});
    }
  }
  Caller caller;
  caller.address = client_of(head);
  caller.subscriber = subscriber_of(caller.address);
  if (auto refusal = authenticate(head, caller.principal)) {
    // Who guesses tokens is counted as well.
    if (auto limited =
            limit(route, {.principal = {}, .address = caller.address, .subscriber = caller.subscriber}))
      return limited;
    return refusal;
  }
  if (auto refusal = limit(route, caller)) return refusal;

  const auto* permission = permissions().find(route.name);
  ROLLCALL_ASSERT(permission != nullptr);  // add_routes checks every route
  const bool anyone = permission->anyone == Anyone::yes ||
                      (permission->anyone == Anyone::in_development && settings.development);
  if (!anyone) {
    if (!caller.principal) {
      return unauthenticated({core::Errc::unauthenticated, "login_required", "Log in first."});
    }
    caller.reach = accounts::reach_of(*permission, *caller.principal);
    if (caller.reach == Reach::none) {
      return http::problem(403, {"not_permitted", "Your role does not permit this."});
    }
  }
  head.context = std::move(caller);
  return std::nullopt;
}

void Gatekeeper::amend(std::string_view origin, bool is_options, Response& response) {
  const auto& settings = parts_.settings;
  if (!settings.development) response.headers.set("Strict-Transport-Security", "max-age=31536000");
  response.headers.set("Cross-Origin-Opener-Policy", "same-origin");
  response.headers.set("Permissions-Policy", "camera=(self), microphone=(), geolocation=()");
  if (settings.cors_allowed_origins.empty()) return;
  response.headers.add("Vary", "Origin");
  if (std::ranges::count(settings.cors_allowed_origins, lower(origin)) == 0) return;
  response.headers.set("Access-Control-Allow-Origin", origin);
  response.headers.set("Access-Control-Expose-Headers", "X-Request-Id, Retry-After");
  response.headers.remove("Cross-Origin-Resource-Policy");
  response.headers.set("Cross-Origin-Resource-Policy", "cross-origin");
  if (!is_options) return;
  response.headers.set("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE");
  response.headers.set("Access-Control-Allow-Headers", "Authorization, Content-Type, Idempotency-Key");
  response.headers.set("Access-Control-Max-Age", "600");
}

}  // namespace rollcall::api
