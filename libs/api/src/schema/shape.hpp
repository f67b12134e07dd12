// What the members of a described struct may be: scalars, optionals, lists and other described structs.
#pragma once

#include <optional>
#include <vector>

#include "scalar.hpp"

namespace rollcall::api {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
inline constexpr bool is_list = false;
template <class T>
inline constexpr bool is_list<std::vector<T>> = true;

// A request or response struct: BOOST_DESCRIBE_STRUCT, and `static constexpr std::string_view kSchemaName`.
template <class T>
concept Described = boost::describe::has_describe_members<T>::value && requires { T::kSchemaName; };

// `visit` is called with each member's descriptor: .name and .pointer.
template <Described T, class Visit>
void for_each_member(Visit visit) {
  boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(visit);
}

template <class Descriptor, class T>
using MemberType = std::remove_cvref_t<decltype(std::declval<T&>().*Descriptor::pointer)>;

}  // namespace rollcall::api
