// From a described struct to JSON, members in the order of declaration.
#pragma once

#include "shape.hpp"

namespace rollcall::api {

// An empty optional is null, so that an answer always has the same members.
template <class T>
OrderedJson encode(const T& value) {
  if constexpr (Described<T>) {
    auto object = OrderedJson::object();
    for_each_member<T>([&](auto member) { object[member.name] = encode(value.*member.pointer); });
    return object;
  } else if constexpr (is_optional<T>) {
    return value ? encode(*value) : OrderedJson(nullptr);
  } else if constexpr (is_list<T>) {
    auto list = OrderedJson::array();
    for (const auto& item : value) list.push_back(encode(item));
    return list;
  } else {
    return Scalar<T>::to_json(value);
  }
}

}  // namespace rollcall::api
