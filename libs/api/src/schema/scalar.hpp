// The scalar member types: how each one is read from JSON, read from a query string, written, and described.
#pragma once

#include <boost/describe.hpp>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

#include <rollcall/core/time_format.hpp>

#include "bounded.hpp"
#include "field_errors.hpp"

namespace rollcall::api {

using Json = nlohmann::json;
using OrderedJson = nlohmann::ordered_json;

// What is wrong with one value, without its place.
struct Wrong {
  std::string_view reason;
  std::string message;
};
template <class T>
using Read = std::variant<T, Wrong>;

// Specialised for each scalar: from_json, from_text, to_json, schema.
template <class T>
struct Scalar;

// Characters of UTF-8 text; the JSON and query parsers have made sure that it is valid.
inline std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

inline bool has_control_character(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

template <std::size_t Min, std::size_t Max>
struct Scalar<Text<Min, Max>> {
  static Read<Text<Min, Max>> from_text(std::string_view text) {
    const auto characters = count_characters(text);
    if (characters > Max) return Wrong{"too_long", "At most " + std::to_string(Max) + " characters."};
    if (characters < Min) return Wrong{"too_short", "At least " + std::to_string(Min) + " character(s)."};
    if (has_control_character(text)) return Wrong{"control_character", "No control characters."};
    if (Min > 0 && text.find_first_not_of(' ') == std::string_view::npos) {
      return Wrong{"blank", "Not only spaces."};
    }
    return Text<Min, Max>{std::string(text)};
  }
  static Read<Text<Min, Max>> from_json(const Json& json) {
    if (!json.is_string()) return Wrong{"wrong_type", "Expected a string."};
    return from_text(json.get_ref<const std::string&>());
  }
  static OrderedJson schema() { return {{"type", "string"}, {"minLength", Min}, {"maxLength", Max}}; }
};

template <std::int64_t Min, std::int64_t Max>
struct Scalar<Whole<Min, Max>> {
  static Wrong out_of_range() {
    return {"out_of_range", "Expected " + std::to_string(Min) + " to " + std::to_string(Max) + "."};
  }
  static Read<Whole<Min, Max>> within(std::int64_t number) {
    if (number < Min || number > Max) return out_of_range();
    return Whole<Min, Max>{number};
  }
  static Read<Whole<Min, Max>> from_text(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc::result_out_of_range) return out_of_range();
    if (error != std::errc{} || end != text.data() + text.size()) {
      return Wrong{"wrong_type", "Expected a whole number."};
    }
    return within(number);
  }
  static Read<Whole<Min, Max>> from_json(const Json& json) {
    if (json.is_number_unsigned() && json.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX)) {
      return out_of_range();
    }
    if (!json.is_number_integer()) return Wrong{"wrong_type", "Expected a whole number."};
    return within(json.get<std::int64_t>());
  }
  static OrderedJson schema() { return {{"type", "integer"}, {"minimum", Min}, {"maximum", Max}}; }
};

template <>
struct Scalar<Timestamp> {
  static Read<Timestamp> from_text(std::string_view text) {
    const auto time = core::parse_rfc3339(text);
    if (!time) return Wrong{time.error().reason, time.error().message};
    return Timestamp{*time};
  }
  static Read<Timestamp> from_json(const Json& json) {
    if (!json.is_string()) return Wrong{"wrong_type", "Expected a string."};
    return from_text(json.get_ref<const std::string&>());
  }
  static OrderedJson to_json(const Timestamp& time) { return core::to_rfc3339(time.value); }
  static OrderedJson schema() { return {{"type", "string"}, {"format", "date-time"}}; }
};

// A described enum travels as the name of its enumerator.
template <class E>
  requires boost::describe::has_describe_enumerators<E>::value
struct Scalar<E> {
  static std::vector<std::string> names() {
    std::vector<std::string> all;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) { all.emplace_back(d.name); });
    return all;
  }
  static Read<E> from_text(std::string_view text) {
    std::optional<E> found;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
      if (text == d.name) found = d.value;
    });
    if (found) return *found;
    std::string allowed;
    for (const auto& name : names()) allowed += (allowed.empty() ? "" : ", ") + name;
    return Wrong{"unknown_value", "Expected one of: " + allowed + "."};
  }
  static Read<E> from_json(const Json& json) {
    if (!json.is_string()) return Wrong{"wrong_type", "Expected a string."};
    return from_text(json.get_ref<const std::string&>());
  }
  static OrderedJson to_json(E value) {
    return boost::describe::enum_to_string(value, "");
  }
  static OrderedJson schema() { return {{"type", "string"}, {"enum", names()}}; }
};

// Answer-only scalars.
template <>
struct Scalar<std::string> {
  static OrderedJson to_json(const std::string& text) { return text; }
  static OrderedJson schema() { return {{"type", "string"}}; }
};
template <>
struct Scalar<bool> {
  static OrderedJson to_json(bool flag) { return flag; }
  static OrderedJson schema() { return {{"type", "boolean"}}; }
};
template <>
struct Scalar<std::int64_t> {
  static OrderedJson to_json(std::int64_t number) { return number; }
  static OrderedJson schema() { return {{"type", "integer"}, {"format", "int64"}}; }
};
template <>
struct Scalar<float> {
  // The shortest decimal text that gives this float again: 0.61, not 0.6100000143051147.
  static OrderedJson to_json(float number) {
    std::array<char, 32> text{};
    const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), number);
    double same = 0;
    std::from_chars(text.data(), end, same);
    return same;
  }
  static OrderedJson schema() { return {{"type", "number"}, {"format", "float"}}; }
};

}  // namespace rollcall::api
