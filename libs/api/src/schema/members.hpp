// A described struct as a table of its members, so that the walk over them is compiled once for all structs.
#pragma once

#include "scalar.hpp"

#include <vector>

#include <rollcall/core/assert.hpp>

namespace rollcall::api {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
inline constexpr bool is_list = false;
template <class T>
inline constexpr bool is_list<std::vector<T>> = true;

// A request or response struct: BOOST_DESCRIBE_STRUCT, and `static constexpr std::string_view kSchemaName`. A
// static `about(member)` may describe members for the document.
template <class T>
concept Described = boost::describe::has_describe_members<T>::value && requires {
  T::kSchemaName;
};

class SchemaRegistry;

// Where a fault is: the path so far, and the list it goes to.
struct Place {
  std::string pointer;
  FieldErrors& errors;

  void fault(Wrong wrong) const { errors.all.push_back({pointer, wrong.reason, std::move(wrong.message)}); }
};

// One member; null functions are for what its type cannot do. The void pointers are to the struct.
struct Member {
  std::string_view name;
  std::string_view about;
  bool required = true;
  void (*decode)(const Json&, const Place&, void*) = nullptr;
  void (*decode_text)(std::string_view, const Place&, void*) = nullptr;  // optional scalars only
  OrderedJson (*encode)(const void*) = nullptr;
  OrderedJson (*schema)(SchemaRegistry&) = nullptr;
};

template <Described T>
const std::vector<Member>& members_of();

void decode_members(const Json& json, const Place& place, const std::vector<Member>& members, void* out);
using TextPairs = std::vector<std::pair<std::string, std::string>>;
// Query parameters and form fields, where every member is an optional scalar.
void decode_text_pairs(const TextPairs& pairs, const std::vector<Member>& members, FieldErrors& errors,
                       void* out);
OrderedJson encode_members(const std::vector<Member>& members, const void* object);

template <class T>
constexpr bool is_readable() {
  if constexpr (is_optional<T>) return is_readable<typename T::value_type>();
  return Described<T> || requires(T & out) {
    Scalar<T>::read_text(std::string_view{}, out);
  };
}

template <class T>
constexpr bool is_writable() {
  if constexpr (is_optional<T> || is_list<T>) return is_writable<typename T::value_type>();
  return Described<T> || requires(const T& value) {
    Scalar<T>::write(value);
  };
}

template <class T>
void decode_value(const Json& json, const Place& place, T& out) {
  if constexpr (is_optional<T>) {
    decode_value(json, place, out.emplace());
  } else if constexpr (Described<T>) {
    decode_members(json, place, members_of<T>(), &out);
  } else if constexpr (requires { Scalar<T>::read_json(json, out); }) {
    if (auto wrong = Scalar<T>::read_json(json, out)) place.fault(*std::move(wrong));
  } else if (const auto* text = text_of(json); text == nullptr) {
    place.fault(*expected_string());
  } else if (auto wrong = Scalar<T>::read_text(*text, out)) {
    place.fault(*std::move(wrong));
  }
}

template <class T>
OrderedJson encode_value(const T& value) {
  if constexpr (Described<T>) {
    return encode_members(members_of<T>(), &value);
  } else if constexpr (is_optional<T>) {
    // An empty optional is null, so that an answer always has the same members.
    return value ? encode_value(*value) : OrderedJson(nullptr);
  } else if constexpr (is_list<T>) {
    OrderedJson list = OrderedJson::array();
    for (const auto& item : value) list.push_back(encode_value(item));
    return list;
  } else {
    return Scalar<T>::write(value);
  }
}

// Named schemas that others refer to, in order of first use.
class SchemaRegistry {
 public:
  // {"$ref": "#/components/schemas/Person"}, or the schema itself where it has no name.
  template <class T>
  OrderedJson reference() {
    if constexpr (Described<T>) {
      return named(T::kSchemaName, members_of<T>());
    } else if constexpr (is_optional<T>) {
      return nullable(reference<typename T::value_type>());
    } else if constexpr (is_list<T>) {
      return list_of(reference<typename T::value_type>());
    } else {
      return Scalar<T>::schema();
    }
  }

  const OrderedJson& components() const { return components_; }

 private:
  OrderedJson named(std::string_view name, const std::vector<Member>& members);
  static OrderedJson nullable(OrderedJson schema);
  static OrderedJson list_of(OrderedJson items);

  OrderedJson components_ = OrderedJson::object();
};

template <Described T, auto pointer>
Member make_member(const char* name) {
  using Type = std::remove_cvref_t<decltype(std::declval<T&>().*pointer)>;
  Member member{.name = name, .required = !is_optional<Type>};
  if constexpr (requires { T::about(""); }) member.about = T::about(name);
  if constexpr (is_readable<Type>()) {
    member.decode = [](const Json& json, const Place& place, void* object) {
      decode_value(json, place, static_cast<T*>(object)->*pointer);
    };
  }
  if constexpr (is_optional<Type> && is_readable<Type>()) {
    if constexpr (!Described<typename Type::value_type>) {
      member.decode_text = [](std::string_view text, const Place& place, void* object) {
        auto& field = (static_cast<T*>(object)->*pointer).emplace();
        if (auto wrong = Scalar<typename Type::value_type>::read_text(text, field))
          place.fault(*std::move(wrong));
      };
    }
  }
  if constexpr (is_writable<Type>()) {
    member.encode = [](const void* object) { return encode_value(static_cast<const T*>(object)->*pointer); };
  }
  member.schema = [](SchemaRegistry& registry) { return registry.reference<Type>(); };
  return member;
}

template <Described T>
const std::vector<Member>& members_of() {
  static const std::vector<Member> members = [] {
    std::vector<Member> made;
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
        [&](auto d) { made.push_back(make_member<T, decltype(d)::pointer>(d.name)); });
    return made;
  }();
  return members;
}

// A struct, or every fault of the JSON at once. Absent and null optionals stay empty; members that T does not
// have are faults.
template <Described T>
Decoded<T> decode(const Json& json) {
  T value;
  FieldErrors errors;
  decode_members(json, {"", errors}, members_of<T>(), &value);
  if (!errors.all.empty()) return errors;
  return value;
}

template <Described T>
Decoded<T> decode_pairs(const TextPairs& pairs) {
  T value;
  FieldErrors errors;
  decode_text_pairs(pairs, members_of<T>(), errors, &value);
  if (!errors.all.empty()) return errors;
  return value;
}

// Members in the order of declaration.
template <Described T>
OrderedJson encode(const T& value) {
  return encode_members(members_of<T>(), &value);
}

}  // namespace rollcall::api
