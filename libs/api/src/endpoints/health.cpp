#include "health.hpp"

#include "../request.hpp"
#include "list.hpp"

#include <rollcall/core/infra_error.hpp>
#include <rollcall/core/log.hpp>

namespace rollcall::api::endpoints {
namespace {

struct Check {
  static constexpr std::string_view kSchemaName = "Check";
  std::string name;
  bool ok = false;
};
BOOST_DESCRIBE_STRUCT(Check, (), (name, ok))

struct Readiness {
  static constexpr std::string_view kSchemaName = "Readiness";
  std::string status;
  std::vector<Check> checks;
};
BOOST_DESCRIBE_STRUCT(Readiness, (), (status, checks))

bool database_answers(const Services& services) {
  try {
    services.check_database();
    return true;
  } catch (const core::InfraError& error) {
    core::log::warning("api", "not ready", {{"check", "database"}, {"detail", error.what()}});
    return false;
  }
}

http::Response handle_ready(Services& services, const http::Request&) {
  const Readiness readiness{
      .status = "",
      .checks = {{"database", database_answers(services)}, {"accepting", services.accepting()}}};
  const bool ok = std::ranges::all_of(readiness.checks, &Check::ok);
  auto view = readiness;
  view.status = ok ? "ready" : "not_ready";
  return http::json_response(ok ? 200 : 503, encode(view));
}

Endpoint health_at(const std::string& pattern, const std::string& operation_id) {
  return {.pattern = pattern,
          .handler = [](Services&, const http::Request&) { return healthy(); },
          .operation_id = operation_id,
          .tag = "operations",
          .summary = "Is the process alive?",
          .description = "Asks nothing of the database: a restart would not help it.",
          .answers = {{200, "Alive.", {json_content<Health>()}}}};
}

}  // namespace

http::Response healthy() {
  return http::json_response(200, encode(Health{"ok"}));
}

Endpoint health() {
  return health_at("/healthz", "health");
}
Endpoint health_v1() {
  return health_at("/api/v1/health", "healthV1");
}

Endpoint ready() {
  return {.pattern = "/readyz",
          .handler = &handle_ready,
          .operation_id = "ready",
          .tag = "operations",
          .summary = "Can this server take requests?",
          .answers = {{200, "Ready.", {json_content<Readiness>()}},
                      {503, "Not ready; the checks say why.", {json_content<Readiness>()}}}};
}

}  // namespace rollcall::api::endpoints
