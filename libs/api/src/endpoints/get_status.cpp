#include "../request.hpp"
#include "../views.hpp"
#include "list.hpp"

namespace rollcall::api::endpoints {
namespace {

struct Status {
  static constexpr std::string_view kSchemaName = "Status";
  std::string version;
  std::string environment;
  std::string pack;
  std::string model;
  bool demo_grade = false;
  std::int64_t people = 0;
  std::int64_t recognisable_people = 0;
  std::int64_t templates = 0;
  std::int64_t events = 0;
  Timestamp started_at;
  static constexpr std::string_view about(std::string_view member) {
    if (member == "demo_grade") return "The model pack is good for a look only, not for real attendance.";
    if (member == "recognisable_people") return "Active people with at least one active face.";
    return "";
  }
};
BOOST_DESCRIBE_STRUCT(Status, (),
                      (version, environment, pack, model, demo_grade, people, recognisable_people, templates,
                       events, started_at))

http::Response handle(Services& services, const http::Request&) {
  const auto& facts = services.facts;
  const auto size = services.index.size();
  return http::json_response(200, encode(Status{.version = facts.version,
                                                .environment = facts.environment,
                                                .pack = facts.pack,
                                                .model = facts.model,
                                                .demo_grade = facts.demo_grade,
                                                .people = services.people_store.count(),
                                                .recognisable_people = static_cast<std::int64_t>(size.people),
                                                .templates = static_cast<std::int64_t>(size.templates),
                                                .events = services.event_store.count(),
                                                .started_at = {facts.started_at}}));
}

}  // namespace

Endpoint get_status() {
  return {.pattern = "/v1/status",
          .handler = &handle,
          .operation_id = "getStatus",
          .tag = "operations",
          .summary = "What this server runs and holds",
          .answers = {{200, "The status.", {json_content<Status>()}}}};
}

}  // namespace rollcall::api::endpoints
