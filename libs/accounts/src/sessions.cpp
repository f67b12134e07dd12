#include "rollcall/accounts/sessions.hpp"

#include <charconv>

#include <rollcall/core/log.hpp>
#include <rollcall/core/uuid.hpp>
#include <rollcall/crypto/base64url.hpp>
#include <rollcall/crypto/mac.hpp>

namespace rollcall::accounts {
namespace {

constexpr std::string_view kRefreshPrefix = "rt1.";
constexpr std::string_view kCookiePrefix = "bs1.";
constexpr std::chrono::minutes kTouchInterval{1};
constexpr int kRaceRetriesMax = 5;

core::Error refused(std::string_view reason, std::string message) {
  return {core::Errc::unauthenticated, reason, std::move(message)};
}

core::Error session_ended() {
  return refused("session_ended", "The session has ended: log in again.");
}

// "<session>.<counter>.<mac>"
struct Parsed {
  std::string session;
  std::int64_t counter = 0;
  std::string_view mac;
};

std::optional<Parsed> parse(std::string_view text, std::string_view prefix) {
  if (text.size() > 200 || !text.starts_with(prefix)) return std::nullopt;
  text.remove_prefix(prefix.size());
  const auto first = text.find('.');
  const auto second = text.find('.', first == text.npos ? first : first + 1);
  if (second == text.npos) return std::nullopt;
  Parsed parsed{.session = std::string(text.substr(0, first)), .mac = text.substr(second + 1)};
  const auto digits = text.substr(first + 1, second - first - 1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), parsed.counter);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return parsed;
}

}  // namespace

void Sessions::load() {
  for (const auto& session : parts_.store.list_live(parts_.clock.now())) parts_.roster.open(session);
}

std::string Sessions::mac(std::string_view purpose, const std::string& session, std::int64_t counter) const {
  const auto message = std::string(purpose) + "\n" + session + "\n" + std::to_string(counter);
  return crypto::base64url_encode(crypto::hmac_sha256(parts_.key, message));
}

std::chrono::seconds Sessions::idle_of(SubjectKind kind) const {
  return kind == SubjectKind::user ? parts_.policy.user_idle : parts_.policy.device_idle;
}

IssuedTokens Sessions::tokens_of(const Session& session) const {
  auto access = parts_.access_tokens.issue(
      {.session = session.id, .subject_kind = session.subject_kind, .subject = session.subject});
  return {.access_token = std::move(access.text),
          .refresh_token = std::string(kRefreshPrefix) + session.id + "." + std::to_string(session.counter) +
                           "." + mac("refresh", session.id, session.counter),
          .expires_at = access.expires_at,
          .session = session.id};
}

IssuedTokens Sessions::start(SubjectKind kind, const std::string& subject) {
  const auto now = parts_.clock.now();
  const auto absolute =
      kind == SubjectKind::user ? now + parts_.policy.user_absolute : core::TimePoint::max();
  const Session session{.id = core::make_uuid_v7(now),
                        .kind = SessionKind::tokens,
                        .subject_kind = kind,
                        .subject = subject,
                        .started_at = now,
                        .used_at = now,
                        .expires_at = std::min(now + idle_of(kind), absolute),
                        .ends_at = absolute};
  parts_.store.add(session);
  parts_.roster.open(session);
  return tokens_of(session);
}

BrowserSession Sessions::start_browser(const std::string& user) {
  const auto now = parts_.clock.now();
  const Session session{.id = core::make_uuid_v7(now),
                        .kind = SessionKind::browser,
                        .subject_kind = SubjectKind::user,
                        .subject = user,
                        .started_at = now,
                        .used_at = now,
                        .expires_at = now + parts_.policy.browser_idle,
                        .ends_at = now + parts_.policy.user_absolute};
  parts_.store.add(session);
  parts_.roster.open(session);
  return {.cookie = std::string(kCookiePrefix) + session.id + ".0." + mac("cookie", session.id, 0),
          .csrf_token = mac("csrf", session.id, 0),
          .session = session.id,
          .expires_at = session.expires_at};
}

