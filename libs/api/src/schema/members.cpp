#include "members.hpp"

namespace rollcall::api {
namespace {

// Escapes a member name for a JSON pointer (RFC 6901).
std::string pointer_step(std::string_view member) {
  std::string step = "/";
  for (const char c : member) {
    if (c == '~') {
      step += "~0";
    } else if (c == '/') {
      step += "~1";
    } else {
      step += c;
    }
  }
  return step;
}

bool has_member(const std::vector<Member>& members, std::string_view name) {
  return std::ranges::find(members, name, &Member::name) != members.end();
}

}  // namespace

void decode_members(const Json& json, const Place& place, const std::vector<Member>& members, void* out) {
  if (!json.is_object()) {
    place.fault({"wrong_type", "Expected an object."});
    return;
  }
  for (const auto& member : members) {
    const Place inner{place.pointer + pointer_step(member.name), place.errors};
    const auto found = json.find(member.name);
    if (found != json.end() && !found->is_null()) {
      ROLLCALL_ASSERT(member.decode != nullptr);
      member.decode(*found, inner, out);
    } else if (member.required) {
      inner.fault({"missing", "This member is required."});
    }
  }
  for (const auto& [name, value] : json.items()) {
    if (has_member(members, name)) continue;
    Place{place.pointer + pointer_step(name), place.errors}.fault(
        {"unknown_member", "There is no such member."});
  }
}

void decode_text_pairs(const TextPairs& pairs, const std::vector<Member>& members, FieldErrors& errors,
                       void* out) {
  std::vector<std::string_view> seen;
  for (const auto& [name, text] : pairs) {
    const Place place{name, errors};
    const auto member = std::ranges::find(members, name, &Member::name);
    if (member == members.end()) {
      place.fault({"unknown_parameter", "There is no such parameter."});
    } else if (std::ranges::find(seen, name) != seen.end()) {
      place.fault({"repeated", "This parameter may come once."});
    } else {
      ROLLCALL_ASSERT(member->decode_text != nullptr);
      member->decode_text(text, place, out);
      seen.push_back(member->name);
    }
  }
}

OrderedJson encode_members(const std::vector<Member>& members, const void* object) {
  auto json = OrderedJson::object();
  for (const auto& member : members) {
    ROLLCALL_ASSERT(member.encode != nullptr);
    json[std::string(member.name)] = member.encode(object);
  }
  return json;
}

OrderedJson SchemaRegistry::named(std::string_view name, const std::vector<Member>& members) {
  const std::string key(name);
  if (!components_.contains(key)) {
    components_[key] = nullptr;  // holds the place in the order
    auto properties = OrderedJson::object();
    auto required = OrderedJson::array();
    for (const auto& member : members) {
      auto property = member.schema(*this);
      if (!member.about.empty()) property["description"] = member.about;
      properties[std::string(member.name)] = std::move(property);
      if (member.required) required.push_back(member.name);
    }
    OrderedJson schema{{"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty()) schema["required"] = std::move(required);
    components_[key] = std::move(schema);
  }
  return {{"$ref", "#/components/schemas/" + key}};
}

OrderedJson SchemaRegistry::nullable(OrderedJson schema) {
  if (schema.contains("type") && !schema.contains("enum")) {
    schema["type"] = OrderedJson::array({schema["type"], "null"});
    return schema;
  }
  return {{"anyOf", OrderedJson::array({std::move(schema), {{"type", "null"}}})}};
}

OrderedJson SchemaRegistry::list_of(OrderedJson items) {
  return {{"type", "array"}, {"items", std::move(items)}};
}

}  // namespace rollcall::api
