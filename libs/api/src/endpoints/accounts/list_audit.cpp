#include "views.hpp"

namespace rollcall::api::endpoints {
namespace {

struct AuditQueryParams {
  static constexpr std::string_view kSchemaName = "AuditQuery";
  std::optional<Text<1, 200>> actor;
  std::optional<Text<1, 100>> action;
  std::optional<Text<1, 300>> target;
  std::optional<Whole<1, 500>> limit;
  std::optional<Text<1, 1000>> cursor;
};
BOOST_DESCRIBE_STRUCT(AuditQueryParams, (), (actor, action, target, limit, cursor))

struct AuditView {
  static constexpr std::string_view kSchemaName = "AuditEntry";
  std::int64_t sequence = 0;
  Timestamp at;
  std::string actor;
  std::string action;
  std::string target;
  std::string request_id;
  std::string client_address;
};
BOOST_DESCRIBE_STRUCT(AuditView, (), (sequence, at, actor, action, target, request_id, client_address))

struct AuditPage {
  static constexpr std::string_view kSchemaName = "AuditPage";
  std::vector<AuditView> items;
  std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(AuditPage, (), (items, next_cursor))

http::Response handle(Services& services, const http::Request& request) {
  const auto params = read_query<AuditQueryParams>(request);
  if (!params) return params.error().response;
  accounts::AuditQuery query;
  if (params->actor) query.actor = params->actor->value;
  if (params->action) query.action = params->action->value;
  if (params->target) query.target = params->target->value;
  if (params->limit) query.limit = static_cast<int>(params->limit->value);
  if (params->cursor) query.cursor = params->cursor->value;
  const auto page = services.audit.list(query);
  if (!page) return http::problem(page.error());
  AuditPage view{.items = {}, .next_cursor = page->next_cursor};
  for (const auto& record : page->items) {
    view.items.push_back({.sequence = record.sequence,
                          .at = {record.entry.at},
                          .actor = record.entry.actor,
                          .action = record.entry.action,
                          .target = record.entry.target,
                          .request_id = record.entry.request_id,
                          .client_address = record.entry.client_address});
  }
  return http::json_response(200, encode(view));
}

}  // namespace

Endpoint list_audit() {
  return {.pattern = "/v1/audit",
          .handler = &handle,
          .operation_id = "listAudit",
          .tag = "accounts",
          .summary = "Who did what, newest first",
          .parameters = query_parameters<AuditQueryParams>(),
          .answers = {{200, "One page.", {json_content<AuditPage>()}}},
          .problems = {401, 403}};
}

}  // namespace rollcall::api::endpoints
