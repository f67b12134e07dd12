// JSON Schema (the 2020-12 dialect that OpenAPI 3.1 uses) of described structs.
#pragma once

#include "shape.hpp"

namespace rollcall::api {

// Named schemas that others refer to, in order of first use.
class SchemaRegistry {
 public:
  // {"$ref": "#/components/schemas/Person"}, or the schema itself where it has no name.
  template <class T>
  OrderedJson reference() {
    if constexpr (Described<T>) {
      const std::string name(T::kSchemaName);
      if (!components_.contains(name)) {
        components_[name] = nullptr;  // holds the place: a struct may refer to itself
        components_[name] = object_schema<T>();
      }
      return {{"$ref", "#/components/schemas/" + name}};
    } else if constexpr (is_optional<T>) {
      return nullable(reference<typename T::value_type>());
    } else if constexpr (is_list<T>) {
      return {{"type", "array"}, {"items", reference<typename T::value_type>()}};
    } else {
      return Scalar<T>::schema();
    }
  }

  const OrderedJson& components() const { return components_; }

 private:
  template <Described T>
  OrderedJson object_schema() {
    auto properties = OrderedJson::object();
    auto required = OrderedJson::array();
    for_each_member<T>([&](auto member) {
      using Type = MemberType<decltype(member), T>;
      auto property = reference<Type>();
      if constexpr (requires { T::about(member.name); }) {
        if (const std::string_view about = T::about(member.name); !about.empty()) property["description"] = about;
      }
      properties[member.name] = std::move(property);
      if (!is_optional<Type>) required.push_back(member.name);
    });
    OrderedJson schema{{"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty()) schema["required"] = std::move(required);
    schema["additionalProperties"] = false;
    return schema;
  }

  static OrderedJson nullable(OrderedJson schema) {
    if (schema.contains("type") && !schema.contains("enum")) {
      schema["type"] = OrderedJson::array({schema["type"], "null"});
      return schema;
    }
    return {{"anyOf", OrderedJson::array({std::move(schema), {{"type", "null"}}})}};
  }

  OrderedJson components_ = OrderedJson::object();
};

}  // namespace rollcall::api
