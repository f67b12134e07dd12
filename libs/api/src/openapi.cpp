// The OpenAPI 3.1 document, from the same table as the routes.
#include "endpoint.hpp"
#include "rollcall/api/api.hpp"

#include <set>

namespace rollcall::api {
namespace {

struct ProblemDocument {
  static constexpr std::string_view kSchemaName = "Problem";
  std::string type;
  std::string title;
  std::int64_t status = 0;
  std::string detail;
  std::string reason;
  std::string request_id;
  static constexpr std::string_view about(std::string_view member) {
    if (member == "reason") return "A stable word for programs.";
    if (member == "detail") return "One sentence for people.";
    return "";
  }
};
BOOST_DESCRIBE_STRUCT(ProblemDocument, (), (type, title, status, detail, reason, request_id))

OrderedJson content_of(const std::vector<Content>& contents, SchemaRegistry& registry) {
  auto json = OrderedJson::object();
  for (const auto& content : contents) json[content.media_type] = {{"schema", content.schema(registry)}};
  return json;
}

// The {name} segments of a pattern.
std::vector<std::string> path_parameters(const std::string& pattern) {
  std::vector<std::string> names;
  for (std::size_t open = pattern.find('{'); open != std::string::npos; open = pattern.find('{', open + 1)) {
    names.push_back(pattern.substr(open + 1, pattern.find('}', open) - open - 1));
  }
  return names;
}

OrderedJson parameters_of(const Endpoint& endpoint, SchemaRegistry& registry) {
  auto list = OrderedJson::array();
  for (const auto& name : path_parameters(endpoint.pattern)) {
    list.push_back({{"name", name}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}});
  }
  for (const auto& parameter : endpoint.parameters) {
    OrderedJson json{{"name", parameter.name}, {"in", parameter.place}};
    if (!parameter.description.empty()) json["description"] = parameter.description;
    json["schema"] = parameter.schema(registry);
    list.push_back(std::move(json));
  }
  return list;
}

OrderedJson responses_of(const Endpoint& endpoint, SchemaRegistry& registry) {
  std::map<unsigned, OrderedJson> by_status;
  for (const auto& answer : endpoint.answers) {
    OrderedJson json{{"description", answer.description}};
    if (!answer.content.empty()) json["content"] = content_of(answer.content, registry);
    by_status[answer.status] = std::move(json);
  }
  std::set<unsigned> problems(endpoint.problems.begin(), endpoint.problems.end());
  problems.insert({400, 503});
  for (const auto status : problems) {
    auto& json = by_status[status];
    if (json.is_null()) json = {{"description", http::status_phrase(status)}};
    json["content"]["application/problem+json"] = {{"schema", registry.reference<ProblemDocument>()}};
  }
  auto responses = OrderedJson::object();
  for (auto& [status, json] : by_status) responses[std::to_string(status)] = std::move(json);
  return responses;
}

OrderedJson operation_of(const Endpoint& endpoint, SchemaRegistry& registry) {
  OrderedJson json{
      {"operationId", endpoint.operation_id}, {"tags", {endpoint.tag}}, {"summary", endpoint.summary}};
  if (!endpoint.description.empty()) json["description"] = endpoint.description;
  if (auto parameters = parameters_of(endpoint, registry); !parameters.empty()) {
    json["parameters"] = std::move(parameters);
  }
  if (!endpoint.request.empty()) {
    json["requestBody"] = {{"required", true}, {"content", content_of(endpoint.request, registry)}};
  }
  json["responses"] = responses_of(endpoint, registry);
  const auto* row =
      permissions().find(endpoint.permission.empty() ? endpoint.operation_id : endpoint.permission);
  if (row != nullptr && row->anyone == accounts::Anyone::yes) json["security"] = OrderedJson::array();
  return json;
}

std::string lower(std::string_view method) {
  std::string text(method);
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

}  // namespace

std::string openapi_document(const std::string& version) {
  SchemaRegistry registry;
  auto paths = OrderedJson::object();
  for (const auto& endpoint : all_endpoints()) {
    paths[endpoint.pattern][lower(http::to_text(endpoint.method))] = operation_of(endpoint, registry);
  }
  const OrderedJson document{
      {"openapi", "3.1.0"},
      {"info",
       {{"title", "Rollcall"},
        {"version", version},
        {"description", "Attendance by face recognition. Errors are application/problem+json (RFC 9457)."},
        {"license", {{"name", "MIT"}, {"identifier", "MIT"}}}}},
      {"servers", {{{"url", "/"}}}},
      {"paths", std::move(paths)},
      {"security",
       OrderedJson::array({{{"bearer", OrderedJson::array()}}, {{"cookie", OrderedJson::array()}}})},
      {"components",
       {{"securitySchemes",
         {{"bearer", {{"type", "http"}, {"scheme", "bearer"}}},
          {"cookie", {{"type", "apiKey"}, {"in", "cookie"}, {"name", CookieSettings{}.session_name()}}}}},
        {"schemas", registry.components()}}}};
  return document.dump(2) + "\n";
}

}  // namespace rollcall::api
