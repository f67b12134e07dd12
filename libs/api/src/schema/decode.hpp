// From JSON or a query string to a described struct, or to every fault at once.
#pragma once

#include <set>

#include <rollcall/http/message.hpp>

#include "shape.hpp"

namespace rollcall::api {

// Escapes a member name for a JSON pointer (RFC 6901).
std::string pointer_step(std::string_view member);

template <class T>
void decode_value(const Json& json, const std::string& pointer, T& out, FieldErrors& errors);

// Absent and null optionals stay empty; other members must be there; members that T does not have are faults.
template <Described T>
void decode_object(const Json& json, const std::string& pointer, T& out, FieldErrors& errors) {
  if (!json.is_object()) {
    errors.all.push_back({pointer, "wrong_type", "Expected an object."});
    return;
  }
  std::set<std::string, std::less<>> known;
  for_each_member<T>([&](auto member) {
    known.insert(member.name);
    auto& field = out.*member.pointer;
    const auto place = pointer + pointer_step(member.name);
    const auto found = json.find(member.name);
    const bool absent = found == json.end() || found->is_null();
    if constexpr (is_optional<std::remove_cvref_t<decltype(field)>>) {
      if (!absent) decode_value(*found, place, field.emplace(), errors);
    } else if (absent) {
      errors.all.push_back({place, "missing", "This member is required."});
    } else {
      decode_value(*found, place, field, errors);
    }
  });
  for (const auto& [name, value] : json.items()) {
    if (!known.contains(name)) {
      errors.all.push_back({pointer + pointer_step(name), "unknown_member", "There is no such member."});
    }
  }
}

template <class T>
void decode_value(const Json& json, const std::string& pointer, T& out, FieldErrors& errors) {
  if constexpr (Described<T>) {
    decode_object(json, pointer, out, errors);
  } else {
    auto read = Scalar<T>::from_json(json);
    if (auto* wrong = std::get_if<Wrong>(&read)) {
      errors.all.push_back({pointer, wrong->reason, std::move(wrong->message)});
    } else {
      out = std::get<T>(std::move(read));
    }
  }
}

template <Described T>
Decoded<T> decode(const Json& json) {
  T value;
  FieldErrors errors;
  decode_object(json, "", value, errors);
  if (!errors.all.empty()) return errors;
  return value;
}

// The same for text pairs, where every member is an optional scalar: query parameters and form fields.
template <Described T>
Decoded<T> decode_pairs(const std::vector<std::pair<std::string, std::string>>& pairs) {
  T value;
  FieldErrors errors;
  std::set<std::string, std::less<>> seen;
  for (const auto& [name, text] : pairs) {
    if (!seen.insert(name).second) {
      errors.all.push_back({name, "repeated", "This parameter may come once."});
      continue;
    }
    bool known = false;
    for_each_member<T>([&](auto member) {
      if (name != member.name) return;
      known = true;
      auto& field = value.*member.pointer;
      using Item = typename std::remove_cvref_t<decltype(field)>::value_type;
      auto read = Scalar<Item>::from_text(text);
      if (auto* wrong = std::get_if<Wrong>(&read)) {
        errors.all.push_back({name, wrong->reason, std::move(wrong->message)});
      } else {
        field = std::get<Item>(std::move(read));
      }
    });
    if (!known) errors.all.push_back({name, "unknown_parameter", "There is no such parameter."});
  }
  if (!errors.all.empty()) return errors;
  return value;
}

}  // namespace rollcall::api
