#include "account_office.hpp"

#include "site_keys.hpp"

namespace rollcall::app {
namespace {

using std::chrono::duration_cast;
using std::chrono::seconds;

accounts::SessionPolicy session_policy(const config::Settings& settings) {
  return {.user_idle = duration_cast<seconds>(settings.refresh_ttl),
          .device_idle = duration_cast<seconds>(settings.device_refresh_ttl),
          .browser_idle = seconds(settings.session_cookie_age_s)};
}

accounts::Enrollment enrollment(config::DeviceEnrollment setting) {
  switch (setting) {
    case config::DeviceEnrollment::approval:
      return accounts::Enrollment::approval;
    case config::DeviceEnrollment::open:
      return accounts::Enrollment::open;
    case config::DeviceEnrollment::code:
      break;
  }
  return accounts::Enrollment::code;
}

api::GateSettings gate_settings(const config::Settings& settings) {
  return {.development = settings.app_env == config::AppEnv::development,
          .trusted_proxies = settings.trusted_proxies,
          .allowed_hosts = settings.allowed_hosts,
          .cors_allowed_origins = settings.cors_allowed_origins,
          .cookies = {.secure = settings.session_cookie_secure.value_or(true),
                      .csrf_secure = settings.csrf_cookie_secure.value_or(true),
                      .http_only = settings.session_cookie_httponly,
                      .strict = settings.session_cookie_samesite == config::SameSite::strict,
                      .age_s = settings.session_cookie_age_s,
                      .until_close = settings.session_expire_at_browser_close}};
}

// A token was used that had been replaced twice: two parties hold the same login.
accounts::AuditEntry reuse_entry(const accounts::Session& session, core::TimePoint now) {
  const auto* kind = session.subject_kind == accounts::SubjectKind::user ? "user:" : "device:";
  return {.at = now,
          .actor = kind + session.subject,
          .action = "refreshTokenReused",
          .target = "session:" + session.id,
          .request_id = {},
          .client_address = {}};
}

}  // namespace

AccountOffice::AccountOffice(const config::Settings& settings, storage::Database& database,
                             const core::Clock& clock, accounts::AuditTrail& audit)
    : key_(data_key(settings)),
      gate_settings_(gate_settings(settings)),
      user_store_(storage::make_user_store(database)),
      device_store_(storage::make_device_store(database)),
      session_store_(storage::make_session_store(database)),
      api_key_store_(storage::make_api_key_store(database)),
      access_tokens_({.signing_keys = jwt_signing_keys(settings),
                      .issuer = settings.jwt_issuer,
                      .ttl = duration_cast<seconds>(settings.access_ttl)},
                     clock),
      sessions_({.store = *session_store_,
                 .roster = roster_,
                 .access_tokens = access_tokens_,
                 .key = key_.derive("rollcall sessions v1"),
                 .clock = clock,
                 .policy = session_policy(settings),
                 .on_reuse =
                     [&audit, &clock](const accounts::Session& session) {
                       audit.record(reuse_entry(session, clock.now()));
                     }}),
      hasher_(key_.derive("rollcall password pepper v1")),
      login_guard_(clock),
      users_(
          {*user_store_, roster_, sessions_, hasher_, login_guard_, key_.derive("rollcall users v1"), clock}),
      devices_({*device_store_, roster_, sessions_, key_.derive("rollcall devices v1"), clock,
                enrollment(settings.device_enrollment)}),
      api_keys_({*api_key_store_, key_.derive("rollcall api keys v1"), clock}),
      requests_(clock, {settings.rate_limit_per_min}),
      logins_(clock, {settings.login_rate_limit_per_min}),
      gate_({sessions_, api_keys_, requests_, logins_, gate_settings_}) {
  users_.load();
  devices_.load();
  sessions_.load();
  api_keys_.load();
}

void AccountOffice::tidy() {
  sessions_.tidy();
  devices_.tidy();
}

}  // namespace rollcall::app
