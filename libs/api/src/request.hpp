// Reading a request: body and query to described structs, or the finished refusal.
#pragma once

#include "schema/members.hpp"

#include <rollcall/http/json.hpp>
#include <rollcall/http/message.hpp>
#include <rollcall/http/problem.hpp>

namespace rollcall::api {

struct Refusal {
  http::Response response;
};
[[noreturn]] inline void throw_exception_from_error(const Refusal&, const boost::source_location& where) {
  core::assertion_failed("input.has_value()", where.file_name(), static_cast<int>(where.line()));
}
template <class T>
using Input = boost::system::result<T, Refusal>;

// 400 "invalid_request" with one entry in `errors` for each fault.
http::Response problem(const FieldErrors& errors);

// The id of the path, such as {id}.
std::string path_id(const http::Request& request, const std::string& name = "id");

Input<Json> read_json(const http::Request& request);

template <Described T>
Input<T> read_body(const http::Request& request) {
  auto json = read_json(request);
  if (!json) return json.error();
  auto decoded = decode<T>(*json);
  if (!decoded) return Refusal{problem(decoded.error())};
  return *std::move(decoded);
}

template <Described T>
Input<T> read_query(const http::Request& request) {
  auto decoded = decode_pairs<T>(request.query.pairs());
  if (!decoded) return Refusal{problem(decoded.error())};
  return *std::move(decoded);
}

}  // namespace rollcall::api
