// The scalar member types: how each one is read from JSON, read from text, written, and described.
//
// What does not depend on the type is in scalar.cpp: every endpoint includes this.
#pragma once

#include "bounded.hpp"
#include "field_errors.hpp"

#include <optional>
#include <span>
#include <string>
#include <variant>

#include <boost/describe.hpp>
#include <nlohmann/json.hpp>

namespace rollcall::api {

using Json = nlohmann::json;
using OrderedJson = nlohmann::ordered_json;

// What is wrong with one value, without its place.
struct Wrong {
  std::string_view reason;
  std::string message;
};
using Complaint = std::optional<Wrong>;  // empty: nothing is wrong

// The text of a JSON string; nullptr for anything else.
const std::string* text_of(const Json& json);
Complaint check_text(std::string_view text, std::size_t min, std::size_t max);
Complaint read_whole(std::string_view text, std::int64_t min, std::int64_t max, std::int64_t& out);
Complaint read_whole(const Json& json, std::int64_t min, std::int64_t max, std::int64_t& out);
Complaint read_flag(std::string_view text, bool& out);
Complaint read_flag(const Json& json, bool& out);
Complaint read_time(std::string_view text, core::TimePoint& out);
Complaint unknown_value(std::span<const char* const> names);
Complaint expected_string();

OrderedJson write_time(core::TimePoint time);
// The shortest decimal that gives this float again: 0.61, not 0.6100000143051147.
OrderedJson write_float(float number);

OrderedJson text_schema(std::size_t min, std::size_t max);
OrderedJson whole_schema(std::int64_t min, std::int64_t max);
OrderedJson enum_schema(std::span<const char* const> names);
// {"type": type}, with a format unless it is empty.
OrderedJson plain_schema(const char* type, const char* format = "");

// Specialised for each scalar. Those of requests have read_text, and read_json where JSON does not carry them
// as a string; those of answers have `write`.
template <class T>
struct Scalar;

template <std::size_t Min, std::size_t Max>
struct Scalar<Text<Min, Max>> {
  static Complaint read_text(std::string_view text, Text<Min, Max>& out) {
    out.value = text;
    return check_text(text, Min, Max);
  }
  static OrderedJson schema() { return text_schema(Min, Max); }
};

template <std::int64_t Min, std::int64_t Max>
struct Scalar<Whole<Min, Max>> {
  static Complaint read_text(std::string_view text, Whole<Min, Max>& out) {
    return read_whole(text, Min, Max, out.value);
  }
  static Complaint read_json(const Json& json, Whole<Min, Max>& out) {
    return read_whole(json, Min, Max, out.value);
  }
  static OrderedJson schema() { return whole_schema(Min, Max); }
};

template <>
struct Scalar<Timestamp> {
  static Complaint read_text(std::string_view text, Timestamp& out) { return read_time(text, out.value); }
  static OrderedJson write(const Timestamp& time) { return write_time(time.value); }
  static OrderedJson schema() { return plain_schema("string", "date-time"); }
};

// A described enum travels as the name of its enumerator.
template <class E>
requires boost::describe::has_describe_enumerators<E>::value struct Scalar<E> {
  static std::span<const char* const> names() {
    static const auto all = [] {
      std::vector<const char*> found;
      boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
          [&](auto d) { found.push_back(d.name); });
      return found;
    }();
    return all;
  }
  static Complaint read_text(std::string_view text, E& out) {
    return boost::describe::enum_from_string(std::string(text).c_str(), out) ? Complaint{}
                                                                             : unknown_value(names());
  }
  static OrderedJson write(E value) { return boost::describe::enum_to_string(value, ""); }
  static OrderedJson schema() { return enum_schema(names()); }
};

template <>
struct Scalar<std::string> {
  static OrderedJson write(const std::string& text) { return text; }
  static OrderedJson schema() { return plain_schema("string"); }
};
template <>
struct Scalar<bool> {
  static Complaint read_text(std::string_view text, bool& out) { return read_flag(text, out); }
  static Complaint read_json(const Json& json, bool& out) { return read_flag(json, out); }
  static OrderedJson write(bool flag) { return flag; }
  static OrderedJson schema() { return plain_schema("boolean"); }
};
template <>
struct Scalar<std::int64_t> {
  static OrderedJson write(std::int64_t number) { return number; }
  static OrderedJson schema() { return plain_schema("integer", "int64"); }
};
template <>
struct Scalar<float> {
  static OrderedJson write(float number) { return write_float(number); }
  static OrderedJson schema() { return plain_schema("number", "float"); }
};

}  // namespace rollcall::api
