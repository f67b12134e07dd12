// What it costs to log in (much, on purpose) and to check a token (next to nothing).
#include <benchmark/benchmark.h>

#include <rollcall/accounts/access_token.hpp>
#include <rollcall/accounts/password.hpp>
#include <rollcall/accounts/permissions.hpp>
#include <rollcall/accounts/roster.hpp>

namespace rollcall::accounts {
namespace {

constexpr int kLiveSessions = 10'000;

void verify_password(benchmark::State& state) {
  crypto::start();
  PasswordHasher hasher(crypto::Key::random());
  const auto hash = hasher.hash("correct horse battery").value();
  for (auto _ : state) benchmark::DoNotOptimize(hasher.verify("correct horse battery", hash));
}
BENCHMARK(verify_password)->Unit(benchmark::kMillisecond);

// Signature, claims and the look-up of the session: what every request with a token pays.
void check_token(benchmark::State& state) {
  crypto::start();
  core::SystemClock clock;
  const AccessTokens tokens({.signing_keys = {"a key of more than thirty-two bytes"}}, clock);
  Roster roster;
  roster.admit(SubjectKind::user, "ada", Role::admin, {});
  for (int i = 0; i < kLiveSessions; ++i) {
    roster.open({.id = "session-" + std::to_string(i),
                 .subject = "ada",
                 .started_at = {},
                 .used_at = {},
                 .expires_at = core::TimePoint::max(),
                 .ends_at = core::TimePoint::max()});
  }
  const auto token = tokens.issue({.session = "session-77", .subject = "ada"}).text;
  for (auto _ : state) {
    const auto claims = tokens.verify(token);
    benchmark::DoNotOptimize(roster.find(claims->session, clock.now()));
  }
}
BENCHMARK(check_token)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace rollcall::accounts

BENCHMARK_MAIN();
