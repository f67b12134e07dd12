// Requests and responses as plain values; no type of the network library appears here.
//
// Thread safety: values. Share them between threads only as const.
#pragma once

#include "rollcall/core/clock.hpp"
#include "rollcall/core/result.hpp"

#include <any>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rollcall::http {

enum class Method { get, head, post, put, patch, del, options };

// "GET", "HEAD" ... and back; method names are case-sensitive (RFC 9110 section 9.1).
std::string_view to_text(Method method);
std::optional<Method> method_from(std::string_view text);

// Header fields in their order of arrival; names are compared without regard to case.
class Headers {
 public:
  struct Field {
    std::string name;
    std::string value;
  };
  static constexpr std::size_t kFieldsMax = 100;

  // Replaces every field of that name. The name must be a token (RFC 9110), and at most kFieldsMax fields
  // fit. Control characters in a value become spaces, so that a value cannot start another field.
  void set(std::string_view name, std::string_view value);
  void add(std::string_view name, std::string_view value);
  void remove(std::string_view name);

  // The first field of that name.
  std::optional<std::string_view> get(std::string_view name) const;
  bool contains(std::string_view name) const { return get(name).has_value(); }
  const std::vector<Field>& fields() const { return fields_; }

 private:
  std::vector<Field> fields_;
};

// The decoded query string, in order; a name may come several times.
class QueryParams {
 public:
  static constexpr std::size_t kParamsMax = 100;

  // Takes the text after '?'; '+' is a space.
  // Errors: invalid_input (reason "bad_query") for wrong percent-encoding, NUL, invalid UTF-8 and too many
  // parameters.
  static core::Result<QueryParams> parse(std::string_view query);

  // The first value of that name.
  std::optional<std::string_view> get(std::string_view name) const;
  std::vector<std::string_view> all(std::string_view name) const;
  const std::vector<std::pair<std::string, std::string>>& pairs() const { return pairs_; }

 private:
  std::vector<std::pair<std::string, std::string>> pairs_;
};

struct Request {
  Method method = Method::get;
  std::string target;                              // as sent: path and query
  std::string path;                                // as sent, without the query
  std::map<std::string, std::string> path_params;  // decoded
  QueryParams query;
  Headers headers;
  std::string body;
  std::string request_id;
  std::string client_address;  // of the TCP peer; forwarded headers are not believed here
  core::Deadline deadline = core::Deadline::max();  // after it nobody waits for the answer any more
  std::any context;                                 // what the Gate knows about the caller
};

// The server adds Date, Content-Length, Connection, the request id and the security headers.
struct Response {
  unsigned status = 200;
  Headers headers = {};
  std::string body = {};
};

// "Not Found" for 404; "Unknown" for a status without a name.
std::string_view status_phrase(unsigned status);

}  // namespace rollcall::http
