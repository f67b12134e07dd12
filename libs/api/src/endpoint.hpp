// An endpoint: its route, its handler and what the OpenAPI document says about it, in one value.
#pragma once

#include "schema/members.hpp"

#include <string>
#include <vector>

#include <rollcall/api/gatekeeper.hpp>
#include <rollcall/api/services.hpp>
#include <rollcall/http/json.hpp>
#include <rollcall/http/problem.hpp>
#include <rollcall/http/router.hpp>

namespace rollcall::api {

using Handler = http::Response (*)(Services&, const http::Request&);
// For who reaches only what is their own: the refusal, as if there were no such thing, or nothing.
using OwnershipCheck = std::optional<http::Response> (*)(Services&, const Caller&, const http::Request&);

struct Content {
  std::string media_type;
  OrderedJson (*schema)(SchemaRegistry&);
};

struct Answer {
  unsigned status = 200;
  std::string description;
  std::vector<Content> content = {};
};

struct Parameter {
  std::string name;
  std::string place;  // "query" or "header"; those of the path come from the pattern
  OrderedJson (*schema)(SchemaRegistry&);
  std::string description = {};
};

enum class BodySize { none, json, image, images };

struct Endpoint {
  http::Method method = http::Method::get;
  std::string pattern;
  Handler handler = nullptr;
  http::Pool pool = http::Pool::light;
  BodySize body_size = BodySize::none;

  std::string operation_id;
  std::string tag;
  std::string summary;
  std::string description = {};
  std::vector<Parameter> parameters = {};
  std::vector<Content> request = {};
  std::vector<Answer> answers = {};
  // Statuses answered with application/problem+json; 400 and 503 are added to all.
  std::vector<unsigned> problems = {};

  // Row of the permission table; the operation id if empty.
  std::string permission = {};
  // One of these two where the table says `own` to somebody.
  OwnershipCheck refuse_foreign = nullptr;
  bool narrows = false;  // the handler itself looks at the caller's reach
};

template <class T>
OrderedJson schema_of(SchemaRegistry& registry) {
  return registry.reference<T>();
}

inline OrderedJson binary_schema(SchemaRegistry&) {
  return OrderedJson::object();
}

template <class T>
Content json_content() {
  return {"application/json", &schema_of<T>};
}

// One optional query parameter for each member of a described struct.
template <Described Query>
std::vector<Parameter> query_parameters() {
  std::vector<Parameter> parameters;
  for (const auto& member : members_of<Query>()) {
    parameters.push_back({std::string(member.name), "query", member.schema, std::string(member.about)});
  }
  return parameters;
}

// All of them, in the order of the document.
const std::vector<Endpoint>& all_endpoints();

}  // namespace rollcall::api