core::Result<IssuedTokens> Sessions::refresh(std::string_view refresh_token) {
  const auto invalid = [] {
    return refused("refresh_token_invalid", "The refresh token is not valid: log in again.");
  };
  const auto parsed = parse(refresh_token, kRefreshPrefix);
  if (!parsed || !crypto::equal(parsed->mac, mac("refresh", parsed->session, parsed->counter)))
    return invalid();

  // Each round either decides or lost a race against another refresh of the same session.
  for (int round = 0; round < kRaceRetriesMax; ++round) {
    auto session = parts_.store.find(parsed->session);
    const auto now = parts_.clock.now();
    if (!session || session->kind != SessionKind::tokens) return invalid();
    if (session->revoked_at || now >= session->expires_at || now >= session->ends_at) return session_ended();
    if (!parts_.roster.find(session->id, now)) return session_ended();  // the subject may not act any more

    const auto behind = session->counter - parsed->counter;
    if (behind < 0) return invalid();
    if (behind == 0) {
      const auto expires_at = std::min(now + idle_of(session->subject_kind), session->ends_at);
      if (!parts_.store.advance(session->id, session->counter, now, expires_at)) continue;
      parts_.roster.extend(session->id, now, expires_at);
      ++session->counter;
      return tokens_of(*session);
    }
    if (behind == 1 || now - session->used_at <= parts_.policy.grace) return tokens_of(*session);
    core::log::warning("accounts", "a refresh token was used again; its session is ended",
                       {{"session", session->id}});
    end(session->id);
    parts_.on_reuse(*session);
    return refused("refresh_token_reused", "This refresh token was replaced long ago: log in again.");
  }
  return core::Error{core::Errc::overloaded, "refresh_contended", "Too many refreshes at once; try again."};
}

core::Result<Principal> Sessions::holder_of_token(std::string_view access_token) const {
  const auto claims = parts_.access_tokens.verify(access_token);
  if (!claims) return claims.error();
  auto found = parts_.roster.find(claims->session, parts_.clock.now());
  if (!found || found->session.kind != SessionKind::tokens || found->principal.id != claims->subject) {
    return session_ended();
  }
  return std::move(found->principal);
}

core::Result<CookieHolder> Sessions::holder_of_cookie(std::string_view cookie) const {
  const auto parsed = parse(cookie, kCookiePrefix);
  if (!parsed || parsed->counter != 0 || !crypto::equal(parsed->mac, mac("cookie", parsed->session, 0))) {
    return session_ended();
  }
  auto found = parts_.roster.find(parsed->session, parts_.clock.now());
  if (!found || found->session.kind != SessionKind::browser) return session_ended();
  return CookieHolder{std::move(found->principal), mac("csrf", parsed->session, 0)};
}

void Sessions::note_use(const Principal& principal) {
  const auto now = parts_.clock.now();
  const auto found = parts_.roster.find(principal.session, now);
  if (!found || found->session.kind != SessionKind::browser) return;
  if (now - found->session.used_at < kTouchInterval) return;
  const auto expires_at = std::min(now + parts_.policy.browser_idle, found->session.ends_at);
  parts_.roster.extend(principal.session, now, expires_at);
  parts_.store.touch(principal.session, now, expires_at);
}

void Sessions::end(const std::string& session) {
  parts_.roster.close(session);
  parts_.store.revoke(session, parts_.clock.now());
}

void Sessions::end_all(SubjectKind kind, const std::string& subject) {
  parts_.roster.dismiss(kind, subject);
  parts_.store.revoke_all(kind, subject, parts_.clock.now());
}

void Sessions::tidy() {
  const auto now = parts_.clock.now();
  parts_.roster.tidy(now);
  parts_.store.erase_ended(now - std::chrono::hours(24));
}

}  // namespace rollcall::accounts
